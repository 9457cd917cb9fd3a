/** `sundial restore`: a server out of a backup, proved before it is put in place; and the log of a restored one carried on. */
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseVkey } from '../../shared/proof/checkpoint.ts';
import { carryForward } from '../backup/forward.ts';
import { readPassphrase } from '../backup/passphrase.ts';
import { type Restored, restoreBackup } from '../backup/restore.ts';
import { readSeen } from '../backup/seen.ts';
import { BackupTrouble } from '../backup/trouble.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { backup as en } from '../locales/en/backup.ts';
import { type BackupWords, backup as zh } from '../locales/zh/backup.ts';
import { openContext } from '../open-context.ts';
import { tellTrouble } from './backup.ts';
import { readConfig } from './serve.ts';

/** Exit codes: 0 done, 1 refused, 2 wrong usage, configuration or passphrase, 3 done, but leaves of the log are missing; as shells have it 128
 *  and the number of the signal for a check that was told to stop. */
const exit = { good: 0, failed: 1, unusable: 2, behind: 3 } as const;
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Runs the command with the words behind `restore`. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<BackupWords>(zh, en);
  const given = readArgs(args);
  if (given === null) {
    process.stderr.write(`${words.restoreUsage}\n`);
    return exit.unusable;
  }
  if (given.help) {
    print(words.restoreUsage);
    return exit.good;
  }
  try {
    if (given.file === null) return await forward(given, words);
    return given.check ? await check(given.file, given, words) : await restore(given.file, given, words);
  } catch (error) {
    return tellTrouble(error, words);
  }
}

async function restore(file: string, { seen, unseen, json }: Given, words: BackupWords): Promise<number> {
  if (seen.length === 0 && !unseen) throw new BackupTrouble('SEEN_MISSING', '');
  const passphrase = await readPassphrase(process.env, [words.prompt]);
  const restored = await restoreBackup({ file, passphrase, environment: process.env, seen, now: Date.now() });
  tell(restored, json, words);
  if (json) return restored.missing > 0 ? exit.behind : exit.good;
  print(words.epoch(restored.epoch));
  return tellCarried(restored, words);
}

/** The same into a folder that is thrown away, whatever database the server has. */
async function check(file: string, { json }: Given, words: BackupWords): Promise<number> {
  const passphrase = await readPassphrase(process.env, [words.prompt]);
  const folder = mkdtempSync(join(tmpdir(), 'sundial-check-'));
  const { DATABASE_URL: _, ...rest } = process.env;
  // Keys and everything that anybody wrote lie there in the clear.
  const forget = (): void => rmSync(folder, { recursive: true, force: true });
  const ended = (signal: NodeJS.Signals): void => {
    forget();
    process.exit(128 + constants.signals[signal]);
  };
  for (const signal of signals) process.once(signal, ended);
  try {
    const environment = { ...rest, SUNDIAL_DATA: folder };
    tell(await restoreBackup({ file, passphrase, environment, seen: [], now: Date.now() }), json, words);
    return exit.good;
  } finally {
    for (const signal of signals) process.off(signal, ended);
    forget();
  }
}

async function forward({ seen, json }: Given, words: BackupWords): Promise<number> {
  const config = readConfig();
  if (config === null) return exit.unusable;
  const context = await openContext(config, { alone: true });
  try {
    const keys = (await Promise.all(context.log.keys.map(({ vkey }) => parseVkey(vkey)))).flatMap((key) => key ?? []);
    const carried = { leaves: 0, missing: 0 };
    for (const source of seen) {
      const found = await readSeen(source, config.origin, keys);
      const done = await context.database.transaction((trx) => carryForward(trx, context, found, source));
      carried.leaves += done.leaves;
      carried.missing = done.missing;
    }
    if (json) print(JSON.stringify(carried));
    const code = json ? (carried.missing > 0 ? exit.behind : exit.good) : tellCarried(carried, words);
    if (!json && code === exit.good) print(words.reached);
    return code;
  } finally {
    await context.database.close();
  }
}

function tell(
  { about, rows, head, seals, auditRows, keys, ...more }: Restored,
  json: boolean,
  words: BackupWords,
): void {
  const at = new Date(about.at * 1000).toISOString();
  const { epoch, leaves, missing } = more;
  if (json) print(JSON.stringify({ at, rows, head, seals, auditRows, keys, epoch, carried: leaves, missing }));
  else print(words.proved(at, rows, head?.size ?? 0, seals, auditRows, keys));
}

function tellCarried({ leaves, missing }: { readonly leaves: number; readonly missing: number }, words: BackupWords) {
  if (leaves > 0) print(words.carried(leaves));
  if (missing === 0) return exit.good;
  print(words.missing(missing));
  return exit.behind;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

interface Given {
  /** Null where a restored log is only carried on. */
  readonly file: string | null;
  readonly seen: readonly string[];
  readonly unseen: boolean;
  readonly check: boolean;
  readonly json: boolean;
  readonly help: boolean;
}

function readArgs(args: string[]): Given | null {
  const flag = { type: 'boolean', default: false } as const;
  const seen = { type: 'string', multiple: true, default: [] as string[] } as const;
  const options = { seen, unseen: flag, check: flag, json: flag, help: { ...flag, short: 'h' } } as const;
  const found = parsed({ args, allowPositionals: true, options });
  if (found === null) return null;
  const [file = null, ...more] = found.positionals;
  const { values } = found;
  const isForward = file === null && values.seen.length > 0 && !values.unseen && !values.check;
  if (!values.help && (more.length > 0 || (file === null && !isForward))) return null;
  if (values.unseen && values.seen.length > 0) return null;
  return { file, ...values };
}
