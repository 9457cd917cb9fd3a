/** Which signed-in reader asks, and who is kept behind a comment. */

import { Refusal } from '../../shared/api/refusal.ts';
import { type Identity, readerScheme } from '../../shared/api/sign-in.ts';
import { type Context, secondsNow } from '../context.ts';
import { afterErasing } from '../database/erasing.ts';
import type { Db } from '../database/port.ts';
import { tokenHash } from '../http/session.ts';
import { keptDays, keptSince } from '../retention.ts';
import { openIdentity, sealIdentity } from './seal.ts';

/** What an identity is bound to where it lies. */
export const rowOfSession = (hash: string): string => `reader_session ${hash}`;
export const rowOfComment = (comment: string): string => `reader_identity ${comment}`;

/** The reader behind an `Authorization: Reader` header; null where the organisation asks nobody to sign in. Throws SIGN_IN_NEEDED without a
 *  token, and for one that is unknown, ended or too old. Primary key. */
export async function readerOf(
  context: Context,
  header: (name: string) => string | undefined,
): Promise<Identity | null> {
  if (context.config.identity.mode === 'open') return null;
  const token = readerToken(header('authorization'));
  const hash = token === null ? '' : await tokenHash(token);
  const row = await context.database.db
    .selectFrom('reader_session')
    .selectAll()
    .where('hash', '=', hash)
    .executeTakeFirst();
  const isAlive = row !== undefined && row.expires_at > secondsNow(context);
  const identity = isAlive ? openIdentity(context, rowOfSession(hash), row.identity) : null;
  if (identity === null) throw new Refusal('SIGN_IN_NEEDED');
  return identity;
}

/** The token of the header, null where there is none. */
export const readerToken = (authorization: string | undefined): string | null =>
  new RegExp(`^${readerScheme} ([\\w-]{43})$`, 'i').exec(authorization ?? '')?.[1] ?? null;

/** Keeps who wrote a comment, in the transaction of the comment. */
export async function keepIdentity(trx: Db, context: Context, reader: Identity | null, comment: string): Promise<void> {
  if (reader === null) return;
  const identity = sealIdentity(context, rowOfComment(comment), reader);
  await trx
    .insertInto('reader_identity')
    .values({ comment, identity, at: secondsNow(context) })
    .execute();
}

/** Deletes sign-ins and sessions whose time is over, and identities kept long enough; gives how many rows. Indexes `sign_in_expires`,
 *  `reader_session_expires`, `reader_identity_at`. */
export async function forgetReaders(context: Context): Promise<number> {
  const { db } = context.database;
  const now = secondsNow(context);
  const done = [
    await db.deleteFrom('sign_in').where('expires_at', '<=', now).executeTakeFirst(),
    await db.deleteFrom('reader_session').where('expires_at', '<=', now).executeTakeFirst(),
  ];
  const kept = await db
    .deleteFrom('reader_identity')
    .where('at', '<=', keptSince('identities', context.config, now))
    .executeTakeFirst();
  const identities = await afterErasing(context.database, Number(kept.numDeletedRows));
  return done.reduce((sum, { numDeletedRows }) => sum + Number(numDeletedRows), identities);
}

/** Until when it is kept under seal who is behind a comment; null where it is not. Primary key. */
export async function identityKeptUntil(context: Context, comment: string): Promise<number | null> {
  const row = await context.database.db
    .selectFrom('reader_identity')
    .select('at')
    .where('comment', '=', comment)
    .executeTakeFirst();
  return row === undefined ? null : row.at + keptDays('identities', context.config) * 86_400;
}
