/** Whether the pictures that the database speaks of are in it and are what they were. */

import { fromB64, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import type { Db } from '../database/port.ts';

/** Pictures read at once; each has at most 1 MiB. */
const atOnce = 8;

export interface Images {
  /** How many were looked at. */
  readonly count: number;
  /** SHA-256 in hex of those that are not there, or not what their name says. */
  readonly wrong: readonly string[];
}

/** Published pictures that are not there. Primary key of `public_image`, index `blob_hash`. */
export async function publicImages(db: Db): Promise<Images> {
  const rows = await db
    .selectFrom('public_image')
    .select(['sha256'])
    .select((eb) =>
      eb
        .exists(eb.selectFrom('blob').select('blob.sha256').whereRef('blob.sha256', '=', 'public_image.sha256'))
        .as('isThere'),
    )
    .distinct()
    .orderBy('sha256')
    .execute();
  return {
    count: rows.length,
    // SQLite says 0 and 1.
    wrong: rows.flatMap(({ sha256: name, isThere }) => (Number(isThere) === 1 ? [] : [name])),
  };
}

/** The same, and the bytes of every picture against its name. */
export async function allImages(db: Db): Promise<Images> {
  const published = await publicImages(db);
  const wrong = new Set(published.wrong);
  let count = wrong.size;
  let last = { sha256: '', author: '' };
  for (;;) {
    const rows = await db
      .selectFrom('blob')
      .select(['sha256', 'author', 'bytes'])
      .where((eb) => eb(eb.refTuple('sha256', 'author'), '>', eb.tuple(last.sha256, last.author)))
      .orderBy('sha256')
      .orderBy('author')
      .limit(atOnce)
      .execute();
    for (const { sha256: name, bytes } of rows) {
      const body = fromB64(bytes);
      if (body === null || hex(await sha256(body)) !== name) wrong.add(name);
    }
    count += rows.length;
    last = rows.at(-1) ?? last;
    if (rows.length < atOnce) return { count, wrong: [...wrong].sort() };
  }
}
