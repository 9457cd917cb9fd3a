// A bundle as it can be read before anything is checked: text is painted at once, the check speaks afterwards. Lenient where the check is
// strict, so that an altered diary is still shown, as far as it goes, under its red line.
import type { ImportedFrom } from '../../shared/api/published.ts';
import { b64u, fromB64u, fromUtf8, utf8 } from '../../shared/base/bytes.ts';
import type { Draw, HoldReason } from '../../shared/proof/records.ts';
import type { HoldRecord, ItemObject, ShownItem, SignedImage } from '../../shared/proof/seal.ts';
import {
  array,
  type Guard,
  integer,
  isId,
  isObject,
  isString,
  isTime,
  object,
  oneOf,
} from '../../shared/proof/shape.ts';
import { parseDay, parseMinute } from '../../shared/time/civil.ts';
import { sha256Text } from './sha256.ts';

/** What a bundle says. All of it is the server's word until the check has passed. Times are Unix seconds. */
export interface ReadBundle {
  readonly items: readonly ShownItem[];
  /** Texts among the disclosures that no item refers to. */
  readonly strays: readonly string[];
  readonly zone: string;
  readonly week: string;
  readonly author: string;
  readonly seal: string;
  readonly sealedAt: number | null;
  /** Times of the acknowledgements of the locked head, by their own word. */
  readonly acks: readonly number[];
  readonly drawnAt: number | null;
  /** Log index of the draw record: a hold above it came after the draw. */
  readonly drawIndex: number;
  readonly values: Draw['values'];
  readonly voids: readonly string[];
  readonly candidates: number;
  readonly absent: number;
  readonly missingNonces: readonly string[];
  /** Where it was brought in from; null of one that was sealed. */
  readonly imported: ImportedFrom | null;
}

/** SHA-256 of the parts of a bundle's diary as base64url, by WebCrypto; plain http lends none, then it is empty. */
export async function digestsOf({ diary }: Readonly<Record<string, unknown>>): Promise<Digests> {
  const subtle = globalThis.crypto?.subtle;
  if (subtle === undefined || !isString(diary)) return new Map();
  const digest = async (part: string) =>
    [part, b64u(new Uint8Array(await subtle.digest('SHA-256', utf8(part))))] as const;
  return new Map(await Promise.all(diary.split('~').map(digest)));
}

type Digests = ReadonlyMap<string, string>;

/** Reads what can be read; members that make no sense are left out. A digest that is not known is computed. */
export function readBundle(bundle: Readonly<Record<string, unknown>>, known: Digests = new Map()): ReadBundle {
  const digestOf = (part: string): string => known.get(part) ?? b64u(sha256Text(part));
  const leaves = listOf(bundle.leaves).flatMap((leaf) => {
    const record = payloadOf(leaf.jws, readTypes);
    return record ? [{ ...record, index: Number(leaf.i) }] : [];
  });
  const wanted = isObject(bundle.want) ? bundle.want.draw : undefined;
  const [jws = '', ...encoded] = (isString(bundle.diary) ? bundle.diary : '').split('~').filter(Boolean);
  const sealed = payloadOf(jws)?.payload ?? {};
  const seal = digestOf(jws);
  const of = (typ: string) => leaves.filter((leaf) => leaf.typ === typ);
  const list = of('wd-list+jwt').find(({ payload }) => payload.draw === wanted)?.payload ?? {};
  const draws = of('wd-draw+jwt');
  const drawn = draws.find(({ payload }) => payload.draw === wanted && payload.void === undefined);
  const holds = of('wd-hold+jwt').filter(({ payload }) => payload.seal === seal);

  const left = new Map<string, Disclosure>();
  for (const one of encoded) {
    const parts = jsonOf(one);
    if (Array.isArray(parts) && isObject(parts[2])) left.set(digestOf(one), { name: parts[1], value: parts[2] });
  }
  const digest = Array.isArray(sealed._sd) ? String(sealed._sd[0]) : '';
  const cover = left.get(digest) ?? [...left.values()].find(({ name }) => name === 'diary');
  const items = listOf(cover?.value.items).map((item, n): ShownItem => {
    const own = Array.isArray(item._sd) ? String(item._sd[0]) : '';
    const disclosed = left.get(own);
    left.delete(own);
    const shown = { kind: String(item.kind), ...members(item) };
    if (isString(disclosed?.value.text)) return { ...shown, item: prose(disclosed.value.text, disclosed.value) };
    if (isReason(item.hold)) return { ...shown, withheld: item.hold };
    const record = holds.findLast(({ payload }) => payload.item === n);
    if (!record || !isReason(record.payload)) return shown;
    return { ...shown, withheld: record.payload, record: recordOf(record) };
  });
  // The cover may have members of a later version, which are never shown.
  const strays = [...left.values()].flatMap((one) =>
    one !== cover && isString(one.value.text) ? [one.value.text] : [],
  );

  const candidates = listOf(list.list).map((row) => String(row.unit));
  const given = Array.isArray(drawn?.payload.nonces) ? drawn.payload.nonces : [];
  const withNonces = listOf(list.sources).some(({ kind }) => kind === 'nonces');
  return {
    items,
    strays,
    zone: isString(cover?.value.zone) ? cover.value.zone : '',
    week: isString(sealed.week) ? sealed.week : '',
    author: isString(sealed.iss) ? sealed.iss : '',
    seal,
    sealedAt: timeOf(sealed.iat),
    acks: ackTimes(bundle.lock),
    drawnAt: timeOf(drawn?.payload.iat),
    drawIndex: drawn?.index ?? Number.POSITIVE_INFINITY,
    values: listOf(drawn?.payload.values).filter(isValue),
    voids: draws.flatMap(({ payload }) => (isString(payload.void) ? [payload.void] : [])),
    candidates: candidates.length,
    absent: listOf(list.absent).length,
    missingNonces: withNonces ? candidates.filter((unit) => !given.includes(unit)) : [],
    imported: null,
  };
}

/** Reads what was brought in from older records (`ImportedBundle`): it has no seal, no log, no draw. */
export function readImported({ imported, want, diary }: Readonly<Record<string, unknown>>): ReadBundle {
  const { items, zone, week } = isObject(diary) ? diary : {};
  return {
    ...readBundle({}),
    items: listOf(items).map((one) => ({
      kind: String(one.kind),
      ...members(one),
      // A beginning without an end is all that some records have.
      ...(isString(one.start) && parseMinute(one.start) !== null && { start: one.start }),
      ...(isObject(one.item) && isString(one.item.text) && { item: prose(one.item.text, one.item) }),
    })),
    zone: isString(zone) ? zone : '',
    week: isString(week) ? week : '',
    author: isObject(want) && isString(want.unit) ? want.unit : '',
    imported: isFrom(imported) ? imported : nowhere,
  };
}

const isNullOrString: Guard<string | null> = (value): value is string | null => value === null || isString(value);
const isFrom: Guard<ImportedFrom> = object({
  source: isString,
  name: object({ zh: isString, en: isString }),
  address: isNullOrString,
  licence: isNullOrString,
  at: isTime,
});
const nowhere: ImportedFrom = { source: '', name: { zh: '', en: '' }, address: null, licence: null, at: 0 };

type Disclosure = { readonly name: unknown; readonly value: Readonly<Record<string, unknown>> };

function ackTimes(lock: unknown): readonly number[] {
  if (!isObject(lock) || !Array.isArray(lock.acks)) return [];
  return lock.acks.flatMap((text: unknown) => {
    const ack = payloadOf(text)?.payload;
    return ack && ack.root === lock.root ? (timeOf(ack.iat) ?? []) : [];
  });
}

type Plain = Readonly<Record<string, unknown>>;

/** Types of the records of the log that are read; most of a bundle are keys and seals, which the check alone needs. */
const readTypes: readonly unknown[] = ['wd-list+jwt', 'wd-draw+jwt', 'wd-hold+jwt'];

function payloadOf(
  jws: unknown,
  types: readonly unknown[] | null = null,
): { readonly typ: unknown; readonly payload: Plain } | null {
  const [first = '', second = ''] = isString(jws) ? jws.split('.') : [];
  const header = jsonOf(first);
  if (!isObject(header) || types?.includes(header.typ) === false) return null;
  const payload = jsonOf(second);
  return isObject(payload) ? { typ: header.typ, payload } : null;
}

function jsonOf(encoded: string): unknown {
  try {
    return JSON.parse(fromUtf8(fromB64u(encoded) ?? new Uint8Array()) ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const listOf = (value: unknown): readonly Plain[] => (Array.isArray(value) ? value.filter(isObject) : []);
const recordOf = ({
  index,
  payload: { iss, iat },
}: {
  readonly index: number;
  readonly payload: Plain;
}): HoldRecord => ({
  index,
  iss: String(iss),
  iat: Number(iat),
});
const timeOf = (value: unknown): number | null => (isTime(value) ? value : null);
const isReason: Guard<HoldReason> = object({
  ground: oneOf('state-secret', 'trade-secret', 'privacy'),
  basis: isString,
});
const isValue: Guard<ReadBundle['values'][number]> = object({
  kind: oneOf('lottery', 'stage', 'drand', 'nonces'),
  name: isString,
  issue: isString,
  value: (value): value is string | readonly number[] => isString(value) || array(integer())(value),
});

function members(item: Readonly<Record<string, unknown>>): Omit<ShownItem, 'kind'> {
  const { day, start, end, category, mode, lateFor, corrects } = item;
  const timed = isString(start) && isString(end) && parseMinute(start) !== null && parseMinute(end) !== null;
  return {
    ...(isString(day) && parseDay(day) !== null && { day, ...(timed && { start, end }) }),
    ...(isString(category) && { category }),
    ...(isString(mode) && { mode }),
    ...(isString(lateFor) && { lateFor }),
    ...(isObject(corrects) && { corrects: { item: Number(corrects.item), seal: String(corrects.seal) } }),
  };
}

const isThread = object({ id: isId, name: isString });
const isSigned: Guard<SignedImage> = object({
  sha256: isString,
  type: oneOf('image/jpeg', 'image/png', 'image/webp'),
  width: integer(1, 4096),
  height: integer(1, 4096),
  alt: isString,
});

function prose(words: string, value: Readonly<Record<string, unknown>>): ItemObject {
  const said: { [name: string]: string } = {};
  for (const name of ['place', 'detail', 'thinking', 'result', 'next']) {
    const part = value[name];
    if (isString(part)) said[name] = part;
  }
  return {
    text: words,
    ...said,
    ...(array(isThread)(value.threads) && { threads: value.threads }),
    ...(array(isSigned)(value.images) && { images: value.images }),
  };
}
