// Whether a draw record holds against the whole log: steps 6 to 9 of verification.md 9 without a diary. The server asks
// before it appends, the desk before it signs.
import type { Result } from '../base/result.ts';
import { checkResult } from './draw.ts';
import { type Failure, judged, must } from './failure.ts';
import type { Keys, LogRecord } from './keys.ts';
import { type CheckedList, checkList, type Zones } from './list.ts';
import { checkLock } from './lock.ts';
import { type Ack, isDrawing } from './records.ts';
import { isObject } from './shape.ts';
import { type Bls, checkValues } from './values.ts';

/** What a draw record can fail in. */
export const drawFailures = ['LIST_INVALID', 'LIST_NOT_LOCKED', 'RANDOMNESS_INVALID', 'DRAW_MISMATCH'] as const;
export type DrawFailure = (typeof drawFailures)[number];

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
    must(isDrawing(draw), 'RANDOMNESS_INVALID');
    const counted = await checkLock(acks, draw.lock, checked, listRecord.index, drawRecord.index, keys);
    const { values } = await checkValues(records, checked, listRecord.index, draw, bls);
    await checkResult({ ...checked.rule, ...checked.list, values }, draw.drawn);
    return { checked, acks: counted };
  });
}
