/** The public tree (design.md 5): one function gives any file of it, for the `/public/` route and for `sundial export` alike. */
import type { CategoryRow, Term } from '../../shared/api/organisation.ts';
import { newestDraws } from '../../shared/api/public-lists.ts';
import { type FeedPage, feedPageSize, type PublicIndex } from '../../shared/api/published.ts';
import { type Bytes, fromB64, hex } from '../../shared/base/bytes.ts';
import { sha256 as digestOf } from '../../shared/base/digest.ts';
import { entriesPath, tilePath, tileWidth } from '../../shared/proof/tiles.ts';
import type { Context } from '../context.ts';
import { requireFloor } from '../log/floor.ts';
import { newestNoteOf, servedNote } from '../log/note-lines.ts';
import { entriesBytes, newestHead, tileBytes } from '../log/prove.ts';
import { organiserOf, termsOf, unitsOf } from '../organisation/read.ts';
import { settingOf } from '../organisation/setting.ts';
import {
  atomPath,
  blobPath,
  bundlePath,
  dataCsvPath,
  dataJsonPath,
  drawHistoryPath,
  drawPath,
  feedPath,
  indexPath,
  pagePath,
} from '../records/occurrences.ts';
import { allDraws, type DrawRow, latestDraws, type PublicationRow, publicationCount } from '../records/queries.ts';
import { atomFeed } from './atom.ts';
import { bundleOf } from './bundle.ts';
import { cardsOf, termOf } from './cards.ts';
import { wholeDataFile } from './data-file.ts';
import { diaryPage } from './diary-page.ts';
import { drawFile, drawHistory } from './draw-file.ts';
import {
  changing,
  htmlType,
  jsonFile,
  type Maker,
  orNull,
  type PublicFile,
  type TreeOptions,
  textFile,
} from './file.ts';
import { importedBundle, isImported } from './imported.ts';
import { licenceIn } from './licence.ts';
import { loadDiaries, newestDiaries, publicationOf, publications } from './load.ts';
import { pagesOf } from './pages.ts';
import { feedSetting, readerMakers, readerPaths } from './readers.ts';
import { baseOf, calendarOf, languageOf, nameOf } from './setting.ts';

const forEver = 'public, max-age=31536000, immutable';

/** Every kind of file by its path; the groups of the pattern go to the maker. */
const makers: readonly (readonly [RegExp, Maker])[] = [
  [/^index\.json$/, async (context, _, options) => jsonFile(await indexFile(context, options))],
  [/^feed\/(0|[1-9]\d{0,8})\.json$/, async (context, [page], options) => feedFile(context, Number(page), options)],
  [/^feed\.atom$/, atomFile],
  [
    /^draw\/(d-\d{4}-w\d{2}(?:-r[2-9])?)\.json$/,
    async ({ database }, [draw = '']) => orNull(await drawFile(database.db, draw)),
  ],
  [/^draw\/history\.json$/, async ({ database }) => jsonFile(await drawHistory(database.db))],
  [/^draw\/([a-z0-9-]+)\/([a-z0-9-]{1,32})\.json$/, bundleFile],
  [/^d\/([a-z0-9-]+)\/([a-z0-9-]{1,32})\.html$/, pageFile],
  [/^blob\/([0-9a-f]{64})$/, async (context, [sha256 = '']) => blobFile(context, sha256)],
  [/^(data\/diaries\.(?:json|csv|ics))$/, wholeDataFile],
  ...readerMakers,
  [/^checkpoint$/, checkpointFile],
  [/^witness\/([0-9a-f]{8})$/, witnessFile],
  [/^tile\/entries\/((?!x000)(?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$/, entriesFile],
  [/^tile\/(0|[1-9]\d?)\/((?!x000)(?:x\d{3}\/){0,4}\d{3})(?:\.p\/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$/, tileFile],
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
export async function publicPaths(context: Context, options: TreeOptions = { isStatic: false }): Promise<string[]> {
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
    ...(draws.length > 0 ? [drawHistoryPath] : []),
    ...draws.map(({ draw }) => drawPath(draw)),
    ...rows.flatMap(({ draw, unit }) => [bundlePath(draw, unit), pagePath(draw, unit)]),
    ...images.map(({ sha256 }) => blobPath(sha256)),
    ...(await readerPaths(context, rows, draws.length, options)),
    ...logPaths(size),
    ...(await witnessPaths(context)),
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

async function indexFile(context: Context, options: TreeOptions): Promise<PublicIndex> {
  const { db } = context.database;
  const total = await publicationCount(db);
  const newest = await publications(db, Math.max(0, total - feedPageSize), feedPageSize);
  const head = await newestHead(db);
  const note = head === null ? null : await servedNote(db, head);
  const draws = (await latestDraws(db, newestDraws)).reverse();
  return indexOf(context, { total, newest, draws, note }, options);
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
  const calendar = await settingOf(db, config, 'calendar');
  return {
    v: 1,
    organisation: { name: config.name, zone: config.zone, demo: config.demo },
    pins: { origin: config.origin, vkey: log.vkey, organiser: await organiserOf(db) },
    units: await unitsOf(db),
    terms: await termsOf(db),
    categories: await settingOf(db, config, 'categories'),
    threads: (await settingOf(db, config, 'threads')).map(({ id, name, aliases }) => ({ id, name, aliases })),
    themes: (await settingOf(db, config, 'themes')).map(({ id, zh, en }) => ({ id, zh, en })),
    calendar: {
      holidays: calendar.holidays.map(({ date }) => date),
      makeUpWorkdays: calendar.makeUpWorkdays.map(({ date }) => date),
    },
    glossary: (await settingOf(db, config, 'termBase')).flatMap(({ preferred, aliases, definition }) =>
      definition === '' ? [] : [{ words: [preferred.replace(/（.*）$/, ''), ...aliases], says: definition }],
    ),
    checkpoint: listed.note,
    feed: { pages, total: listed.total, newest: pages === 0 ? null : pages - 1 },
    newest: (await cardsOf(context, listed.newest, options)).reverse(),
    draws: listed.draws
      .map(({ draw, week, stage, published_at }) => ({ draw, week, stage, publishedAt: published_at }))
      .reverse(),
    api: options.isStatic ? null : '../api/v1/',
    ...(config.licence === null ? {} : { licence: config.licence }),
    ...(options.isStatic ? {} : signInOf(config)),
  };
}

/** What readers sign in with, where they must. */
function signInOf({ identity }: Context['config']): { readonly signIn?: { readonly zh: string; readonly en: string } } {
  if (identity.mode === 'open') return {};
  return { signIn: identity.mode === 'oidc' ? identity.oidc.label : identity.phone.label };
}

async function feedFile(context: Context, page: number, options: TreeOptions): Promise<PublicFile | null> {
  const rows = await publications(context.database.db, page * feedPageSize, feedPageSize);
  if (rows.length === 0) return null;
  const file: FeedPage = { v: 1, page, rows: await cardsOf(context, rows, options) };
  return jsonFile(file);
}

async function bundleFile(context: Context, [draw = '', unit = '']: readonly string[], options: TreeOptions) {
  const { db } = context.database;
  if (!isImported(draw)) return orNull(await bundleOf(db, draw, unit, options.from ?? null));
  const row = await publicationOf(db, draw, unit);
  return row === undefined ? null : orNull(await importedBundle(db, row));
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
      categories: (await settingOf(db, config, 'categories')) satisfies readonly CategoryRow[],
      language,
      calendar: await calendarOf(context),
      pins: { vkey: context.log.vkey, organiser: await organiserOf(db) },
      base: baseOf(context, options),
      licence: licenceIn(context, language),
    },
    page,
    domain,
  );
  return textFile(htmlType, body);
}

async function atomFile(context: Context, _: readonly string[], options: TreeOptions): Promise<PublicFile> {
  const diaries = await newestDiaries(context.database.db, feedPageSize);
  const body = atomFeed(diaries, await feedSetting(context, options), languageOf(context).page);
  return textFile('application/atom+xml; charset=utf-8', body);
}

async function checkpointFile(context: Context): Promise<PublicFile | null> {
  const { db } = context.database;
  const head = await newestHead(db);
  if (head === null) return null;
  // A head below one that readers remember would look to them like a rewritten log.
  await requireFloor(db, head.size);
  return textFile('text/plain; charset=utf-8', await servedNote(db, head));
}

/** The newest note under which the configured witness with this key id has a line: an earlier head while the newest waits for it. */
async function witnessFile(context: Context, [id = '']: readonly string[]): Promise<PublicFile | null> {
  const vkey = context.config.witnesses.find((one) => one.split('+')[1] === id);
  const note = vkey === undefined ? null : await newestNoteOf(context.database.db, vkey);
  return note === null ? null : textFile('text/plain; charset=utf-8', note);
}

async function witnessPaths(context: Context): Promise<string[]> {
  const seen = await context.database.db.selectFrom('note_line').select('vkey').distinct().execute();
  const known = new Set(seen.map(({ vkey }) => vkey));
  return context.config.witnesses.flatMap((vkey) => (known.has(vkey) ? [`witness/${vkey.split('+')[1]}`] : []));
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

/** What is damaged is not shown as what it was: it is reported, and answers like what is not there. */
async function blobFile({ database: { db }, report }: Context, sha256: string): Promise<PublicFile | 'gone' | null> {
  const shown = await db.selectFrom('public_image').select('type').where('sha256', '=', sha256).executeTakeFirst();
  if (shown === undefined) {
    const gone = await db.selectFrom('gone_image').select('at').where('sha256', '=', sha256).executeTakeFirst();
    return gone === undefined ? null : 'gone';
  }
  const row = await db.selectFrom('blob').select('bytes').where('sha256', '=', sha256).limit(1).executeTakeFirst();
  const body = row === undefined ? null : fromB64(row.bytes);
  if (body === null || hex(await digestOf(body)) !== sha256) {
    report.warn('an image is damaged in the database and is not shown: bring it back from a backup', { sha256 });
    return null;
  }
  return { type: shown.type, body, cacheControl: changing, immutable: false };
}

const binaryFile = (body: Bytes | null, immutable: boolean): PublicFile | null =>
  body === null
    ? null
    : { type: 'application/octet-stream', body, cacheControl: immutable ? forEver : changing, immutable };
