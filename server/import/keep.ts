/** Keeps what was brought in from older records, and takes it out again: publications without gaps, so that every list stays what it was. */
import { type Insertable, type Selectable, sql } from 'kysely';
import { searchSegmentSize } from '../../shared/api/public-search.ts';
import { b64u } from '../../shared/base/bytes.ts';
import { sha256Text } from '../../shared/base/digest.ts';
import { formatDay } from '../../shared/time/civil.ts';
import { daysOf } from '../../shared/time/week.ts';
import { writeAudit } from '../database/audit.ts';
import { erases } from '../database/erasing.ts';
import { lockFor } from '../database/lock.ts';
import type { Database, Db } from '../database/port.ts';
import type { ImportedDiaryTable } from '../database/tables/imported.ts';
import type { ListingTables } from '../database/tables/listing.ts';
import { drawsLock } from '../records/lock.ts';
import { publicationCount } from '../records/queries.ts';
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
  const here = new Set(diaries.map(keyOf));
  return { diaries: effectsOf(rows, diaries), absent: rows.filter((row) => !here.has(keyOf(row))) };
}

/** Whether the mapping says something else of a source than what is shown of it. Primary key. */
export async function isRenamed(db: Db, source: Mapping['source']): Promise<boolean> {
  const row = await db.selectFrom('imported_source').select('said').where('id', '=', source.id).executeTakeFirst();
  return row !== undefined && row.said !== saidOf(source);
}

const saidOf = ({ name, address, licence }: Mapping['source']): string => JSON.stringify({ name, address, licence });

function effectsOf(
  rows: readonly Selectable<ImportedDiaryTable>[],
  diaries: readonly MadeDiary[],
): Compared['diaries'] {
  const known = new Map(rows.map((row) => [keyOf(row), `${row.zone} ${row.items}`]));
  return diaries.map((diary) => {
    const before = known.get(keyOf(diary));
    const now = `${diary.zone} ${JSON.stringify(diary.items)}`;
    return { ...diary, effect: before === undefined ? 'add' : before === now ? 'same' : 'change' };
  });
}

const keyOf = ({ draw, unit }: Pick<MadeDiary, 'draw' | 'unit'>): string => `${draw}/${unit}`;

interface Deed {
  readonly actor: string;
  /** Unix seconds. */
  readonly at: number;
}

interface Kept {
  readonly added: number;
  readonly changed: number;
}

/** Diaries of one transaction: on SQLite others wait while it writes. */
const stride = 500;
/** Rows of one statement. */
const batch = 100;

/** Publishes what is new and changes what is different, in their order. What is written stays where the rest breaks off, and the same call again
 *  goes on from there. `progress` hears how many are done. Gives how many were written. */
export async function keep(
  database: Database,
  source: Mapping['source'],
  made: readonly MadeDiary[],
  deed: Deed,
  progress: (done: number) => void = () => undefined,
): Promise<Kept> {
  let [added, changed, done] = [0, 0, 0];
  for (const diaries of slices(made, stride)) {
    const kept = await keepTogether(database, source, diaries, deed);
    [added, changed, done] = [added + kept.added, changed + kept.changed, done + diaries.length];
    progress(done);
  }
  return { added, changed };
}

/** All of them or none. */
async function keepTogether(
  database: Database,
  source: Mapping['source'],
  made: readonly MadeDiary[],
  { actor, at }: Deed,
): Promise<Kept> {
  const seals = new Map<string, string>();
  for (const diary of made)
    seals.set(keyOf(diary), b64u(await sha256Text(`${keyOf(diary)} ${diary.zone} ${JSON.stringify(diary.items)}`)));
  const { id } = source;
  const said = saidOf(source);
  return database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const draws = [...new Set(made.map(({ draw }) => draw))];
    // Primary key.
    const rows = await trx.selectFrom('imported_diary').selectAll().where('draw', 'in', draws).execute();
    const written = effectsOf(rows, made).filter(({ effect }) => effect !== 'same');
    const changed = written.filter(({ effect }) => effect === 'change');
    const done = { added: written.length - changed.length, changed: changed.length };
    if (written.length === 0 && !(await isRenamed(trx, source))) return done;
    await trx
      .insertInto('imported_source')
      .values({ id, said, at })
      .onConflict((conflict) => conflict.column('id').doUpdateSet({ said }))
      .execute();
    for (const some of slices(written, batch))
      await trx
        .insertInto('imported_diary')
        .values(
          some.map(({ draw, unit, zone, items }) => ({ draw, unit, source: id, zone, items: JSON.stringify(items) })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['draw', 'unit'])
            .doUpdateSet((eb) => ({ zone: eb.ref('excluded.zone'), items: eb.ref('excluded.items') })),
        )
        .execute();
    let next = await publicationCount(trx);
    const before = await takeBack(trx, changed);
    const places = written.map((diary) => ({
      diary,
      ...(before.get(keyOf(diary)) ?? { position: next++, published_at: at }),
    }));
    for (const some of slices(places, batch)) {
      await trx
        .insertInto('publication')
        .values(
          some.map(({ diary, position, published_at }) => ({
            position,
            draw: diary.draw,
            unit: diary.unit,
            week: diary.week,
            seal_hash: seals.get(keyOf(diary)) ?? '',
            // No head of the log has it.
            size: 0,
            published_at,
          })),
        )
        .execute();
      await trx
        .insertInto('public_facet')
        .values(some.flatMap(({ diary, position }) => facetsOf(position, diary)))
        .execute();
    }
    await writeAudit(trx, { at, actor, action: 'diaries.import', subject: id, facts: done });
    return done;
  });
}

/** Takes diaries out of what is published and gives their places, in which they are published again: what the file no longer says must not be
 *  public any more. Unique `draw`, `unit`. */
async function takeBack(
  trx: Db,
  diaries: readonly MadeDiary[],
): Promise<ReadonlyMap<string, { readonly position: number; readonly published_at: number }>> {
  if (diaries.length === 0) return new Map();
  erases(trx);
  const keys = new Set(diaries.map(keyOf));
  const draws = [...new Set(diaries.map(({ draw }) => draw))];
  const rows = await trx
    .selectFrom('publication')
    .select(['draw', 'unit', 'position', 'published_at'])
    .where('draw', 'in', draws)
    .execute();
  const own = rows.filter((row) => keys.has(keyOf(row)));
  const positions = own.map(({ position }) => position);
  const segments = [...new Set(positions.map((position) => Math.floor(position / searchSegmentSize)))];
  await trx.deleteFrom('search_shard').where('segment', 'in', segments).execute();
  await trx.deleteFrom('public_facet').where('position', 'in', positions).execute();
  await trx.deleteFrom('publication').where('position', 'in', positions).execute();
  return new Map(own.map((row) => [keyOf(row), row]));
}

/** Takes everything of a source out of what is published, all of it or nothing. Gives how many diaries. */
export function remove(database: Database, source: string, { actor, at }: Deed): Promise<number> {
  return database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const own = trx
      .selectFrom('imported_diary')
      .innerJoin('publication', (join) =>
        join
          .onRef('publication.draw', '=', 'imported_diary.draw')
          .onRef('publication.unit', '=', 'imported_diary.unit'),
      )
      .where('source', '=', source);
    const { first, removed } = await own
      .select((eb) => [eb.fn.min('position').as('first'), eb.fn.countAll<number>().as('removed')])
      .executeTakeFirstOrThrow();
    if (removed === 0) return 0;
    erases(trx);
    for (const table of ['public_facet', 'publication'] as const)
      await trx.deleteFrom(table).where('position', 'in', own.select('position')).execute();
    await closeGaps(trx, first);
    await trx.deleteFrom('imported_diary').where('source', '=', source).execute();
    await trx
      .deleteFrom('search_shard')
      .where('segment', '>=', Math.floor(first / searchSegmentSize))
      .execute();
    await trx.deleteFrom('imported_source').where('id', '=', source).execute();
    await writeAudit(trx, { at, actor, action: 'diaries.remove', subject: source, facts: { removed } });
    return removed;
  });
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

/** Moves publications from a place on up, so that no place is empty. First below zero, then to their place: a position is unique at each
 *  moment. */
async function closeGaps(trx: Db, from: number): Promise<void> {
  // The publications last: the others go by where these stand.
  for (const table of ['public_facet', 'public_thread', 'publication'] as const) {
    await sql`update ${sql.table(table)} set position = -moved.nth - ${from}
      from (select position, row_number() over (order by position) as nth from publication where position >= ${from}) as moved
      where moved.position = ${sql.table(table)}.position`.execute(trx);
    await trx.updateTable(table).set({ position: sql<number>`-1 - position` }).where('position', '<', 0).execute();
  }
}

function* slices<T>(list: readonly T[], size: number): Generator<readonly T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
