/** Published diaries out of the database, read by the same function as a reader's check: what it would not show cannot get here. */
import { setImmediate } from 'node:timers/promises';
import { type Ground, groundNamed } from '../../shared/api/field.ts';
import type { Result } from '../../shared/base/result.ts';
import { type Failure, judged } from '../../shared/proof/failure.ts';
import { earliestValue } from '../../shared/proof/lock.ts';
import { isDraw } from '../../shared/proof/records.ts';
import { type Diary, type GivenHold, type ItemObject, readDiary, type ShownItem } from '../../shared/proof/seal.ts';
import type { Db } from '../database/port.ts';
import {
  type AckRow,
  acksOf,
  type DrawRow,
  type HoldRow,
  holdsOf,
  listOf,
  type PublicationRow,
  publicationCount,
  recordsAt,
} from '../records/queries.ts';
import { type ReleaseRow, releasesOf } from '../records/releases.ts';
import type { DiaryView, ViewHold, ViewItem, ViewProse, ViewRelease } from './diary-view.ts';
import { importedViews } from './imported.ts';
import { readLoosely } from './read-loosely.ts';

/** Publications by position, newest first or oldest first. Primary key. */
export const publications = (db: Db, from: number, count: number): Promise<PublicationRow[]> =>
  db
    .selectFrom('publication')
    .selectAll()
    .where('position', '>=', from)
    .where('position', '<', from + count)
    .orderBy('position')
    .execute();

/** One publication. Unique `draw`, `unit`. */
export const publicationOf = (db: Db, draw: string, unit: string): Promise<PublicationRow | undefined> =>
  db.selectFrom('publication').selectAll().where('draw', '=', draw).where('unit', '=', unit).executeTakeFirst();

/** What the database holds of one published seal. */
export interface SealMaterial {
  readonly jws: string;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly index: number;
  readonly iat: number;
  /** JSON of the cover's value as it was when it was sealed. */
  readonly cover: string;
  readonly disclosures: readonly string[];
  /** The same without the cover, by item. */
  readonly byItem: ReadonlyMap<number, string>;
  readonly holds: readonly HoldRow[];
}

/** The seals behind publications by hash: leaf, the disclosures that are left, the holds. */
export async function sealMaterial(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, SealMaterial>> {
  if (hashes.length === 0) return new Map();
  const seals = await db
    .selectFrom('seal')
    .select(['seal_hash', 'idx', 'cover'])
    .where('seal_hash', 'in', hashes)
    .execute();
  const leaves = new Map(
    (
      await recordsAt(
        db,
        seals.map((seal) => seal.idx),
      )
    ).map((record) => [record.index, record]),
  );
  const disclosures = await db
    .selectFrom('disclosure')
    .select(['seal_hash', 'item', 'encoded'])
    .where('seal_hash', 'in', hashes)
    .where('encoded', 'is not', null)
    .orderBy('item')
    .execute();
  const holds = await holdsOf(db, hashes);
  const found = new Map<string, SealMaterial>();
  for (const seal of seals) {
    const leaf = leaves.get(seal.idx);
    if (leaf === undefined) continue;
    const own = disclosures.flatMap(({ seal_hash, item, encoded }) =>
      seal_hash === seal.seal_hash && encoded !== null ? [{ item, encoded }] : [],
    );
    found.set(seal.seal_hash, {
      jws: leaf.text,
      payload: leaf.payload,
      index: leaf.index,
      iat: leaf.iat,
      cover: seal.cover,
      disclosures: own.map(({ encoded }) => encoded),
      byItem: new Map(own.flatMap(({ item, encoded }) => (item < 0 ? [] : [[item, encoded]]))),
      holds: holds.filter((hold) => hold.seal_hash === seal.seal_hash),
    });
  }
  return found;
}

/** Diaries as readers see them, in the order of the publications given. One whose stored parts no longer verify is read as far as it goes: the
 *  bundle shows what is wrong with it, and the others stay. */
export async function loadDiaries(db: Db, rows: readonly PublicationRow[]): Promise<DiaryView[]> {
  if (rows.length === 0) return [];
  const seals = await sealMaterial(
    db,
    rows.map((row) => row.seal_hash),
  );
  const ids = [...new Set(rows.map((row) => row.draw))];
  const draws = new Map(
    (await db.selectFrom('draw').selectAll().where('draw', 'in', ids).execute()).map((row) => [row.draw, row]),
  );
  const acks = await acksOf(db, ids);
  const releases = (await releasesOf(db, [...seals.keys()])).filter(({ state }) => state === 'passed');
  const imported = await importedViews(db, rows);
  const heads = await headTimes(
    db,
    rows.map((row) => row.size),
  );
  const views = await Promise.all(
    rows.map(async (row) => {
      const seal = seals.get(row.seal_hash);
      const draw = draws.get(row.draw);
      // Of older records, or without leaf or result: then nothing can be shown, and the bundle's own address reports it.
      return seal === undefined || draw === undefined
        ? (imported.get(row) ?? null)
        : viewOf(
            row,
            seal,
            draw,
            acks.filter((ack) => ack.draw === row.draw),
            releases.filter((release) => release.seal_hash === row.seal_hash),
            heads.get(row.size) ?? null,
          );
    }),
  );
  return views.flatMap((view) => view ?? []);
}

/** When what readers see of a diary changed last, Unix seconds: its publication, a hold, which proves against a newer head (`headAt`, its ISO
 *  8601 time), or the last release that stands (0: none). */
export const changedAt = (publishedAt: number, headAt: string | null, released: number): number =>
  Math.max(publishedAt, headAt === null ? 0 : Math.floor(Date.parse(headAt) / 1000), released);

/** When the heads of these sizes were signed. Primary key. */
async function headTimes(db: Db, sizes: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const rows = await db
    .selectFrom('log_head')
    .select(['size', 'at'])
    .where('size', 'in', [...new Set(sizes)])
    .execute();
  return new Map(rows.map(({ size, at }) => [size, at]));
}

const batch = 50;

/** Every published diary, oldest first, a batch at a time; between two whoever else has asked has a turn. */
export async function* diaryBatches(db: Db): AsyncGenerator<readonly DiaryView[]> {
  const total = await publicationCount(db);
  for (let from = 0; from < total; from += batch) {
    yield await loadDiaries(db, await publications(db, from, batch));
    await turn();
  }
}

/** SQLite answers at once: without it the whole of a long work would be one turn of the process. */
export const turn = (): Promise<void> => setImmediate();

/** The newest diaries, newest first. */
export async function newestDiaries(db: Db, most: number): Promise<DiaryView[]> {
  const total = await publicationCount(db);
  return loadDiaries(db, (await publications(db, Math.max(0, total - most), most)).reverse());
}

/** A seal as it reads with these disclosures put to those that are here; null where the seal is not here, else what the reader's check says. */
export async function readWith(db: Db, hash: string, more: readonly string[]): Promise<Result<Diary, Failure> | null> {
  const seal = (await sealMaterial(db, [hash])).get(hash);
  if (seal === undefined) return null;
  return judged(() => readDiary(seal.payload, hash, [...seal.disclosures, ...more], givenHolds(seal.holds)));
}

/** Holds as a reader's check takes them. */
export const givenHolds = (holds: readonly HoldRow[]): GivenHold[] =>
  holds.map(({ idx, iss, iat, role, seal_hash, item, ground, basis }) => ({
    index: idx,
    iss,
    iat,
    reviewer: role === 'reviewer',
    payload: { iss, iat, seal: seal_hash, item, ground, basis },
  }));

const loose = (holds: readonly HoldRow[]) => holds.map((hold) => ({ ...hold, index: hold.idx }));

async function viewOf(
  row: PublicationRow,
  seal: SealMaterial,
  draw: DrawRow,
  acks: readonly AckRow[],
  releases: readonly ReleaseRow[],
  headAt: string | null,
): Promise<DiaryView | null> {
  const record: unknown = draw.record === null ? null : JSON.parse(draw.record);
  if (!isDraw(record) || draw.record_idx === null) return null;
  const drawIndex = draw.record_idx;
  const given = givenHolds(seal.holds);
  const read = await judged(() => readDiary(seal.payload, row.seal_hash, seal.disclosures, given));
  const { zone, items } = read.ok
    ? read.value
    : readLoosely({ ...seal, disclosures: seal.byItem, holds: loose(seal.holds) });
  const reviewers = new Set(given.flatMap((hold) => (hold.reviewer ? [hold.index] : [])));
  const counted = acks.filter((ack) => ack.iat < earliestValue(listOf(draw)));
  return {
    draw: row.draw,
    unit: row.unit,
    week: row.week,
    zone,
    items: items.map((item, index) => ({
      ...itemOf(item, index, reviewers, drawIndex),
      released: item.item === undefined ? null : releasedOf(releases.find((release) => release.item === index)),
    })),
    seal: row.seal_hash,
    publishedAt: row.published_at,
    changedAt: changedAt(row.published_at, headAt, Math.max(0, ...releases.map(({ decided_at }) => decided_at ?? 0))),
    position: row.position,
    sealed: {
      index: seal.index,
      rev: Number(seal.payload.rev),
      sealedAt: seal.iat,
      latestAck: counted.length === 0 ? null : Math.max(...counted.map((ack) => ack.iat)),
      acks: counted.length,
      drawnAt: record.iat,
    },
    imported: null,
  };
}

function releasedOf(row: ReleaseRow | undefined): ViewRelease | null {
  const ground = groundNamed(row?.ground);
  return row === undefined || ground === null
    ? null
    : { ground, basis: row.basis, why: row.why, at: row.decided_at ?? row.offered_at };
}

function itemOf(
  item: ShownItem,
  index: number,
  reviewers: ReadonlySet<number>,
  drawIndex: number,
): Omit<ViewItem, 'released'> {
  const object = item.item;
  return {
    index,
    kind: item.kind,
    day: item.day ?? null,
    start: item.start ?? null,
    end: item.end ?? null,
    category: item.category ?? null,
    mode: item.mode ?? null,
    lateFor: item.lateFor ?? null,
    corrects: item.corrects ?? null,
    prose: object === undefined ? null : viewProse(object),
    hold: object === undefined ? holdOf(item, reviewers, drawIndex) : null,
  };
}

/** The prose of an item with null for what it lacks. */
export const viewProse = ({ text, place, detail, thinking, result, next, threads, images }: ItemObject): ViewProse => ({
  text,
  place: place ?? null,
  detail: detail ?? null,
  thinking: thinking ?? null,
  result: result ?? null,
  next: next ?? null,
  threads: threads ?? [],
  images: images ?? [],
});

function holdOf(item: ShownItem, reviewers: ReadonlySet<number>, drawIndex: number): ViewHold | null {
  if (item.withheld === undefined) return null;
  const ground: Ground = item.withheld.ground;
  const { record } = item;
  if (record === undefined) return { ground, basis: item.withheld.basis, by: 'seal', at: null, afterDraw: false };
  return {
    ground,
    basis: item.withheld.basis,
    by: reviewers.has(record.index) ? 'reviewer' : 'leader',
    at: record.iat,
    afterDraw: record.index > drawIndex,
  };
}
