/** `wd-list+jwt`: a freeze that is true, and that every reader will find valid (verification.md 7.2, step 6 of section 9). */
import { ok, type Result } from '../../shared/base/result.ts';
import { judged } from '../../shared/proof/failure.ts';
import type { LogRecord } from '../../shared/proof/keys.ts';
import { checkList } from '../../shared/proof/list.ts';
import { isList, type List } from '../../shared/proof/records.ts';
import { type FreezeState, freezeOf, judgeList } from './freeze.ts';
import { outOfOrder, type RecordProblem, refused } from './problem.ts';

/** `record` as it would stand in the log; `others`: rule, listed seals, and lists and void records of earlier attempts. */
export async function judgeListRecord(
  record: LogRecord,
  state: FreezeState,
  others: (list: List) => Promise<readonly LogRecord[]>,
): Promise<Result<List, RecordProblem>> {
  const { payload } = record;
  if (!isList(payload)) return refused('SHAPE');
  if (payload.week !== state.week) return refused('WEEK', 'week');
  const truth = freezeOf(state);
  if (!truth.ok) return outOfOrder(truth.problem);
  const said = judgeList(payload, truth.value, state.now);
  if (!said.ok) return refused(said.problem.code, said.problem.field);
  const records = [...(await others(payload)), record];
  const rule = records.find(({ index }) => index === payload.rule);
  if (rule === undefined) return refused('RULE_MISSING', 'rule');
  // A draw record that might follow stands in for the one that checkList wants.
  const after = { ...record, index: record.index + 1, typ: 'wd-draw+jwt', payload: { list: record.index } };
  const valid = await judged(() => checkList(records, rule, record, after));
  return valid.ok ? ok(payload) : refused(valid.problem);
}
