/** `sundial verify`: checks a public tree and its log from an address or a folder, without a server of our own. */
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Head } from '../../shared/proof/checkpoint.ts';
import type { Notice } from '../../shared/proof/failure.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import { isHash, isObject } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { isFetched, noVkeyIn, parsed, wordsHere } from '../command-line.ts';
import { verify as enVerify } from '../locales/en/verify.ts';
import { type VerifyWords, verify as zhVerify } from '../locales/zh/verify.ts';
import { isBag } from '../public/bag.ts';
import { AnswerTrouble, isAddress, sourceOf } from '../public/source.ts';
import { type ArchiveReport, verifyArchive } from '../public/verify-archive.ts';
import { oldForMs, verifyLive } from '../public/verify-live.ts';
import { type TreeCheck, type TreeFailure, type TreeReport, verifyTree } from '../public/verify-tree.ts';
import { textIfThere } from '../text-if-there.ts';
import { verifyVectors } from './verify-vectors.ts';

/** Exit codes: all good; a check failed; wrong usage or unreadable; good, but keys not pinned. */
const exit = { good: 0, failed: 1, unusable: 2, notPinned: 3 } as const;

/** Runs the command with the words behind `verify`. Gives the exit code. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere(zhVerify, enVerify);
  const given = readArgs(args);
  if (given === null) {
    process.stderr.write(`${words.usage}\n`);
    return exit.unusable;
  }
  if (given.help) {
    process.stdout.write(`${words.usage}\n`);
    return exit.good;
  }
  if (given.vectors !== undefined) return checkVectors(given.vectors, words);
  const wrongPin = await wrongPinIn(given, words);
  if (wrongPin !== undefined) {
    process.stderr.write(`${wrongPin}\n`);
    return exit.unusable;
  }
  if (isAddress(given.source) ? !isFetched(given.source) : !existsSync(given.source)) {
    process.stderr.write(`${words.unreadable(given.source)}\n`);
    return exit.unusable;
  }
  const remembered = readSeen(given.seen);
  if (remembered === null) {
    process.stderr.write(`${words.seenDamaged(given.seen ?? '')}\n`);
    return exit.unusable;
  }
  const check = {
    pins: { vkey: given.vkey, organiser: given.organiser },
    seen: (origin: string) => remembered.get(origin),
    bls: loadedBls,
    progress: progressOn(process.stderr, words),
  };
  const report = await readable<TreeReport | ArchiveReport>(given.source, words, async () =>
    (await isBag(given.source)) ? verifyArchive(given.source, check) : verifySource(given.source, check, words),
  );
  if (report === null) return exit.unusable;
  process.stdout.write(given.json ? `${JSON.stringify(report, null, 2)}\n` : textOf(report, words));
  if (report.failures.length > 0) return exit.failed;
  if (given.seen !== undefined && report.head !== null)
    await writeSeen(given.seen, remembered.set(report.keys.origin, report.head));
  return report.pinned ? exit.good : exit.notPinned;
}

/** What lies in a folder stands still; a server is asked again where it may have been read half way through a change. */
function verifySource(given: string, check: TreeCheck, words: VerifyWords): Promise<TreeReport> {
  const source = sourceOf(given);
  if (!isAddress(given)) return verifyTree(source, check);
  return verifyLive(source, check, async (failures) => {
    process.stderr.write(`${words.again(Math.ceil(oldForMs / 1000))}\n${linesOf(failures, words).join('\n')}\n`);
    await sleep(oldForMs);
  });
}

const linesOf = (failures: readonly TreeFailure[], words: VerifyWords): string[] =>
  failures.map(({ code, where }) => `  ${code} ${words.failure[code]} ${where}`);

interface Given {
  readonly source: string;
  readonly vkey: string | undefined;
  readonly organiser: string | undefined;
  readonly seen: string | undefined;
  readonly vectors: string | undefined;
  readonly json: boolean;
  readonly help: boolean;
}

/** The arguments, or null where they make no command. */
function readArgs(args: string[]): Given | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const found = parsed({
    args,
    allowPositionals: true,
    options: { vkey: text, organiser: text, seen: text, vectors: text, json: flag, help: { ...flag, short: 'h' } },
  });
  if (found === null) return null;
  const { values, positionals } = found;
  const [source, ...more] = positionals;
  const { vkey, organiser, seen, vectors, json, help } = values;
  if (!help && vectors === undefined && (source === undefined || more.length > 0)) return null;
  return { source: source ?? '', vkey, organiser, seen, vectors, json, help };
}

/** What is wrong with a pin that was copied badly: nothing would verify by it, and the log would seem forged. */
async function wrongPinIn({ vkey, organiser }: Given, words: VerifyWords): Promise<string | undefined> {
  const noVkey = vkey === undefined ? undefined : await noVkeyIn(vkey);
  if (noVkey !== undefined) return words.noVkey(noVkey);
  const noKid = organiser
    ?.trim()
    .split(/\s+/)
    .find((kid) => !isHash(kid));
  return noKid === undefined ? undefined : words.noKid(noKid);
}

async function checkVectors(file: string, words: VerifyWords): Promise<number> {
  const report = await readable(file, words, async () => verifyVectors(await readFile(file, 'utf8')));
  if (report === null) return exit.unusable;
  process.stdout.write(`${report.lines.join('\n')}\n`);
  return report.exitCode;
}

/** What the work gives; null, with a sentence on stderr, where the source cannot be read. */
async function readable<T>(source: string, words: VerifyWords, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    // fetch fails with TypeError, its time limit with DOMException, a folder with a system error that has a code.
    const isTransport = error instanceof AnswerTrouble || error instanceof DOMException;
    if (!(error instanceof Error) || !(isTransport || 'code' in error || 'cause' in error)) throw error;
    process.stderr.write(`${words.unreadable(source)} ${error.message}\n`);
    return null;
  }
}

/** A line about every 200 diaries and every 2,048 leaves. */
const progressOn =
  (stream: NodeJS.WriteStream, words: VerifyWords) =>
  (what: 'leaves' | 'diaries', done: number): void => {
    const every = what === 'leaves' ? 2048 : 200;
    if (done % every === 0) stream.write(`${what === 'leaves' ? words.reading(done) : words.verifying(done)}\n`);
  };

function textOf(report: TreeReport | ArchiveReport, words: VerifyWords): string {
  const { failures, notices, keys } = report;
  const notes = new Map<Notice, number>();
  for (const { notice } of notices) notes.set(notice, (notes.get(notice) ?? 0) + 1);
  const lines = [
    ...('archive' in report ? [words.archive(report.archive)] : []),
    words.checked(report.diaries, report.draws, report.leaves),
    ...(report.imported === 0 ? [] : [words.imported(report.imported)]),
    ...(report.images === 0 ? [] : [words.images(report.images)]),
    ...report.awaited.map(words.awaited),
    ...[...notes].sort().map(([notice, count]) => `  ${notice} ×${count} ${words.notice[notice]}`),
    failures.length === 0 ? words.passed : words.failed(failures.length),
    ...linesOf(failures, words),
    ...(failures.some(({ where }) => where === 'index.json') ? [words.noTree] : []),
    ...(report.pinned || keys.vkey === ''
      ? []
      : [words.notPinned, `  --vkey '${keys.vkey}'`, `  --organiser '${keys.organiser}'`]),
  ];
  return `${lines.join('\n')}\n`;
}

/** Heads by origin; empty where there is no file yet, null where the file is another one. */
function readSeen(file: string | undefined): Map<string, Head> | null {
  if (file === undefined) return new Map();
  const text = textIfThere(file);
  if (text === null) return new Map();
  const parsed = parseJson(text);
  if (!isObject(parsed)) return null;
  const heads = new Map<string, Head>();
  for (const [origin, head] of Object.entries(parsed)) {
    if (!isObject(head) || typeof head.size !== 'number' || typeof head.root !== 'string') return null;
    heads.set(origin, { size: head.size, root: head.root });
  }
  return heads;
}

async function writeSeen(file: string, heads: ReadonlyMap<string, Head>): Promise<void> {
  const draft = `${file}.${randomUUID()}`;
  await writeFile(draft, `${JSON.stringify(Object.fromEntries(heads), null, 2)}\n`, { flush: true });
  await rename(draft, file);
}
