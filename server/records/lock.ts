/** The lock under which every step of a draw stands: rule, list, nonce, lock, acknowledgement, draw record, publication, hold. It is taken
 *  before the locks of weeks, authors and the log. */
export const drawsLock = 'draws';
