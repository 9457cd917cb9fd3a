/** `unit/<id>.json`: a unit's terms of office, log keys and published diaries (shared/api/public-lists.ts). */
import type { PublicUnit } from '../../shared/api/public-lists.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { termsOf, unitsOf } from '../organisation/read.ts';
import { type PublicationRow, publicationCount, recordsAt } from '../records/queries.ts';
import { termOf } from './cards.ts';
import { titleOf } from './diary-view.ts';
import { loadDiaries } from './load.ts';

export async function unitFile({ database }: Context, id: string): Promise<PublicUnit | null> {
  const { db } = database;
  const unit = (await unitsOf(db)).find((one) => one.id === id);
  if (unit === undefined) return null;
  const terms = (await termsOf(db)).filter((term) => term.unit === id);
  const diaries: PublicUnit['diaries'] = [];
  let before = await publicationCount(db);
  for (;;) {
    const rows = await publicationsOf(db, id, before);
    for (const diary of await loadDiaries(db, rows))
      diaries.push({
        draw: diary.draw,
        week: diary.week,
        term: termOf(terms, id, diary.week)?.id ?? null,
        title: titleOf(diary),
        publishedAt: diary.publishedAt,
      });
    const last = rows.at(-1);
    if (last === undefined) break;
    before = last.position;
  }
  return { v: 1, unit, terms, keys: await keysOf(db, id), diaries };
}

/** Few at a time: of a whole diary only its title is kept. */
const batch = 20;

/** The newest publications of a unit before a position. Index `publication_unit`. */
const publicationsOf = (db: Db, unit: string, before: number): Promise<PublicationRow[]> =>
  db
    .selectFrom('publication')
    .selectAll()
    .where('unit', '=', unit)
    .where('position', '<', before)
    .orderBy('position', 'desc')
    .limit(batch)
    .execute();

async function keysOf(db: Db, unit: string): Promise<PublicUnit['keys']> {
  const keys = await db
    .selectFrom('log_key')
    .select(['kid', 'added_index', 'ended_index'])
    .where('sub', '=', unit)
    .where('role', '=', 'leader')
    .orderBy('added_index')
    .execute();
  const added = new Map(
    (
      await recordsAt(
        db,
        keys.map((key) => key.added_index),
      )
    ).map(({ index, iat }) => [index, iat]),
  );
  return keys.map(({ kid, added_index, ended_index }) => ({
    kid,
    added: added_index,
    addedAt: added.get(added_index) ?? 0,
    ended: ended_index,
  }));
}
