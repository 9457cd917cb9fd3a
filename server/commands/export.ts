/** `sundial export DIR`: the public tree as plain files, for a portal or a disk. With `--archive YEAR`: one year of it, for an archive. */
import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Refusal } from '../../shared/api/refusal.ts';
import { takeAlone } from '../alone.ts';
import { parsed, wordsHere } from '../command-line.ts';
import type { Context } from '../context.ts';
import { exportWords as en } from '../locales/en/export.ts';
import { type ExportWords, exportWords as zh } from '../locales/zh/export.ts';
import { openContext } from '../open-context.ts';
import { organiserOf } from '../organisation/read.ts';
import { writeArchive } from '../public/write-archive.ts';
import { ForeignFolder, writeTree } from '../public/write-tree.ts';
import { readConfig } from './serve.ts';

/** A line on stderr about every so many files. */
const progressEvery = 500;

/** Runs the command with the words behind `export`. Exit code 0; 2 for wrong usage or configuration, or where nothing can be exported. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  const given = readArgs(args);
  if (given === null) {
    process.stderr.write(`${words.usage}\n`);
    return 2;
  }
  if (given.help) {
    process.stdout.write(`${words.usage}\n`);
    return 0;
  }
  const config = readConfig();
  if (config === null) return 2;
  const context = await openContext(config);
  try {
    return await exportAlone(context, given, words);
  } catch (error) {
    if (error instanceof ForeignFolder) {
      process.stderr.write(`${words.foreign(given.folder, error.example)}\n`);
      return 2;
    }
    if (!(error instanceof Refusal) || error.facts?.reason !== 'LOG_BEHIND') throw error;
    process.stderr.write(`${words.behind}\n`);
    return 2;
  } finally {
    await context.database.close();
  }
}

async function exportAlone(context: Context, given: Given, words: ExportWords): Promise<number> {
  const release = takeAlone(lockOf(context.config.dataFolder, given.folder));
  if (release === null) {
    process.stderr.write(`${words.running(given.folder)}\n`);
    return 2;
  }
  try {
    return await (given.year === undefined
      ? exportTree(context, given, words)
      : archive(context, given, given.year, words));
  } finally {
    release();
  }
}

/** The lock of a folder that is exported to. It lies with the server's data: the folder itself goes to the portal as it is. */
export function lockOf(dataFolder: string, folder: string): string {
  const path = existsSync(folder) ? realpathSync(folder) : resolve(folder);
  return join(dataFolder, `.export-${createHash('sha256').update(path).digest('hex').slice(0, 16)}.lock`);
}

async function exportTree(context: Context, { folder, json }: Given, words: ExportWords): Promise<number> {
  const done = await writeTree(context, folder, progressWith(words));
  print(json ? JSON.stringify(done) : words.done(done.files, done.written, done.removed, folder));
  return 0;
}

async function archive(context: Context, { folder, json }: Given, year: string, words: ExportWords): Promise<number> {
  const done = await writeArchive(context, year, folder, progressWith(words));
  if (!done.ok) {
    process.stderr.write(`${words.archiveProblem[done.problem.code](folder, year)}\n`);
    return 2;
  }
  const { files, bytes, diaries, draws, leaves, isOver, sum } = done.value;
  if (json) print(JSON.stringify(done.value));
  else {
    print(words.archived(year, files, bytes, folder));
    print(words.archivedWhat(diaries, draws, leaves));
    if (!isOver) print(words.notOver(year));
    print(words.deed);
    print(
      `  --vkey '${context.log.vkey}'\n  --organiser '${await organiserOf(context.database.db)}'\n  tagmanifest-sha256.txt ${sum}`,
    );
  }
  return 0;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

const progressWith =
  (words: ExportWords) =>
  (files: number): void => {
    if (files % progressEvery === 0) process.stderr.write(`${words.writing(files)}\n`);
  };

interface Given {
  readonly folder: string;
  readonly year: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

function readArgs(args: string[]): Given | null {
  const flag = { type: 'boolean', default: false } as const;
  const options = { json: flag, help: { ...flag, short: 'h' }, archive: { type: 'string' } } as const;
  const found = parsed({ args, allowPositionals: true, options });
  if (found === null) return null;
  const { values, positionals } = found;
  const [folder, ...more] = positionals;
  const { archive: year, json, help } = values;
  if (!help && (folder === undefined || more.length > 0)) return null;
  if (year !== undefined && !/^\d{4}$/.test(year)) return null;
  return { folder: folder ?? '', year, json, help };
}
