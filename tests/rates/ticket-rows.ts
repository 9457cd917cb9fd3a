/** Tickets put straight into the tables, for tests and measurements of what is counted over them. */
import { sql } from 'kysely';
import type { Db } from '../../server/database/port.ts';
import { readDemoSet } from '../../server/demo/demo-set.ts';
import { demoDue } from './demo-due.ts';

type Row = Readonly<Record<string, string | number | null>>;

export interface TicketRows {
  readonly ticket: Row;
  readonly events: readonly Row[];
  readonly followUps: readonly Row[];
}

/** Seconds of a minute in Shanghai; a due day ends with its working hours. */
export const shanghai = (text: string): number =>
  Date.parse(`${text.length === 10 ? `${text}T17:30` : text}:00+08:00`) / 1000;

/** The demonstration's fourteen tickets as rows, the figures' columns filled from their events; `n` sets them apart from other copies. */
export function demoTicketRows(n = 0): TicketRows[] {
  const { tickets, comments } = readDemoSet();
  return tickets.map(({ id, comment, events, followUps, clock }, place) => {
    const number = `${n}-${id}`;
    const first = (is: (event: (typeof events)[number]) => boolean): number | null => {
      const found = events.find(is);
      return found === undefined ? null : shanghai(found.at);
    };
    const { contact, due } = demoDue(id);
    const answered = followUps.findLast(({ answeredAt }) => typeof answeredAt === 'string');
    const followedUp = events.findLast((event) => event.followedUp !== undefined)?.followedUp;
    return {
      ticket: {
        number,
        year: 2026,
        serial: n * tickets.length + place,
        comment: `c-${number}`,
        state: events.at(-1)?.to ?? 'registered',
        version: 1,
        unit: events.findLast(({ unit }) => unit !== undefined)?.unit ?? null,
        clock,
        kind: comments.find((each) => each.id === comment)?.kind ?? 'report',
        draw: 'd-2026-w39',
        diary_unit: 'lianpu',
        text: id,
        opened_by: 'mod-1',
        registered_at: shanghai(events[0]?.at ?? ''),
        contact_due: shanghai(contact),
        due: shanghai(due),
        contacted_at: first(({ firstContact }) => firstContact === true),
        replied_at: first(({ to }) => to === 'replied'),
        reopened: events.filter(({ to }) => to === 'reopened').length,
        followed_up: followedUp === undefined ? null : followedUp ? 1 : 0,
        root_cause: events.findLast(({ rootCause }) => rootCause !== undefined)?.rootCause ?? null,
        asked: followUps.length > 0 ? 1 : 0,
        solved: answered === undefined ? null : Number(answered.solved),
        rating: answered?.rating ?? null,
      },
      events: events.map((event, at) => ({
        ticket: number,
        n: at,
        at: shanghai(event.at),
        actor: event.actor,
        part: 'desk',
        to_state: event.to,
        public: 1,
        first_contact: 0,
        root_cause: event.rootCause ?? null,
      })),
      followUps: followUps.map((asked, at) => ({
        ticket: number,
        n: at,
        asked_at: shanghai(asked.askedAt),
        due: shanghai(asked.askedAt),
        answered_at: typeof asked.answeredAt === 'string' ? shanghai(asked.answeredAt) : null,
        solved: typeof asked.solved === 'boolean' ? Number(asked.solved) : null,
        rating: asked.rating ?? null,
        public: 0,
      })),
    };
  });
}

/** Writes them; columns that are not named keep their defaults. */
export async function writeTickets(db: Db, all: readonly TicketRows[]): Promise<void> {
  const tickets = all.map(({ ticket }) => ticket);
  await insert(db, 'ticket', tickets);
  await insert(
    db,
    'ticket_event',
    all.flatMap(({ events }) => events),
  );
  await insert(
    db,
    'follow_up',
    all.flatMap(({ followUps }) => followUps),
  );
}

const rowsAtOnce = 500;

async function insert(db: Db, table: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  for (let from = 0; from < rows.length; from += rowsAtOnce) {
    const lines = rows
      .slice(from, from + rowsAtOnce)
      .map((row) => sql`(${sql.join(columns.map((name) => row[name] ?? null))})`);
    const names = sql.join(columns.map((name) => sql.id(name)));
    await sql`insert into ${sql.id(table)} (${names}) values ${sql.join(lines)}`.execute(db);
  }
}
