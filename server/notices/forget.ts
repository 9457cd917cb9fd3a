/** Forgets what was told some time ago, addresses that nobody proved in time, and those of people who have no device here any more. */
import { type Context, secondsNow } from '../context.ts';
import { afterErasing } from '../database/erasing.ts';
import { keptSince } from '../retention.ts';
import { codeSeconds } from './code.ts';

/** Gives how many rows. Indexes `notice_at`, `notice_delivery_settled`; the addresses are one small table. */
export async function forgetNotices(context: Context): Promise<number> {
  const { db } = context.database;
  const now = secondsNow(context);
  const since = keptSince('notices', context.config, now);
  const left = keptSince('addresses', context.config, now);
  const forgotten = [
    await db.deleteFrom('notice').where('at', '<=', since).executeTakeFirst(),
    await db.deleteFrom('notice_delivery').where('settled_at', '<=', since).executeTakeFirst(),
  ];
  const mails = await db
    .deleteFrom('notice_mail')
    .where('person', 'not in', (eb) => eb.selectFrom('device').select('device.person').where('state', '=', 'active'))
    .where('person', 'not in', (eb) => eb.selectFrom('device').select('device.person').where('last_seen', '>', left))
    .executeTakeFirst();
  const unproved = await db
    .updateTable('notice_mail')
    .set({ pending: null, nonce: null, asked_at: null, wrong: 0 })
    .where('asked_at', '<', now - codeSeconds)
    .executeTakeFirst();
  const addresses = await afterErasing(context.database, Number(mails.numDeletedRows + unproved.numUpdatedRows));
  return forgotten.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), addresses);
}
