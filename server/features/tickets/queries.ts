/** SQL of the desk's list, of new tickets and of actions. */
import type { Insertable } from 'kysely';
import type { TicketState } from '../../../shared/feedback/ticket.ts';
import type { Db } from '../../database/port.ts';
import type { TicketActionTable, TicketTable } from '../../database/tables/comments.ts';
import type { Cursor } from '../../feedback/cursor.ts';
import type { ActionRow, TicketRow } from '../../feedback/ticket-queries.ts';

/** What a desk sees: every ticket, or those of some units. */
export interface Scope {
  readonly units: readonly string[] | null;
  readonly state: TicketState | undefined;
}

/** Index `ticket_registered` or `ticket_unit`: newest first. */
export function deskTickets(db: Db, scope: Scope, after: Cursor | null, limit: number): Promise<TicketRow[]> {
  const all = scoped(db, scope).selectAll();
  const rest =
    after === null
      ? all
      : all.where((eb) =>
          eb.or([
            eb('registered_at', '<', after.at),
            eb.and([eb('registered_at', '=', after.at), eb('number', '<', after.id)]),
          ]),
        );
  return rest.orderBy('registered_at', 'desc').orderBy('number', 'desc').limit(limit).execute();
}

/** The same indexes. */
export async function deskTotal(db: Db, scope: Scope): Promise<number> {
  const row = await scoped(db, scope)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(row.total);
}

function scoped(db: Db, scope: Scope) {
  const all = db.selectFrom('ticket');
  const ofUnits = scope.units === null ? all : all.where('unit', 'in', scope.units);
  return scope.state === undefined ? ofUnits : ofUnits.where('state', '=', scope.state);
}

/** Unique `year`, `serial`. */
export async function lastSerial(db: Db, year: number): Promise<number> {
  const row = await db
    .selectFrom('ticket')
    .select((eb) => eb.fn.max('serial').as('last'))
    .where('year', '=', year)
    .executeTakeFirst();
  return Number(row?.last ?? 0);
}

export const insertTicket = (db: Db, row: Insertable<TicketTable>): Promise<unknown> =>
  db.insertInto('ticket').values(row).execute();

/** Primary key. */
export const actionById = (db: Db, ticket: string, id: string): Promise<ActionRow | undefined> =>
  db.selectFrom('ticket_action').selectAll().where('ticket', '=', ticket).where('id', '=', id).executeTakeFirst();

/** Primary key. The time of the first writing stays: it orders the list. */
export const putActionRow = (db: Db, row: Insertable<TicketActionTable>): Promise<unknown> =>
  db
    .insertInto('ticket_action')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['ticket', 'id']).doUpdateSet({
        unit: row.unit,
        text: row.text,
        date: row.date,
        state: row.state,
        reason: row.reason,
      }),
    )
    .execute();

/** Whether a moderator other than this one's person has an active device. Primary keys and index `device_person`. */
export async function hasOtherModerator(db: Db, actor: string): Promise<boolean> {
  const found = await db
    .selectFrom('actor')
    .innerJoin('device', 'device.person', 'actor.person')
    .select('actor.actor')
    .where('actor.role', '=', 'moderator')
    .where('device.state', '=', 'active')
    .where('actor.person', 'not in', (eb) =>
      eb
        .selectFrom('actor as own')
        .select('own.person')
        .where('own.actor', '=', actor)
        .where('own.role', '=', 'moderator'),
    )
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
