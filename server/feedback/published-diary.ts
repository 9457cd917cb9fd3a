/** What a comment hangs on: a published diary, and the item of its cover as the public sees it. */
import { textFromB64u } from '../../shared/base/bytes.ts';
import type { Db } from '../database/port.ts';
import { prepared } from '../database/prepared.ts';

/** How many items the cover of a published diary has; null for one that was not drawn, is not published yet, or does
 *  not exist: all look alike. */
export async function itemsOf(db: Db, draw: string, unit: string): Promise<number | null> {
  return (await published(db, draw, unit))?.kinds.length ?? null;
}

/** The text of an item, or the diary's title where `item` is null; null where it is withheld or there is none. */
export async function contextOf(db: Db, draw: string, unit: string, item: number | null): Promise<string | null> {
  const found = await published(db, draw, unit);
  if (found === null || (item === null && found.kinds[0] !== 'title')) return null;
  const row = await db
    .selectFrom('disclosure')
    .select('encoded')
    .where('seal_hash', '=', found.sealHash)
    .where('item', '=', item ?? 0)
    .executeTakeFirst();
  const json = typeof row?.encoded === 'string' ? textFromB64u(row.encoded) : null;
  const disclosure: unknown = json === null ? null : JSON.parse(json);
  const value: unknown = Array.isArray(disclosure) ? disclosure[2] : null;
  return isRecord(value) && typeof value.text === 'string' ? value.text : null;
}

/** The seal of a published diary and the kinds of its items in order. Indexes: unique `draw`, `unit`; primary key of seals. */
async function published(db: Db, draw: string, unit: string) {
  const [row] = await sealQuery(db, { draw, unit });
  if (row === undefined) return null;
  const sealHash = row.seal_hash;
  const known = kindsKnown.get(sealHash);
  if (known !== undefined) return { sealHash, kinds: known };
  const [{ cover: json } = { cover: 'null' }] = await coverQuery(db, { sealHash });
  const cover: unknown = JSON.parse(json);
  const items: readonly unknown[] = isRecord(cover) && Array.isArray(cover.items) ? cover.items : [];
  const kinds = items.map((item) => (isRecord(item) ? item.kind : null));
  if (kindsKnown.size >= knownAtMost) kindsKnown.clear();
  kindsKnown.set(sealHash, kinds);
  return { sealHash, kinds };
}

const sealQuery = prepared((db, { draw, unit }: { readonly draw: string; readonly unit: string }) =>
  db
    .selectFrom('publication')
    .innerJoin('seal', 'seal.seal_hash', 'publication.seal_hash')
    .select('seal.seal_hash')
    .where('publication.draw', '=', draw)
    .where('publication.unit', '=', unit),
);

const coverQuery = prepared((db, { sealHash }: { readonly sealHash: string }) =>
  db.selectFrom('seal').select('cover').where('seal_hash', '=', sealHash),
);

const knownAtMost = 1000;

/** By the hash of the seal, which is one of its cover too: what is behind it never changes. */
const kindsKnown = new Map<string, readonly unknown[]>();

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
