/** The public tree of one year, cut out for an archive: its draws and diaries whole, and the log as far as they lean on it. */
import * as v from 'valibot';
import { feedPageSize } from '../../shared/api/published.ts';
import { type Bytes, utf8 } from '../../shared/base/bytes.ts';
import { civilAt, instantOf, parseDay, zoneOffset } from '../../shared/time/civil.ts';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';
import { completeNotes, servedNote } from '../log/note-lines.ts';
import { headAt, type SignedHead } from '../log/prove.ts';
import { organiserOf } from '../organisation/read.ts';
import {
  blobPath,
  bundlePath,
  dataCsvPath,
  dataJsonPath,
  drawPath,
  feedPath,
  indexPath,
  pagePath,
} from '../records/occurrences.ts';
import { allDraws, type DrawRow, type PublicationRow, publicationCount } from '../records/queries.ts';
import { cardsOf } from './cards.ts';
import { loadDiaries, publications } from './load.ts';
import { csvOf, openRows } from './open-data.ts';
import { pagesOf } from './pages.ts';
import { indexOf, logPaths, publicFile } from './tree.ts';

/** Of an archive: which year, whose keys, and the head of the log that is in it. */
export const yearPath = 'archive.json';

export const ArchivedYear = v.object({
  v: v.literal(1),
  year: v.pipe(v.string(), v.regex(/^\d{4}$/)),
  origin: v.string(),
  /** Verifier keys of the checkpoint: P-256 (type 0x02) and Ed25519 (0x01). */
  vkey: v.string(),
  vkeyEd25519: v.string(),
  /** kid of leaf 0. */
  organiser: v.string(),
  size: v.number(),
  root: v.string(),
});
export type ArchivedYear = v.InferOutput<typeof ArchivedYear>;

export interface YearPart {
  readonly archived: ArchivedYear;
  /** Oldest list first. */
  readonly draws: readonly DrawRow[];
  /** In order of publication. */
  readonly rows: readonly PublicationRow[];
  /** SHA-256 of every image of a disclosed item, sorted. */
  readonly images: readonly string[];
  readonly head: SignedHead;
}

/** Whether a draw is of a week of this ISO year. */
export const isOfYear = (year: string, draw: string): boolean => draw.startsWith(`d-${year}-`);

/** What belongs to a year; null where it has no draw. The log goes to the end of the calendar year in the organisation's zone, or further, where
 *  a draw of the year was recorded, published or withheld from later: last of all the draw of its last week. */
export async function yearPart(context: Context, year: string): Promise<YearPart | null> {
  const { db } = context.database;
  const draws = (await allDraws(db)).filter(({ draw }) => isOfYear(year, draw));
  if (draws.length === 0) return null;
  const rows = (await publications(db, 0, await publicationCount(db))).filter(({ draw }) => isOfYear(year, draw));
  const size = Math.max(
    await sizeAtEnd(db, year, context.config.zone),
    ...draws.flatMap(({ list_idx, record_idx }) => [list_idx + 1, (record_idx ?? 0) + 1]),
    ...rows.map((row) => row.size),
  );
  const signed = await headAt(db, size);
  const organiser = await organiserOf(db);
  if (signed === null || organiser === null) throw new TypeError(`the log has no head of ${size}`);
  await completeNotes(db, context.log, secondsNow(context), [size]);
  const head = { ...signed, note: await servedNote(db, signed) };
  const images = new Set<string>();
  for (const diary of await loadDiaries(db, rows))
    for (const { prose } of diary.items) for (const { sha256 } of prose?.images ?? []) images.add(sha256);
  const { vkey, vkeyEd25519 } = context.log;
  const { origin } = context.config;
  const archived = { v: 1 as const, year, origin, vkey, vkeyEd25519, organiser, size, root: head.root };
  return { archived, draws, rows, images: [...images].sort(), head };
}

/** Every path of the part. The feed for subscribers is left out: an archive has nothing newer. */
export const yearPaths = ({ draws, rows, images, head }: YearPart): string[] => [
  yearPath,
  indexPath,
  dataJsonPath,
  dataCsvPath,
  ...Array.from({ length: pagesOf(rows.length) }, (_, page) => feedPath(page)),
  ...draws.map(({ draw }) => drawPath(draw)),
  ...rows.flatMap(({ draw, unit }) => [bundlePath(draw, unit), pagePath(draw, unit)]),
  ...images.map(blobPath),
  ...logPaths(head.size),
];

/** The bytes of a path of the part; null where an image was withheld since the part was made. */
export async function yearFile(context: Context, part: YearPart, path: string): Promise<Bytes | null> {
  const { db } = context.database;
  const { rows, draws, head } = part;
  const options = { isStatic: true } as const;
  if (path === yearPath) return json(part.archived);
  if (path === 'checkpoint') return utf8(head.note);
  if (path === indexPath) {
    const newest = rows.slice(-feedPageSize);
    return json(await indexOf(context, { total: rows.length, newest, draws, note: head.note }, options));
  }
  if (path === dataJsonPath) return json({ v: 1, rows: openRows(await loadDiaries(db, rows)) });
  if (path === dataCsvPath) return utf8(csvOf(openRows(await loadDiaries(db, rows))));
  const page = /^feed\/(\d+)\.json$/.exec(path)?.[1];
  if (page !== undefined) {
    const from = Number(page) * feedPageSize;
    const cards = await cardsOf(context, rows.slice(from, from + feedPageSize), options);
    return json({ v: 1, page: Number(page), rows: cards });
  }
  const file = await publicFile(context, path, options);
  return file === null || file === 'gone' ? null : file.body;
}

const json = (value: unknown): Bytes => utf8(JSON.stringify(value));

/** Leaves in the log when the year ended; 0 before the log began. */
async function sizeAtEnd(db: Db, year: string, zone: string): Promise<number> {
  const day = parseDay(`${Number(year) + 1}-01-01`);
  const offset = zoneOffset(zone);
  if (day === null || offset === null) throw new RangeError(`no end of ${year} in ${zone}`);
  const end = new Date(instantOf(civilAt(day, 0), offset) * 1000).toISOString();
  const row = await db
    .selectFrom('log_head')
    .select((eb) => eb.fn.max('size').as('size'))
    .where('at', '<', end)
    .executeTakeFirst();
  return Number(row?.size ?? 0);
}
