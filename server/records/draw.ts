/** `wd-draw+jwt`: values and result, or why the draw is void (verification.md 7.5; steps 6 to 9 of section 9). */
import { ok, type Result } from '../../shared/base/result.ts';
import { jcs } from '../../shared/proof/canonical.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import { select } from '../../shared/proof/draw.ts';
import { judged } from '../../shared/proof/failure.ts';
import type { LogRecord } from '../../shared/proof/keys.ts';
import { checkList } from '../../shared/proof/list.ts';
import { type Draw, isBareVoid, isDraw, isVoid, type Void } from '../../shared/proof/records.ts';
import { checkValues } from '../../shared/proof/values.ts';
import { alreadyDone, outOfOrder, type RecordProblem, refused } from './problem.ts';

export interface DrawState {
  /** Unix seconds. */
  readonly now: number;
  readonly draw: { readonly stage: string; readonly listIndex: number } | null;
  readonly lock: Head | null;
  /** How many units of the roll acknowledged the locked head. */
  readonly acks: number;
  /** Rule, list, listed seals, nonces, and lists and void records of earlier attempts. */
  readonly records: readonly LogRecord[];
}

/** A draw record is logged after the lock, with enough acknowledgements, not before any source's `not_before`, and only if every check that
 *  a reader makes holds and the selection computed anew is the stated one. A void is logged at any time between list and draw record. */
export async function judgeDraw(record: LogRecord, state: DrawState): Promise<Result<Draw | Void, RecordProblem>> {
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
  const rule = state.records.find(({ typ }) => typ === 'wd-rule+jwt');
  const list = state.records.find(({ index }) => index === draw.listIndex);
  if (rule === undefined || list === undefined) return refused('DRAW_UNKNOWN', 'draw');
  const records = [...state.records, record];
  const checked = await judged(async () => {
    const found = await checkList(records, rule, list, record);
    return { found, values: await checkValues(records, found, list.index, payload) };
  });
  if (!checked.ok) return refused(checked.problem);
  const { found, values } = checked.value;
  if (state.acks < found.rule.min_acks) return outOfOrder('ACKS_MISSING');
  if (found.list.sources.some(({ not_before }) => state.now < (not_before ?? 0))) return outOfOrder('NOT_BEFORE');
  const drawn = await select({ ...found.rule, ...found.list, values: values.values });
  return jcs(drawn) === jcs(payload.drawn) ? ok(payload) : refused('DRAW_MISMATCH', 'drawn');
}
