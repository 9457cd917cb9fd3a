/** What the clock tells of tickets, each once whatever number of processes look: a reminder before the reply is due, and every deadline that was
 *  missed. Each is a row and an audit row `ticket.<kind>`. */
import { sql } from 'kysely';
import { dispatchDue, endOfDay } from '../../shared/feedback/deadline.ts';
import type { AlertKind } from '../../shared/feedback/ticket.ts';
import { civilOf, dayOf, formatDay } from '../../shared/time/civil.ts';
import { workdaysAfter } from '../../shared/time/workdays.ts';
import { type Context, secondsNow } from '../context.ts';
import { writeAudit } from '../database/audit.ts';
import type { Db } from '../database/port.ts';
import { reckoningOf } from './reckoning.ts';

/** Working days before the due date on which the handler is reminded. */
const remindWorkingDays = 2;
const batch = 200;

interface Found {
  readonly ticket: string;
  readonly unit: string | null;
  readonly of: string;
}

/** Primary key: what was told of some tickets, oldest first. */
export async function alertsOf(
  db: Db,
  tickets: readonly string[],
): Promise<ReadonlyMap<string, readonly { readonly kind: AlertKind; readonly at: number }[]>> {
  if (tickets.length === 0) return new Map();
  const rows = await db
    .selectFrom('ticket_alert')
    .select(['ticket', 'kind', 'at'])
    .where('ticket', 'in', tickets)
    .orderBy('at')
    .orderBy('kind')
    .execute();
  return Map.groupBy(rows, ({ ticket }) => ticket);
}

/** Tells what is due by the context's clock; gives how many were told. */
export async function tellAlerts(context: Context): Promise<number> {
  const { db } = context.database;
  const now = secondsNow(context);
  const by = await reckoningOf(db, context);
  const today = dayOf(civilOf(now, by.offset));
  const soon = workdaysAfter(today, remindWorkingDays, by.calendar);
  const found: readonly (readonly [AlertKind, readonly Found[]])[] = [
    ['dueSoon', await running(db, 'dueSoon', now, endOfDay(soon, by))],
    ['overdue', await running(db, 'overdue', null, now - 1)],
    ['contactOverdue', await uncontacted(db, now)],
    ['dispatchOverdue', await undispatched(db, (at) => dispatchDue(at, by) < now)],
    ['reviewDue', await held(db, formatDay(today))],
    ['actionOverdue', await openActions(db, formatDay(today))],
  ];
  let told = 0;
  for (const [kind, tickets] of found) for (const each of tickets) if (await tell(context, kind, each, now)) told += 1;
  return told;
}

/** False where another process was first. */
const tell = (context: Context, kind: AlertKind, { ticket, unit, of }: Found, at: number): Promise<boolean> =>
  context.database.transaction(async (trx) => {
    const done = await trx
      .insertInto('ticket_alert')
      .values({ ticket, kind, of, at })
      .onConflict((conflict) => conflict.columns(['ticket', 'kind', 'of']).doNothing())
      .executeTakeFirst();
    if (done.numInsertedOrUpdatedRows !== 1n) return false;
    await writeAudit(trx, { at, actor: 'system', action: `ticket.${kind}`, subject: ticket, facts: { unit, of } });
    return true;
  });

const notTold = (kind: AlertKind, of: ReturnType<typeof sql<string>>) =>
  sql<boolean>`not exists (select 1 from ticket_alert told where told.ticket = ticket.number and told.kind = ${kind} and told."of" = ${of})`;

const due = sql<number>`coalesce(ticket.extended_due, ticket.due)`;
const dueName = sql<string>`cast(coalesce(ticket.extended_due, ticket.due) as text)`;

/** Index `ticket_running`: without a reply, due from `from` to `to`. */
function running(db: Db, kind: AlertKind, from: number | null, to: number): Promise<Found[]> {
  const all = db
    .selectFrom('ticket')
    .select(['ticket.number as ticket', 'ticket.unit as unit', dueName.as('of')])
    .where('ticket.replied_at', 'is', null)
    .where('ticket.closed_at', 'is', null)
    .where(due, '<=', to)
    .where(notTold(kind, dueName));
  return (from === null ? all : all.where(due, '>=', from)).orderBy(due).limit(batch).execute();
}

/** Index `ticket_running`. */
function uncontacted(db: Db, now: number): Promise<Found[]> {
  const of = sql<string>`cast(ticket.contact_due as text)`;
  return db
    .selectFrom('ticket')
    .select(['ticket.number as ticket', 'ticket.unit as unit', of.as('of')])
    .where('ticket.replied_at', 'is', null)
    .where('ticket.closed_at', 'is', null)
    .where('ticket.contacted_at', 'is', null)
    .where('ticket.contact_due', '<', now)
    .where(notTold('contactOverdue', of))
    .limit(batch)
    .execute();
}

/** Index `ticket_running`: registered and never dispatched. */
async function undispatched(db: Db, isLate: (registeredAt: number) => boolean): Promise<Found[]> {
  const of = sql<string>`cast(ticket.registered_at as text)`;
  const rows = await db
    .selectFrom('ticket')
    .select(['ticket.number as ticket', 'ticket.unit as unit', 'ticket.registered_at as at', of.as('of')])
    .where('ticket.replied_at', 'is', null)
    .where('ticket.closed_at', 'is', null)
    .where('ticket.state', '=', 'registered')
    .where(notTold('dispatchOverdue', of))
    .orderBy('ticket.registered_at')
    .limit(batch)
    .execute();
  return rows.filter(({ at }) => isLate(at));
}

/** Index `ticket_held`. */
const held = (db: Db, today: string): Promise<Found[]> =>
  db
    .selectFrom('ticket')
    .select(['ticket.number as ticket', 'ticket.unit as unit', sql<string>`ticket.review_on`.as('of')])
    .where('ticket.review_on', '<=', today)
    .where('ticket.state', '=', 'onHold')
    .where(notTold('reviewDue', sql<string>`ticket.review_on`))
    .limit(batch)
    .execute();

/** Index `ticket_action_open`: the action's unit is told, of a closed ticket too: what was planned is still to be done. */
function openActions(db: Db, today: string): Promise<Found[]> {
  const of = sql<string>`ticket_action.id || ' ' || ticket_action.date`;
  return db
    .selectFrom('ticket_action')
    .innerJoin('ticket', 'ticket.number', 'ticket_action.ticket')
    .select(['ticket_action.ticket as ticket', 'ticket_action.unit as unit', of.as('of')])
    .where('ticket_action.state', '=', 'open')
    .where('ticket_action.date', '<', today)
    .where('ticket.state', 'not in', ['referred', 'merged'])
    .where(notTold('actionOverdue', of))
    .limit(batch)
    .execute();
}
