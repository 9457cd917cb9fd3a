/** Segments of the search (shared/api/public-search.ts): made as a whole out of their diaries, stored, and right as long as the state under
 *  which they stand is that of their diaries. */
import { hash } from 'node:crypto';
import { searchSegmentSize } from '../../shared/api/public-search.ts';
import { gramsOf, shardNamed } from '../../shared/search/grams.ts';
import { gatherGrams } from '../../shared/search/shards.ts';
import { textsOf } from '../../shared/search/words.ts';
import { awayBy } from '../database/away.ts';
import { lockFor } from '../database/lock.ts';
import type { Database, Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';
import { drawsLock } from '../records/lock.ts';
import { publicationCount } from '../records/queries.ts';
import { loadDiaries, publications } from './load.ts';
import { saidIn } from './text-file.ts';

/** In how many shards a segment is stored; each coarser one is some of these. */
export const storedShards = 256;

/** JSON of the grams of a shard by its name. */
type Segment = ReadonlyMap<string, string>;

/** What of a segment's shards is stored under this state. */
export async function storedGrams(db: Db, segment: number, state: string, shards: readonly string[]): Promise<Segment> {
  const rows = await shardsQuery(db, { segment, state, shards });
  return new Map(rows.map(({ shard, grams }) => [shard, grams]));
}

/** Primary key. */
const shardsQuery = prepared(
  (db, { segment, state, shards }: { segment: number; state: string; shards: readonly string[] }) =>
    db
      .selectFrom('search_shard')
      .select(['shard', 'grams'])
      .where('segment', '=', segment)
      .where('shard', 'in', shards)
      .where('state', '=', state),
);

/** A digest of all that a segment is made of; null where it has no diary. A hold raises the size of its publication, what was brought in anew has
 *  another hash. Primary keys. */
export async function segmentState(db: Db, segment: number): Promise<string | null> {
  const from = segment * searchSegmentSize;
  const diaries = await diariesQuery(db, { from, to: from + searchSegmentSize });
  if (diaries.length === 0) return null;
  const units = new Set(diaries.map(({ unit }) => unit));
  const names = (await namesQuery(db, {})).filter(({ id }) => units.has(id));
  return hash('sha256', JSON.stringify([diaries, names]), 'base64url');
}

const diariesQuery = prepared((db, { from, to }: { from: number; to: number }) =>
  db
    .selectFrom('publication')
    .select(['position', 'unit', 'seal_hash', 'size'])
    .where('position', '>=', from)
    .where('position', '<', to)
    .orderBy('position'),
);

const namesQuery = prepared((db, _: Readonly<Record<string, never>>) =>
  db.selectFrom('unit').select(['id', 'zh', 'en']).orderBy('id'),
);

/** Makes and stores every segment that does not stand under its present state. */
export async function storeSegments(database: Database): Promise<void> {
  const { db } = database;
  for (let segment = 0; segment * searchSegmentSize < (await publicationCount(db)); segment += 1) {
    const state = await segmentState(db, segment);
    const first = shardNamed(0);
    if (state !== null && !(await storedGrams(db, segment, state, [first])).has(first))
      await makeSegment(database, segment, state);
  }
}

/** Segments that are being made, so that those who come together wait for one. */
const making = new WeakMap<Db, Map<string, Promise<Segment>>>();

/** Makes a segment and stores it under its state, unless that is another by then. */
export function makeSegment(database: Database, segment: number, state: string): Promise<Segment> {
  const underWay = making.get(database.db) ?? new Map<string, Promise<Segment>>();
  making.set(database.db, underWay);
  const known = underWay.get(state);
  if (known !== undefined) return known;
  const made = gramsOfSegment(database.db, segment).then(async (shards) => {
    await store(database, segment, state, shards);
    return shards;
  });
  underWay.set(state, made);
  const over = (): boolean => underWay.delete(state);
  made.then(over, over);
  return made;
}

async function store(database: Database, segment: number, state: string, shards: Segment): Promise<void> {
  try {
    await database.transaction(async (trx) => {
      // A hold has it too: what is withheld meanwhile must not be stored behind it.
      await lockFor(trx, drawsLock);
      if ((await segmentState(trx, segment)) !== state) return;
      await trx.deleteFrom('search_shard').where('segment', '=', segment).execute();
      const rows = [...shards].map(([shard, grams]) => ({ segment, shard, state, grams }));
      await trx.insertInto('search_shard').values(rows).execute();
    });
  } catch (error) {
    // Where nothing can be written reading goes on.
    if (awayBy(error) === null) throw error;
  }
}

const batch = 50;

async function gramsOfSegment(db: Db, segment: number): Promise<Segment> {
  const from = segment * searchSegmentSize;
  const units = await namesQuery(db, {});
  const names = new Map(units.map(({ id, zh, en }) => [id, [zh, en]]));
  // By number: a diary that cannot be read has no grams, and the others keep their places.
  const gathering = gatherGrams();
  for (let at = from; at < from + searchSegmentSize; at += batch) {
    const rows = await publications(db, at, Math.min(batch, from + searchSegmentSize - at));
    for (const diary of await loadDiaries(db, rows)) {
      const texts = saidIn(diary).flatMap(textsOf);
      gathering.add(diary.position - from, gramsOf([...texts, ...(names.get(diary.unit) ?? [])]));
    }
    if (rows.length < batch) break;
  }
  const shards = gathering.shards(storedShards);
  return new Map(
    Array.from({ length: storedShards }, (_, n) => {
      const shard = shardNamed(n);
      return [shard, JSON.stringify(shards.get(shard) ?? {})];
    }),
  );
}
