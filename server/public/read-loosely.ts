/** Reads a published diary whose stored parts no longer verify. Readers' checks name the failure beside the text; the list goes on, because one
 *  damaged row must not take every other diary away. */
import { saidBy } from '../../shared/proof/make-seal.ts';
import { isGround } from '../../shared/proof/records.ts';
import type { HoldRecord, ItemObject, ShownItem } from '../../shared/proof/seal.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { parseDay, parseMinute } from '../../shared/time/civil.ts';

export interface LooseParts {
  /** JSON of the cover's value as it was when it was sealed. */
  readonly cover: string;
  /** Disclosures by item. */
  readonly disclosures: ReadonlyMap<number, string>;
  readonly holds: readonly (HoldRecord & { readonly item: number; readonly ground: string; readonly basis: string })[];
}

/** What can be shown of it; members that are not what they should be are left out. */
export function readLoosely({ cover, disclosures, holds }: LooseParts): { zone: string; items: ShownItem[] } {
  const value = parseJson(cover);
  const plain: unknown = isObject(value) ? value.items : null;
  const zone = isObject(value) && typeof value.zone === 'string' ? value.zone : 'UTC';
  const items = (Array.isArray(plain) ? plain : []).map((item: unknown, n): ShownItem => {
    const members = isObject(item) ? item : {};
    const object = proseOf(disclosures.get(n));
    const record = holds.findLast((hold) => hold.item === n);
    const sealed = reasonOf(members.hold);
    const withheld = sealed ?? reasonOf(record);
    return {
      kind: typeof members.kind === 'string' ? members.kind : '',
      ...spanOf(members),
      ...(object === null ? {} : { item: object }),
      ...(object !== null || withheld === null ? {} : { withheld }),
      ...(object !== null || sealed !== null || record === undefined ? {} : { record }),
    };
  });
  return { zone, items };
}

function spanOf(members: Readonly<Record<string, unknown>>): Partial<ShownItem> {
  const { day, start, end, category, mode, lateFor } = members;
  const isText = (text: unknown): text is string => typeof text === 'string';
  return {
    ...(isText(day) && parseDay(day) !== null ? { day } : {}),
    ...(isText(start) && parseMinute(start) !== null ? { start } : {}),
    ...(isText(end) && parseMinute(end) !== null ? { end } : {}),
    ...(isText(category) ? { category } : {}),
    ...(isText(mode) ? { mode } : {}),
    ...(isText(lateFor) ? { lateFor } : {}),
  };
}

function proseOf(encoded: string | undefined): ItemObject | null {
  const value = saidBy(encoded ?? '');
  if (!isObject(value) || typeof value.text !== 'string') return null;
  const prose: { -readonly [K in keyof ItemObject]: ItemObject[K] } = { text: value.text };
  for (const name of ['place', 'detail', 'thinking', 'result', 'next'] as const) {
    const text = value[name];
    if (typeof text === 'string') prose[name] = text;
  }
  return prose;
}

function reasonOf(value: unknown): { ground: 'state-secret' | 'trade-secret' | 'privacy'; basis: string } | null {
  if (!isObject(value) || !isGround(value.ground) || typeof value.basis !== 'string') return null;
  return { ground: value.ground, basis: value.basis };
}
