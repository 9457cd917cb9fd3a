/** Which withheld text belongs to what stands in the journal. */
import type { Body } from '../../shared/api/journal.ts';
import type { HeldItem } from './database.ts';

/** The withheld text of a body: a line parked here, or the one that the body's digest names. One brought back from a backup may be of a time
 *  before its entry was made public. */
export function heldFor(item: HeldItem | null, body: Body): HeldItem | null {
  if (item === null || item.parked !== null) return item;
  return item.digest === body.digest ? item : null;
}
