/** When two names are one: width, case and blanks do not count. */

/** A name as it is compared. */
export const matchOf = (name: string): string => name.normalize('NFKC').replace(/\s/g, '').toLowerCase();
