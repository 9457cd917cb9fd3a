// Whether a draw record holds against the whole log: steps 6 to 9 of verification.md 9 without a diary. The server asks
// before it appends, the desk before it signs.
import type { Result } from '../base/result.ts';
import { isSameResult, select } from './draw.ts';
import { type Failure, judged, must } from './failure.ts';
import type { Keys, LogRecord } from './keys.ts';
import { type CheckedList, checkList, type Zones } from './list.ts';
import { countedAcks } from './lock.ts';
import { type Ack, isDraw } from './records.ts';
import { isObject } from './shape.ts';
import { type Bls, checkValues } from './values.ts';

/** Records and keys of a log, and the acknowledgements of the locked head. */
export type DrawEvidence = {
  readonly records: readonly LogRecord[];
  readonly keys: Keys;
  readonly acks: readonly string[];
  readonly bls?: Bls;
  readonly zones?: Zones;
};

/** Judges a draw record (not a void one) that may but need not be in the log yet. */
export function judgeDraw(
  drawRecord: LogRecord,
  { records, keys, acks, bls, zones }: DrawEvidence,
): Promise<Result<{ readonly checked: CheckedList; readonly acks: readonly Ack[] }, Failure>> {
  return judged(async () => {
    const draw = drawRecord.payload;
    const listRecord = records.find(({ index, typ }) => index === draw.list && typ === 'wd-list+jwt');
    const ruleIndex = listRecord?.payload.rule;
    const ruleRecord = records.find(({ index, typ }) => index === ruleIndex && typ === 'wd-rule+jwt');
    must(listRecord && ruleRecord, 'LIST_INVALID');
    const checked = await checkList(records, ruleRecord, listRecord, drawRecord, zones);
    must(checked.list.draw === draw.draw, 'LIST_INVALID');
    must(isObject(draw.lock), 'LIST_NOT_LOCKED');
    must(isDraw(draw), 'RANDOMNESS_INVALID');
    const { lock } = draw;
    must(listRecord.index < lock.size && lock.size <= drawRecord.index, 'LIST_NOT_LOCKED');
    const counted = await countedAcks(acks, lock, checked.rule, checked.list, keys);
    must(counted.length >= checked.rule.min_acks, 'LIST_NOT_LOCKED');
    const { values } = await checkValues(records, checked, listRecord.index, draw, bls);
    must(isSameResult(await select({ ...checked.rule, ...checked.list, values }), draw.drawn), 'DRAW_MISMATCH');
    return { checked, acks: counted };
  });
}
