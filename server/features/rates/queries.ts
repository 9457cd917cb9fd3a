/** SQL beside the figures. */
import { sql } from 'kysely';
import type { CommentKind } from '../../../shared/feedback/comment.ts';
import type { Db } from '../../database/port.ts';

/** How often each cause was found last for tickets registered in each stretch: stretch n begins at `starts[n]` (Unix seconds, rising) and
 *  ends before the next; the last one ends before `end`. Index `ticket_registered`, which holds all that is read. */
export async function causesIn(
  db: Db,
  starts: readonly number[],
  end: number,
  of: { readonly unit?: string | null; readonly kind?: CommentKind },
) {
  let tickets = db
    .selectFrom('ticket')
    .select([
      starts
        .slice(1)
        .reduceRight(
          (later, start, at) =>
            sql<number>`case when ticket.registered_at < ${start} then ${sql.lit(at)} else ${later} end`,
          sql<number>`${sql.lit(starts.length - 1)}`,
        )
        .as('stretch'),
      'ticket.root_cause as cause',
    ])
    .where('ticket.state', 'not in', ['referred', 'merged'])
    .where('ticket.registered_at', '>=', starts[0] ?? end)
    .where('ticket.registered_at', '<', end);
  if (of.unit !== undefined) tickets = tickets.where('ticket.unit', 'is not distinct from', of.unit);
  if (of.kind !== undefined) tickets = tickets.where('ticket.kind', '=', of.kind);
  const rows = await db
    .selectFrom(tickets.as('found'))
    .select((eb) => ['found.stretch', 'found.cause', eb.fn.countAll<number>().as('count')])
    .groupBy(['found.stretch', 'found.cause'])
    .execute();
  return rows.map(({ stretch, cause, count }) => ({ stretch: Number(stretch), cause, count: Number(count) }));
}
