/** SQL of stand-ins. */
import type { Insertable, Selectable } from 'kysely';
import { closedStates } from '../../../shared/feedback/ticket.ts';
import type { Db } from '../../database/port.ts';
import type { StandInTable } from '../../database/tables/stand-ins.ts';

export type StandIn = Selectable<StandInTable>;

/** Newest first. Primary key, as ids rise with time. */
export const allStandIns = (db: Db) =>
  db
    .selectFrom('stand_in')
    .innerJoin('person', 'person.id', 'stand_in.person')
    .leftJoin('person as other', 'other.id', 'stand_in.instead')
    .selectAll('stand_in')
    .select(['person.name', 'other.name as instead_name'])
    .orderBy('stand_in.id', 'desc')
    .limit(200)
    .execute();

/** Primary key. */
export const standInById = (db: Db, id: string): Promise<StandIn | undefined> =>
  db.selectFrom('stand_in').selectAll().where('id', '=', id).executeTakeFirst();

/** Index `stand_in_person`. */
export const standInsOf = (db: Db, person: string): Promise<StandIn[]> =>
  db.selectFrom('stand_in').selectAll().where('person', '=', person).execute();

export const insertStandIn = (db: Db, row: Insertable<StandInTable>): Promise<unknown> =>
  db.insertInto('stand_in').values(row).execute();

export const endStandInAt = (db: Db, id: string, at: number): Promise<unknown> =>
  db.updateTable('stand_in').set({ to_at: at }).where('id', '=', id).execute();

/** People with a device in use, by device. */
export const activePeople = (db: Db) =>
  db
    .selectFrom('device')
    .innerJoin('person', 'person.id', 'device.person')
    .select(['person.id', 'person.name', 'device.id as device', 'device.grants'])
    .where('device.state', '=', 'active')
    .orderBy('person.id')
    .execute();

/** Index `ticket_unit`: open tickets by unit. */
export async function openByUnit(db: Db): Promise<ReadonlyMap<string, readonly string[]>> {
  const rows = await db
    .selectFrom('ticket')
    .select(['unit', 'number'])
    .where('unit', 'is not', null)
    .where('state', 'not in', [...closedStates])
    .orderBy('number')
    .execute();
  return new Map(
    [...Map.groupBy(rows, ({ unit }) => unit ?? '')].map(([unit, own]) => [unit, own.map(({ number }) => number)]),
  );
}
