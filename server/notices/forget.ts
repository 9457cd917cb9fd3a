/** Forgets what was told some time ago, and the addresses of those who have no device here any more. */
import { type Context, secondsNow } from '../context.ts';
import { keptSince } from '../retention.ts';

/** Gives how many rows. Indexes `notice_at`, `notice_delivery_settled`; the addresses are one small table. */
export async function forgetNotices(context: Context): Promise<number> {
  const { db } = context.database;
  const now = secondsNow(context);
  const since = keptSince('notices', context.config, now);
  const left = keptSince('addresses', context.config, now);
  const done = [
    await db.deleteFrom('notice').where('at', '<=', since).executeTakeFirst(),
    await db.deleteFrom('notice_delivery').where('settled_at', '<=', since).executeTakeFirst(),
    await db
      .deleteFrom('notice_mail')
      .where('person', 'not in', (eb) => eb.selectFrom('device').select('device.person').where('state', '=', 'active'))
      .where('person', 'not in', (eb) => eb.selectFrom('device').select('device.person').where('last_seen', '>', left))
      .executeTakeFirst(),
  ];
  return done.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), 0);
}
