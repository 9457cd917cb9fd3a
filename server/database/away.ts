/** Why a database cannot do its work now, by what its driver threw: no fault of a request, which may come again. */

/** `FULL`: no room on the disk. `UNWRITABLE`: the disk takes no writes. `BUSY`: another writer, or too many. `AWAY`: it does not answer. */
export type Away = 'FULL' | 'UNWRITABLE' | 'BUSY' | 'AWAY';

/** Codes of PostgreSQL (classes 08, 53 and 57P; serialisation; read-only, as a standby is), of the file system and the network. */
const codes: readonly (readonly [RegExp, Away])[] = [
  [/^(53100|ENOSPC|EDQUOT)$/, 'FULL'],
  [/^(25006|EROFS|EACCES|EPERM)$/, 'UNWRITABLE'],
  [/^(53\w{3}|40001|40P01)$/, 'BUSY'],
  [/^(08\w{3}|57P\w{2}|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND)$/, 'AWAY'],
];

/** Primary result codes of SQLite: BUSY and LOCKED, FULL, READONLY, IOERR and CANTOPEN. */
const sqliteCodes: Readonly<Record<number, Away>> = {
  5: 'BUSY',
  6: 'BUSY',
  8: 'UNWRITABLE',
  10: 'UNWRITABLE',
  13: 'FULL',
  14: 'UNWRITABLE',
};

/** What `pg` says without a code. */
const messages = /^Connection terminated|timeout expired|timeout exceeded|is not queryable$|^Query read timeout$/;

/** Null for everything else, a bug for example. */
export function awayBy(error: unknown): Away | null {
  if (!(error instanceof Error)) return null;
  const sqlite = 'errcode' in error ? sqliteCodes[Number(error.errcode) & 255] : undefined;
  if (sqlite !== undefined) return sqlite;
  const code = 'code' in error ? String(error.code) : '';
  const found = codes.find(([pattern]) => pattern.test(code));
  if (found !== undefined) return found[1];
  return messages.test(error.message) ? 'AWAY' : null;
}

/** Whether the file itself is damaged: SQLite CORRUPT and NOTADB, PostgreSQL XX001 and XX002. */
export function isDamaged(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error) return [11, 26].includes(Number(error.errcode) & 255);
  return 'code' in error && /^XX00[12]$/.test(String(error.code));
}
