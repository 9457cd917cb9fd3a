/** `unit/<id>.json`: a unit's terms of office, log keys and published diaries (shared/api/public-lists.ts). */
import type { PublicUnit } from '../../shared/api/public-lists.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { termsOf, unitsOf } from '../organisation/read.ts';
import { recordsAt } from '../records/queries.ts';
import { termOf } from './cards.ts';
import { titleOf } from './diary-view.ts';
import { loadDiaries } from './load.ts';

export async function unitFile({ database }: Context, id: string): Promise<PublicUnit | null> {
  const { db } = database;
  const unit = (await unitsOf(db)).find((one) => one.id === id);
  if (unit === undefined) return null;
  const terms = (await termsOf(db)).filter((term) => term.unit === id);
  const rows = await db
    .selectFrom('publication')
    .selectAll()
    .where('unit', '=', id)
    .orderBy('position', 'desc')
    .execute();
  const diaries: PublicUnit['diaries'] = [];
  for (let from = 0; from < rows.length; from += batch)
    for (const diary of await loadDiaries(db, rows.slice(from, from + batch)))
      diaries.push({
        draw: diary.draw,
        week: diary.week,
        term: termOf(terms, id, diary.week)?.id ?? null,
        title: titleOf(diary),
        publishedAt: diary.publishedAt,
      });
  return { v: 1, unit, terms, keys: await keysOf(db, id), diaries };
}

const batch = 50;

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
