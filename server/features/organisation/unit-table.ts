/** Units and terms of office from a table, judged as the desk showed it, in one transaction. */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { postUnitTable } from '../../../shared/api/settings.ts';
import { judgeOffices } from '../../../shared/organisation/office-table.ts';
import { judgeUnits } from '../../../shared/organisation/unit-table.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { termsOf, unitsOf } from '../../organisation/read.ts';
import { keepImport, organisationRows } from './import-undo.ts';
import { insertOrUpdateTerm, insertOrUpdateUnit } from './queries.ts';

/** Throws FIELD_INVALID with line and reason of the first line that is wrong; then nothing is written. */
export function takeUnitTable(
  context: Context,
  actor: string,
  { rows }: Output<(typeof postUnitTable)['body']>,
): Promise<Answer<typeof postUnitTable>> {
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    const judged = judgeUnits(rows, { units: await unitsOf(trx), terms: await termsOf(trx) });
    const before = await organisationRows(trx);
    const done = { added: 0, changed: 0, terms: 0 };
    for (const { line, problems, unit, effect, begins, ends } of judged) {
      const [first] = problems;
      if (first !== undefined || unit === null)
        throw new Refusal('FIELD_INVALID', {
          field: first?.column ?? 'kind',
          facts: { line, reason: first?.code ?? 'KIND_UNKNOWN' },
        });
      if (effect !== 'same') {
        await insertOrUpdateUnit(trx, { id: unit.id, kind: unit.kind, zh: unit.name.zh, en: unit.name.en });
        const facts = { kind: unit.kind, name: unit.name };
        await writeAudit(trx, { at, actor, action: 'unit.change', subject: unit.id, facts });
        done[effect === 'add' ? 'added' : 'changed'] += 1;
      }
      for (const term of [ends, begins]) if (term !== null) await writeTerm(trx, actor, at, term);
      if (begins !== null) done.terms += 1;
    }
    return { ...done, undo: await keepImport(trx, context, actor, before) };
  });
}

/** Terms of office from a table, all of them or none. Throws FIELD_INVALID with line and reason of the first line that is wrong. */
export function takeOfficeTable(context: Context, actor: string, text: string): Promise<{ readonly terms: number }> {
  const at = secondsNow(context);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    const judged = judgeOffices(text, { units: await unitsOf(trx), terms: await termsOf(trx) });
    if (!judged.ok) throw new Refusal('FIELD_INVALID', { field: 'table', facts: { reason: judged.problem } });
    const changed = judged.value.filter(({ effect }) => effect !== 'same');
    for (const { line, problems, term, ends } of changed) {
      const [first] = problems;
      if (first !== undefined)
        throw new Refusal('FIELD_INVALID', { field: first.column, facts: { line, reason: first.code } });
      for (const one of [ends, term]) if (one !== null) await writeTerm(trx, actor, at, one);
    }
    return { terms: changed.length };
  });
}

async function writeTerm(
  trx: Db,
  actor: string,
  at: number,
  { id, ...term }: { id: string; unit: string; post: string; from: string; to: string | null },
): Promise<void> {
  await insertOrUpdateTerm(trx, { id, unit: term.unit, post: term.post, from_day: term.from, to_day: term.to });
  await writeAudit(trx, { at, actor, action: 'term.change', subject: id, facts: term });
}
