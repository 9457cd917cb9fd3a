/** Images of an entry: the bytes are kept here first, as a draft; once an image is described, the entry names it (design.md 4). */
import { type EntryBody, getBlob, type Image } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { fromB64 } from '../../shared/base/bytes.ts';
import { maxImages } from '../../shared/diary/image-plan.ts';
import { checkImage } from '../../shared/proof/images.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';
import type { StoredImage } from '../store/database.ts';
import { draftImages, draftImagesId } from '../store/images.ts';
import { type Written, writtenById } from '../store/queries.ts';
import { changeEntry } from './journal.ts';

/** Keeps an image for an entry until it is described. The same image twice is one. Refuses `FIELD_INVALID` with reason `TOO_MANY` beyond
 *  twenty, those that wait included. */
export async function addImage(entry: string, image: StoredImage, context: Context = here): Promise<void> {
  const { database } = context;
  const named = (await presentEntry(entry, context)).body.images ?? [];
  await database.transaction('rw', [database.images, database.personal], async () => {
    const drafts = await draftImages(database, entry);
    if ([...drafts, ...named.map(({ sha256 }) => sha256)].includes(image.sha256)) return;
    if (drafts.length + named.length >= maxImages) throw tooMany();
    if ((await database.images.get(image.sha256)) === undefined) await database.images.add(image);
    await database.personal.put({ id: draftImagesId(entry), value: [...drafts, image.sha256] });
  });
}

/** Describes an image: one that waits goes into the entry, one that is there gets the new words. Refuses `VERSION_STALE` where it is
 *  described otherwise by now than its author saw, `FIELD_INVALID` with reason `ALT_MISSING` for no words. */
export async function describeImage(
  entry: string,
  sha256: string,
  alt: string,
  seen: string,
  context: Context = here,
): Promise<void> {
  if (alt.trim() === '') throw new Refusal('FIELD_INVALID', { field: 'images', facts: { reason: 'ALT_MISSING' } });
  const present = await presentEntry(entry, context);
  const images = present.body.images ?? [];
  const known = images.find((image) => image.sha256 === sha256);
  const standing = known?.alt ?? '';
  // Described so already, it only leaves those that wait: a full store may have come between.
  if (standing !== seen && standing !== alt) throw new Refusal('VERSION_STALE');
  if (known === undefined)
    await changeEntry(present, { images: [...images, await asImage(sha256, alt, context)] }, context);
  else if (known.alt !== alt)
    await changeEntry(
      present,
      { images: images.map((image) => (image === known ? { ...image, alt } : image)) },
      context,
    );
  await dropDraft(entry, sha256, context);
}

/** Puts an image at another place of its entry, from 0. */
export async function moveImage(entry: string, sha256: string, to: number, context: Context = here): Promise<void> {
  const present = await presentEntry(entry, context);
  const images = present.body.images ?? [];
  const moved = images.filter((image) => image.sha256 === sha256);
  const others = images.filter((image) => image.sha256 !== sha256);
  await changeEntry(present, { images: [...others.slice(0, to), ...moved, ...others.slice(to)] }, context);
}

/** Takes an image out of its entry, or out of those that wait. The bytes of one that was in the entry stay, so that undoing shows it. */
export async function removeImage(entry: string, sha256: string, context: Context = here): Promise<void> {
  const present = await presentEntry(entry, context);
  const images = present.body.images ?? [];
  const left = images.filter((image) => image.sha256 !== sha256);
  if (left.length < images.length) await changeEntry(present, { images: left }, context);
  await dropDraft(entry, sha256, context);
}

/** Puts an image back that was taken out. */
export async function putImageBack(entry: string, image: Image, at: number, context: Context = here): Promise<void> {
  const present = await presentEntry(entry, context);
  const images = present.body.images ?? [];
  if (images.length >= maxImages) throw tooMany();
  await changeEntry(present, { images: [...images.slice(0, at), image, ...images.slice(at)] }, context);
}

/** Fetches an own image that another device added. Throws `NOT_FOUND` where the server has it no more, `RECORD_REFUSED` where the bytes are
 *  not those that the entry names. */
export async function fetchImage(image: Image, context: Context = here): Promise<void> {
  const { sha256, type, width, height } = image;
  const answer = await call(getBlob, { params: { sha256 } }, context);
  const bytes = fromB64(answer.bytes);
  const judged = bytes === null ? null : await checkImage(bytes, { sha256, type, width, height });
  if (bytes === null || judged?.ok !== true)
    throw new Refusal('RECORD_REFUSED', { facts: { failure: 'IMAGE_ALTERED' } });
  await context.database.images.put({ sha256, type, width, height, bytes, sent: true, addedAt: context.now() });
}

/** The entry as it stands now. Images of a withheld one cannot change: its digest stands for them. */
async function presentEntry(id: string, { database }: Context): Promise<Written<EntryBody>> {
  const now = await writtenById(database, id);
  if (now === null || now.body.kind !== 'entry') throw new Refusal('NOT_FOUND');
  if (now.body.hold !== undefined || now.held !== null) throw new Refusal('NOT_ALLOWED');
  return { ...now, body: now.body };
}

async function asImage(sha256: string, alt: string, { database }: Context): Promise<Image> {
  const stored = await database.images.get(sha256);
  if (stored === undefined) throw new Refusal('NOT_FOUND');
  const { type, width, height } = stored;
  return { sha256, type, width, height, alt };
}

async function dropDraft(entry: string, sha256: string, { database }: Context): Promise<void> {
  await database.transaction('rw', database.personal, async () => {
    const left = (await draftImages(database, entry)).filter((draft) => draft !== sha256);
    if (left.length === 0) await database.personal.delete(draftImagesId(entry));
    else await database.personal.put({ id: draftImagesId(entry), value: left });
  });
}

const tooMany = () => new Refusal('FIELD_INVALID', { field: 'images', facts: { reason: 'TOO_MANY' } });
