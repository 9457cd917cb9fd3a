/** Lists published diaries under their categories, month and threads (tables/listing.ts). Only what is disclosed is listed. */

import { searchSegmentSize } from '../../shared/api/public-search.ts';
import type { DeskSettings } from '../../shared/organisation/config.ts';
import { saidBy } from '../../shared/proof/make-seal.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { formatDay } from '../../shared/time/civil.ts';
import { daysOf } from '../../shared/time/week.ts';
import type { Context } from '../context.ts';
import { lockFor } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import { settingOf } from '../organisation/setting.ts';
import { drawsLock } from './lock.ts';
import { type PublicationRow, publicationCount } from './queries.ts';

type Listed = Pick<PublicationRow, 'position' | 'week' | 'seal_hash'>;

/** Lists publications in the transaction that makes them. */
export async function listDiaries(trx: Db, rows: readonly Listed[]): Promise<void> {
  for (const { position, week, seal_hash } of rows) {
    const cover = await coverItems(trx, seal_hash);
    const facets = [
      { facet: 'month' as const, value: monthOf(week), position },
      ...[...new Set(cover.flatMap(({ category }) => (typeof category === 'string' ? [category] : [])))].map(
        (value) => ({
          facet: 'category' as const,
          value,
          position,
        }),
      ),
    ];
    await trx
      .insertInto('public_facet')
      .values(facets)
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    const threads = [...(await disclosedItems(trx, seal_hash))].flatMap(([item, object]) => {
      const { kind, start } = cover[item] ?? {};
      if (kind !== 'entry' || typeof start !== 'string') return [];
      return threadsOf(object).map((thread) => ({ thread, position, item, at: start }));
    });
    if (threads.length > 0)
      await trx
        .insertInto('public_thread')
        .values(threads)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
  }
}

/** Which thread belongs to which theme, as it holds now; in the transaction that changes it. */
export async function takeThemes(trx: Db, threads: DeskSettings['threads']): Promise<void> {
  const themes = themedOf(threads);
  await lockFor(trx, drawsLock);
  await trx.deleteFrom('thread_theme').execute();
  if (themes.length > 0) await trx.insertInto('thread_theme').values(themes).execute();
}

const themedOf = (threads: DeskSettings['threads']) =>
  threads.flatMap(({ id, theme }) => (theme === null ? [] : [{ thread: id, theme }]));

/** Lists what a server before this one published, and takes over the themes of the configuration. */
export async function listAll({ config, database }: Pick<Context, 'config' | 'database'>): Promise<void> {
  const themes = themedOf(await settingOf(database.db, config, 'threads'));
  const known = await database.db.selectFrom('thread_theme').selectAll().orderBy('thread').execute();
  const isSame =
    known.length === themes.length &&
    themes.every(({ thread, theme }) => known.some((row) => row.thread === thread && row.theme === theme));
  if (!isSame) await database.transaction(async (trx) => takeThemes(trx, await settingOf(trx, config, 'threads')));
  const total = await publicationCount(database.db);
  for (let from = 0; from < total; from += searchSegmentSize) {
    const unlisted = await unlistedFrom(database.db, from);
    if (unlisted.length > 0)
      await database.transaction(async (trx) => {
        await lockFor(trx, drawsLock);
        await listDiaries(trx, unlisted);
      });
  }
}

/** Publications of a thousand without a month. Index `public_facet_position`. */
const unlistedFrom = (db: Db, from: number): Promise<Listed[]> =>
  db
    .selectFrom('publication')
    .select(['position', 'week', 'seal_hash'])
    .where('position', '>=', from)
    .where('position', '<', from + searchSegmentSize)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('public_facet')
            .select('value')
            .whereRef('public_facet.position', '=', 'publication.position')
            // By `=` SQLite would take the key that begins with the facet, and read all months for each diary.
            .where('facet', '>=', 'month')
            .where('facet', '<=', 'month'),
        ),
      ),
    )
    .orderBy('position')
    .execute();

/** The month of a week is that of its Thursday, as with the year of ISO 8601. */
const monthOf = (week: string): string => formatDay(daysOf(week)[3] ?? 0).slice(0, 7);

/** The items of a seal's cover as they were sealed. Primary key. */
export async function coverItems(db: Db, sealHash: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const seal = await db.selectFrom('seal').select('cover').where('seal_hash', '=', sealHash).executeTakeFirst();
  const cover = parseJson(seal?.cover ?? '');
  const items: unknown = isObject(cover) ? cover.items : null;
  return Array.isArray(items) ? items.map((item: unknown) => (isObject(item) ? item : {})) : [];
}

/** The disclosed objects of a seal by item. Primary key. */
export async function disclosedItems(
  db: Db,
  sealHash: string,
): Promise<ReadonlyMap<number, Readonly<Record<string, unknown>>>> {
  const rows = await db
    .selectFrom('disclosure')
    .select(['item', 'encoded'])
    .where('seal_hash', '=', sealHash)
    .where('item', '>=', 0)
    .where('encoded', 'is not', null)
    .orderBy('item')
    .execute();
  return new Map(
    rows.flatMap(({ item, encoded }) => {
      const object = saidBy(encoded ?? '');
      return isObject(object) ? [[item, object] as const] : [];
    }),
  );
}

/** The threads that an item object names, each once. */
function threadsOf(object: Readonly<Record<string, unknown>>): string[] {
  const threads: unknown = object.threads;
  if (!Array.isArray(threads)) return [];
  return [...new Set(threads.flatMap((one: unknown) => (isObject(one) && typeof one.id === 'string' ? [one.id] : [])))];
}
