/** Words of search over all entries. */
export const search = {};
