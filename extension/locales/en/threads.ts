/** Words of threads over weeks and years. */
import type { threads as zh } from '../zh/threads.ts';

export const threads: typeof zh = {};
