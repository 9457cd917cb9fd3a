// The lock: proof by the devices that the list stood before the numbers (verification.md 7.4, step 7 of section 9).
import type { Head } from './checkpoint.ts';
import { roundTime } from './drand-chains.ts';
import { type Keys, keyFor } from './keys.ts';
import { type Ack, isAck, type List, type Rule } from './records.ts';
import { jwsVerifies, openJws } from './signature.ts';

/** The acknowledgements that count, at most one of each unit of the roll: those of this head, signed by a valid leader key
 *  and by its own word before every source's `not_before`. What fails any check is left out. */
export async function countedAcks(
  acks: readonly string[],
  { size, root }: Head,
  rule: Pick<Rule, 'roll'>,
  list: Pick<List, 'sources'>,
  keys: Keys,
): Promise<readonly Ack[]> {
  const before = earliestValue(list);
  const counted = new Map<string, Ack>();
  for (const text of acks) {
    const jws = openJws(text);
    if (jws?.typ !== 'wd-ack+jwt' || jws.kid === null) continue;
    const ack = jws.payload;
    if (!isAck(ack) || ack.size !== size || ack.root !== root || ack.iat >= before) continue;
    const key = keyFor(keys, jws.kid, ack.iss, ['leader'], size);
    const onRoll = rule.roll.some(({ unit }) => unit === ack.iss);
    if (key && onRoll && !counted.has(ack.iss) && (await jwsVerifies(jws, key.jwk))) counted.set(ack.iss, ack);
  }
  return [...counted.values()];
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
