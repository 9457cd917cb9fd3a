/** Undoing an import of units: what it touched stands beside it, as it was and as it became. */
import type { Selectable } from 'kysely';
import * as v from 'valibot';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import type { TermTable, UnitTable } from '../../database/tables/organisation.ts';
import { newId } from '../../ids.ts';
import { insertOrUpdateTerm, insertOrUpdateUnit } from './queries.ts';

const UnitRow = v.object({ id: v.string(), kind: v.string(), zh: v.string(), en: v.string(), position: v.number() });
const TermRow = v.object({
  id: v.string(),
  unit: v.string(),
  post: v.string(),
  from_day: v.string(),
  to_day: v.nullable(v.string()),
});
const Touched = v.object({
  units: v.array(v.object({ before: v.nullable(UnitRow), after: UnitRow })),
  terms: v.array(v.object({ before: v.nullable(TermRow), after: TermRow })),
});

/** Units and terms by id. */
export interface Rows {
  readonly units: ReadonlyMap<string, Selectable<UnitTable>>;
  readonly terms: ReadonlyMap<string, Selectable<TermTable>>;
}

export async function organisationRows(db: Db): Promise<Rows> {
  const units = await db.selectFrom('unit').selectAll().execute();
  const terms = await db.selectFrom('term').selectAll().execute();
  return {
    units: new Map(units.map((row) => [row.id, row])),
    terms: new Map(terms.map((row) => [row.id, row])),
  };
}

/** Keeps what an import made of `before`; gives its id, null where it changed nothing. */
export async function keepImport(trx: Db, context: Context, actor: string, before: Rows): Promise<string | null> {
  const now = await organisationRows(trx);
  const units = changed(before.units, now.units);
  const terms = changed(before.terms, now.terms);
  if (units.length + terms.length === 0) return null;
  const id = newId(context);
  const touched = JSON.stringify({ units, terms });
  await trx
    .insertInto('unit_import')
    .values({ id, at: secondsNow(context), actor, touched, undone_at: null })
    .execute();
  return id;
}

/** Throws NOT_FOUND, ALREADY_DONE, VERSION_STALE, and FIELD_INVALID with reason UNIT_IN_USE. */
export async function undoImport(context: Context, actor: string, id: string): Promise<undefined> {
  await context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    const row = await trx.selectFrom('unit_import').selectAll().where('id', '=', id).executeTakeFirst();
    if (row === undefined) throw new Refusal('NOT_FOUND');
    if (row.undone_at !== null) throw new Refusal('ALREADY_DONE');
    const { units, terms } = v.parse(Touched, JSON.parse(row.touched));
    const now = await organisationRows(trx);
    const isAsLeft = (one: { readonly after: { readonly id: string } }, kept: ReadonlyMap<string, object>) =>
      isSame(kept.get(one.after.id), one.after);
    if (!units.every((one) => isAsLeft(one, now.units)) || !terms.every((one) => isAsLeft(one, now.terms)))
      throw new Refusal('VERSION_STALE');
    const added = units.flatMap(({ before, after }) => (before === null ? [after.id] : []));
    const begun = terms.flatMap(({ before, after }) => (before === null ? [after.id] : []));
    const held = await inUse(trx, added, begun);
    if (held !== null) throw new Refusal('FIELD_INVALID', { field: 'id', facts: { reason: 'UNIT_IN_USE', id: held } });
    for (const term of begun) await trx.deleteFrom('term').where('id', '=', term).execute();
    for (const { before } of terms) if (before !== null) await insertOrUpdateTerm(trx, before);
    for (const unit of added) await trx.deleteFrom('unit').where('id', '=', unit).execute();
    for (const { before } of units)
      if (before !== null)
        await insertOrUpdateUnit(trx, { id: before.id, kind: before.kind, zh: before.zh, en: before.en });
    const at = secondsNow(context);
    await trx.updateTable('unit_import').set({ undone_at: at }).where('id', '=', id).execute();
    const facts = { units: units.map(({ after }) => after.id), terms: terms.map(({ after }) => after.id) };
    await writeAudit(trx, { at, actor, action: 'unit.importUndo', subject: id, facts });
  });
}

/** The first of some new units and terms that something hangs on; null where nothing does. Each question is a look into an index or a
 *  small table. */
async function inUse(db: Db, units: readonly string[], terms: readonly string[]): Promise<string | null> {
  for (const unit of units) {
    const named = `%"unit":"${unit}"%`;
    const found = [
      await db.selectFrom('actor').select('unit').where('unit', '=', unit).executeTakeFirst(),
      await db.selectFrom('stand_in').select('unit').where('unit', '=', unit).executeTakeFirst(),
      await db.selectFrom('seal').select('unit').where('unit', '=', unit).executeTakeFirst(),
      await db.selectFrom('ticket').select('unit').where('unit', '=', unit).executeTakeFirst(),
      await db.selectFrom('invitation').select('id').where('grants', 'like', named).executeTakeFirst(),
      await db.selectFrom('rule').select('payload').where('payload', 'like', named).executeTakeFirst(),
      (await db.selectFrom('term').select('id').where('unit', '=', unit).execute()).find(
        ({ id }) => !terms.includes(id),
      ),
    ];
    if (found.some((row) => row !== undefined)) return unit;
  }
  for (const term of terms) {
    const dossier = await db.selectFrom('dossier').select('term').where('term', '=', term).limit(1).executeTakeFirst();
    if (dossier !== undefined) return term;
  }
  return null;
}

function changed<Row extends object>(before: ReadonlyMap<string, Row>, now: ReadonlyMap<string, Row>) {
  return [...now].flatMap(([id, after]) =>
    isSame(before.get(id), after) ? [] : [{ before: before.get(id) ?? null, after }],
  );
}

/** Rows of one table, whose columns may come in any order. */
const isSame = (a: object | undefined, b: object): boolean =>
  a !== undefined && JSON.stringify(Object.entries(a).sort()) === JSON.stringify(Object.entries(b).sort());
