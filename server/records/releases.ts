/** A withheld item of a published diary is shown after all: its author, who alone has the text, offers it; a reviewer passes it; then it stands
 *  in the tree again, in one transaction (verification.md 5 "Release"). The log does not grow: the text verifies against the same seal. */
import type { Selectable } from 'kysely';
import { Refusal } from '../../shared/api/refusal.ts';
import type { ReleaseState } from '../../shared/api/releases.ts';
import { erases } from '../database/erasing.ts';
import type { Db } from '../database/port.ts';
import type { ReleaseTable } from '../database/tables/draws.ts';
import { forgetUnnamedImage, isImagePublic } from './images.ts';
import { listDiaries } from './listing.ts';
import { besidePath, filesOfItem } from './occurrences.ts';
import { type PublicationRow, publicationCount } from './queries.ts';
import { eraseGrams } from './search-rows.ts';
import { lockAuthor } from './sequence.ts';
import { unlistItem } from './unlist.ts';

export type ReleaseRow = Selectable<ReleaseTable>;

/** The last offer of each item of these seals. Primary key. */
export const releasesOf = async (db: Db, seals: readonly string[]): Promise<ReleaseRow[]> =>
  seals.length === 0
    ? []
    : db.selectFrom('item_release').selectAll().where('seal_hash', 'in', seals).orderBy('item').execute();

/** Of one item. Primary key. */
export const releaseOf = (db: Db, seal: string, item: number): Promise<ReleaseRow | undefined> =>
  db.selectFrom('item_release').selectAll().where('seal_hash', '=', seal).where('item', '=', item).executeTakeFirst();

/** Offers that wait for a reviewer, oldest first, with the diaries that they are of. Index `item_release_state`. */
export const waitingOffers = (db: Db) =>
  db
    .selectFrom('item_release')
    .innerJoin('publication', 'publication.seal_hash', 'item_release.seal_hash')
    .select(['publication.draw', 'publication.unit', 'publication.week', 'item_release.item', 'offered_at'])
    .where('state', '=', 'offered' satisfies ReleaseState)
    .orderBy('offered_at')
    .orderBy('item_release.seal_hash')
    .orderBy('item_release.item')
    .execute();

/** Writes an offer in the place of the one before it. */
export const putOffer = (
  trx: Db,
  offer: Pick<ReleaseRow, 'seal_hash' | 'item' | 'ground' | 'basis' | 'why' | 'author' | 'offered_at' | 'encoded'>,
  images: readonly string[],
): Promise<unknown> => {
  const state: ReleaseState = 'offered';
  const row = { ...offer, images: JSON.stringify(images), state, decided_by: null, decided_at: null, reason: null };
  return trx
    .insertInto('item_release')
    .values(row)
    .onConflict((conflict) => conflict.columns(['seal_hash', 'item']).doUpdateSet(row))
    .execute();
};

/** What ends an offer or a release. */
export interface Decided {
  readonly state: Exclude<ReleaseState, 'offered'>;
  /** Null where the author took it back, or a restore did. */
  readonly by: string | null;
  readonly at: number;
  readonly reason: string | null;
}

/** Ends an offer; its text goes out of this table, and unless it was passed, its images go where nothing else names them. */
export async function endOffer(trx: Db, row: ReleaseRow, { state, by, at, reason }: Decided): Promise<void> {
  erases(trx);
  const isPublic = state === 'passed';
  await trx
    .updateTable('item_release')
    .set({
      state,
      encoded: null,
      decided_by: by,
      decided_at: at,
      reason,
      ...(isPublic ? {} : { images: '[]' }),
    })
    .where('seal_hash', '=', row.seal_hash)
    .where('item', '=', row.item)
    .execute();
  if (isPublic) return;
  await lockAuthor(trx, row.author);
  for (const sha256 of imageNames(row)) await forgetUnnamedImage(trx, row.author, sha256);
}

/** Takes back every offer that waits: a backup does not know which of them its author has taken back since. `at`: Unix seconds. */
export async function takeBackAll(trx: Db, at: number): Promise<void> {
  const waiting: ReleaseState = 'offered';
  for (const row of await trx.selectFrom('item_release').selectAll().where('state', '=', waiting).execute())
    await endOffer(trx, row, { state: 'withdrawn', by: null, at, reason: null });
}

/** Names of the images of an offer. */
export function imageNames({ images }: Pick<ReleaseRow, 'images'>): string[] {
  const names: unknown = JSON.parse(images);
  return Array.isArray(names) ? names.filter((name: unknown) => typeof name === 'string') : [];
}

/** Puts the text of an offer back into its published diary. Gives the public files that change: those that a hold of it would. */
export async function releaseItem(trx: Db, published: PublicationRow, row: ReleaseRow): Promise<string[]> {
  const { seal_hash, item, encoded } = row;
  await trx
    .insertInto('disclosure')
    .values({ seal_hash, item, encoded })
    .onConflict((conflict) => conflict.columns(['seal_hash', 'item']).doUpdateSet({ encoded }))
    .execute();
  await listDiaries(trx, [published]);
  // What a hold of it would change is told by taking it out once more.
  const { kind, files } = await unlistItem(trx, published, item);
  await listDiaries(trx, [published]);
  await eraseGrams(trx, [seal_hash]);
  const images = await showImages(trx, published, row);
  const total = await publicationCount(trx);
  return filesOfItem({
    ...published,
    total,
    images,
    kind,
    lists: [...files, besidePath(published.draw, published.unit)],
  });
}

/** Gives those that were not public before. */
async function showImages(trx: Db, { draw, unit }: PublicationRow, row: ReleaseRow): Promise<string[]> {
  const shown: string[] = [];
  await lockAuthor(trx, row.author);
  for (const sha256 of imageNames(row)) {
    const blob = await trx
      .selectFrom('blob')
      .select('type')
      .where('author', '=', row.author)
      .where('sha256', '=', sha256)
      .executeTakeFirst();
    if (blob === undefined) throw new Refusal('RECORD_REFUSED', { facts: { reason: 'BLOB_MISSING' } });
    if (!(await isImagePublic(trx, sha256))) shown.push(sha256);
    await trx.deleteFrom('gone_image').where('sha256', '=', sha256).execute();
    await trx
      .insertInto('public_image')
      .values({ sha256, draw, unit, item: row.item, type: blob.type })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
  }
  return shown;
}
