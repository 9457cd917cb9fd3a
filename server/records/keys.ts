/** Key records: judged against the log, appended, and kept as an index of who may sign what (verification.md 3, 10, 12). */
import { admitRecord, type EnrolledKey, readRecord } from '../../shared/proof/keys.ts';
import { isKeyAdd, isKeyRevoke, type KeyAdd, type KeyRevoke, type LogRole } from '../../shared/proof/records.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { type Appended, appendLeaf, lockLog } from '../log/append.ts';
import { keysNamed } from './admit.ts';
import { orRefuse, refused } from './problem.ts';

export interface LoggedKey extends Appended {
  readonly payload: KeyAdd | KeyRevoke;
  readonly iss: string;
  /** The key that was enrolled or ended. */
  readonly kid: string;
}

/** Logs a key record, leaf 0 too. Throws RECORD_REFUSED with a reason: header, signature and key as in admission; KEY_NOT_FIRST where `why`
 *  is missing, KEY_BEFORE_VALID where the key before is neither ended nor named as `old`, LAST_ORGANISER where nobody could enrol any more. */
export async function logKeyRecord(trx: Db, context: Context, jws: string): Promise<LoggedKey> {
  const index = await lockLog(trx);
  const record = readRecord(index, jws);
  if (record === null || record.typ !== 'wd-key+jwt') return orRefuse(refused('TYP'));
  const { payload } = record;
  const change = isKeyAdd(payload) ? payload : isKeyRevoke(payload) ? payload : null;
  if (change === null) return orRefuse(refused('SHAPE'));
  const kid = change.op === 'add' ? await thumbprint(change.jwk) : change.kid;
  const ends = change.op === 'add' ? change.old : change.kid;
  const keys = await keysNamed(trx, [
    kid,
    ...(record.kid === null ? [] : [record.kid]),
    ...(ends === undefined ? [] : [ends]),
  ]);
  if (ends !== undefined) {
    const ending = keys.added.get(ends);
    if (ending === undefined || ending.sub !== change.sub || keys.ended.has(ends))
      return orRefuse(refused('KEY_UNKNOWN', change.op === 'add' ? 'old' : 'kid'));
    if (change.op === 'add' && ending.role !== change.role) return orRefuse(refused('KEY_UNKNOWN', 'old'));
    if (change.op === 'revoke' && ending.role === 'organiser') await requireAnotherOrganiser(trx, ends);
  }
  if (change.op === 'add') await requireSuccession(trx, change);
  const problem = await admitRecord(record, keys, context.config.origin, null);
  if (problem !== null) return orRefuse(refused(problem));
  const appended = await appendLeaf(trx, context, jws);
  if (ends !== undefined) await endKey(trx, ends, index);
  if (change.op === 'add') await insertKey(trx, change, kid, index);
  return { ...appended, payload: change, iss: record.iss, kid };
}

/** Keys of an actor in a role, oldest first. Index `log_key_actor`. */
export async function keysOf(
  db: Db,
  sub: string,
  role: LogRole,
): Promise<readonly (Pick<EnrolledKey, 'kid'> & { readonly ended: boolean })[]> {
  const rows = await db
    .selectFrom('log_key')
    .select(['kid', 'ended_index'])
    .where('sub', '=', sub)
    .where('role', '=', role)
    .orderBy('added_index')
    .execute();
  return rows.map((row) => ({ kid: row.kid, ended: row.ended_index !== null }));
}

async function requireSuccession(trx: Db, { sub, role, why, old }: KeyAdd): Promise<void> {
  const before = await keysOf(trx, sub, role);
  if (before.length === 0) return;
  if (why === undefined) orRefuse(refused('KEY_NOT_FIRST', 'why'));
  if (before.some(({ kid, ended }) => !ended && kid !== old)) orRefuse(refused('KEY_BEFORE_VALID', 'old'));
}

async function requireAnotherOrganiser(trx: Db, kid: string): Promise<void> {
  const other = await trx
    .selectFrom('log_key')
    .select('kid')
    .where('role', '=', 'organiser')
    .where('ended_index', 'is', null)
    .where('kid', '!=', kid)
    .executeTakeFirst();
  if (other === undefined) orRefuse(refused('LAST_ORGANISER', 'kid'));
}

/** Keeps an enrolment that the leaf at `index` says. */
export const insertKey = (trx: Db, { sub, role, jwk }: KeyAdd, kid: string, index: number): Promise<unknown> =>
  trx
    .insertInto('log_key')
    .values({ kid, sub, role, jwk: JSON.stringify(jwk), added_index: index, ended_index: null })
    .execute();

export const endKey = (trx: Db, kid: string, index: number): Promise<unknown> =>
  trx.updateTable('log_key').set({ ended_index: index }).where('kid', '=', kid).execute();
