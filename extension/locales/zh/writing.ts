/** Words of completion, templates, timer, undo and redo. */
export const writing = {};
