/** Words of backup files and exports. */
import type { backup as zh } from '../zh/backup.ts';

export const backup: typeof zh = {};
