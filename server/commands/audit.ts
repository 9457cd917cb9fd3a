/** `sundial audit`: checks that the audit trail is whole, of the database or of an exported file, against hashes that were published. */
import { readFile } from 'node:fs/promises';
import * as v from 'valibot';
import { AuditExport, PublicAudit } from '../../shared/api/audit.ts';
import { type ChainedRow, type ChainReport, checkChain } from '../../shared/proof/audit-chain.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { parsed, wordsHere } from '../command-line.ts';
import type { Db } from '../database/port.ts';
import { chainFrom, unlinkedRows } from '../features/audit/queries.ts';
import { audit as en } from '../locales/en/audit.ts';
import { type AuditWords, audit as zh } from '../locales/zh/audit.ts';
import { openConfigured } from '../open-context.ts';
import { auditFile } from '../public/audit-file.ts';
import { readConfig } from './serve.ts';

const exit = { good: 0, failed: 1, unusable: 2 } as const;
const rowsAtOnce = 1000;
const waitMs = 30_000;

/** Runs the command with the words behind `audit`. Gives the exit code. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  const given = readArgs(args);
  if (given === null) return complain(words.usage);
  if (given.help) return print(words.usage);
  const anchors = given.anchors === undefined ? null : partsOf(PublicAudit, await textOf(given.anchors))?.anchors;
  if (anchors === undefined) return complain(words.unreadable(given.anchors ?? ''));
  if (given.file === undefined) return ofDatabase(anchors, given.json, words);
  const file = partsOf(AuditExport, await textOf(given.file));
  if (file === null) return complain(words.unreadable(given.file));
  return tell(await checkChain([file.rows], anchors ?? []), { unlinked: 0, own: false }, given.json, words);
}

type Anchors = PublicAudit['anchors'];

async function ofDatabase(kept: Anchors | null, json: boolean, words: AuditWords): Promise<number> {
  const config = readConfig();
  if (config === null) return exit.unusable;
  const database = await openConfigured(config);
  try {
    const { db } = database;
    // Before the rows: what is anchored while they are read lies beyond them.
    const anchors = kept ?? (await auditFile(db)).anchors;
    const report = await checkChain(pagesOf(db), anchors);
    return tell(report, { unlinked: await unlinkedRows(db), own: kept === null }, json, words);
  } finally {
    await database.close();
  }
}

async function* pagesOf(db: Db): AsyncGenerator<readonly ChainedRow[]> {
  for (let from = 0; ; ) {
    const page = await chainFrom(db, from, rowsAtOnce);
    yield page;
    const last = page.at(-1);
    if (last === undefined || page.length < rowsAtOnce) return;
    from = last.n + 1;
  }
}

function tell(
  report: ChainReport,
  { unlinked, own }: { readonly unlinked: number; readonly own: boolean },
  json: boolean,
  words: AuditWords,
): number {
  const isWhole = report.faults.length === 0 && unlinked === 0;
  if (json) print(JSON.stringify({ ...report, unlinked }));
  else {
    for (const { code, n, day = '' } of report.faults) print(words.fault[code](n, day));
    if (unlinked > 0) print(words.unlinked(unlinked));
    if (isWhole) print(words.whole(report.rows, report.anchored));
    if (own) print(words.ownAnchors);
  }
  return isWhole ? exit.good : exit.failed;
}

/** The text of a file or an address; empty where there is none. */
async function textOf(source: string): Promise<string> {
  try {
    if (!/^https?:/.test(source)) return await readFile(source, 'utf8');
    const answer = await fetch(source, { signal: AbortSignal.timeout(waitMs) });
    return answer.ok ? await answer.text() : '';
  } catch (error) {
    const isAway = error instanceof TypeError || error instanceof DOMException;
    if (isAway || (error instanceof Error && 'code' in error)) return '';
    throw error;
  }
}

function partsOf<S extends v.GenericSchema>(schema: S, text: string): v.InferOutput<S> | null {
  const found = v.safeParse(schema, parseJson(text));
  return found.success ? found.output : null;
}

interface Given {
  readonly file: string | undefined;
  readonly anchors: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** The arguments, or null where they make no command. */
function readArgs(args: string[]): Given | null {
  const flag = { type: 'boolean', default: false } as const;
  const options = { anchors: { type: 'string' }, json: flag, help: { ...flag, short: 'h' } } as const;
  const found = parsed({ args, allowPositionals: true, options });
  if (found === null || found.positionals.length > 1) return null;
  const { anchors, json, help } = found.values;
  return { file: found.positionals[0], anchors, json, help };
}

function print(line: string): number {
  process.stdout.write(`${line}\n`);
  return exit.good;
}

function complain(line: string): number {
  process.stderr.write(`${line}\n`);
  return exit.unusable;
}
