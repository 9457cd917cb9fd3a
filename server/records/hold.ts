/** `wd-hold+jwt`: an item is withheld after the seal, in public (verification.md 5). */
import { ok, type Result } from '../../shared/base/result.ts';
import type { LogRole } from '../../shared/proof/records.ts';
import { type Hold, isHold } from '../../shared/proof/records.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { alreadyDone, type RecordProblem, refused } from './problem.ts';

export interface HoldState {
  /** The seal it names; null when there is none. `cover` is the value of its cover disclosure; `isCounting`: whether it is
   *  the one of its unit and week that counts for the draw, or none does. */
  readonly seal: { readonly unit: string; readonly cover: unknown; readonly isCounting: boolean } | null;
  readonly role: LogRole;
  readonly isKnown: boolean;
  /** Whether it was released after it had been withheld. */
  readonly isReleased: boolean;
}

/** By the leader of the unit or a reviewer, once for an item that was not marked before the seal; again for one that was released. */
export function judgeHold(payload: unknown, state: HoldState): Result<Hold, RecordProblem> {
  if (!isHold(payload)) return refused('SHAPE');
  if (state.seal === null) return refused('SEAL_UNKNOWN', 'seal');
  if (state.role !== 'reviewer' && payload.iss !== state.seal.unit) return refused('NOT_OWN_UNIT', 'iss');
  // What it erases goes out of every revision, and a published one without a hold of its own would lack an entry.
  if (!state.seal.isCounting) return refused('SEAL_REPLACED', 'seal');
  const items: unknown = isObject(state.seal.cover) ? state.seal.cover.items : null;
  const item: unknown = Array.isArray(items) ? items[payload.item] : undefined;
  if (!isObject(item)) return refused('ITEM_UNKNOWN', 'item');
  if (state.isReleased) return ok(payload);
  if (item.hold !== undefined) return alreadyDone('HELD_BY_SEAL');
  return state.isKnown ? alreadyDone('HELD') : ok(payload);
}
