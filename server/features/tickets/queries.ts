/** SQL of the desk's list, of new tickets and of actions. */
import { type Insertable, type Selectable, sql } from 'kysely';
import type { CommentKind } from '../../../shared/feedback/comment.ts';
import { closedStates, type TicketState } from '../../../shared/feedback/ticket.ts';
import type { Db } from '../../database/port.ts';
import type { TicketActionTable, TicketTable } from '../../database/tables/comments.ts';
import type { ReplyTemplateTable } from '../../database/tables/tickets.ts';
import { type Cursor, isBefore } from '../../feedback/cursor.ts';
import type { ActionRow, TicketRow } from '../../feedback/ticket-queries.ts';

/** Which tickets a list has. `units` null: all; else those of the units, and those with an action of one. */
export interface Scope {
  readonly units: readonly string[] | null;
  readonly state?: TicketState | undefined;
  readonly only?: 'open' | 'overdue' | undefined;
  readonly kind?: CommentKind | undefined;
  readonly unit?: string | undefined;
  readonly find?: string | undefined;
  readonly sort: 'newest' | 'due';
}

/** Index `ticket_registered` or `ticket_unit`: newest first; `ticket_due`: nearest due date first, and where the list has closed ones too, they
 *  come after all others. */
export function deskTickets(
  db: Db,
  scope: Scope,
  now: number,
  after: Cursor | null,
  limit: number,
): Promise<TicketRow[]> {
  const all = scoped(db, scope, now).selectAll().limit(limit);
  if (scope.sort === 'newest') {
    const rest = after === null ? all : all.where(isBefore('registered_at', 'number', after));
    return rest.orderBy('registered_at', 'desc').orderBy('number', 'desc').execute();
  }
  const by = hasClosed(scope) ? dueClosedLast : due;
  const rest = after === null ? all : all.where(sql<boolean>`(${by}, number) > (${after.at}, ${after.id})`);
  return rest.orderBy(by).orderBy('number').execute();
}

/** What a list is ordered by, for the cursor after a ticket. */
export function placeOf(scope: Scope, row: TicketRow): number {
  if (scope.sort === 'newest') return row.registered_at;
  const due = row.extended_due ?? row.due;
  return hasClosed(scope) && closedStates.includes(row.state) ? due + afterAll : due;
}

/** The same indexes. */
export async function deskTotal(db: Db, scope: Scope, now: number): Promise<number> {
  const row = await scoped(db, scope, now)
    .select((eb) => eb.fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  return Number(row.total);
}

const due = sql<number>`coalesce(extended_due, due)`;
/** In seconds: later than every date, within the digits of a cursor. */
const afterAll = 100_000_000_000;
const dueClosedLast = sql<number>`${due} + case when state in (${sql.join(closedStates)}) then ${sql.lit(afterAll)} else 0 end`;

/** Closed tickets among others: a list of one state, or of what is not closed, has no such order. */
const hasClosed = ({ only, state }: Scope): boolean => only === undefined && state === undefined;

function scoped(db: Db, { units, state, only, kind, unit, find }: Scope, now: number) {
  let rows = db.selectFrom('ticket');
  if (units !== null)
    rows = rows.where((eb) =>
      eb.or([
        eb('unit', 'in', units),
        eb('number', 'in', (of) => of.selectFrom('ticket_action').select('ticket').where('unit', 'in', units)),
      ]),
    );
  if (state !== undefined) rows = rows.where('state', '=', state);
  if (only !== undefined) rows = rows.where('state', 'not in', closedStates);
  if (only === 'overdue') rows = rows.where('replied_at', 'is', null).where(due, '<', now);
  if (kind !== undefined) rows = rows.where('kind', '=', kind);
  if (unit !== undefined) rows = rows.where('unit', '=', unit);
  const wanted = find?.trim().toLowerCase() ?? '';
  if (wanted === '') return rows;
  const like = wanted.replace(/[!%_]/g, '!$&');
  return rows.where(sql<boolean>`(number like ${`${like}%`} escape '!' or lower(text) like ${`%${like}%`} escape '!')`);
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

/** Index `ticket_merged`: numbers of the tickets that were merged into one. */
export async function mergedInto(db: Db, ticket: string): Promise<string[]> {
  const rows = await db
    .selectFrom('ticket')
    .select('number')
    .where('merged_into', '=', ticket)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

/** Index `ticket_action_unit`. */
export async function hasActionOf(db: Db, ticket: string, units: readonly string[]): Promise<boolean> {
  if (units.length === 0) return false;
  const row = await db
    .selectFrom('ticket_action')
    .select('id')
    .where('unit', 'in', units)
    .where('ticket', '=', ticket)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** All of them: an organisation has few. */
export const replyTemplates = (db: Db): Promise<Selectable<ReplyTemplateTable>[]> =>
  db.selectFrom('reply_template').selectAll().orderBy('name').orderBy('id').execute();

/** Primary key. */
export const putTemplateRow = (db: Db, row: Insertable<ReplyTemplateTable>): Promise<unknown> => {
  const { id: _, ...values } = row;
  return db
    .insertInto('reply_template')
    .values(row)
    .onConflict((conflict) => conflict.column('id').doUpdateSet(values))
    .execute();
};

/** Primary key. Gives whether there was one. */
export async function deleteTemplateRow(db: Db, id: string): Promise<boolean> {
  const done = await db.deleteFrom('reply_template').where('id', '=', id).executeTakeFirst();
  return done.numDeletedRows === 1n;
}
