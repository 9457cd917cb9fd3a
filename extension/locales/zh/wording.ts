/** Words of the term base, secrecy words, names of people, the check list before the seal. */
export const wording = {};
