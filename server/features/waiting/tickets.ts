/** Tickets that wait for a step, and how long it may take (closed-loop.md). */
import { type WaitingKind, type WaitingRow, waitingShown } from '../../../shared/api/waiting.ts';
import { dispatchDue } from '../../../shared/feedback/deadline.ts';
import type { TicketState } from '../../../shared/feedback/ticket.ts';
import type { Action } from '../../../shared/organisation/role.ts';
import type { Db } from '../../database/port.ts';
import { reckoningOf } from '../../feedback/reckoning.ts';
import { type Asked, beginning, counted, type Found, type Source } from './source.ts';

export const ticketSources: readonly Source[] = [
  { kind: 'dispatch', needs: 'tickets.dispatch', read: (asked) => toDispatch(asked) },
  ofUnit('accept', ['assigned']),
  ofUnit('contact', ['accepted']),
  ofUnit('reply', ['inProgress', 'extended', 'onHold', 'supervised']),
  { kind: 'extension', needs: 'tickets.dispatch', read: ({ context }) => wishes(context.database.db) },
  {
    kind: 'followUp',
    needs: 'tickets.close',
    read: ({ context }) => found(context.database.db, { states: ['replied'] }, ({ follow_up_due }) => follow_up_due),
  },
  {
    kind: 'overdue',
    needs: 'tickets.dispatch',
    read: ({ context, now }) => found(context.database.db, { states: handled, dueBefore: now }, replyRuns),
  },
];

/** States in which a unit has the ticket. */
const handled: readonly TicketState[] = ['assigned', 'accepted', 'inProgress', 'extended', 'onHold', 'supervised'];

/** What handlers see: tickets of the units that they handle for. */
function ofUnit(kind: WaitingKind, states: readonly TicketState[]): Source {
  const needs: Action = 'tickets.handle';
  return {
    kind,
    needs,
    read: ({ context, grants }) => {
      const units = grants.flatMap(({ unit }) => unit ?? []);
      return found(context.database.db, { states, units }, kind === 'reply' ? replyRuns : contactRuns);
    },
  };
}

/** Before the first dispatch that of the first contact runs; a ticket that came back has one of its own. */
async function toDispatch({ context }: Asked): Promise<Found> {
  const { db } = context.database;
  const by = await reckoningOf(db, context);
  return found(db, { states: ['registered', 'disputed', 'reopened'] }, (row) =>
    row.state === 'registered' ? row.contact_due : dispatchDue(row.since, by),
  );
}

/** A reply settles the deadline for good: a ticket counts once. */
const replyRuns = (row: Row): number | null => (row.replied_at === null ? (row.extended_due ?? row.due) : null);

const contactRuns = (row: Row): number | null => (row.contacted_at === null ? row.contact_due : replyRuns(row));

interface Scope {
  readonly states: readonly TicketState[];
  readonly units?: readonly string[];
  /** Those that were due before this second and have no reply. */
  readonly dueBefore?: number;
}

type Row = Awaited<ReturnType<typeof rowsOf>>[number];

async function found(db: Db, scope: Scope, due: (row: Row) => number | null): Promise<Found> {
  if (scope.units?.length === 0) return { total: 0, rows: [] };
  const rows = await rowsOf(db, scope);
  return {
    total: rows.length < waitingShown ? rows.length : await counted(db, scoped(db, scope).select('number')),
    rows: rows.map((row): WaitingRow => rowShown(row, row.since, due(row))),
  };
}

/** Index `ticket_state`; `since` by the primary key of `ticket_event`: when the ticket came into its state. */
async function rowsOf(db: Db, scope: Scope) {
  const rows = await scoped(db, scope)
    .select([...columns])
    .select((eb) =>
      eb
        .selectFrom('ticket_event')
        .select((event) => event.fn.max('ticket_event.at').as('at'))
        .whereRef('ticket_event.ticket', '=', 'ticket.number')
        .as('since'),
    )
    .orderBy((eb) => eb.fn.coalesce('extended_due', 'due'))
    .orderBy('number')
    .limit(waitingShown)
    .execute();
  return rows.map((row) => ({ ...row, since: Number(row.since ?? row.registered_at) }));
}

const columns = [
  'number',
  'unit',
  'state',
  'text',
  'registered_at',
  'contact_due',
  'contacted_at',
  'due',
  'extended_due',
  'replied_at',
  'follow_up_due',
] as const;

function scoped(db: Db, { states, units, dueBefore }: Scope) {
  let all = db.selectFrom('ticket').where('state', 'in', states);
  if (units !== undefined) all = all.where('unit', 'in', units);
  if (dueBefore !== undefined)
    all = all.where('replied_at', 'is', null).where((eb) => eb(eb.fn.coalesce('extended_due', 'due'), '<', dueBefore));
  return all;
}

/** Wishes for more time that nobody has decided; each runs until the ticket's due date. Index
 *  `ticket_extension_asked`. */
async function wishes(db: Db): Promise<Found> {
  const open = db
    .selectFrom('ticket_extension')
    .innerJoin('ticket', 'ticket.number', 'ticket_extension.ticket')
    .where('ticket_extension.state', '=', 'asked');
  const rows = await open
    .select(['number', 'ticket.state', 'unit', 'text', 'due', 'asked_at'])
    .orderBy('due')
    .orderBy('number')
    .limit(waitingShown)
    .execute();
  return {
    total: await counted(db, open.select('number')),
    rows: rows.map((row) => rowShown(row, row.asked_at, row.due)),
  };
}

const rowShown = (
  row: { readonly number: string; readonly unit: string | null; readonly state: TicketState; readonly text: string },
  since: number,
  due: number | null,
): WaitingRow => ({
  id: row.number,
  since,
  due,
  unit: row.unit,
  text: beginning(row.text),
  ticketState: row.state,
});
