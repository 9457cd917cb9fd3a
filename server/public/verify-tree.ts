/** Verifies a whole public tree and its whole log, as `sundial verify` does (verification.md 9 and 10). Needs nothing but the files and pins. */
import { isDeepStrictEqual } from 'node:util';
import * as v from 'valibot';
import {
  type DiaryCard,
  ImportedBundle,
  type ImportedFrom,
  type PublicDraw,
  type PublicIndex,
} from '../../shared/api/published.ts';
import { type Finding, judgeLog, openLog } from '../../shared/proof/audit.ts';
import { type Head, parseNote } from '../../shared/proof/checkpoint.ts';
import type { Failure, Notice } from '../../shared/proof/failure.ts';
import { checkImage } from '../../shared/proof/images.ts';
import type { LogRecord } from '../../shared/proof/keys.ts';
import { isDrawn } from '../../shared/proof/records.ts';
import { type Remembered, remembering } from '../../shared/proof/remembered.ts';
import { array, isObject, isString, object } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import type { Bls } from '../../shared/proof/values.ts';
import { checkHead, type Pins, type Prover, type VerifiedDiary, verifyBundle } from '../../shared/proof/verify.ts';
import { verifyDraw } from '../../shared/proof/verify-draw.ts';
import { blobPath, bundlePath, drawPath, feedPath, indexPath, pagePath } from '../records/occurrences.ts';
import type { BagFailureCode } from './bag.ts';
import { checkLocks, type ShownLock } from './check-locks.ts';
import { checkOpenData } from './check-open-data.ts';
import { checkTiles } from './check-tiles.ts';
import { escapeHtml } from './html.ts';
import { isImported } from './imported.ts';
import { readBundle, readDraw, readFeedPage, readIndex, readLeaves, readText, tileProver } from './read-tree.ts';
import type { TreeSource } from './source.ts';

export type TreeFailureCode =
  | Failure
  | Finding
  | BagFailureCode
  | 'TREE_INCOMPLETE'
  | 'IMAGE_ALTERED'
  | 'IMAGE_MISSING';

/** What failed, and where: a path of the tree, or `leaf <index>`. */
export interface TreeFailure {
  readonly code: TreeFailureCode;
  readonly where: string;
}

export interface TreeReport {
  /** Whether both keys were pinned by the caller. */
  readonly pinned: boolean;
  /** Keys that were used; of a tree without pins those that it states itself. */
  readonly keys: { readonly origin: string; readonly vkey: string; readonly organiser: string };
  readonly diaries: number;
  /** Diaries that were brought in from older records: nobody sealed them, so they prove nothing. */
  readonly imported: number;
  readonly draws: number;
  readonly leaves: number;
  readonly images: number;
  /** Draws with a result whose diaries are not out yet. */
  readonly awaited: readonly string[];
  readonly failures: readonly TreeFailure[];
  readonly notices: readonly { readonly notice: Notice; readonly where: string }[];
  /** The head to remember; null where the checkpoint failed. */
  readonly head: Head | null;
}

export interface TreeCheck {
  readonly pins: Pins;
  /** The head remembered of an origin. */
  readonly seen: (origin: string) => Head | undefined;
  readonly progress: (what: 'leaves' | 'diaries', done: number) => void;
  /** Which draws of the log the tree is to show: all of them, unless it is one year's. */
  readonly covers?: (draw: string) => boolean;
  /** Without it a drand round gives the notice DRAND_UNCHECKED. */
  readonly bls?: Bls;
}

/** Checks everything and reports every failure, sorted; nothing stops the rest but a tree without index. */
export async function verifyTree(source: TreeSource, check: TreeCheck): Promise<TreeReport> {
  const index = await readIndex(source);
  if (!index.ok) return emptyReport(check.pins, [{ code: index.problem.code, where: index.problem.path }]);
  const stated = { vkey: index.value.pins.vkey, organiser: index.value.pins.organiser };
  const vkey = check.pins.vkey || stated.vkey;
  const organiser = check.pins.organiser || stated.organiser;
  const remembered = remembering();
  const given = { source, check, stated, index: index.value, remembered };
  const checkpoint = (await readText(source, 'checkpoint')) ?? '';
  // What the checkpoint says, not the index: a key of either pin has this name, or the checkpoint fails.
  const origin = parseNote(checkpoint)?.origin ?? '';
  const keys = { origin, vkey, organiser: organiser ?? '' };
  const seen = check.seen(origin);
  const prove = tileProver(source);
  const head = await checkHead(checkpoint, vkey, seen, prove);
  if (!head.ok) return { ...emptyReport(check.pins, [{ code: head.problem, where: 'checkpoint' }]), keys };
  const { note, size, root } = head.value;
  const leaves = await readLeaves(source, note.size, (done) => check.progress('leaves', done));
  const options = { origin: note.origin, remembered, organisers: organiser ? organiser.split(' ') : null };
  const log = await openLog(leaves, note, seen === undefined ? options : { ...options, seen });
  const isWhole = !log.broken.some(({ code }) => code === 'LOG_INCOMPLETE');
  const tiles = isWhole ? await checkTiles(source, note.size, log.nodes) : [];
  const walking = (records: readonly LogRecord[]) =>
    walkTree({ ...given, prove: log.broken.length > 0 ? prove : remembered.prove, seen: { size, root } }, records);
  // What is published is checked beside the signatures of the log, as if all of them held; where not, once more by those that do.
  const read = log.broken.length > 0 ? [] : log.read.flatMap((record) => record ?? []);
  const [audit, all] = await Promise.all([judgeLog(log, options), walking(read)]);
  const walk = audit.records.length < read.length ? await walking(audit.records) : all;
  const unlocked = await checkLocks(walk.locks, audit);
  const unsound = audit.findings.map(({ code, index: leaf }) => ({ code, where: `leaf ${leaf}` }));
  return {
    pinned: isPinned(check.pins),
    keys,
    diaries: walk.diaries.size,
    imported: walk.imported.size,
    draws: walk.draws,
    leaves: leaves.length,
    images: walk.images,
    awaited: walk.awaited,
    failures: sorted([...unsound, ...tiles, ...unlocked, ...walk.failures]),
    notices: walk.notices.sort((a, b) => (a.where < b.where ? -1 : a.where > b.where ? 1 : 0)),
    head: { size, root },
  };
}

/** Looks at all that is published, by the draws of these records. */
async function walkTree(given: Given, records: readonly LogRecord[]): Promise<Walk> {
  const draws = drawsOf(records).filter(({ draw }) => given.check.covers?.(draw) ?? true);
  const walk: Walk = {
    ...given,
    draws: draws.length,
    awaited: [],
    failures: [],
    locks: [],
    notices: [],
    diaries: new Map(),
    imported: new Map(),
    images: 0,
  };
  // Many where that can be, as what they ask of the other threads waits behind the signatures of the log.
  const { drawsAtOnce = 8 } = given.source;
  for (let at = 0; at < draws.length; at += drawsAtOnce) {
    const some = draws.slice(at, at + drawsAtOnce).map((draw) => checkDraw(walk, draw));
    walk.awaited.push(...(await Promise.all(some)).flat());
  }
  await checkFeed(walk);
  const failed = new Set(walk.failures.map(({ where }) => where));
  const shown = new Map<string, VerifiedDiary | Imported | null>([...walk.diaries, ...walk.imported]);
  walk.failures.push(...(await checkOpenData(given.source, shown, failed)));
  return walk;
}

/** Checks a draw's page and its diaries; gives the draw where these are not out yet. */
async function checkDraw(walk: Walk, { draw, record }: LoggedDraw): Promise<readonly string[]> {
  const { source } = walk;
  const page = await readDraw(source, draw);
  if (page.ok) await checkDrawPage(walk, page.value, draw);
  else walk.failures.push({ code: page.problem.code, where: page.problem.path });
  if (record === undefined || !isDrawn(record.payload.drawn)) return [];
  const units = record.payload.drawn.map(({ unit }) => unit);
  const bundles = await Promise.all(units.map((unit) => readBundle(source, draw, unit)));
  if (bundles.every((bundle) => bundle === null) && !(page.ok && page.value.stage === 'published'))
    return units.length > 0 ? [draw] : [];
  for (const [n, unit] of units.entries()) {
    const bundle = bundles[n] ?? null;
    if (bundle === null) walk.failures.push({ code: 'DRAWN_NOT_PUBLISHED', where: bundlePath(draw, unit) });
    else await checkDiary(walk, bundle, draw, unit);
  }
  return [];
}

type Items = Pick<VerifiedDiary, 'items'>;
type Imported = Pick<VerifiedDiary, 'items' | 'week'> & { readonly imported: ImportedFrom };

interface Given {
  readonly source: TreeSource;
  readonly prove: Prover;
  /** The head to remember: no bundle and no page may contradict it. */
  readonly seen: Head;
  readonly check: TreeCheck;
  readonly stated: Pins;
  readonly index: PublicIndex;
  readonly remembered: Remembered;
}

interface Walk extends Given {
  readonly draws: number;
  readonly awaited: string[];
  readonly failures: TreeFailure[];
  /** Of every page and every diary that verified. */
  readonly locks: ShownLock[];
  readonly notices: { notice: Notice; where: string }[];
  /** Every diary looked at: what was verified, null where it failed. */
  readonly diaries: Map<string, VerifiedDiary | null>;
  /** What was brought in, as it is told. */
  readonly imported: Map<string, Imported>;
  images: number;
}

async function checkDiary(walk: Walk, bundle: string, draw: string, unit: string): Promise<void> {
  const { source, check, stated, prove, seen, remembered } = walk;
  const where = bundlePath(draw, unit);
  const want = { draw, unit };
  const options = { stated, want, prove, remembered, ...(check.bls && { bls: check.bls }) };
  const parsed = parseJson(bundle);
  const verdict = await verifyBundle(isObject(parsed) ? parsed : null, check.pins, { seen }, options);
  walk.diaries.set(where, verdict.ok ? verdict : null);
  check.progress('diaries', walk.diaries.size);
  if (!verdict.ok) {
    walk.failures.push({ code: verdict.failure, where });
    return;
  }
  if (isLocked(parsed)) walk.locks.push({ where, draw, acks: parsed.lock.acks });
  for (const notice of verdict.notices) walk.notices.push({ notice, where });
  for (const image of verdict.items.flatMap(({ item }) => item?.images ?? [])) {
    const path = blobPath(image.sha256);
    const bytes = await source.read(path);
    walk.images += 1;
    if (bytes === null) walk.failures.push({ code: 'IMAGE_MISSING', where: path });
    else if (!(await checkImage(bytes, image)).ok) walk.failures.push({ code: 'IMAGE_ALTERED', where: path });
  }
  await checkPage(walk, pagePath(draw, unit), verdict.items);
}

async function checkPage(walk: Walk, where: string, items: Items['items']): Promise<void> {
  const page = await readText(walk.source, where);
  if (page === null) walk.failures.push({ code: 'TREE_INCOMPLETE', where });
  else if (!items.every(({ item }) => textsOf(item).every((text) => page.includes(escapeHtml(text)))))
    walk.failures.push({ code: 'TEXT_ALTERED', where });
}

/** Of what was brought in nothing can be proved: only that it says so itself, and the same everywhere. */
async function checkImported(walk: Walk, { draw, unit, week, title, imported }: DiaryCard): Promise<void> {
  const where = bundlePath(draw, unit);
  const read = v.safeParse(ImportedBundle, parseJson(await readBundle(walk.source, draw, unit)));
  if (!read.success || imported === undefined) {
    walk.failures.push({ code: 'BUNDLE_MALFORMED', where });
    return;
  }
  const { diary, want } = read.output;
  walk.imported.set(where, { ...diary, imported: read.output.imported });
  if (
    !isDeepStrictEqual(read.output.imported, imported) ||
    want.draw !== draw ||
    want.unit !== unit ||
    diary.week !== week ||
    title !== null
  )
    walk.failures.push({ code: 'TEXT_ALTERED', where });
  await checkPage(walk, pagePath(draw, unit), diary.items);
}

const textsOf = (item: VerifiedDiary['items'][number]['item']): readonly string[] =>
  item === undefined
    ? []
    : [item.text, item.place, item.detail, item.thinking, item.result, item.next].flatMap((text) => text ?? []);

/** No log bounds how many a tree may state. */
const mostImported = 1_000_000;

/** Every card of the feed stands for a diary that verifies and repeats its words; every diary that verifies has a card. */
async function checkFeed(walk: Walk): Promise<void> {
  const cards = new Set<string>();
  // Every page has a card and every card a diary: whoever states more pages would have us read for ever.
  const most = () => Math.max(1, walk.diaries.size + walk.imported.size);
  let page = 0;
  for (; page < Math.min(walk.index.feed.pages, most()) && walk.imported.size < mostImported; page += 1) {
    const feed = await readFeedPage(walk.source, page);
    if (!feed.ok) {
      walk.failures.push({ code: feed.problem.code, where: feed.problem.path });
      continue;
    }
    for (const card of feed.value.rows) {
      const where = bundlePath(card.draw, card.unit);
      if (isImported(card.draw)) {
        await checkImported(walk, card);
        continue;
      }
      cards.add(where);
      if (!walk.diaries.has(where)) {
        const bundle = await readBundle(walk.source, card.draw, card.unit);
        if (bundle === null) {
          if (!walk.failures.some((failure) => failure.where === where))
            walk.failures.push({ code: 'BUNDLE_MALFORMED', where });
        } else await checkDiary(walk, bundle, card.draw, card.unit);
      }
      const diary = walk.diaries.get(where);
      if (diary && !repeats(card, diary)) walk.failures.push({ code: 'TEXT_ALTERED', where: feedPath(page) });
    }
  }
  if (walk.index.feed.pages > page) walk.failures.push({ code: 'TREE_INCOMPLETE', where: indexPath });
  for (const where of walk.diaries.keys())
    if (!cards.has(where)) walk.failures.push({ code: 'TREE_INCOMPLETE', where });
}

function repeats(card: DiaryCard, diary: VerifiedDiary): boolean {
  const title = diary.items.find(({ kind }) => kind === 'title')?.item?.text ?? null;
  const review = diary.items.find(({ kind, day }) => kind === 'review' && day === undefined)?.item?.text;
  return card.title === title && card.week === diary.week && (card.opening === null || card.opening === review);
}

/** A draw's page proves what it says. It may be a minute older than the log, so the draw may have come further. */
async function checkDrawPage(walk: Walk, page: PublicDraw, draw: string): Promise<void> {
  const { check, stated, prove, seen, remembered } = walk;
  const options = { stated, want: draw, prove, remembered, ...(check.bls && { bls: check.bls }) };
  const verdict = await verifyDraw(page, check.pins, { seen }, options);
  const where = drawPath(draw);
  if (!verdict.ok) walk.failures.push({ code: verdict.failure, where });
  else if (isLocked(page.proof)) walk.locks.push({ where, draw, acks: page.proof.lock.acks });
}

interface LoggedDraw {
  readonly draw: string;
  readonly record: LogRecord | undefined;
}

/** Draws by their lists, with the draw record that follows, void or not. */
const drawsOf = (records: readonly LogRecord[]): readonly LoggedDraw[] =>
  records
    .filter(({ typ }) => typ === 'wd-list+jwt')
    .map((list) => ({
      draw: String(list.payload.draw),
      record: records.find(({ typ, payload }) => typ === 'wd-draw+jwt' && payload.draw === list.payload.draw),
    }));

const isLocked = object({ lock: object({ acks: array(isString) }) });

const isPinned = ({ vkey, organiser }: Pins): boolean => Boolean(vkey && organiser);

const emptyReport = (pins: Pins, failures: readonly TreeFailure[]): TreeReport => ({
  pinned: isPinned(pins),
  keys: { origin: '', vkey: pins.vkey ?? '', organiser: pins.organiser ?? '' },
  diaries: 0,
  imported: 0,
  draws: 0,
  leaves: 0,
  images: 0,
  awaited: [],
  failures,
  notices: [],
  head: null,
});

const sorted = (failures: readonly TreeFailure[]): TreeFailure[] =>
  [...failures].sort((a, b) => (a.code === b.code ? (a.where < b.where ? -1 : 1) : a.code < b.code ? -1 : 1));
