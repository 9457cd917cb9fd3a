/** What the English catalogues have in common. */

export const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];

/** As it stands within a sentence: `A signature is wrong` is `a signature is wrong`. */
export const within = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1);

/** `1 entry`, `2 entries`. */
export const many = (n: number, one: string, more = `${one}s`): string => `${n} ${n === 1 ? one : more}`;
