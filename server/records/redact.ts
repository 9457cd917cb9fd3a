/** Taking prose out of what is stored of an entry: heads, spans and digests stay (sync.md k). */
import { isObject } from '../../shared/proof/shape.ts';
import { erases } from '../database/erasing.ts';
import type { Db } from '../database/port.ts';

interface Reason {
  readonly ground: string;
  readonly basis: string;
}

/** Takes the prose out of every stored op of an entry; its digest goes too, by which a text could be guessed. Gives the images that were
 *  named. The caller holds the lock of the author. Index `op_entry`. */
export async function redactOps(trx: Db, author: string, id: string, hold: Reason, digest: string): Promise<string[]> {
  erases(trx);
  const ops = await trx
    .selectFrom('op')
    .select(['op', 'body'])
    .where('author', '=', author)
    .where('id', '=', id)
    .where((eb) => eb.or([eb('body', 'is not', null), eb('hash', 'is not', null)]))
    .execute();
  const images: string[] = [];
  for (const { op, body } of ops) {
    if (body !== null) images.push(...imagesOf(JSON.parse(body)));
    await trx
      .updateTable('op')
      .set({ body: body === null ? null : redacted(body, hold, digest), hash: null })
      .where('author', '=', author)
      .where('op', '=', op)
      .execute();
  }
  return images;
}

/** What is left of a body: members that a later version may have added are taken for prose. */
const kept: readonly string[] = ['kind', 'week', 'day', 'start', 'end', 'category', 'mode', 'lateFor', 'corrects'];

/** A stored body with `hold` and `digest` in the place of all prose. A body that is withheld already keeps its own. */
export function redacted(text: string, hold: Reason, digest: string): string {
  const body: unknown = JSON.parse(text);
  if (!isObject(body) || body.hold !== undefined) return text;
  const rest = Object.fromEntries(Object.entries(body).filter(([name]) => kept.includes(name)));
  return JSON.stringify({ ...rest, hold: { ground: hold.ground, basis: hold.basis }, digest });
}

/** SHA-256 of the images that a body or item object names. */
export function imagesOf(value: unknown): string[] {
  const images: unknown = isObject(value) ? value.images : null;
  if (!Array.isArray(images)) return [];
  return images.flatMap((image: unknown) =>
    isObject(image) && typeof image.sha256 === 'string' ? [image.sha256] : [],
  );
}
