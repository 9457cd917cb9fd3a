/** What people may do from their devices, with the roles that they hold for some days. */
import type { Selectable } from 'kysely';
import * as v from 'valibot';
import { GrantRow } from '../../shared/api/field.ts';
import { type Grant, isLogRole } from '../../shared/organisation/role.ts';
import type { Db } from '../database/port.ts';
import type { StandInTable } from '../database/tables/stand-ins.ts';

type Row = Pick<Selectable<StandInTable>, 'role' | 'unit' | 'actor' | 'from_at' | 'to_at'>;

/** What a person may do from a device at an instant (Unix seconds). `own`: what the device brings. Index `stand_in_person`. */
export async function grantsNow(db: Db, person: string, own: readonly Grant[], now: number): Promise<Grant[]> {
  return counting(own, await standIns(db).where('person', '=', person).execute(), now);
}

/** The same of everybody, by person; `own` by person. */
export async function allGrantsNow(
  db: Db,
  own: ReadonlyMap<string, readonly Grant[]>,
  now: number,
): Promise<ReadonlyMap<string, readonly Grant[]>> {
  const rows = Map.groupBy(await standIns(db).execute(), ({ person }) => person);
  return new Map([...own].map(([person, grants]) => [person, counting(grants, rows.get(person) ?? [], now)]));
}

const standIns = (db: Db) =>
  db.selectFrom('stand_in').select(['person', 'role', 'unit', 'actor', 'from_at', 'to_at']).orderBy('id');

/** A role that signs comes with the device alone, for there its key is; where its person stands in with it, it counts on those days. */
function counting(own: readonly Grant[], rows: readonly Row[], now: number): Grant[] {
  const running = rows.filter(({ from_at, to_at }) => from_at <= now && (to_at === null || to_at > now));
  // Whichever key it signs with: on another device the same person may have another.
  const has = (among: readonly Row[], { role }: Grant) => among.some((row) => row.role === role);
  const lent = running.map(({ role, unit, actor }) => v.parse(GrantRow, { role, unit, actor }));
  return [
    ...own.filter((grant) => !isLogRole(grant.role) || !has(rows, grant) || has(running, grant)),
    ...lent.filter(({ role }) => !isLogRole(role)),
  ];
}
