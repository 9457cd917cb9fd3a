/** Which migrations a database has had, and which the code has. */
import { sql } from 'kysely';
import { isPostgres } from './lock.ts';
import { migrations } from './migrations.ts';
import type { Db } from './port.ts';

export interface Version {
  /** The newest migration that ran, empty where none did. */
  readonly at: string;
  /** The newest that the code has. */
  readonly own: string;
  /** What the code has and the database has not had, in order. */
  readonly pending: readonly string[];
  /** What the database has had and the code does not know. */
  readonly unknown: readonly string[];
}

/** Reads the version; changes nothing. */
export async function versionOf(db: Db): Promise<Version> {
  return versionFrom(await executed(db), Object.keys(migrations));
}

/** The version of a database with these migrations under a code with those. */
export function versionFrom(had: readonly string[], own: readonly string[]): Version {
  return {
    at: [...had].sort().at(-1) ?? '',
    own: [...own].sort().at(-1) ?? '',
    pending: own.filter((name) => !had.includes(name)).sort(),
    unknown: had.filter((name) => !own.includes(name)).sort(),
  };
}

async function executed(db: Db): Promise<string[]> {
  const there = isPostgres(db)
    ? sql<{ n: number }>`select count(*) as n from pg_class where oid = to_regclass('kysely_migration')`
    : sql<{ n: number }>`select count(*) as n from sqlite_master where name = 'kysely_migration'`;
  if (Number((await there.execute(db)).rows[0]?.n) === 0) return [];
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
  return rows.map(({ name }) => name);
}
