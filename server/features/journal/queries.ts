/** SQL of journals, seals and images. */
import type { Insertable, Selectable } from 'kysely';
import type { Row } from '../../../shared/api/journal.ts';
import type { Db } from '../../database/port.ts';
import type { BlobTable, EntryTable, OpTable, SealTable, WeekStateTable } from '../../database/tables/journal.ts';
import { isImageNamed } from '../../records/images.ts';
import { readRow } from './row.ts';

export type OpRow = Selectable<OpTable>;
export type EntryRow = Selectable<EntryTable>;
export type SealRow = Selectable<SealTable>;
export type WeekStateRow = Selectable<WeekStateTable>;

/** Which life of the database this is: a restore begins a new one. */
export async function epochOf(db: Db): Promise<number> {
  const row = await db.selectFrom('server_value').select('value').where('name', '=', 'epoch').executeTakeFirstOrThrow();
  return row.value;
}

/** Primary key. */
export const opsById = (db: Db, author: string, ops: readonly string[]): Promise<OpRow[]> =>
  db.selectFrom('op').selectAll().where('author', '=', author).where('op', 'in', ops).execute();

export const insertOps = (db: Db, rows: readonly Insertable<OpTable>[]): Promise<unknown> =>
  db.insertInto('op').values(rows).execute();

/** Primary key. */
export const deleteOps = (db: Db, author: string, ops: readonly string[]): Promise<unknown> =>
  db.deleteFrom('op').where('author', '=', author).where('op', 'in', ops).execute();

/** Primary key. */
export const entriesById = (db: Db, author: string, ids: readonly string[]): Promise<EntryRow[]> =>
  db.selectFrom('entry').selectAll().where('author', '=', author).where('id', 'in', ids).execute();

/** Rows of different ids. */
export const writeEntries = (db: Db, rows: readonly EntryRow[]): Promise<unknown> =>
  db
    .insertInto('entry')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['author', 'id']).doUpdateSet(({ ref }) => ({
        unit: ref('excluded.unit'),
        week: ref('excluded.week'),
        head: ref('excluded.head'),
        seq: ref('excluded.seq'),
        schema: ref('excluded.schema'),
        del: ref('excluded.del'),
        body: ref('excluded.body'),
      })),
    )
    .execute();

/** Rows after a cursor, in order. Unique `entry_seq`. */
export const entriesAfter = (db: Db, author: string, after: number, limit: number): Promise<EntryRow[]> =>
  db
    .selectFrom('entry')
    .selectAll()
    .where('author', '=', author)
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(limit)
    .execute();

/** A week as its author wrote it, tombstones too. Index `entry_week`. */
export async function rowsOfWeek(db: Db, author: string, week: string): Promise<Row[]> {
  const rows = await db.selectFrom('entry').selectAll().where('author', '=', author).where('week', '=', week).execute();
  return rows.map(readRow);
}

/** Primary key. */
export const weekState = (db: Db, unit: string, week: string): Promise<WeekStateRow | undefined> =>
  db.selectFrom('week_state').selectAll().where('unit', '=', unit).where('week', '=', week).executeTakeFirst();

/** Which of these weeks of a unit are sealed and not reopened. Primary key. */
export async function shutWeeks(db: Db, unit: string, weeks: readonly string[]): Promise<ReadonlySet<string>> {
  if (weeks.length === 0) return new Set();
  const rows = await db
    .selectFrom('week_state')
    .select(['week', 'open'])
    .where('unit', '=', unit)
    .where('week', 'in', weeks)
    .where('sealed_seal_hash', 'is not', null)
    .execute();
  return new Set(rows.flatMap(({ week, open }) => (open === 0 ? [week] : [])));
}

/** States of a unit's weeks by week. Primary key. */
export async function weekStatesOf(db: Db, unit: string): Promise<ReadonlyMap<string, WeekStateRow>> {
  const rows = await db.selectFrom('week_state').selectAll().where('unit', '=', unit).execute();
  return new Map(rows.map((row) => [row.week, row]));
}

/** Primary key. */
export const sealByHash = (db: Db, hash: string): Promise<SealRow | undefined> =>
  db.selectFrom('seal').selectAll().where('seal_hash', '=', hash).executeTakeFirst();

/** The seal of a unit's week whose leaf is the last: it counts (verification.md 4). Index `seal_week`. */
export const lastSeal = (db: Db, unit: string, week: string): Promise<SealRow | undefined> =>
  db
    .selectFrom('seal')
    .selectAll()
    .where('week', '=', week)
    .where('unit', '=', unit)
    .orderBy('idx', 'desc')
    .limit(1)
    .executeTakeFirst();

/** Seals of a unit after a log index, with the note of the head right after each. Index `seal_unit`. */
export const sealsAfter = (db: Db, unit: string, after: number) =>
  db
    .selectFrom('seal')
    .innerJoin('log_head', (join) => join.on('log_head.size', '=', (eb) => eb('seal.idx', '+', 1)))
    .select(['seal.week', 'seal.rev', 'seal.seal_hash', 'seal.idx', 'log_head.note'])
    .where('seal.unit', '=', unit)
    .where('seal.idx', '>', after)
    .orderBy('seal.idx')
    .execute();

/** Seals of an author that may name an entry. */
export const sealsNaming = (db: Db, author: string, id: string) =>
  db
    .selectFrom('seal')
    .select(['seal_hash', 'items'])
    .where('author', '=', author)
    .where('items', 'like', `%${id}%`)
    .execute();

/** Primary key. */
export const eraseDisclosure = (db: Db, sealHash: string, item: number): Promise<unknown> =>
  db
    .updateTable('disclosure')
    .set({ encoded: null })
    .where('seal_hash', '=', sealHash)
    .where('item', '=', item)
    .execute();

/** What a superseded seal disclosed counts no more and is not kept. */
export const eraseDisclosures = (db: Db, sealHash: string): Promise<unknown> =>
  db.updateTable('disclosure').set({ encoded: null }).where('seal_hash', '=', sealHash).execute();

export const insertBlob = (db: Db, row: Insertable<BlobTable>): Promise<unknown> =>
  db
    .insertInto('blob')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();

/** Primary key. */
export const blobOf = (db: Db, author: string, sha256: string) =>
  db
    .selectFrom('blob')
    .select(['type', 'bytes'])
    .where('author', '=', author)
    .where('sha256', '=', sha256)
    .executeTakeFirst();

/** An author's images that no op of theirs names, nor what was released or is offered. Reads their ops with images where there are images at all. */
export async function unnamedImages(db: Db, author: string): Promise<readonly string[]> {
  const blobs = await db.selectFrom('blob').select('sha256').where('author', '=', author).execute();
  if (blobs.length === 0) return [];
  const ops = await db
    .selectFrom('op')
    .select('body')
    .where('author', '=', author)
    .where('status', '=', 'APPLIED')
    .where('body', 'like', '%"sha256":%')
    .execute();
  const named = ops.map(({ body }) => body).join('\n');
  const unnamed: string[] = [];
  for (const { sha256 } of blobs)
    if (!named.includes(sha256) && !(await isImageNamed(db, author, sha256))) unnamed.push(sha256);
  return unnamed;
}

/** Index `blob_at`: images that came after `since` and not after `until`, oldest first. */
export const imagesBetween = (db: Db, since: number, until: number) =>
  db
    .selectFrom('blob')
    .select(['author', 'sha256', 'at'])
    .where('at', '>', since)
    .where('at', '<=', until)
    .orderBy('at')
    .execute();

const judgedName = 'imagesJudged';

/** When the newest image came of which it is settled whether it stays. Primary key. */
export async function imagesJudgedUntil(db: Db): Promise<number> {
  const row = await db.selectFrom('server_value').select('value').where('name', '=', judgedName).executeTakeFirst();
  return Number(row?.value ?? 0);
}

/** Primary key. */
export const setImagesJudgedUntil = (db: Db, value: number): Promise<unknown> =>
  db
    .insertInto('server_value')
    .values({ name: judgedName, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute();

export const deleteBlob = (db: Db, author: string, sha256: string): Promise<unknown> =>
  db.deleteFrom('blob').where('author', '=', author).where('sha256', '=', sha256).execute();
