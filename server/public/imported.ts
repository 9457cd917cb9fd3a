/** Diaries that were brought in from older records, as readers see them. Nothing of them is signed, logged or drawn, and everything that shows
 *  one says so. */
import * as v from 'valibot';
import { Words } from '../../shared/api/organisation.ts';
import { type ImportedBundle, type ImportedFrom, ImportedItem } from '../../shared/api/published.ts';
import type { Db } from '../database/port.ts';
import type { PublicationRow } from '../records/queries.ts';
import type { DiaryView, ViewItem } from './diary-view.ts';

/** Whether what stands in place of a draw is the id of such a diary. */
export const isImported = (draw: string): boolean => draw.startsWith('i-');

/** What a source says of itself in its mapping. */
export const SourceWords = v.object({ name: Words, address: v.nullable(v.string()), licence: v.nullable(v.string()) });

const Items = v.array(ImportedItem);

interface Imported {
  readonly draw: string;
  readonly unit: string;
  readonly zone: string;
  readonly items: readonly ImportedItem[];
  readonly from: ImportedFrom;
}

/** The diaries behind publications; `at` is when each came out here. Primary keys. */
async function importedOf(db: Db, rows: readonly PublicationRow[]): Promise<ReadonlyMap<PublicationRow, Imported>> {
  const own = rows.filter(({ draw }) => isImported(draw));
  if (own.length === 0) return new Map();
  const found = await db
    .selectFrom('imported_diary')
    .innerJoin('imported_source', 'imported_source.id', 'imported_diary.source')
    .select(['draw', 'unit', 'source', 'zone', 'items', 'said'])
    .where('draw', 'in', [...new Set(own.map(({ draw }) => draw))])
    .where('unit', 'in', [...new Set(own.map(({ unit }) => unit))])
    .execute();
  const known = new Map(found.map((row) => [`${row.draw}/${row.unit}`, row]));
  return new Map(
    own.flatMap((row) => {
      const one = known.get(`${row.draw}/${row.unit}`);
      if (one === undefined) return [];
      const { draw, unit, zone, source } = one;
      const items = v.parse(Items, JSON.parse(one.items));
      const from = { source, ...v.parse(SourceWords, JSON.parse(one.said)), at: row.published_at };
      return [[row, { draw, unit, zone, items, from }] as const];
    }),
  );
}

/** Views of those publications that were brought in. */
export async function importedViews(
  db: Db,
  rows: readonly PublicationRow[],
): Promise<ReadonlyMap<PublicationRow, DiaryView>> {
  const found = await importedOf(db, rows);
  return new Map(
    [...found].map(([row, { zone, items, from }]) => [
      row,
      {
        draw: row.draw,
        unit: row.unit,
        week: row.week,
        zone,
        items: items.map(viewOf),
        seal: row.seal_hash,
        publishedAt: row.published_at,
        changedAt: row.published_at,
        position: row.position,
        sealed: null,
        imported: from,
      },
    ]),
  );
}

function viewOf({ kind, day, start, end, category, mode, item }: ImportedItem, index: number): ViewItem {
  const { text, place, detail } = item;
  return {
    index,
    kind,
    day: day ?? null,
    start: start ?? null,
    end: end ?? null,
    category: category ?? null,
    mode: mode ?? null,
    lateFor: null,
    corrects: null,
    prose: {
      text,
      place: place ?? null,
      detail: detail ?? null,
      thinking: null,
      result: null,
      next: null,
      threads: [],
      images: [],
    },
    hold: null,
    released: null,
  };
}

/** `draw/<id>/<unit>.json` of the diary behind a publication; null of one that was sealed. */
export async function importedBundle(db: Db, row: PublicationRow): Promise<ImportedBundle | null> {
  const found = (await importedOf(db, [row])).get(row);
  if (found === undefined) return null;
  const { draw, unit, week } = row;
  const { zone, items, from } = found;
  return { v: 1, want: { draw, unit }, imported: from, diary: { week, zone, items: [...items] } };
}
