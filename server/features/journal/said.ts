/** What a seal says, item by item, beside what the journal has (verification.md 4, sync.md f). */
import type { DiaryItem } from '../../../shared/diary/journal.ts';
import { canonical } from '../../../shared/proof/canonical.ts';
import { readSeal, saidBy } from '../../../shared/proof/make-seal.ts';
import type { Seal } from '../../../shared/proof/records.ts';
import { itemDigest } from '../../../shared/proof/seal.ts';
import { isObject } from '../../../shared/proof/shape.ts';
import { orRefuse, refused } from '../../records/problem.ts';

/** What a seal says. `coverText`: its disclosure of the cover, null where it is not kept; `cover`: the cover's value as JSON. */
export interface Said {
  readonly coverText: string | null;
  readonly cover: string;
  readonly items: readonly SaidItem[];
}

/** One item: its members in the cover, its digest, and its disclosure, null where it stays on the device. */
export interface SaidItem {
  readonly cover: Readonly<Record<string, unknown>>;
  readonly digest: string;
  readonly encoded: string | null;
}

/** What a seal says. `isAgain`: items that were withheld since may be missing. Throws RECORD_REFUSED where its disclosures are not those of its
 *  record, or it is of another zone. */
export async function saidBySeal(
  { jws, disclosures }: { readonly jws: string; readonly disclosures: readonly string[] },
  payload: Seal,
  zone: string,
  isAgain: boolean,
): Promise<Said> {
  const read = await readSeal(jws, { ...payload }, disclosures);
  if (!read.ok && !(isAgain && read.problem === 'ENTRY_MISSING')) return orRefuse(refused(read.problem, 'disclosures'));
  const byDigest = new Map<string, string>();
  for (const encoded of disclosures) byDigest.set(await itemDigest(encoded), encoded);
  const coverText = byDigest.get(payload._sd[0] ?? '') ?? '';
  const cover = saidBy(coverText);
  const items: unknown = isObject(cover) ? cover.items : null;
  if (!isObject(cover) || !Array.isArray(items)) return orRefuse(refused('ITEMS', 'disclosures'));
  if (cover.zone !== zone) return orRefuse(refused('ZONE', 'disclosures'));
  return {
    coverText,
    cover: JSON.stringify(cover),
    items: items.map((member: unknown): SaidItem => {
      const { _sd, ...shown } = isObject(member) ? member : {};
      const digest: unknown = Array.isArray(_sd) ? _sd[0] : null;
      const encoded = typeof digest === 'string' ? (byDigest.get(digest) ?? null) : null;
      return { cover: shown, digest: typeof digest === 'string' ? digest : '', encoded };
    }),
  };
}

/** Holds what was signed against what is stored: the same cover, the digest of each withheld item, the same prose of every other. Throws
 *  RECORD_REFUSED. */
export function requireSame({ items: signed }: Said, items: readonly DiaryItem[]): void {
  if (signed.length !== items.length) orRefuse(refused('ITEMS', 'disclosures'));
  for (const [n, item] of items.entries()) {
    const said = signed[n];
    const isSame =
      said !== undefined &&
      canonical(said.cover) === canonical(item.cover) &&
      (item.prose === null
        ? said.encoded === null && said.digest === item.digest
        : said.encoded !== null && canonical(saidBy(said.encoded)) === canonical(item.prose));
    if (!isSame) orRefuse(refused('ITEM_DIFFERS', `items.${n}`));
  }
}
