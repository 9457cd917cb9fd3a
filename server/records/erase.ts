/** What a hold after the seal erases: the item's disclosure in every revision, its prose in the journal, its images, and names of its threads in
 *  dossiers, in one transaction (design.md 2 rule 3, sync.md k). Heads, spans and digests stay. */

import { saidBy } from '../../shared/proof/make-seal.ts';
import type { Hold } from '../../shared/proof/records.ts';
import { isObject } from '../../shared/proof/shape.ts';
import type { Config } from '../config.ts';
import type { Db } from '../database/port.ts';
import { forgetUnnamedImage, isImagePublic } from './images.ts';
import { besidePath, filesOfItem } from './occurrences.ts';
import { type PublicationRow, publicationCount } from './queries.ts';
import { imagesOf, redacted, redactOps } from './redact.ts';
import { redactDossiers, threadNamesOf } from './redact-dossiers.ts';
import { endOffer, releaseOf } from './releases.ts';
import { eraseGrams } from './search-rows.ts';
import { lockAuthor, nextSeq } from './sequence.ts';
import { unlistItem } from './unlist.ts';

interface SealRow {
  readonly seal_hash: string;
  readonly unit: string;
  readonly author: string;
  readonly week: string;
  readonly cover: string;
  readonly items: string;
}

/** Erases the item of a hold. `size`: the log head with the hold in it; `now`: Unix seconds. Gives the public files that changed, none where
 *  the diary is not published. */
export async function eraseItem(
  trx: Db,
  config: Pick<Config, 'file'>,
  seal: SealRow,
  hold: Hold,
  { size, now }: { readonly size: number; readonly now: number },
): Promise<string[]> {
  const published = await trx
    .selectFrom('publication')
    .selectAll()
    .where('seal_hash', '=', seal.seal_hash)
    .executeTakeFirst();
  const unlisted = published === undefined ? null : await unlistItem(trx, published, hold.item);
  const entry = entryIds(seal.items)[hold.item];
  const digest = digestOf(seal.cover, hold.item);
  const images = new Set<string>();
  const threads = new Set<string>();
  const revisions = await trx
    .selectFrom('seal')
    .select(['seal_hash', 'items'])
    .where('week', '=', seal.week)
    .where('unit', '=', seal.unit)
    .execute();
  for (const revision of revisions) {
    const at = revision.seal_hash === seal.seal_hash ? hold.item : entryIds(revision.items).indexOf(entry ?? '');
    if (at < 0) continue;
    const erased = await eraseDisclosure(trx, revision.seal_hash, at);
    for (const image of imagesOf(erased)) images.add(image);
    for (const name of threadNamesOf(erased)) threads.add(name);
  }
  if (entry !== undefined)
    for (const image of await redactEntry(trx, seal.author, entry, hold, digest)) images.add(image);
  await eraseGrams(
    trx,
    revisions.map((revision) => revision.seal_hash),
  );
  await redactDossiers(trx, config, seal.author, threads, now);
  if (published !== undefined)
    await trx.updateTable('publication').set({ size }).where('position', '=', published.position).execute();
  const gone = await eraseImages(trx, seal.author, images, published, hold.item, now);
  const release = await releaseOf(trx, seal.seal_hash, hold.item);
  const isAgain = release?.state === 'passed';
  if (isAgain) await endOffer(trx, release, { state: 'heldAgain', by: hold.iss, at: now, reason: null });
  if (published === undefined || unlisted === null) return [];
  const { kind, files } = unlisted;
  const lists = isAgain ? [...files, besidePath(published.draw, published.unit)] : files;
  return filesOfItem({ ...published, total: await publicationCount(trx), images: gone, kind, lists });
}

/** Gives the item object that was there; null where it was gone already. */
async function eraseDisclosure(trx: Db, sealHash: string, item: number): Promise<unknown> {
  const row = await trx
    .selectFrom('disclosure')
    .select('encoded')
    .where('seal_hash', '=', sealHash)
    .where('item', '=', item)
    .executeTakeFirst();
  await trx
    .updateTable('disclosure')
    .set({ encoded: null })
    .where('seal_hash', '=', sealHash)
    .where('item', '=', item)
    .execute();
  return saidBy(row?.encoded ?? '');
}

/** Takes the prose out of the row and of every op of an entry; the row gets a new `seq`, so that the author's devices hear of it. */
async function redactEntry(trx: Db, author: string, id: string, hold: Hold, digest: string): Promise<string[]> {
  await lockAuthor(trx, author);
  const images = await redactOps(trx, author, id, hold, digest);
  const row = await trx
    .selectFrom('entry')
    .select('body')
    .where('author', '=', author)
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined || row.body === null) return images;
  await trx
    .updateTable('entry')
    .set({ body: redacted(row.body, hold, digest), seq: await nextSeq(trx, author) })
    .where('author', '=', author)
    .where('id', '=', id)
    .execute();
  return [...images, ...imagesOf(JSON.parse(row.body))];
}

/** Deletes the images that nothing of the author names any more. Gives those that were public and are gone now. */
async function eraseImages(
  trx: Db,
  author: string,
  images: ReadonlySet<string>,
  published: PublicationRow | undefined,
  item: number,
  now: number,
): Promise<string[]> {
  const gone: string[] = [];
  for (const sha256 of images) {
    if (published !== undefined)
      await trx
        .deleteFrom('public_image')
        .where('sha256', '=', sha256)
        .where('draw', '=', published.draw)
        .where('unit', '=', published.unit)
        .where('item', '=', item)
        .execute();
    if (published !== undefined && !(await isImagePublic(trx, sha256))) {
      gone.push(sha256);
      await trx
        .insertInto('gone_image')
        .values({ sha256, at: now })
        .onConflict((conflict) => conflict.column('sha256').doNothing())
        .execute();
    }
    await forgetUnnamedImage(trx, author, sha256);
  }
  return gone;
}

function entryIds(text: string): readonly string[] {
  const ids: unknown = JSON.parse(text);
  return Array.isArray(ids) ? ids.filter((id: unknown) => typeof id === 'string') : [];
}

function digestOf(cover: string, item: number): string {
  const value: unknown = JSON.parse(cover);
  const items: unknown = isObject(value) ? value.items : null;
  const found: unknown = Array.isArray(items) ? items[item] : null;
  const digests: unknown = isObject(found) ? found._sd : null;
  const digest: unknown = Array.isArray(digests) ? digests[0] : null;
  if (typeof digest !== 'string') throw new TypeError('a cover is damaged');
  return digest;
}
