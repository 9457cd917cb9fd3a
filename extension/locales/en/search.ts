/** Words of search over all entries. */
import type { search as zh } from '../zh/search.ts';

export const search: typeof zh = {};
