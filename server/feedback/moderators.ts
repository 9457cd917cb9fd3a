/** Who moderates. */
import type { Db } from '../database/port.ts';
import type { TicketRow } from './ticket-queries.ts';

/** Whether a moderator other than this one's person has an active device, at an instant (Unix seconds): who stood in counts while they do.
 *  Primary keys and indexes `device_person`, `stand_in_actor`. */
export async function hasOtherModerator(db: Db, actor: string, now: number): Promise<boolean> {
  const found = await db
    .selectFrom('actor')
    .innerJoin('device', 'device.person', 'actor.person')
    .select('actor.actor')
    .where('actor.role', '=', 'moderator')
    .where('device.state', '=', 'active')
    .where((eb) => {
      const standIns = eb.selectFrom('stand_in').select('stand_in.id').whereRef('stand_in.actor', '=', 'actor.actor');
      const running = standIns
        .where('from_at', '<=', now)
        .where((one) => one.or([one('to_at', 'is', null), one('to_at', '>', now)]));
      return eb.or([eb.not(eb.exists(standIns)), eb.exists(running)]);
    })
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

/** Whether the person behind an actor opened this ticket or handled it, with whatever device: who did either does not judge it (closed-loop.md).
 *  Primary keys. */
export async function isOwnTicket(db: Db, { number, opened_by }: TicketRow, actor: string): Promise<boolean> {
  if (await isSamePerson(db, opened_by, actor)) return true;
  const handled = await db
    .selectFrom('ticket_event')
    .innerJoin('actor', 'actor.actor', 'ticket_event.actor')
    .select('n')
    .where('ticket', '=', number)
    .where('part', '=', 'unit')
    .where('actor.person', 'in', (eb) =>
      eb.selectFrom('actor as own').select('own.person').where('own.actor', '=', actor),
    )
    .limit(1)
    .executeTakeFirst();
  return handled !== undefined;
}

/** The name of the person behind an actor; null for one that nobody holds. Primary keys. */
export async function nameOfActor(db: Db, actor: string): Promise<string | null> {
  const row = await db
    .selectFrom('actor')
    .innerJoin('person', 'person.id', 'actor.person')
    .select('person.name')
    .where('actor.actor', '=', actor)
    .executeTakeFirst();
  return row?.name ?? null;
}

/** Whether two actors are one person. Primary key. */
export async function isSamePerson(db: Db, a: string, b: string): Promise<boolean> {
  if (a === b) return true;
  const rows = await db.selectFrom('actor').select('person').distinct().where('actor', 'in', [a, b]).execute();
  return rows.length === 1;
}
