/** What the log says of signing keys, by actor and role: the one that is valid, and those before it (verification.md 3, 12). */

import type { LogRole } from '../../../shared/organisation/role.ts';
import { type KeyReason, keyReasons } from '../../commands/accounts.ts';
import type { LogNow } from '../../sync/records.ts';

/** A leaf that began or ended a key: index, time that its signer stated (Unix seconds), reason. */
interface Turn {
  readonly index: number;
  readonly at: number;
  readonly why: KeyReason | null;
}

export interface KeyLife {
  readonly kid: string;
  readonly enrolled: Turn;
  /** Null while it is valid. */
  readonly ended: Turn | null;
}

export interface ActorKeys {
  readonly actor: string;
  readonly role: LogRole;
  /** Newest first. */
  readonly keys: readonly KeyLife[];
}

type Log = Pick<LogNow, 'keys' | 'records'>;

/** Every actor that has or had a key, in the order of enrolment. */
export function keysOfActors({ keys, records }: Log): readonly ActorKeys[] {
  const leaves = new Map(records.map((record) => [record.index, record]));
  const turnAt = (index: number): Turn => {
    const record = leaves.get(index);
    const why = keyReasons.find((each) => each === record?.payload.why) ?? null;
    return { index, at: record?.iat ?? 0, why };
  };
  const actors = new Map<string, { actor: string; role: LogRole; keys: KeyLife[] }>();
  for (const { kid, sub, role, from } of keys.added.values()) {
    const name = `${sub} ${role}`;
    const one = actors.get(name) ?? { actor: sub, role, keys: [] };
    const end = keys.ended.get(kid);
    one.keys.unshift({ kid, enrolled: turnAt(from), ended: end === undefined ? null : turnAt(end) });
    actors.set(name, one);
  }
  return [...actors.values()];
}

/** How safe the organiser's work is: `lostHere` where this device's own key (null: it has none) is not valid, `one` where nobody could
 *  stand in, else `spare`. */
export function standingOf({ keys }: Pick<Log, 'keys'>, ownKid: string | null): 'spare' | 'one' | 'lostHere' {
  const valid = [...keys.added.values()].filter(({ role, kid }) => role === 'organiser' && !keys.ended.has(kid));
  if (!valid.some(({ kid }) => kid === ownKid)) return 'lostHere';
  return valid.length < 2 ? 'one' : 'spare';
}
