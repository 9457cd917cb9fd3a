/** Verifies a tree that a server gives out while people work on it: what is withheld, released or published meanwhile changes several files, and a
 *  reading may have some from before and some from after. */
import { isDeepStrictEqual } from 'node:util';
import type { TreeSource } from './source.ts';
import { type TreeCheck, type TreeFailure, type TreeReport, verifyTree } from './verify-tree.ts';

/** For how long a cache may still give out a file from before a change, in milliseconds (design.md 5: a minute), and a little. */
export const oldForMs = 61_000;

const mostReadings = 3;

/** As `verifyTree`, but what fails is told only of a tree that was read again and failed alike, or for the third time. `again` hears what failed and
 *  waits for `oldForMs`. Each reading is held against the head of the one before. */
export async function verifyLive(
  source: TreeSource,
  check: TreeCheck,
  again: (failures: readonly TreeFailure[]) => Promise<void>,
): Promise<TreeReport> {
  let report = await verifyTree(source, check);
  for (let n = 1; n < mostReadings && mayBeOfChange(report); n += 1) {
    const { failures, head, keys } = report;
    await again(failures);
    const seen: TreeCheck['seen'] = (origin) => (origin === keys.origin && head !== null ? head : check.seen(origin));
    report = await verifyTree(source, { ...check, seen });
    if (isDeepStrictEqual(report.failures, failures)) break;
  }
  return report;
}

/** No change explains what fails in a log that only grows, or in its head. */
const mayBeOfChange = ({ failures, head }: TreeReport): boolean =>
  failures.length > 0 && head !== null && !failures.some(({ where }) => /^leaf \d+$/.test(where));
