/** Words of backup files and exports. */
export const backup = {};
