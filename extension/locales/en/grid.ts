/** Words of the week as a grid that is drawn in. */
import type { grid as zh } from '../zh/grid.ts';

export const grid: typeof zh = {};
