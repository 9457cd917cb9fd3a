/** Words of the term base, secrecy words, names of people, the check list before the seal. */
import type { wording as zh } from '../zh/wording.ts';

export const wording: typeof zh = {};
