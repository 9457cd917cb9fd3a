/** Forgets rows that only had to be remembered for a while. */
import { type Context, secondsNow } from '../context.ts';
import { limitsByAddress } from '../feedback/budget.ts';
import { keptSince } from '../retention.ts';

/** Deletes rates, answers, leases, tokens and assertions whose time is over; gives how many. */
export async function forget(context: Context): Promise<number> {
  const {
    config,
    database: { db },
  } = context;
  const now = secondsNow(context);
  const done = [
    await db
      .deleteFrom('rate')
      .where('since', '<=', keptSince('rates', config, now))
      .executeTakeFirst(),
    await db
      .deleteFrom('rate')
      .where('name', 'in', limitsByAddress)
      .where('since', '<=', keptSince('senders', config, now))
      .executeTakeFirst(),
    await db
      .deleteFrom('idempotency')
      .where('at', '<=', keptSince('repeats', config, now))
      .executeTakeFirst(),
    await db.deleteFrom('comment_lease').where('until', '<=', now).executeTakeFirst(),
    await db
      .deleteFrom('access_token')
      .where('expires_at', '<=', keptSince('tokens', config, now))
      .executeTakeFirst(),
    await db
      .deleteFrom('assertion')
      .where('expires_at', '<=', keptSince('tokens', config, now))
      .executeTakeFirst(),
  ];
  return done.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
}
