/** The roles that people hold for a while, beside those of their devices. */
import * as v from 'valibot';
import { GrantRow } from '../../shared/api/field.ts';
import type { Grant } from '../../shared/organisation/role.ts';
import type { Db } from '../database/port.ts';

/** What a person stands in for at an instant (Unix seconds). Index `stand_in_person`. */
export async function standInGrants(db: Db, person: string, now: number): Promise<Grant[]> {
  return (await runningStandIns(db, now).where('person', '=', person).execute()).map((row) => v.parse(GrantRow, row));
}

/** The same of everybody, by person. */
export async function allStandInGrants(db: Db, now: number): Promise<ReadonlyMap<string, readonly Grant[]>> {
  const rows = await runningStandIns(db, now).execute();
  return new Map(
    [...Map.groupBy(rows, ({ person }) => person)].map(([person, own]) => [
      person,
      own.map((row) => v.parse(GrantRow, row)),
    ]),
  );
}

const runningStandIns = (db: Db, now: number) =>
  db
    .selectFrom('stand_in')
    .select(['person', 'role', 'unit', 'actor'])
    .where('from_at', '<=', now)
    .where((eb) => eb.or([eb('to_at', 'is', null), eb('to_at', '>', now)]))
    .orderBy('id');
