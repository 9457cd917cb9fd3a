/** Showing a withheld item of a published diary after all: its author's part and the reviewer's (verification.md 5 "Release"). The text lies on
 *  the device that sealed it, and leaves it only by the offer. */
import type { Answer } from '../../shared/api/endpoint.ts';
import { putBlob } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { getHeld, type HeldRow, postOffer, postOfferBack } from '../../shared/api/releases.ts';
import { postRelease } from '../../shared/api/reviews.ts';
import { imagesIn } from '../../shared/diary/journal-file.ts';
import { saidBy } from '../../shared/proof/make-seal.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';
import type { ReviewPlace } from './reviews.ts';

/** A withheld item with what this device has of it: null where it was sealed on another. */
export interface HeldItemHere extends HeldRow {
  readonly own: {
    readonly disclosure: string;
    readonly prose: Readonly<Record<string, unknown>>;
  } | null;
}

/** What is withheld in an own published diary, what became of the offers, and the texts as far as they are here. */
export async function heldIn(
  { draw, unit }: ReviewPlace,
  context: Context = here,
): Promise<Omit<Answer<typeof getHeld>, 'rows'> & { readonly rows: readonly HeldItemHere[] }> {
  const answer = await call(getHeld, { params: { draw, unit } }, context);
  const copy = await context.database.seals.get(answer.seal);
  const rows = answer.rows.map((row) => {
    // The cover comes first.
    const disclosure = copy?.disclosures[row.item + 1];
    const prose = disclosure === undefined ? null : saidBy(disclosure);
    return { ...row, own: disclosure !== undefined && isObject(prose) ? { disclosure, prose } : null };
  });
  return { ...answer, rows };
}

/** Sends the images and the text of an item, and why it may be public now. Refuses `NOT_FOUND` (`HELD_ELSEWHERE`) where the text is
 *  not on this device, `RECORD_REFUSED` (`BLOB_MISSING`) where an image is not. */
export async function offerItem(
  { draw, unit }: ReviewPlace,
  { item, own }: Pick<HeldItemHere, 'item' | 'own'>,
  why: string,
  context: Context = here,
): Promise<void> {
  if (own === null) throw new Refusal('NOT_FOUND', { facts: { reason: 'HELD_ELSEWHERE' } });
  for (const { sha256 } of imagesIn(own.prose)) {
    const image = await context.database.images.get(sha256);
    if (image !== undefined)
      await call(putBlob, { params: { sha256 }, raw: { bytes: image.bytes, type: image.type } }, context);
  }
  await call(postOffer, { params: { draw, unit }, body: { item, disclosure: own.disclosure, why } }, context);
}

/** Takes an offer back: its text is erased from the server. */
export const takeBack = ({ draw, unit }: ReviewPlace, item: number, context: Context = here): Promise<unknown> =>
  call(postOfferBack, { params: { draw, unit }, body: { item } }, context);

/** Passes an offer as it was read, so that readers see the item, or declines it for a reason; its text is erased then. */
export const decideOffer = (
  { draw, unit }: ReviewPlace,
  { item, why }: { readonly item: number; readonly why: string },
  reason: string | null,
  context: Context = here,
): Promise<unknown> =>
  call(
    postRelease,
    { params: { draw, unit }, body: reason === null ? { item, why, pass: true } : { item, why, pass: false, reason } },
    context,
  );
