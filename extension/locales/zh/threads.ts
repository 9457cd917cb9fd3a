/** Words of threads over weeks and years. */
export const threads = {};
