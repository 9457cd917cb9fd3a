/** `sundial backup`: everything that a server needs, sealed in one file, while it runs. */
import { existsSync, mkdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { readPassphrase, requireTypable } from '../backup/passphrase.ts';
import { writeBackupRecord } from '../backup/record.ts';
import { dropOld, nameAt } from '../backup/rotate.ts';
import { BackupTrouble } from '../backup/trouble.ts';
import { type BackupMade, writeBackup } from '../backup/write-backup.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { type Config, configPath } from '../config.ts';
import { connect } from '../database/open.ts';
import { backup as en } from '../locales/en/backup.ts';
import { type BackupWords, backup as zh } from '../locales/zh/backup.ts';
import { textIfThere } from '../text-if-there.ts';
import { readConfig } from './serve.ts';

/** Exit codes: 0 written, 1 not written, 2 wrong usage, configuration or passphrase. */
const exit = { good: 0, failed: 1, unusable: 2 } as const;

/** Runs the command with the words behind `backup`. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<BackupWords>(zh, en);
  const given = readArgs(args);
  if (given === null) return complain(words.usage, exit.unusable);
  if (given.help) return print(words.usage);
  const config = readConfig();
  if (config === null) return exit.unusable;
  try {
    return await make(config, given, words);
  } catch (error) {
    return tellTrouble(error, words);
  }
}

/** Says a trouble as a sentence and gives the exit code; any other error passes. */
export function tellTrouble(error: unknown, words: BackupWords): number {
  if (!(error instanceof BackupTrouble)) throw error;
  return complain(
    words.trouble[error.code](error.at),
    error.code.startsWith('PASSPHRASE') ? exit.unusable : exit.failed,
  );
}

async function make(config: Config, { target, keep, json }: Given, words: BackupWords): Promise<number> {
  const passphrase = await readPassphrase(process.env, [words.prompt, words.promptAgain]);
  requireTypable(passphrase);
  const now = Date.now();
  const path = keep === null ? target : join(target, nameAt(now));
  if (existsSync(path)) throw new BackupTrouble('EXISTS', path);
  const db = await connect(config.databaseAddress);
  try {
    const made = await written(path, config, passphrase, now, words);
    await writeBackupRecord(db, made.record);
    const dropped = keep === null ? [] : dropOld(target, keep, basename(path), now);
    const { bytes, rows, record } = made;
    const keys = Object.keys(record.keys);
    if (json) return print(JSON.stringify({ path, bytes, rows, ...record, dropped }));
    print(words.made(path, bytes, rows, record.logSize, keys.length));
    if (keys.length === 0) print(words.noKeys);
    return dropped.length === 0 ? exit.good : print(words.dropped(dropped));
  } finally {
    await db.destroy();
  }
}

async function written(
  path: string,
  { databaseAddress, dataFolder, origin }: Config,
  passphrase: string,
  now: number,
  words: BackupWords,
): Promise<BackupMade> {
  const configFile = configPath(process.env, textIfThere);
  const progress = (table: string, rows: number) => void process.stderr.write(`${words.reading(table, rows)}\n`);
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return await writeBackup(path, {
      databaseAddress,
      dataFolder,
      origin,
      configPath: configFile,
      passphrase,
      now,
      progress,
    });
  } catch (error) {
    // What the disk refuses has a code and a system call.
    if (error instanceof Error && 'syscall' in error && 'code' in error)
      throw new BackupTrouble('UNWRITABLE', `${path} (${String(error.code)})`, error);
    throw error;
  }
}

interface Given {
  /** File, with `keep` the folder. */
  readonly target: string;
  readonly keep: number | null;
  readonly json: boolean;
  readonly help: boolean;
}

function readArgs(args: string[]): Given | null {
  const flag = { type: 'boolean', default: false } as const;
  const options = { keep: { type: 'string' }, json: flag, help: { ...flag, short: 'h' } } as const;
  const found = parsed({ args, allowPositionals: true, options });
  if (found === null) return null;
  const [target, ...more] = found.positionals;
  const { keep, json, help } = found.values;
  if (!help && (target === undefined || more.length > 0)) return null;
  if (keep !== undefined && !/^[1-9]\d{0,3}$/.test(keep)) return null;
  return { target: target ?? '', keep: keep === undefined ? null : Number(keep), json, help };
}

function print(line: string): number {
  process.stdout.write(`${line}\n`);
  return exit.good;
}

function complain(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
