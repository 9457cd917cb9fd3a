/** `sundial upgrade`: brings the database up to this version, as an operator decides it. */
import { sql } from 'kysely';
import { parsed, wordsHere } from '../command-line.ts';
import { connect, isPostgresAddress } from '../database/open.ts';
import type { Db } from '../database/port.ts';
import { versionOf } from '../database/version.ts';
import { upgrade as en } from '../locales/en/upgrade.ts';
import { type UpgradeWords, upgrade as zh } from '../locales/zh/upgrade.ts';
import { openConfigured } from '../open-context.ts';
import { readConfig } from './serve.ts';

/** How old the backup may be before an upgrade that makes no copy itself. */
const backupFreshSeconds = 86_400;

/** Exit codes: 0 up to date or upgraded, 1 not upgraded, 2 wrong usage, configuration or database. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<UpgradeWords>(zh, en);
  const options = { 'without-backup': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } } as const;
  const given = parsed({ args, options });
  if (given === null) return tell(words.usage.trimEnd(), 2);
  if (given.values.help === true) {
    process.stdout.write(words.usage);
    return 0;
  }
  const config = readConfig();
  if (config === null) return 2;
  if (isPostgresAddress(config.databaseAddress)) {
    const may = await onPostgres(config.databaseAddress, given.values['without-backup'] === true, words);
    if (!may) return 1;
  }
  let upgraded = false;
  const database = await openConfigured({ ...config, migrate: true }, { alone: true }, () => {
    upgraded = true;
  });
  try {
    if (!upgraded) process.stdout.write(`${words.current((await versionOf(database.db)).at)}\n`);
    return 0;
  } finally {
    await database.close();
  }
}

/** Whether an upgrade may go on: nothing is to be done, the tables are empty, or there is a fresh backup. Says why not. */
async function onPostgres(address: string, withoutBackup: boolean, words: UpgradeWords): Promise<boolean> {
  const db = await connect(address);
  try {
    const { at, pending } = await versionOf(db);
    if (pending.length === 0 || at === '') return true;
    const others = await otherConnections(db);
    if (others > 0) tell(words.others(others), 0);
    if (withoutBackup) return true;
    const backup = await backedUpAt(db);
    // One that lies ahead was dated by a clock that was wrong.
    if (backup !== null && Math.abs(Date.now() / 1000 - backup) < backupFreshSeconds) return true;
    tell(words.noBackup(backup === null ? null : new Date(backup * 1000).toISOString()), 1);
    return false;
  } finally {
    await db.destroy();
  }
}

/** When the last backup ended, in Unix seconds; asked so that tables of any version can answer. Primary key. */
async function backedUpAt(db: Db): Promise<number | null> {
  const row = await db.selectFrom('server_value').select('value').where('name', '=', 'backup').executeTakeFirst();
  return row?.value ?? null;
}

async function otherConnections(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(db);
  return Number(rows[0]?.n);
}

function tell(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
