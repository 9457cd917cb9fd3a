/** Sealed weeks put straight into the tables: covers, what is disclosed, and whether the lot drew them. */
import type { Db } from '../../server/database/port.ts';
import { b64u, utf8 } from '../../shared/base/bytes.ts';

/** What the cover says of an item, and its prose; null: withheld. */
export type SealedItem = readonly [
  plain: Readonly<Record<string, unknown>>,
  prose: Readonly<Record<string, unknown>> | null,
];

/** An entry of a cover. */
export const entry = (day: string, from: string, to: string, more: object = {}) => ({
  kind: 'entry',
  day,
  start: `${day}T${from}`,
  end: `${day}T${to}`,
  ...more,
});

/** `idx`: the place in the log; `draw`: under which it is published, null where it is not. */
export async function writeSealed(
  db: Db,
  {
    unit,
    week,
    author,
    idx,
    draw,
    items,
  }: {
    readonly unit: string;
    readonly week: string;
    readonly author: string;
    readonly idx: number;
    readonly draw: string | null;
    readonly items: readonly SealedItem[];
  },
): Promise<void> {
  const seal = `${week}-${author}`.padEnd(43, 's').slice(0, 43);
  const cover = JSON.stringify({ zone: 'Asia/Shanghai', items: items.map(([plain]) => plain) });
  const sealed = { seal_hash: seal, unit, author, week, rev: 1, idx, nc: '', iat: 0, at: 0, cover };
  await db
    .insertInto('seal')
    .values({ ...sealed, manifest: '[]', items: '[]' })
    .execute();
  await db
    .insertInto('week_state')
    .values({ unit, week, sealed_seal_hash: seal, open: 0, frozen_draw: null })
    .execute();
  for (const [item, [, prose]] of items.entries()) {
    const encoded = prose === null ? null : b64u(utf8(JSON.stringify(['salt', 'item', prose])));
    await db.insertInto('disclosure').values({ seal_hash: seal, item, encoded }).execute();
  }
  if (draw === null) return;
  const published = { draw, unit, week, seal_hash: seal, size: 1, published_at: 0 };
  await db
    .insertInto('publication')
    .values({ position: idx, ...published })
    .execute();
}
