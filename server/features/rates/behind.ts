/** The tickets behind a figure, found by the database: what comes back is a page, whatever the window holds. */
import { type RawBuilder, sql } from 'kysely';
import type { ListedFigure } from '../../../shared/api/rates.ts';
import type { CommentKind } from '../../../shared/feedback/comment.ts';
import type { RateFigure } from '../../../shared/feedback/rates.ts';
import type { RootCause } from '../../../shared/feedback/ticket.ts';
import type { Db } from '../../database/port.ts';
import { countedColumns, countedOf, keptAt, registeredBetween, replyDue } from '../../feedback/counted-tickets.ts';
import { type Cursor, isAfter } from '../../feedback/cursor.ts';

/** A figure and what it is asked of: tickets registered between two instants, both included, as they stand at a third, in Unix seconds.
 *  Left out: of every unit, kind or cause; null: of none yet. */
export interface Asked {
  readonly from: number;
  readonly to: number;
  readonly asOf: number;
  readonly figure: ListedFigure;
  readonly part: 'part' | 'rest';
  readonly unit?: string | null;
  readonly kind?: CommentKind | undefined;
  readonly cause?: RootCause | null;
}

/** At most `limit` of them in order of registration, after a cursor; `units`: of these handling units alone, null for all. Index
 *  `ticket_registered`. */
export async function pageBehind(
  db: Db,
  asked: Asked,
  {
    units,
    after,
    limit,
  }: { readonly units: readonly string[] | null; readonly after: Cursor | null; readonly limit: number },
) {
  let query = behind(db, asked).select([...countedColumns, 'ticket.clock']);
  if (units !== null) query = query.where('ticket.unit', 'in', units);
  if (after !== null) query = query.where(isAfter('ticket.registered_at', 'ticket.number', after));
  const rows = await query.orderBy('ticket.registered_at').orderBy('ticket.number').limit(limit).execute();
  return rows.map((row) => ({ ...countedOf(row), clock: row.clock }));
}

/** How many there are, and how many of them are of these units. Index `ticket_registered`, which holds all that is read. */
export async function countBehind(
  db: Db,
  asked: Asked,
  units: readonly string[] | null,
): Promise<{ readonly total: number; readonly seen: number }> {
  const isSeen =
    units === null ? sql`true` : units.length === 0 ? sql`false` : sql`ticket.unit in (${sql.join(units)})`;
  const row = await behind(db, asked)
    .select([sql<number>`count(*)`.as('total'), sql<number>`count(case when ${isSeen} then 1 end)`.as('seen')])
    .executeTakeFirstOrThrow();
  return { total: Number(row.total), seen: Number(row.seen) };
}

function behind(db: Db, { from, to, asOf, figure, part, unit, kind, cause }: Asked) {
  let query = registeredBetween(db, from, to).where(figureIs(figure, part, asOf));
  if (unit !== undefined) query = query.where('ticket.unit', 'is not distinct from', unit);
  if (kind !== undefined) query = query.where('ticket.kind', '=', kind);
  if (cause !== undefined) query = query.where('ticket.root_cause', 'is not distinct from', cause);
  return query;
}

/** What shared/feedback/rates.ts says of one ticket. */
function figureIs(figure: ListedFigure, part: 'part' | 'rest', asOf: number): RawBuilder<boolean> {
  const isPart = sql.lit(part === 'part' ? 1 : 0);
  switch (figure) {
    case 'referred':
    case 'merged':
      return sql`1 = ${isPart} and ticket.state = ${figure}`;
    case 'tickets':
      return sql`1 = ${isPart} and ${isCounted}`;
    case 'silent':
      return sql`1 = ${isPart} and ticket.state = 'closedLoop' and ticket.followed_up = 0`;
    default: {
      const place = places(asOf)[figure];
      return sql`${isCounted} and ${place.of} and ${isPart} = case when ${place.part} then 1 else 0 end`;
    }
  }
}

const isCounted = sql`ticket.state not in ('referred', 'merged')`;

interface Place {
  readonly of: RawBuilder<unknown>;
  readonly part: RawBuilder<unknown>;
}

function places(asOf: number): Readonly<Record<RateFigure, Place>> {
  const contact = keptAt(sql.ref('ticket.contacted_at'), sql.ref('ticket.contact_due'), asOf);
  const reply = keptAt(sql.ref('ticket.replied_at'), replyDue, asOf);
  return {
    responseRate: { of: sql`${contact} <> 'running'`, part: sql`${contact} = 'inTime'` },
    onTimeRate: { of: sql`${reply} <> 'running'`, part: sql`${reply} = 'inTime'` },
    resolutionRate: { of: sql`ticket.solved is not null`, part: sql`ticket.solved = 1` },
    satisfactionRate: {
      of: sql`ticket.solved is not null and ticket.rating is not null`,
      part: sql`ticket.rating >= 4`,
    },
    followUpRate: { of: sql`ticket.asked = 1`, part: sql`ticket.solved is not null` },
    reopenRate: { of: sql`ticket.replied_at is not null`, part: sql`ticket.reopened > 0` },
    closureRate: { of: sql`${replyDue} < ${asOf}`, part: sql`ticket.state = 'closedLoop'` },
  };
}
