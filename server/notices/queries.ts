/** SQL of notices, the addresses they go to, and their deliveries. */
import { type Insertable, type Selectable, sql, type Updateable } from 'kysely';
import { isPostgres } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import type { NoticeDeliveryTable, NoticeMailTable, NoticeTable } from '../database/tables/notices.ts';

export type NoticeRow = Selectable<NoticeTable>;
export type DeliveryRow = Selectable<NoticeDeliveryTable>;
export type MailRow = Selectable<NoticeMailTable>;

/** Oldest first. Index `notice_unspread`. */
export const unspreadNotices = (db: Db, limit: number): Promise<NoticeRow[]> =>
  db.selectFrom('notice').selectAll().where('spread_at', 'is', null).orderBy('id').limit(limit).execute();

/** Primary key. */
export const ticketFacts = (
  db: Db,
  numbers: readonly string[],
): Promise<{ number: string; unit: string | null; due: number }[]> =>
  numbers.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('ticket')
        .select(['number', 'unit', sql<number>`coalesce(extended_due, due)`.as('due')])
        .where('number', 'in', numbers)
        .execute();

/** Primary key. */
export const markSpread = (db: Db, ids: readonly string[], at: number): Promise<unknown> =>
  db.updateTable('notice').set({ spread_at: at }).where('id', 'in', ids).execute();

/** Devices that are in use, with what their persons may do: one small table. */
export const activeDevices = (db: Db): Promise<{ person: string; grants: string }[]> =>
  db.selectFrom('device').select(['person', 'grants']).where('state', '=', 'active').orderBy('id').execute();

/** Whether a person has a device in use. Index `device_person`. */
export const hasDevice = async (db: Db, person: string): Promise<boolean> =>
  (await db
    .selectFrom('device')
    .select('id')
    .where('person', '=', person)
    .where('state', '=', 'active')
    .limit(1)
    .executeTakeFirst()) !== undefined;

/** Addresses that are proved. One row a person at most. */
export const provedAddresses = (db: Db): Promise<MailRow[]> =>
  db.selectFrom('notice_mail').selectAll().where('address', 'is not', null).execute();

/** Primary key. */
export const mailOf = (db: Db, person: string): Promise<MailRow | undefined> =>
  db.selectFrom('notice_mail').selectAll().where('person', '=', person).executeTakeFirst();

/** Primary key: writes what is given, beside what is there. */
export const putMail = (db: Db, person: string, values: Partial<Omit<MailRow, 'person'>>): Promise<unknown> =>
  db
    .insertInto('notice_mail')
    .values({ ...newMail, ...values, person })
    .onConflict((conflict) => conflict.column('person').doUpdateSet(values))
    .execute();

const newMail: Omit<Insertable<NoticeMailTable>, 'person'> = {
  address: null,
  pending: null,
  nonce: null,
  asked_at: null,
  wrong: 0,
  kinds: '[]',
  lang: 'zh',
  failed_at: null,
};

/** Primary key: a mail to the person was given up. */
export const markMailFailed = (db: Db, person: string, at: number): Promise<unknown> =>
  db.updateTable('notice_mail').set({ failed_at: at }).where('person', '=', person).execute();

/** The delivery of a person or webhook and a kind that goes last. Index `notice_delivery_latest`. */
export const latestDelivery = (db: Db, channel: string, recipient: string, kind: string) =>
  db
    .selectFrom('notice_delivery')
    .selectAll()
    .where('recipient', '=', recipient)
    .where('kind', '=', kind)
    .where('channel', '=', channel)
    .orderBy('due_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();

export const insertDelivery = (
  db: Db,
  row: Pick<DeliveryRow, 'id' | 'channel' | 'recipient' | 'kind' | 'lines' | 'at' | 'due_at'>,
): Promise<unknown> =>
  db
    .insertInto('notice_delivery')
    .values({
      ...row,
      closed: 0,
      tries: 0,
      claim: null,
      claimed_until: null,
      state: 'waiting',
      settled_at: null,
      problem: null,
    })
    .execute();

/** Adds to a delivery unless somebody began to send it. Gives whether it did. Primary key. */
export async function addLines(db: Db, id: string, lines: string): Promise<boolean> {
  const done = await db
    .updateTable('notice_delivery')
    .set({ lines })
    .where('id', '=', id)
    .where('closed', '=', 0)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Takes the delivery of a channel that is due first, for `claim` alone until `until`; what another process has taken is passed over, what
 *  it let lie past its time is taken from it. Undefined where none is due. Index `notice_delivery_waiting`. */
export function claimDelivery(
  db: Db,
  { channel, claim, now, until }: { channel: string; claim: string; now: number; until: number },
): Promise<DeliveryRow | undefined> {
  return db
    .updateTable('notice_delivery')
    .set((eb) => ({ claim, claimed_until: until, closed: 1, tries: eb('tries', '+', 1) }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('notice_delivery')
        .select('id')
        .where('state', '=', 'waiting')
        .where('channel', '=', channel)
        .where('due_at', '<=', now)
        .where((or) => or.or([or('claimed_until', 'is', null), or('claimed_until', '<=', now)]))
        .orderBy('due_at')
        .orderBy('id')
        .limit(1)
        // SQLite has no row locks: the statement has the whole database.
        .$if(isPostgres(db), (query) => query.forUpdate().skipLocked()),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Writes what became of a delivery, if it is still this claim's. Primary key. */
export const settleDelivery = (
  db: Db,
  { id, claim }: DeliveryRow,
  values: Updateable<NoticeDeliveryTable>,
): Promise<unknown> =>
  db
    .updateTable('notice_delivery')
    .set({ ...values, claim: null, claimed_until: null })
    .where('id', '=', id)
    .where('claim', '=', claim)
    .execute();

/** Takes a delivery that was written before `since` and waits for a channel that is none of `channels`, for `claim` alone. Undefined where none
 *  does. Index `notice_delivery_waiting`. */
export const claimForgotten = (
  db: Db,
  { channels, claim, since, until }: { channels: readonly string[]; claim: string; since: number; until: number },
): Promise<DeliveryRow | undefined> =>
  db
    .updateTable('notice_delivery')
    .set({ claim, claimed_until: until, closed: 1 })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('notice_delivery')
        .select('id')
        .where('state', '=', 'waiting')
        .$if(channels.length > 0, (query) => query.where('channel', 'not in', channels))
        .where('at', '<', since)
        .limit(1)
        .$if(isPostgres(db), (query) => query.forUpdate().skipLocked()),
    )
    .returningAll()
    .executeTakeFirst();

/** How many deliveries of each channel are in each state, and since when the oldest waits. */
export const deliveryCounts = (db: Db) =>
  db
    .selectFrom('notice_delivery')
    .select(['channel', 'state', sql<number>`count(*)`.as('count'), sql<number>`min(at)`.as('oldest')])
    .groupBy(['channel', 'state'])
    .orderBy('channel')
    .orderBy('state')
    .execute();

/** Those that were given up, newest first. Index `notice_delivery_settled`. */
export const givenUp = (db: Db, limit: number): Promise<DeliveryRow[]> =>
  db
    .selectFrom('notice_delivery')
    .selectAll()
    .where('state', '=', 'givenUp')
    .orderBy('settled_at', 'desc')
    .limit(limit)
    .execute();

/** Lets those that were given up be tried anew; gives how many. */
export async function reviveGivenUp(db: Db, now: number): Promise<number> {
  const done = await db
    .updateTable('notice_delivery')
    .set({ state: 'waiting', settled_at: null, tries: 0, at: now, due_at: now })
    .where('state', '=', 'givenUp')
    .executeTakeFirst();
  return Number(done.numUpdatedRows);
}
