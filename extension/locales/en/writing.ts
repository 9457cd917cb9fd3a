/** Words of completion, templates, timer, undo and redo. */
import type { writing as zh } from '../zh/writing.ts';

export const writing: typeof zh = {};
