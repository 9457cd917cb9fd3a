/** `wd-draw+jwt`: values and result, or why the draw is void (verification.md 7.5; steps 6 to 9 of section 9). */
import { ok, type Result } from '../../shared/base/result.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import { judgeDraw } from '../../shared/proof/judge-draw.ts';
import type { Keys, LogRecord } from '../../shared/proof/keys.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import { type Draw, isBareVoid, isDraw, isVoid, type Void } from '../../shared/proof/records.ts';
import { alreadyDone, outOfOrder, type RecordProblem, refused } from './problem.ts';

export interface DrawState {
  /** Unix seconds. */
  readonly now: number;
  readonly draw: {
    readonly stage: string;
    readonly listIndex: number;
    readonly minAcks: number;
    /** Latest `not_before` of the list's sources. */
    readonly notBefore: number;
  } | null;
  readonly lock: Head | null;
  /** Acknowledgements of the locked head (JWS), one for each unit. */
  readonly acks: readonly string[];
  /** Rule, list, listed seals, nonces, and lists and void records of earlier attempts; keys of who acknowledged. */
  readonly records: readonly LogRecord[];
  readonly keys: Keys;
}

/** A draw record is logged after the lock, with enough acknowledgements, not before any source's `not_before`, and only if every check that
 *  a reader makes holds and the selection computed anew is the stated one. A void is logged at any time between list and draw record. */
export async function judgeDrawRecord(
  record: LogRecord,
  state: DrawState,
): Promise<Result<Draw | Void, RecordProblem>> {
  const { payload } = record;
  const { draw, lock } = state;
  if (draw === null) return refused('DRAW_UNKNOWN', 'draw');
  if (draw.stage === 'void') return outOfOrder('DRAW_VOID');
  if (draw.stage !== 'frozen' && draw.stage !== 'locked') return alreadyDone('DRAWN');
  if (payload.list !== draw.listIndex) return refused('LIST_WRONG', 'list');
  if ('void' in payload) return isBareVoid(payload) && isVoid(payload) ? ok(payload) : refused('SHAPE');
  if (!isDraw(payload)) return refused('SHAPE');
  if (lock === null) return outOfOrder('NOT_LOCKED');
  if (payload.lock.size !== lock.size || payload.lock.root !== lock.root) return refused('LOCK_WRONG', 'lock');
  if (state.acks.length < draw.minAcks) return outOfOrder('ACKS_MISSING');
  if (state.now < draw.notBefore) return outOfOrder('NOT_BEFORE');
  const judgement = await judgeDraw(record, {
    records: [...state.records, record],
    keys: state.keys,
    acks: state.acks,
    bls: loadedBls,
  });
  return judgement.ok ? ok(payload) : refused(judgement.problem);
}
