/** Words of keys, devices, and the question who is there before signing. */
import type { security as zh } from '../zh/security.ts';

export const security: typeof zh = {};
