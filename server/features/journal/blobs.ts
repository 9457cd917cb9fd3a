/** Images of a journal: named by what they are, kept for their author until published, forgotten when no op names them. */
import type { Answer } from '../../../shared/api/endpoint.ts';
import { type getBlob, Image } from '../../../shared/api/journal.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type Bytes, b64, hex } from '../../../shared/base/bytes.ts';
import { sha256 } from '../../../shared/base/digest.ts';
import { strayPart } from '../../../shared/diary/image-parts.ts';
import { imageSize } from '../../../shared/proof/images.ts';
import { type Context, secondsNow } from '../../context.ts';
import { afterErasing } from '../../database/erasing.ts';
import { countRate } from '../../http/rate.ts';
import { lockAuthor } from '../../records/sequence.ts';
import { keptSince } from '../../retention.ts';
import type { Author } from './author.ts';
import {
  blobOf,
  deleteBlob,
  imagesBetween,
  imagesJudgedUntil,
  insertBlob,
  setImagesJudgedUntil,
  unnamedImages,
} from './queries.ts';

const imageTypes = Image.entries.type.options;

/** Stores an image as it came, for its bytes are signed; the same one again changes nothing. Throws FIELD_INVALID for bytes of another name or
 *  of no image type, and for what holds more than the picture (`facts.reason`: the part, `END` for bytes behind the end). */
export async function putImage(context: Context, author: Author, name: string, bytes: Bytes): Promise<undefined> {
  await countRate(context.database.db, context, 'blob', author.device);
  if (hex(await sha256(bytes)) !== name) throw new Refusal('FIELD_INVALID', { field: 'sha256' });
  const type = typeOf(bytes);
  if (type === null) throw new Refusal('FIELD_INVALID', { field: 'type' });
  const reason = strayPart(bytes, type);
  if (reason !== null) throw new Refusal('FIELD_INVALID', { field: 'image', facts: { reason } });
  await insertBlob(context.database.db, {
    author: author.person,
    sha256: name,
    type,
    size: bytes.length,
    bytes: b64(bytes),
    at: secondsNow(context),
  });
}

/** An image of the author. Another author's, one that was withheld and one that never was are the same NOT_FOUND. */
export async function ownImage(context: Context, author: Author, name: string): Promise<Answer<typeof getBlob>> {
  const blob = await blobOf(context.database.db, author.person, name);
  const type = imageTypes.find((each) => each === blob?.type);
  if (blob === undefined || type === undefined) throw new Refusal('NOT_FOUND');
  return { type, bytes: blob.bytes };
}

/** Deletes those that no op named in their time; gives how many. Each is looked at once: what an op named once stays with it, and a redaction
 *  deletes its own. */
export async function forgetImages(context: Context): Promise<number> {
  const { database } = context;
  const until = keptSince('images', context.config, secondsNow(context));
  const due = await imagesBetween(database.db, await imagesJudgedUntil(database.db), until);
  const last = due.at(-1);
  if (last === undefined) return 0;
  let count = 0;
  for (const [author, images] of Map.groupBy(due, (image) => image.author))
    count += await database.transaction(async (trx) => {
      // No op that names one of them comes in meanwhile.
      await lockAuthor(trx, author);
      const unnamed = new Set(await unnamedImages(trx, author));
      const gone = images.filter(({ sha256: name }) => unnamed.has(name));
      for (const { sha256: name } of gone) await deleteBlob(trx, author, name);
      return gone.length;
    });
  await setImagesJudgedUntil(database.db, last.at);
  return afterErasing(database, count);
}

const typeOf = (bytes: Bytes): Image['type'] | null =>
  imageTypes.find((type) => {
    const size = imageSize(bytes, type);
    return size !== null && size.width > 0 && size.height > 0;
  }) ?? null;
