/** Keeps what was brought in from older records, and takes it out again: publications without gaps, so that every list stays what it was. */
import { type Insertable, sql } from 'kysely';
import { searchSegmentSize } from '../../shared/api/public-search.ts';
import { b64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { formatDay } from '../../shared/time/civil.ts';
import { daysOf } from '../../shared/time/week.ts';
import { writeAudit } from '../database/audit.ts';
import { erases } from '../database/erasing.ts';
import { lockFor } from '../database/lock.ts';
import type { Database, Db } from '../database/port.ts';
import type { ListingTables } from '../database/tables/listing.ts';
import { publicationCount } from '../public/load.ts';
import { drawsLock } from '../records/lock.ts';
import type { MadeDiary } from './diaries.ts';
import type { Mapping } from './mapping.ts';

/** What becomes of each diary. `absent`: those of the source that the file no longer has, by week; they stay public. */
export interface Compared {
  readonly diaries: readonly (MadeDiary & { readonly effect: 'add' | 'change' | 'same' })[];
  readonly absent: readonly Pick<MadeDiary, 'draw' | 'unit'>[];
}

/** Compares diaries with what is there of their source. Index `imported_diary_source`. */
export async function compare(db: Db, source: string, diaries: readonly MadeDiary[]): Promise<Compared> {
  const rows = await db
    .selectFrom('imported_diary')
    .selectAll()
    .where('source', '=', source)
    .orderBy('draw')
    .orderBy('unit')
    .execute();
  const known = new Map(rows.map((row) => [`${row.draw}/${row.unit}`, `${row.zone} ${row.items}`]));
  const compared = diaries.map((diary) => {
    const before = known.get(`${diary.draw}/${diary.unit}`);
    const now = `${diary.zone} ${JSON.stringify(diary.items)}`;
    return {
      ...diary,
      effect: before === undefined ? ('add' as const) : before === now ? ('same' as const) : ('change' as const),
    };
  });
  const here = new Set(diaries.map(({ draw, unit }) => `${draw}/${unit}`));
  return { diaries: compared, absent: rows.filter(({ draw, unit }) => !here.has(`${draw}/${unit}`)) };
}

interface Deed {
  readonly actor: string;
  /** Unix seconds. */
  readonly at: number;
}

/** Rows of one statement: on SQLite others wait while it writes, and row by row a large record takes longer than they do. */
const batch = 100;

/** Publishes what is new and changes what is different, all of it or nothing. Gives how many. */
export async function keep(
  database: Database,
  { id, name, address, licence }: Mapping['source'],
  made: readonly MadeDiary[],
  { actor, at }: Deed,
): Promise<{ readonly added: number; readonly changed: number }> {
  const seals = new Map<string, string>();
  for (const { draw, unit, zone, items } of made)
    seals.set(`${draw}/${unit}`, b64u(await sha256Text(`${draw}/${unit} ${zone} ${JSON.stringify(items)}`)));
  const sealOf = ({ draw, unit }: MadeDiary): string => seals.get(`${draw}/${unit}`) ?? '';
  const said = JSON.stringify({ name, address, licence });
  return database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const { diaries } = await compare(trx, id, made);
    const written = diaries.filter(({ effect }) => effect !== 'same');
    await trx
      .insertInto('imported_source')
      .values({ id, said, at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ said }))
      .execute();
    for (let n = 0; n < written.length; n += batch)
      await trx
        .insertInto('imported_diary')
        .values(
          written
            .slice(n, n + batch)
            .map(({ draw, unit, zone, items }) => ({ draw, unit, source: id, zone, items: JSON.stringify(items) })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['draw', 'unit'])
            .doUpdateSet((eb) => ({ zone: eb.ref('excluded.zone'), items: eb.ref('excluded.items') })),
        )
        .execute();
    const added = written.filter(({ effect }) => effect === 'add');
    const first = await publicationCount(trx);
    for (let n = 0; n < added.length; n += batch) {
      const rows = added.slice(n, n + batch).map((diary, more) => ({ diary, position: first + n + more }));
      await trx
        .insertInto('publication')
        .values(
          rows.map(({ diary, position }) => ({
            position,
            draw: diary.draw,
            unit: diary.unit,
            week: diary.week,
            seal_hash: sealOf(diary),
            // No head of the log has it.
            size: 0,
            published_at: at,
          })),
        )
        .execute();
      await trx
        .insertInto('public_facet')
        .values(rows.flatMap(({ diary, position }) => facetsOf(position, diary)))
        .execute();
    }
    const changed = written.filter(({ effect }) => effect === 'change');
    for (const diary of changed) await change(trx, diary, sealOf(diary));
    const done = { added: added.length, changed: changed.length };
    await writeAudit(trx, { at, actor, action: 'diaries.import', subject: id, facts: done });
    return done;
  });
}

/** Takes everything of a source out of what is published. Gives how many diaries. */
export function remove(database: Database, source: string, { actor, at }: Deed): Promise<number> {
  return database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const rows = await trx
      .selectFrom('publication')
      .innerJoin('imported_diary', (join) =>
        join
          .onRef('imported_diary.draw', '=', 'publication.draw')
          .onRef('imported_diary.unit', '=', 'publication.unit'),
      )
      .select('position')
      .where('source', '=', source)
      .orderBy('position')
      .execute();
    const gone = rows.map(({ position }) => Number(position));
    if (gone.length === 0) return 0;
    erases(trx);
    const end = await publicationCount(trx);
    for (const [n, position] of gone.entries()) {
      await trx.deleteFrom('public_facet').where('position', '=', position).execute();
      await trx.deleteFrom('publication').where('position', '=', position).execute();
      await moveUp(trx, { from: position + 1, to: gone[n + 1] ?? end, by: n + 1 });
    }
    await trx.deleteFrom('imported_diary').where('source', '=', source).execute();
    await trx
      .deleteFrom('search_shard')
      .where('segment', '>=', Math.floor((gone[0] ?? 0) / searchSegmentSize))
      .execute();
    await trx.deleteFrom('imported_source').where('id', '=', source).execute();
    await writeAudit(trx, { at, actor, action: 'diaries.remove', subject: source, facts: { removed: gone.length } });
    return gone.length;
  });
}

/** What the file no longer says must not be public any more. */
async function change(trx: Db, diary: MadeDiary, seal_hash: string): Promise<void> {
  const { position } = await trx
    .updateTable('publication')
    .set({ seal_hash })
    .where('draw', '=', diary.draw)
    .where('unit', '=', diary.unit)
    .returning('position')
    .executeTakeFirstOrThrow();
  erases(trx);
  const segment = Math.floor(Number(position) / searchSegmentSize);
  await trx.deleteFrom('search_shard').where('segment', '=', segment).execute();
  await trx.deleteFrom('public_facet').where('position', '=', position).execute();
  await trx.insertInto('public_facet').values(facetsOf(position, diary)).execute();
}

/** The months and categories under which a diary is found (records/listing.ts). */
function facetsOf(position: number, { week, items }: MadeDiary): Insertable<ListingTables['public_facet']>[] {
  const month = formatDay(daysOf(week)[3] ?? 0).slice(0, 7);
  const categories = [...new Set(items.flatMap(({ category }) => category ?? []))];
  return [
    { facet: 'month', value: month, position },
    ...categories.map((value) => ({ facet: 'category' as const, value, position })),
  ];
}

/** Moves publications of `[from, to)` up. First below zero, then to their place: a position is unique at each moment. */
async function moveUp(
  trx: Db,
  { from, to, by }: { readonly from: number; readonly to: number; readonly by: number },
): Promise<void> {
  if (from >= to) return;
  for (const table of ['publication', 'public_facet', 'public_thread'] as const) {
    await trx
      .updateTable(table)
      .set({ position: sql<number>`${by} - 1 - position` })
      .where('position', '>=', from)
      .where('position', '<', to)
      .execute();
    await trx.updateTable(table).set({ position: sql<number>`-1 - position` }).where('position', '<', 0).execute();
  }
}
