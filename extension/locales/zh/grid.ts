/** Words of the week as a grid that is drawn in. */
export const grid = {};
