/** Named reads of images: those of an entry, those that wait for a description. */
import * as v from 'valibot';
import type { StoredImage, SundialDatabase } from './database.ts';

/** Where the images of an entry that wait for a description are listed. */
export const draftImagesId = (entry: string): string => `images:${entry}`;

/** Hashes of the images that wait, in the order in which they were added. */
export async function draftImages(database: SundialDatabase, entry: string): Promise<readonly string[]> {
  const kept = await database.personal.get(draftImagesId(entry));
  return v.parse(v.optional(v.array(v.string()), []), kept?.value);
}

/** What an entry's image area shows: hashes that wait, and the bytes of all that are on this device. */
export interface EntryImages {
  readonly drafts: readonly string[];
  readonly stored: ReadonlyMap<string, StoredImage>;
}

/** `named`: hashes that the entry names. */
export async function entryImages(
  database: SundialDatabase,
  entry: string,
  named: readonly string[],
): Promise<EntryImages> {
  const drafts = (await draftImages(database, entry)).filter((sha256) => !named.includes(sha256));
  const found = await database.images.bulkGet([...named, ...drafts]);
  return { drafts, stored: new Map(found.flatMap((image) => (image === undefined ? [] : [[image.sha256, image]]))) };
}
