/** Closes tickets whose follow-up nobody answered. */
import { Refusal } from '../../shared/api/refusal.ts';
import { type Context, secondsNow } from '../context.ts';
import { moveTicket } from '../feedback/move-ticket.ts';
import { type TicketRow, ticketByNumber, windowPassed } from '../feedback/ticket-queries.ts';
import { eachOf } from './each.ts';

const batch = 200;

/** The follow-up window has passed without an answer: closed by the clock, and counted apart (`followedUp: false`). Gives how many. */
export async function closeUnanswered(context: Context): Promise<number> {
  const due = await windowPassed(context.database.db, secondsNow(context), batch);
  return eachOf(due, (one) => closeOne(context, one));
}

/** False where another process or the reader came first. */
async function closeOne(context: Context, due: TicketRow): Promise<boolean> {
  try {
    return await context.database.transaction(async (trx) => {
      const ticket = await ticketByNumber(trx, due.number);
      if (ticket === undefined || ticket.version !== due.version) return false;
      await moveTicket(trx, context, ticket, {
        to: 'closedLoop',
        by: 'system',
        actor: 'system',
        ownTicket: false,
        note: null,
        public: true,
      });
      return true;
    });
  } catch (error) {
    if (error instanceof Refusal && error.code === 'VERSION_STALE') return false;
    throw error;
  }
}
