/** Words of the browser around it: shortcuts, menus, managed settings. */
import type { shell as zh } from '../zh/shell.ts';

export const shell: typeof zh = {};
