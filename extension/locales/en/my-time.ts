/** Words of where the time went, and own targets. */
import type { myTime as zh } from '../zh/my-time.ts';

export const myTime: typeof zh = {};
