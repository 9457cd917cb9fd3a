/** `sundial log-key`: shows the keys that sign the log, and changes them without a gap (verification.md 12). */
import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { formatVkey } from '../../shared/proof/checkpoint.ts';
import { wordsHere } from '../command-line.ts';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { logKey as en } from '../locales/en/log-key.ts';
import { type LogKeyWords, logKey as zh } from '../locales/zh/log-key.ts';
import { publicBytes } from '../log/key-files.ts';
import { signingSince } from '../log/note-lines.ts';
import { addNextKey, retireOldKey } from '../log/rotate.ts';
import { openContext } from '../open-context.ts';
import { readConfig } from './serve.ts';

/** Exit codes: 0 done, 1 refused, 2 wrong usage, configuration or key file. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<LogKeyWords>(zh, en);
  const [step, file, ...more] = args;
  if (step === '--help' || step === '-h') return print(words.usage);
  const isKnown =
    step === 'vkey' ? file !== undefined : step === undefined || ((step === 'next' || step === 'retire') && !file);
  if (!isKnown || more.length > 0) return complain(words.usage, 2);
  const config = readConfig();
  if (config === null) return 2;
  if (step === 'vkey') return showVkey(config, file ?? '', words);
  const context = await openContext(config);
  try {
    if (step === 'next') return await addNext(context, words);
    return step === 'retire' ? await retire(context, words) : await show(context, words);
  } finally {
    await context.database.close();
  }
}

async function show({ database, log }: Context, words: LogKeyWords): Promise<number> {
  for (const key of log.keys) print(words.key(key.vkey, dayOf(await signingSince(database.db, key))));
  return 0;
}

async function addNext(context: Context, words: LogKeyWords): Promise<number> {
  const pins = await addNextKey(context);
  return pins.ok ? print(words.made(pins.value)) : complain(words.twoAlready, 1);
}

async function retire(context: Context, words: LogKeyWords): Promise<number> {
  const done = await retireOldKey(context);
  if (done.ok) return print(words.retired(done.value.kept.map((path) => `  ${path}`).join('\n'), done.value.vkey));
  const { problem } = done;
  switch (problem.code) {
    case 'ONE_KEY':
      return complain(words.nothingToRetire, 1);
    case 'IN_COMMAND':
      return complain(words.byHand, 1);
    case 'EARLY':
      return complain(words.tooEarly(Math.ceil(problem.left / 86_400), dayOf(problem.since)), 1);
  }
}

async function showVkey({ origin }: Config, path: string, words: LogKeyWords): Promise<number> {
  const key = publicKeyOf(readFileSync(path));
  const found = key === null ? null : publicBytes(key);
  if (found === null) return complain(words.noPublicKey(path), 2);
  return print(await formatVkey(origin, found.type, found.bytes));
}

/** Null for what is no key (OpenSSL says so with a code of its own). */
function publicKeyOf(pem: Buffer): KeyObject | null {
  try {
    return createPublicKey(pem);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_OSSL')) return null;
    throw error;
  }
}

const dayOf = (at: number | null): string | null =>
  at === null ? null : new Date(at * 1000).toISOString().slice(0, 10);

function print(line: string): number {
  process.stdout.write(`${line}\n`);
  return 0;
}

function complain(line: string, code: number): number {
  process.stderr.write(`${line}\n`);
  return code;
}
