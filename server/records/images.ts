/** Whether something names an image of a journal: its bytes are kept as long. */
import type { ReleaseState } from '../../shared/api/releases.ts';
import type { Db } from '../database/port.ts';

/** Types of an author's images by hash, of those that are here. Primary key. */
export async function imageTypes(db: Db, author: string, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('blob')
    .select(['sha256', 'type'])
    .where('author', '=', author)
    .where('sha256', 'in', hashes)
    .execute();
  return new Map(rows.map((row) => [row.sha256, row.type]));
}

/** Whether a published item shows it. Primary key of `public_image`. */
export async function isImagePublic(db: Db, sha256: string): Promise<boolean> {
  const row = await db.selectFrom('public_image').select('item').where('sha256', '=', sha256).executeTakeFirst();
  return row !== undefined;
}

/** Whether an entry of the author, a published item, or one that is offered to readers names it. */
export async function isImageNamed(db: Db, author: string, sha256: string): Promise<boolean> {
  if (await isImagePublic(db, sha256)) return true;
  const like = `%${sha256}%`;
  const entry = await db
    .selectFrom('entry')
    .select('id')
    .where('author', '=', author)
    .where('body', 'like', like)
    .executeTakeFirst();
  if (entry !== undefined) return true;
  const offer = await db
    .selectFrom('item_release')
    .select('item')
    .where('state', '=', 'offered' satisfies ReleaseState)
    .where('author', '=', author)
    .where('images', 'like', like)
    .executeTakeFirst();
  return offer !== undefined;
}

/** Deletes its bytes unless something names it; true where they are gone. */
export async function forgetUnnamedImage(trx: Db, author: string, sha256: string): Promise<boolean> {
  if (await isImageNamed(trx, author, sha256)) return false;
  await trx.deleteFrom('blob').where('author', '=', author).where('sha256', '=', sha256).execute();
  return true;
}
