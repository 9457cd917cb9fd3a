/** The public tree (design.md 5): one function gives any file of it, for the `/public/` route and for `sundial export` alike. */
import type { CategoryRow, Term, Unit } from '../../shared/api/organisation.ts';
import {
  type DiaryCard,
  type FeedPage,
  feedPageSize,
  type PublicDraw,
  type PublicIndex,
} from '../../shared/api/published.ts';
import { type Bytes, fromB64, utf8 } from '../../shared/base/bytes.ts';
import { type DayCalendar, hoursOf } from '../../shared/diary/hours.ts';
import { words as enDomain } from '../../shared/locales/en.ts';
import { words as zhDomain } from '../../shared/locales/zh.ts';
import { entriesPath, tilePath, tileWidth } from '../../shared/proof/tiles.ts';
import { parseDay, zoneOffset } from '../../shared/time/civil.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { page as enPage } from '../locales/en/page.ts';
import { page as zhPage } from '../locales/zh/page.ts';
import { entriesBytes, newestHead, tileBytes } from '../log/prove.ts';
import { organiserOf, termsOf, unitsOf } from '../organisation/read.ts';
import {
  atomPath,
  blobPath,
  bundlePath,
  dataCsvPath,
  dataJsonPath,
  drawPath,
  feedPath,
  indexPath,
  pagePath,
} from '../records/occurrences.ts';
import { acksOf, allDraws, type DrawRow, drawById, type PublicationRow, ruleAt } from '../records/queries.ts';
import { atomFeed } from './atom.ts';
import { bundleOf } from './bundle.ts';
import { cardOf, termOf } from './cards.ts';
import { ownEntries } from './diary-hours.ts';
import { diaryPage, weekName } from './diary-page.ts';
import { type DiaryView, heldCount } from './diary-view.ts';
import { feedbackCounts } from './feedback-counts.ts';
import { loadDiaries, publicationCount, publicationOf, publications } from './load.ts';
import { csvOf, openRows } from './open-data.ts';

/** A file of the tree. `immutable` files never change under their path. */
export interface PublicFile {
  readonly type: string;
  readonly body: Bytes;
  readonly cacheControl: string;
  readonly immutable: boolean;
}

/** Which tree: the one of a live server, or one to be carried away, which has no dynamic part. `from`: size of the head that the reader of a
 *  bundle remembers. */
export interface TreeOptions {
  readonly isStatic: boolean;
  readonly from?: number | null;
}

/** Everything but full tiles may change: a reader asks again after a minute. */
const changing = 'public, max-age=60, must-revalidate';
const forEver = 'public, max-age=31536000, immutable';

const json = 'application/json; charset=utf-8';
const html = 'text/html; charset=utf-8';

type Maker = (context: Context, found: readonly string[], options: TreeOptions) => Promise<PublicFile | 'gone' | null>;

/** Every kind of file by its path; the groups of the pattern go to the maker. */
const makers: readonly (readonly [RegExp, Maker])[] = [
  [/^index\.json$/, async (context, _, options) => jsonFile(await indexFile(context, options))],
  [/^feed\/(0|[1-9]\d{0,8})\.json$/, async (context, [page], options) => feedFile(context, Number(page), options)],
  [/^feed\.atom$/, atomFile],
  [/^draw\/(d-\d{4}-w\d{2}(?:-r[2-9])?)\.json$/, async (context, [draw = '']) => drawFile(context, draw)],
  [
    /^draw\/([a-z0-9-]+)\/([a-z0-9-]{1,32})\.json$/,
    async (context, [draw = '', unit = ''], options) => {
      const bundle = await bundleOf(context.database.db, draw, unit, options.from ?? null);
      return bundle === null ? null : jsonFile(bundle);
    },
  ],
  [/^d\/([a-z0-9-]+)\/([a-z0-9-]{1,32})\.html$/, pageFile],
  [/^blob\/([0-9a-f]{64})$/, async (context, [sha256 = '']) => blobFile(context.database.db, sha256)],
  [
    /^data\/diaries\.json$/,
    async (context) => jsonFile({ v: 1, rows: openRows(await everyDiary(context.database.db)) }),
  ],
  [
    /^data\/diaries\.csv$/,
    async (context) => textFile('text/csv; charset=utf-8', csvOf(openRows(await everyDiary(context.database.db)))),
  ],
  [/^checkpoint$/, checkpointFile],
  [/^tile\/entries\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$/, entriesFile],
  [/^tile\/(\d{1,2})\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$/, tileFile],
];

/** A file of the tree; null for a path that it does not have, whatever the reason; `gone` for an image that was withheld after it was public. */
export async function publicFile(
  context: Context,
  path: string,
  options: TreeOptions = { isStatic: false },
): Promise<PublicFile | 'gone' | null> {
  for (const [pattern, make] of makers) {
    const found = pattern.exec(path);
    if (found !== null) return make(context, found.slice(1), options);
  }
  return null;
}

/** Every path of the tree as it is now. */
export async function publicPaths(context: Context): Promise<string[]> {
  const { db } = context.database;
  const total = await publicationCount(db);
  const rows = await publications(db, 0, total);
  const draws = await allDraws(db);
  const images = await db.selectFrom('public_image').select('sha256').distinct().orderBy('sha256').execute();
  const size = (await newestHead(db))?.size ?? 0;
  return [
    indexPath,
    atomPath,
    dataJsonPath,
    dataCsvPath,
    ...Array.from({ length: pagesOf(total) }, (_, page) => feedPath(page)),
    ...draws.map(({ draw }) => drawPath(draw)),
    ...rows.flatMap(({ draw, unit }) => [bundlePath(draw, unit), pagePath(draw, unit)]),
    ...images.map(({ sha256 }) => blobPath(sha256)),
    ...logPaths(size),
  ];
}

/** Paths of the checkpoint, entry bundles and tiles of a log of `size`. */
export function logPaths(size: number): string[] {
  if (size === 0) return [];
  const paths = ['checkpoint'];
  for (let n = 0; n * 256 < size; n += 1) paths.push(entriesPath(n, Math.min(256, size - n * 256)));
  for (let level = 0; tileWidth(level, 0, size) > 0; level += 1)
    for (let n = 0; tileWidth(level, n, size) > 0; n += 1) paths.push(tilePath(level, n, tileWidth(level, n, size)));
  return paths;
}

/** How many pages of the feed hold so many diaries. */
export const pagesOf = (total: number): number => Math.ceil(total / feedPageSize);

async function indexFile(context: Context, options: TreeOptions): Promise<PublicIndex> {
  const { db } = context.database;
  const total = await publicationCount(db);
  const newest = await publications(db, Math.max(0, total - feedPageSize), feedPageSize);
  const note = (await newestHead(db))?.note ?? null;
  return indexOf(context, { total, newest, draws: await allDraws(db), note }, options);
}

/** The index over some diaries and draws. `newest`: at most a page of rows, and `draws`, both oldest first; `note`: the checkpoint. */
export async function indexOf(
  context: Context,
  listed: {
    readonly total: number;
    readonly newest: readonly PublicationRow[];
    readonly draws: readonly DrawRow[];
    readonly note: string | null;
  },
  options: TreeOptions,
): Promise<PublicIndex> {
  const { config, log } = context;
  const { db } = context.database;
  const pages = pagesOf(listed.total);
  return {
    v: 1,
    organisation: { name: config.name, zone: config.zone, demo: config.demo },
    pins: { origin: config.origin, vkey: log.vkey, organiser: await organiserOf(db) },
    units: await unitsOf(db),
    terms: await termsOf(db),
    categories: config.categories,
    threads: config.threads.map(({ id, name, aliases }) => ({ id, name, aliases })),
    checkpoint: listed.note,
    feed: { pages, total: listed.total, newest: pages === 0 ? null : pages - 1 },
    newest: (await cardsOf(context, listed.newest, options)).reverse(),
    draws: listed.draws.map(({ draw, week, stage }) => ({ draw, week, stage })).reverse(),
    api: options.isStatic ? null : '../api/v1/',
  };
}

/** Cards of diaries in the order of the rows. */
export async function cardsOf(
  context: Context,
  rows: readonly PublicationRow[],
  options: TreeOptions,
): Promise<DiaryCard[]> {
  const { db } = context.database;
  const terms = await termsOf(db);
  const themes = new Map(context.config.threads.map(({ id, theme }) => [id, theme]));
  const counts = await feedbackCounts(db, options.isStatic ? [] : rows);
  return (await loadDiaries(db, rows)).map((diary) =>
    cardOf(diary, terms, (thread) => themes.get(thread) ?? null, counts(diary)),
  );
}

async function feedFile(context: Context, page: number, options: TreeOptions): Promise<PublicFile | null> {
  const rows = await publications(context.database.db, page * feedPageSize, feedPageSize);
  if (rows.length === 0) return null;
  const file: FeedPage = { v: 1, page, rows: await cardsOf(context, rows, options) };
  return jsonFile(file);
}

async function drawFile(context: Context, draw: string): Promise<PublicFile | null> {
  const { db } = context.database;
  const row = await drawById(db, draw);
  return row === undefined ? null : jsonFile(await publicDraw(db, row));
}

async function publicDraw(db: Db, row: DrawRow): Promise<PublicDraw> {
  const acks = await acksOf(db, [row.draw]);
  const published = await db
    .selectFrom('publication')
    .select('unit')
    .where('draw', '=', row.draw)
    .orderBy('unit')
    .execute();
  return {
    v: 1,
    draw: row.draw,
    week: row.week,
    stage: row.stage,
    rule: { ...(await ruleAt(db, row.rule_idx)) },
    list: JSON.parse(row.list),
    lock:
      row.lock_size === null || row.lock_root === null
        ? null
        : { size: row.lock_size, root: row.lock_root, acks: acks.map(({ unit }) => unit) },
    record: row.record === null ? null : JSON.parse(row.record),
    published: published.map(({ unit }) => unit),
    publishedAt: row.published_at,
  };
}

async function pageFile(context: Context, [draw = '', unit = '']: readonly string[], options: TreeOptions) {
  const { db } = context.database;
  const row = await publicationOf(db, draw, unit);
  const [diary] = row === undefined ? [] : await loadDiaries(db, [row]);
  if (diary === undefined) return null;
  const { config } = context;
  const { language, page, domain } = languageOf(context);
  const units = await unitsOf(db);
  const body = diaryPage(
    diary,
    {
      organisation: config.name[language],
      unit: nameOf(units, unit, language),
      post: termOf<Term>(await termsOf(db), unit, diary.week)?.post ?? null,
      demo: config.demo,
      categories: config.categories satisfies readonly CategoryRow[],
      language,
      calendar: calendarOf(context),
      pins: { vkey: context.log.vkey, organiser: await organiserOf(db) },
      base: baseOf(context, options),
    },
    page,
    domain,
  );
  return textFile(html, body);
}

async function atomFile(context: Context, _: readonly string[], options: TreeOptions): Promise<PublicFile> {
  const { db } = context.database;
  const total = await publicationCount(db);
  const [oldest] = await publications(db, 0, 1);
  const rows = (await publications(db, Math.max(0, total - feedPageSize), feedPageSize)).reverse();
  const { language, page } = languageOf(context);
  const units = await unitsOf(db);
  const body = atomFeed(
    await loadDiaries(db, rows),
    {
      origin: context.config.origin,
      since: oldest?.published_at ?? 0,
      organisation: context.config.name[language],
      base: baseOf(context, options),
      unitName: (unit) => nameOf(units, unit, language),
      summary: (diary) => {
        const own = ownEntries(diary);
        const minutes = hoursOf(own, zoneOffset(diary.zone) ?? undefined).unionMinutes;
        return `${weekName(diary.week, page)} ${page.feedSummary(page.duration(minutes), own.length, heldCount(diary))}`;
      },
    },
    page,
  );
  return textFile('application/atom+xml; charset=utf-8', body);
}

async function checkpointFile(context: Context): Promise<PublicFile | null> {
  const head = await newestHead(context.database.db);
  return head === null ? null : textFile('text/plain; charset=utf-8', head.note);
}

async function entriesFile(context: Context, [number = '', partial]: readonly string[]): Promise<PublicFile | null> {
  const width = partial === undefined ? 256 : Number(partial);
  return binaryFile(await entriesBytes(context.database.db, numberOf(number), width), width === 256);
}

async function tileFile(context: Context, [level = '', number = '', partial]: readonly string[]) {
  const width = partial === undefined ? 256 : Number(partial);
  return binaryFile(await tileBytes(context.database.db, Number(level), numberOf(number), width), width === 256);
}

/** `x001/x234/067` is 1234067. */
const numberOf = (text: string): number => Number(text.replaceAll(/[x/]/g, ''));

async function blobFile(db: Db, sha256: string): Promise<PublicFile | 'gone' | null> {
  const shown = await db.selectFrom('public_image').select('type').where('sha256', '=', sha256).executeTakeFirst();
  if (shown === undefined) {
    const gone = await db.selectFrom('gone_image').select('at').where('sha256', '=', sha256).executeTakeFirst();
    return gone === undefined ? null : 'gone';
  }
  const row = await db.selectFrom('blob').select('bytes').where('sha256', '=', sha256).limit(1).executeTakeFirst();
  const body = row === undefined ? null : fromB64(row.bytes);
  return body === null ? null : { type: shown.type, body, cacheControl: changing, immutable: false };
}

async function everyDiary(db: Db): Promise<DiaryView[]> {
  const batch = 200;
  const total = await publicationCount(db);
  const diaries: DiaryView[] = [];
  for (let from = 0; from < total; from += batch)
    diaries.push(...(await loadDiaries(db, await publications(db, from, batch))));
  return diaries;
}

const calendarOf = (context: Context): DayCalendar => {
  const days = (rows: readonly { readonly date: string }[]) =>
    new Set(rows.flatMap(({ date }) => parseDay(date) ?? []));
  const { holidays, makeUpWorkdays } = context.config.calendar;
  return { holidays: days(holidays), makeUpWorkdays: days(makeUpWorkdays) };
};

/** The organisation's first language. */
const languageOf = (context: Context) =>
  context.config.languages[0] === 'en'
    ? ({ language: 'en', page: enPage, domain: enDomain } as const)
    : ({ language: 'zh', page: zhPage, domain: zhDomain } as const);

const nameOf = (units: readonly Unit[], id: string, language: 'zh' | 'en'): string =>
  units.find((unit) => unit.id === id)?.name[language] ?? id;

const baseOf = (context: Context, options: TreeOptions): string | null =>
  options.isStatic ? null : `${context.config.issuer}/public/`;

const jsonFile = (value: unknown): PublicFile => textFile(json, JSON.stringify(value));

const textFile = (type: string, text: string): PublicFile => ({
  type,
  body: utf8(text),
  cacheControl: changing,
  immutable: false,
});

const binaryFile = (body: Bytes | null, immutable: boolean): PublicFile | null =>
  body === null
    ? null
    : { type: 'application/octet-stream', body, cacheControl: immutable ? forEver : changing, immutable };
