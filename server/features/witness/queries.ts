/** What the log holds of a witness. */
import type { Db } from '../../database/port.ts';

/** The largest size under which a witness has a line, 0 for none. Primary key. */
export async function largestWitnessed(db: Db, vkey: string): Promise<number> {
  const row = await db
    .selectFrom('note_line')
    .select((one) => one.fn.max('size').as('size'))
    .where('vkey', '=', vkey)
    .executeTakeFirst();
  return row?.size ?? 0;
}

/** The line that a witness has under a size, or null. Primary key. */
export async function lineAt(db: Db, vkey: string, size: number): Promise<string | null> {
  const rows = db.selectFrom('note_line').select('line').where('vkey', '=', vkey).where('size', '=', size);
  return (await rows.executeTakeFirst())?.line ?? null;
}

/** When the head of a size was signed, in Unix seconds. Primary key. */
export async function signedAt(db: Db, size: number): Promise<number> {
  const row = await db.selectFrom('log_head').select('at').where('size', '=', size).executeTakeFirstOrThrow();
  return Math.floor(Date.parse(row.at) / 1000);
}
