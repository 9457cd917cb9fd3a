/** Words of where the time went, and own targets. */
export const myTime = {};
