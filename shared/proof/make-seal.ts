// Making a sealed week out of items and salts (verification.md 4): cover, disclosures, record. Salts and nonce come from the caller.
import { type Bytes, b64u, textFromB64u, utf8 } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import { canonical } from './canonical.ts';
import { type Failure, judged } from './failure.ts';
import type { HoldReason, Seal } from './records.ts';
import { type CoverMembers, type ItemObject, itemDigest, nonceCommitment, readDiary, sealHash } from './seal.ts';
import { signRecord } from './sign.ts';
import { parseJson, type Signer } from './signature.ts';

/** One item before sealing. `salt`: 16 random bytes, never used twice. `hold`: withheld from the start. */
export type ItemToSeal = CoverMembers & {
  readonly kind: string;
  readonly salt: Bytes;
  readonly item: ItemObject;
  readonly hold?: HoldReason;
};

/** A week before sealing. `nonce`: 32 random bytes that stay on the device, the same for all revisions of the week. */
export type WeekToSeal = {
  readonly iss: string;
  readonly iat: number;
  readonly week: string;
  readonly rev: number;
  readonly zone: string;
  readonly nonce: Bytes;
  readonly coverSalt: Bytes;
  readonly items: readonly ItemToSeal[];
};

/** A sealed week. `disclosures[n]` is that of item n; those of held items must not leave the device. */
export type SealedWeek = {
  readonly payload: Seal;
  readonly jws: string;
  readonly hash: string;
  readonly cover: string;
  readonly disclosures: readonly string[];
};

/** Seals a week, or says what section 4 or 5 forbids (DIARY_INVALID, HOLD_INVALID). Throws for a salt or nonce of a wrong
 *  length, a salt that stands twice, and for text that JSON cannot carry. */
export async function sealWeek(week: WeekToSeal, key: Signer): Promise<Result<SealedWeek, Failure>> {
  const { coverSalt, nonce, items, zone, iss, iat, rev } = week;
  const salts = [coverSalt, ...items.map(({ salt }) => salt)];
  if (salts.some(({ length }) => length !== 16)) throw new RangeError('a salt has 16 bytes');
  if (new Set(salts.map(b64u)).size < salts.length) throw new RangeError('a salt is never used twice');
  if (nonce.length !== 32) throw new RangeError('a nonce has 32 bytes');
  const disclosures = items.map(({ salt, item }) => disclosureOf(salt, 'item', item));
  const digests = await Promise.all(disclosures.map(itemDigest));
  const plain = items.map(({ salt, item, ...members }, n) => ({ ...members, _sd: [digests[n]] }));
  const cover = disclosureOf(coverSalt, 'diary', { items: plain, zone });
  const payload: Seal = {
    _sd: [await itemDigest(cover)],
    _sd_alg: 'sha-256',
    iat,
    iss,
    nc: await nonceCommitment(nonce),
    rev,
    week: week.week,
  };
  const judgement = await judged(() => readDiary(payload, '', [cover, ...disclosures], []));
  if (!judgement.ok) return fail(judgement.problem);
  const jws = await signRecord('wd-seal+sd-jwt', payload, key);
  return ok({ payload, jws, hash: await sealHash(jws), cover, disclosures });
}

/** A disclosure of RFC 9901: b64u(JCS([salt, name, value])). */
export const disclosureOf = (salt: Bytes, name: 'diary' | 'item', value: unknown): string =>
  b64u(utf8(canonical([b64u(salt), name, value])));

/** The published form: seal, then disclosures in any order, each behind a tilde, and one at the end. */
export const presentation = (jws: string, disclosures: readonly string[]): string =>
  `${[jws, ...disclosures].join('~')}~`;

/** What a disclosure says: the cover or an item's object; null for what is no disclosure. */
export function saidBy(encoded: string): unknown {
  const parts: unknown = parseJson(textFromB64u(encoded) ?? '');
  return Array.isArray(parts) ? parts[2] : null;
}

/** Reads a seal with whatever disclosures are there, as the device's copy or a server that judges an upload wants it:
 *  every failure of step 5 applies, ENTRY_MISSING last, also where the missing item was withheld by a record. */
export const readSeal = (jws: string, payload: Readonly<Record<string, unknown>>, disclosures: readonly string[]) =>
  judged(async () => readDiary(payload, await sealHash(jws), disclosures, []));
