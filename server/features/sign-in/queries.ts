/** SQL of sign-ins under way and of sessions. */
import type { Insertable, Selectable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { SignInTable } from '../../database/tables/sign-in.ts';

export type SignInRow = Selectable<SignInTable>;

/** Unique `challenge`: false where this one was used before. */
export async function insertSignIn(db: Db, row: Insertable<SignInTable>): Promise<boolean> {
  const done = await db
    .insertInto('sign_in')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Primary key: takes the sign-in of a state for its one callback; undefined where it was taken, is unknown or too old. */
export const takeState = (db: Db, stateHash: string, now: number) =>
  db
    .updateTable('sign_in')
    .set({ stage: 'called' })
    .where('state_hash', '=', stateHash)
    .where('stage', '=', 'open')
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();

/** Primary key: a code was sent to a number; the one sent before works no longer. False where the sign-in is unknown, over or too old. */
export async function noteSent(
  db: Db,
  stateHash: string,
  now: number,
  sent: Pick<Insertable<SignInTable>, 'code_hash' | 'identity' | 'expires_at'>,
): Promise<boolean> {
  const done = await db
    .updateTable('sign_in')
    .set({ stage: 'called', tries: 0, ...sent })
    .where('state_hash', '=', stateHash)
    .where('stage', 'in', ['open', 'called'])
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Primary key: the sign-in of a state that waits for a number or for its code. */
export const waitingOf = (db: Db, stateHash: string, now: number) =>
  db
    .selectFrom('sign_in')
    .selectAll()
    .where('state_hash', '=', stateHash)
    .where('stage', 'in', ['open', 'called'])
    .where('expires_at', '>', now)
    .executeTakeFirst();

/** Primary key: who it is is known; a code waits. */
export const makeReady = (
  db: Db,
  stateHash: string,
  ready: Pick<Insertable<SignInTable>, 'code_hash' | 'digits_hash' | 'identity' | 'expires_at'>,
) =>
  db
    .updateTable('sign_in')
    .set({ stage: 'ready', tries: 0, ...ready })
    .where('state_hash', '=', stateHash)
    .execute();

/** Unique `challenge`: the sign-in whose code waits. */
export const readyOf = (db: Db, challenge: string, now: number) =>
  db
    .selectFrom('sign_in')
    .selectAll()
    .where('challenge', '=', challenge)
    .where('stage', '=', 'ready')
    .where('expires_at', '>', now)
    .executeTakeFirst();

/** Primary key: counts a try before it is judged; false once there were `most`, so that tries at the same moment cannot be more. */
export async function countTry(db: Db, stateHash: string, most: number): Promise<boolean> {
  const done = await db
    .updateTable('sign_in')
    .set((eb) => ({ tries: eb('tries', '+', 1) }))
    .where('state_hash', '=', stateHash)
    .where('tries', '<', most)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
}

/** Primary key: false where it is gone already, used by another. */
export async function deleteSignIn(db: Db, stateHash: string): Promise<boolean> {
  const done = await db.deleteFrom('sign_in').where('state_hash', '=', stateHash).executeTakeFirst();
  return done.numDeletedRows === 1n;
}

export const insertSession = (db: Db, row: { hash: string; identity: string; expires_at: number }) =>
  db.insertInto('reader_session').values(row).execute();

/** Primary key. */
export const deleteSession = (db: Db, hash: string) =>
  db.deleteFrom('reader_session').where('hash', '=', hash).execute();

/** Primary keys: the comment, and who is kept behind it. */
export const behindComment = (db: Db, comment: string) =>
  db
    .selectFrom('comment')
    .leftJoin('reader_identity', 'reader_identity.comment', 'comment.id')
    .select(['comment.id', 'reader_identity.identity', 'reader_identity.at'])
    .where('comment.id', '=', comment)
    .executeTakeFirst();
