/** Whether a signed record may stand at the next place of the log: header, key and signature (verification.md 2, 3). */
import { ok, type Result } from '../../shared/base/result.ts';
import { type EnrolledKey, type Keys, keyFor, type LogRecord, noKeys, readRecord } from '../../shared/proof/keys.ts';
import { isLogRole, type LogRole, leafRoles } from '../../shared/proof/records.ts';
import { isJwk, type Jws, jwsVerifies } from '../../shared/proof/signature.ts';
import type { Db } from '../database/port.ts';
import { type RecordProblem, refused } from './problem.ts';

export interface Admitted {
  readonly record: LogRecord;
  readonly key: EnrolledKey;
}

/** Judges a record that would become the leaf at `index`. Key records are judged elsewhere: they change the keys. */
export async function admit(db: Db, jws: string, index: number): Promise<Result<Admitted, RecordProblem>> {
  const record = readRecord(index, jws);
  if (record === null || record.typ === 'wd-key+jwt') return refused('TYP');
  const roles = leafRoles.get(record.typ) ?? [];
  const key = await signingKey(db, record, record.iss, roles, index);
  return key.ok ? ok({ record, key: key.value }) : key;
}

/** The key that signed a JWS as actor `iss` in one of the roles, valid at a place of the log, its signature checked. */
export async function signingKey(
  db: Db,
  jws: Jws,
  iss: string,
  roles: readonly LogRole[],
  index: number,
): Promise<Result<EnrolledKey, RecordProblem>> {
  if (jws.kid === null) return refused('SIGNATURE_INVALID');
  const key = keyFor(await keysNamed(db, [jws.kid]), jws.kid, iss, roles, index);
  if (key === undefined) return refused('KEY_NOT_VALID');
  return (await jwsVerifies(jws, key.jwk)) ? ok(key) : refused('SIGNATURE_INVALID');
}

/** What the log says of these kids. Primary key. */
export async function keysNamed(db: Db, kids: readonly string[]): Promise<Keys> {
  const keys = noKeys();
  if (kids.length === 0) return keys;
  for (const row of await db.selectFrom('log_key').selectAll().where('kid', 'in', kids).execute()) {
    const jwk: unknown = JSON.parse(row.jwk);
    if (!isJwk(jwk) || !isLogRole(row.role)) throw new TypeError(`the key ${row.kid} is damaged`);
    keys.added.set(row.kid, { kid: row.kid, sub: row.sub, role: row.role, jwk, from: row.added_index });
    if (row.ended_index !== null) keys.ended.set(row.kid, row.ended_index);
  }
  return keys;
}
