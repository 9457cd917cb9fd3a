/** Corrections (更正) and late entries (补录) of one leader across published diaries, by what the covers say: in both directions. */
import type { Related } from '../../shared/api/public-lists.ts';
import { isObject } from '../../shared/proof/shape.ts';
import type { Db } from '../database/port.ts';
import type { PublicationRow } from '../records/queries.ts';

/** Entries here that correct a published one or are late for a published week, then published entries that do so to this one. */
export async function relatedTo(db: Db, here: PublicationRow): Promise<Related[]> {
  const [own] = await withCovers(db, here.unit).where('position', '=', here.position).execute();
  const pointers = own === undefined ? [] : pointersIn(own.cover);
  return [...(await back(db, here, pointers)), ...(await forward(db, here))];
}

async function back(db: Db, { unit, position }: PublicationRow, pointers: readonly Pointer[]): Promise<Related[]> {
  const seals = pointers.flatMap(({ corrects }) => corrects?.seal ?? []);
  const weeks = pointers.flatMap(({ lateFor }) => lateFor ?? []);
  if (seals.length + weeks.length === 0) return [];
  const rows = await db
    .selectFrom('publication')
    .selectAll()
    .where('unit', '=', unit)
    .where('position', '!=', position)
    .where((eb) => eb.or([eb('seal_hash', 'in', ['', ...seals]), eb('week', 'in', ['', ...weeks])]))
    .orderBy('position')
    .execute();
  return pointers.flatMap(({ item, corrects, lateFor }): Related[] => {
    const corrected = rows.find(({ seal_hash }) => seal_hash === corrects?.seal);
    const late = rows.find(({ week }) => week === lateFor);
    return [
      ...(corrects && corrected ? [{ item, as: 'corrects' as const, at: atOf(corrected, corrects.item) }] : []),
      ...(late ? [{ item, as: 'lateFor' as const, at: atOf(late, null) }] : []),
    ];
  });
}

/** Index `publication_unit`; the texts that are looked through are the covers of one leader. */
async function forward(db: Db, { unit, position, seal_hash, week }: PublicationRow): Promise<Related[]> {
  const rows = await withCovers(db, unit)
    .where('position', '!=', position)
    .where((eb) => eb.or([eb('cover', 'like', `%${seal_hash}%`), eb('cover', 'like', `%"lateFor":"${week}"%`)]))
    .orderBy('position')
    .execute();
  return rows.flatMap((row) =>
    pointersIn(row.cover).flatMap(({ item, corrects, lateFor }): Related[] => [
      ...(corrects?.seal === seal_hash
        ? [{ item: corrects.item, as: 'correctedBy' as const, at: atOf(row, item) }]
        : []),
      ...(lateFor === week ? [{ item: null, as: 'lateIn' as const, at: atOf(row, item) }] : []),
    ]),
  );
}

const withCovers = (db: Db, unit: string) =>
  db
    .selectFrom('publication')
    .innerJoin('seal', 'seal.seal_hash', 'publication.seal_hash')
    .selectAll('publication')
    .select('seal.cover')
    .where('publication.unit', '=', unit);

interface Pointer {
  readonly item: number;
  readonly corrects: { readonly seal: string; readonly item: number } | null;
  readonly lateFor: string | null;
}

/** The entries of a cover that point elsewhere. */
function pointersIn(cover: string): Pointer[] {
  const value: unknown = JSON.parse(cover);
  const items: unknown = isObject(value) ? value.items : null;
  return (Array.isArray(items) ? items : []).flatMap((one: unknown, item) => {
    if (!isObject(one)) return [];
    const { corrects, lateFor } = one;
    const place =
      isObject(corrects) && typeof corrects.seal === 'string' && typeof corrects.item === 'number'
        ? { seal: corrects.seal, item: corrects.item }
        : null;
    const week = typeof lateFor === 'string' ? lateFor : null;
    return place === null && week === null ? [] : [{ item, corrects: place, lateFor: week }];
  });
}

const atOf = ({ draw, unit, week }: PublicationRow, item: number | null) => ({ draw, unit, week, item });
