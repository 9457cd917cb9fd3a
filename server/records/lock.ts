/** The lock under which every step of a draw stands: rule, list, nonce, lock, acknowledgement, draw record, publication, hold. It is taken
 *  before the locks of weeks, the log and authors. */
export const drawsLock = 'draws';

/** The lock of one week: seals, reopenings and the freeze of that week wait for each other. */
export const weekLock = (week: string): string => `week ${week}`;
