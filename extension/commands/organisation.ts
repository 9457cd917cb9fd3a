/** What the organiser sets: units, terms of office, and everything of shared/api/settings.ts. */
import type { Answer } from '../../shared/api/endpoint.ts';
import { getOrganisation, putUnit, type Unit } from '../../shared/api/organisation.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { postUnitTable, postUnitTableUndo, putSetting } from '../../shared/api/settings.ts';
import type { SettingName } from '../../shared/organisation/config.ts';
import type { UnitLine } from '../../shared/organisation/unit-table.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';
import { changeProfile } from '../store/database.ts';

/** Sets a setting; `revision` is the one that was seen. `value` null: as the file has it. Throws VERSION_STALE. */
export async function setSetting(
  name: SettingName,
  revision: number,
  value: unknown,
  context: Context = here,
): Promise<number> {
  const { revision: made } = await call(putSetting, { params: { name }, body: { revision, value } }, context);
  await readAgain(context);
  return made;
}

/** Adds a unit. Throws FIELD_INVALID with reason ID_TAKEN where there is one with this id. */
export async function addUnit({ id, kind, name }: Unit, context: Context = here): Promise<void> {
  const { units } = await call(getOrganisation, {}, context);
  if (units.some((unit) => unit.id === id))
    throw new Refusal('FIELD_INVALID', { field: 'id', facts: { reason: 'ID_TAKEN' } });
  await changeUnit({ id, kind, name }, context);
}

/** Gives a unit another name or kind. */
export async function changeUnit({ id, kind, name }: Unit, context: Context = here): Promise<void> {
  await call(putUnit, { params: { id }, body: { kind, name } }, context);
  await readAgain(context);
}

/** Takes a table of units and heads, all of it or nothing. */
export async function importUnits(
  rows: readonly UnitLine[],
  context: Context = here,
): Promise<Answer<typeof postUnitTable>> {
  const done = await call(postUnitTable, { body: { rows: [...rows] } }, context);
  await readAgain(context);
  return done;
}

/** Sets units and heads as they were before an import. Throws VERSION_STALE, FIELD_INVALID with reason UNIT_IN_USE. */
export async function undoImport(id: string, context: Context = here): Promise<void> {
  await call(postUnitTableUndo, { params: { id } }, context);
  await readAgain(context);
}

/** This device knows at once; the others when they next sync. */
async function readAgain(context: Context): Promise<void> {
  const organisation = await call(getOrganisation, {}, context);
  await changeProfile(context.database, { organisation, organisationAt: context.now() });
}
