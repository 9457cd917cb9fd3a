/** `beside/<draw>/<unit>.json`: the diaries before and after one, of its unit and of its threads (shared/api/public-lists.ts). */
import { groundNamed } from '../../shared/api/field.ts';
import type { Beside } from '../../shared/api/public-lists.ts';
import type { Db } from '../database/port.ts';
import { besideThread, besideUnit } from '../records/members.ts';
import { releasesOf } from '../records/releases.ts';
import { publicationOf } from './load.ts';
import { relatedTo } from './related.ts';

export async function besideFile(db: Db, draw: string, unit: string): Promise<Beside | null> {
  const row = await publicationOf(db, draw, unit);
  if (row === undefined) return null;
  const ids = await db
    .selectFrom('public_thread')
    .select('thread')
    .distinct()
    .where('position', '=', row.position)
    .orderBy('thread')
    .execute();
  const threads = await Promise.all(
    ids.map(async ({ thread }) => ({
      thread,
      previous: entryAt(await besideThread(db, thread, row.position, 'previous')),
      next: entryAt(await besideThread(db, thread, row.position, 'next')),
    })),
  );
  return {
    v: 1,
    previous: diaryAt(await besideUnit(db, row, 'previous')),
    next: diaryAt(await besideUnit(db, row, 'next')),
    threads,
    related: await relatedTo(db, row),
    released: await releasedOf(db, row.seal_hash),
  };
}

async function releasedOf(db: Db, seal: string): Promise<Beside['released']> {
  const rows = await releasesOf(db, [seal]);
  return rows.flatMap(({ state, item, ground: name, why, decided_at: at }) => {
    const ground = groundNamed(name);
    return state === 'passed' && ground !== null && at !== null ? [{ item, ground, why, at }] : [];
  });
}

type Row = { readonly draw: string; readonly unit: string; readonly week: string };

const diaryAt = (row: Row | null) => (row === null ? null : { draw: row.draw, unit: row.unit, week: row.week });

const entryAt = (row: (Row & { readonly item: number }) | null) =>
  row === null ? null : { draw: row.draw, unit: row.unit, week: row.week, item: row.item };
