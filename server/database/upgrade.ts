/** Brings the tables of a database up to the code: a copy before where it is a file, a check, before it holds, of what is kept for
 *  ever. */
import { rmSync } from 'node:fs';
import { type Migration, Migrator, sql } from 'kysely';
import { copyBeside } from './copies.ts';
import { isPostgres } from './lock.ts';
import { migrations } from './migrations.ts';
import type { Db } from './port.ts';
import { DatabaseTrouble } from './trouble.ts';
import { type Version, versionOf } from './version.ts';

/** An upgrade that ended well. */
export interface Upgraded {
  readonly from: string;
  readonly to: string;
  /** The copy from before; null on PostgreSQL. */
  readonly copy: string | null;
  /** Leaves of the log and rows of the audit trail, the same before and after. */
  readonly leaves: number;
  readonly audited: number;
}

/** What may be done. `file`: the path where it is SQLite on a disk, else null. `may`: whether tables that hold something may be upgraded;
 *  empty ones always are. `now` in milliseconds. */
export interface Upgrade {
  readonly file: string | null;
  /** Takes the database for this process while tables that hold something are upgraded; throws while a server runs on it. */
  readonly take?: (() => () => void) | undefined;
  readonly may: boolean;
  readonly now: number;
}

/** Gives what was upgraded; null where nothing was to be done, or the tables were made anew. Throws DatabaseTrouble. Any number of processes
 *  may begin at once: the migrations run under a lock, in one transaction. */
export async function bringUpToDate(db: Db, { file, take, may, now }: Upgrade): Promise<Upgraded | null> {
  const version = await versionOf(db);
  const { at, own, pending, unknown } = version;
  if (unknown.length > 0) throw new DatabaseTrouble({ code: 'NEWER', at, own });
  if (pending.length === 0) return null;
  if (at === '') {
    await migrate(db, version, null, null);
    return null;
  }
  if (!may) throw new DatabaseTrouble({ code: 'BEHIND', at, own });
  const release = take?.();
  try {
    return await upgrade(db, version, file, now);
  } finally {
    release?.();
  }
}

async function upgrade(db: Db, version: Version, file: string | null, now: number): Promise<Upgraded | null> {
  const { at, own } = version;
  const copy = file === null ? null : await copyBeside(file, own, now);
  if (copy !== null && (await versionOf(db)).pending.length === 0) {
    // Another process was quicker: its copy is the one from before.
    rmSync(copy, { force: true });
    return null;
  }
  const before = await standing(db);
  await migrate(db, version, copy, before);
  return { from: at, to: own, copy, leaves: before.rows.get('log_leaf') ?? 0, audited: before.rows.get('audit') ?? 0 };
}

async function migrate(db: Db, { at, own }: Version, copy: string | null, before: Standing | null): Promise<void> {
  const checked: Migration = {
    up: async (trx: Db) => {
      await migrations[own]?.up(trx);
      const damaged = before === null ? null : await damageSince(trx, before);
      if (damaged !== null) throw new DatabaseTrouble({ code: 'UPGRADE_DAMAGED', at, what: damaged, copy });
    },
  };
  // The check stands in the transaction of the migrations: what it finds is taken back with them.
  const provider = { getMigrations: async () => ({ ...migrations, [own]: checked }) };
  const { error } = await new Migrator({ db, provider }).migrateToLatest();
  if (error === undefined) return;
  if (at === '' || error instanceof DatabaseTrouble) throw error;
  throw new DatabaseTrouble({ code: 'UPGRADE_FAILED', at, why: String(error), copy }, error);
}

/** What a database has that no upgrade may touch. */
interface Standing {
  /** Rows of each append-only table that is there. */
  readonly rows: ReadonlyMap<string, number>;
  /** The newest head, as text; empty before leaf 0. */
  readonly head: { readonly size: number; readonly text: string } | null;
}

const appendOnly = ['log_leaf', 'log_head', 'log_tile', 'audit', 'audit_link', 'audit_anchor'] as const;

async function standing(db: Db): Promise<Standing> {
  const tables = new Set((await db.introspection.getTables()).map(({ name }) => name));
  const rows = new Map<string, number>();
  for (const table of appendOnly) if (tables.has(table)) rows.set(table, await countOf(db, table));
  const newest = await db.selectFrom('log_head').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst();
  return { rows, head: newest === undefined ? null : { size: newest.size, text: textOf(newest) } };
}

/** What is not as it was: `integrity_check` and its answer, or a table; null where all is. A row more is none: another process may write. */
async function damageSince(db: Db, { rows, head }: Standing): Promise<string | null> {
  if (!isPostgres(db)) {
    const said = await sql<{ integrity_check: string }>`pragma integrity_check(1)`.execute(db);
    const answer = said.rows[0]?.integrity_check;
    if (answer !== 'ok') return `integrity_check: ${answer}`;
  }
  for (const [table, count] of rows) if ((await countOf(db, table)) < count) return table;
  if (head === null) return null;
  const found = await db.selectFrom('log_head').selectAll().where('size', '=', head.size).executeTakeFirst();
  return found !== undefined && textOf(found) === head.text ? null : 'log_head';
}

const countOf = async (db: Db, table: string): Promise<number> =>
  Number((await sql<{ n: number }>`select count(*) as n from ${sql.table(table)}`.execute(db)).rows[0]?.n);

const textOf = ({
  size,
  root,
  edge,
  note,
  at,
}: Readonly<Record<'root' | 'edge' | 'note' | 'at', string>> & { readonly size: number }) =>
  [size, root, edge, note, at].join('\n');
