/** Words of reminders and notices. */
import type { notices as zh } from '../zh/notices.ts';

export const notices: typeof zh = {};
