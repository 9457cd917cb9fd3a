// The lock: proof by the devices that the list stood before the numbers (verification.md 7.4, step 7 of section 9).
import type { Head } from './checkpoint.ts';
import { roundTime } from './drand-chains.ts';
import { must } from './failure.ts';
import { type Keys, keyFor } from './keys.ts';
import { type Ack, isAck, type List, type Rule } from './records.ts';
import { jwsVerifies } from './signature.ts';

/** Step 7: the head of the lock lies above the list and below the draw, and enough units of the roll acknowledged it. Gives the
 *  acknowledgements that count. Must run within `judged`; every failure is LIST_NOT_LOCKED. */
export async function checkLock(
  acks: readonly string[],
  lock: Head,
  { rule, list }: { readonly rule: Rule; readonly list: List },
  listIndex: number,
  drawIndex: number,
  keys: Keys,
): Promise<readonly Ack[]> {
  must(listIndex < lock.size && lock.size <= drawIndex, 'LIST_NOT_LOCKED');
  const counted = await countedAcks(acks, lock, rule, list, keys);
  must(counted.length >= rule.min_acks, 'LIST_NOT_LOCKED');
  return counted;
}

// At most one of each unit of the roll: those of this head, signed by a valid leader key and by its own word before every
// source's `not_before`. What fails any check is left out.
async function countedAcks(
  acks: readonly string[],
  { size, root }: Head,
  { roll }: Rule,
  list: List,
  keys: Keys,
): Promise<readonly Ack[]> {
  const before = earliestValue(list);
  const checked = acks.map(async (text) => {
    const jws = keys.open(text);
    const ack = jws?.payload;
    if (jws?.typ !== 'wd-ack+jwt' || !isAck(ack) || ack.size !== size || ack.root !== root || ack.iat >= before)
      return [];
    const key = roll.some(({ unit }) => unit === ack.iss) && keyFor(keys, jws.kid, ack.iss, ['leader'], size);
    return key && (await jwsVerifies(jws, key.jwk)) ? [ack] : [];
  });
  const valid = (await Promise.all(checked)).flat();
  return valid.filter(({ iss }, n) => valid.findIndex((ack) => ack.iss === iss) === n);
}

/** Instant before which no source has a value (Unix seconds). */
export const earliestValue = ({ sources }: Pick<List, 'sources'>): number =>
  Math.min(...sources.map(({ not_before }) => not_before ?? Number.POSITIVE_INFINITY));

/** Instant from which a value may be known, whatever the list says of it: a drand round comes out when its chain says. */
export const earliestKnown = (list: Pick<List, 'sources'>): number =>
  Math.min(
    earliestValue(list),
    ...list.sources.map(({ kind, name, issue = '' }) =>
      kind === 'drand' ? (roundTime(name, issue) ?? Number.NEGATIVE_INFINITY) : Number.POSITIVE_INFINITY,
    ),
  );

/** Whether two majorities of the roll could acknowledge two histories (notice LOCK_MINORITY). */
export const isMinority = ({ min_acks, roll }: Pick<Rule, 'min_acks' | 'roll'>): boolean => min_acks * 2 <= roll.length;
