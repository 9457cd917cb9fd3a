/** Words of calendars and tables that are read in. */
export const imports = {};
