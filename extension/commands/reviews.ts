/** The review before release: pass, or withhold in public; no third way (verification.md 5, 13). */
import type { Answer } from '../../shared/api/endpoint.ts';
import type { Hold } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { getReviewImage, postPass, type ReviewDiary } from '../../shared/api/reviews.ts';
import { type Bytes, fromB64, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { signRecord } from '../../shared/proof/sign.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';
import { reviewerSigner, sendRecord, serverSeconds } from './signing.ts';

/** A drawn diary as its address names it. */
export interface ReviewPlace {
  readonly draw: string;
  readonly unit: string;
}

/** Passes a diary, with what is withheld in it. */
export function passDiary({ draw, unit }: ReviewPlace, context: Context = here): Promise<Answer<typeof postPass>> {
  return call(postPass, { params: { draw, unit } }, context);
}

/** Signs and logs a hold for each of these items, in their order; one that is withheld already stays as it is. */
export async function holdItems(
  { seal }: Pick<ReviewDiary, 'seal'>,
  items: readonly number[],
  { ground, basis }: Hold,
  context: Context = here,
): Promise<void> {
  const signer = await reviewerSigner(context);
  for (const item of items) {
    const iat = await serverSeconds(context);
    const jws = await signRecord('wd-hold+jwt', { iss: signer.actor, iat, seal, item, ground, basis }, signer);
    try {
      await sendRecord(jws, context);
    } catch (error) {
      if (!(error instanceof Refusal) || error.code !== 'ALREADY_DONE') throw error;
    }
  }
}

/** An image of a drawn diary, held against its name. Throws `RECORD_REFUSED` where the bytes are not those that were signed. */
export async function reviewImage(
  { draw, unit }: ReviewPlace,
  name: string,
  context: Context = here,
): Promise<{ readonly type: string; readonly bytes: Bytes }> {
  const { type, bytes: encoded } = await call(getReviewImage, { params: { draw, unit, sha256: name } }, context);
  const bytes = fromB64(encoded);
  if (bytes === null || hex(await sha256(bytes)) !== name) throw new Refusal('RECORD_REFUSED');
  return { type, bytes };
}
