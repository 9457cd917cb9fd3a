// Sealed weeks as they are read: SD-JWT (RFC 9901) of verification.md 4, withholding of section 5, step 5 of section 9.
import { type Bytes, b64u, concat, fromB64u, textFromB64u, utf8 } from '../base/bytes.ts';
import { sha256, sha256Text } from '../base/digest.ts';
import { parseDay } from '../time/civil.ts';
import { parseWeek, weekOf } from '../time/week.ts';
import { must } from './failure.ts';
import { type HoldReason, isHold, isHoldReason, isNonce, isSeal, type Nonce } from './records.ts';
import {
  array,
  type Checked,
  type Guard,
  integer,
  isAnything,
  isHash,
  isId,
  isObject,
  isString,
  isZone,
  matching,
  object,
  oneOf,
  text,
} from './shape.ts';
import { type Jws, parseJson } from './signature.ts';

/** Digest of a disclosure as `_sd` has it. */
export const itemDigest = async (disclosure: string): Promise<string> => b64u(await sha256Text(disclosure));

/** Hash by which lists and holds name a seal: of its JWS without disclosures. */
export const sealHash = (jws: string): Promise<string> => itemDigest(jws);

/** The same of a seal's record. */
export function hashOfSeal({ leaf, kept }: Jws): Promise<string> {
  kept.sealHash ??= sha256(leaf.subarray(1)).then(b64u);
  return kept.sealHash;
}

/** The commitment `nc` to a nonce of 32 bytes. */
export const nonceCommitment = async (nonce: Bytes): Promise<string> =>
  b64u(await sha256(concat(utf8('wd-nonce/v1\n'), nonce)));

/** The commitment that the nonce of a record opens; null where it is none. */
export async function commitmentOf({ nonce }: Pick<Nonce, 'nonce'>): Promise<string | null> {
  const bytes = fromB64u(nonce);
  return bytes && nonceCommitment(bytes);
}

/** Whether a nonce record opens the commitment. */
export async function opens({ payload, kept }: Jws, commitment: unknown): Promise<boolean> {
  if (!isNonce(payload)) return false;
  kept.commitment ??= commitmentOf(payload);
  return (await kept.commitment) === commitment;
}

const isName = matching(/^[a-z][A-Za-z0-9]{0,31}$/);
const isDay: Guard<string> = (value): value is string => isString(value) && parseDay(value) !== null;
// Whether the calendar has its day is seen by the order of days.
const isMinute = matching(/^.{10}T([01]\d|2[0-3]):[0-5]\d$/);
const isRealWeek: Guard<string> = (value): value is string => isString(value) && parseWeek(value) !== null;

const isPlain = object({ _sd: array(isHash, 1, 1), kind: isName }, { hold: isAnything });
const isReview = object({}, { day: isDay });
const correction = { item: integer(0, 499), seal: isHash };
const entry = { category: isName, mode: isName, lateFor: isString, corrects: object(correction) };
const isEntry = object({ day: isDay, start: isMinute, end: isMinute }, entry);

const long = text(10_000);
const isTitleText = object({ text: text(120) });
const isOtherText = object({ text: long });
const thread = { id: isId, name: text(100) };
const image = {
  sha256: matching(/^[0-9a-f]{64}$/),
  type: oneOf('image/jpeg', 'image/png', 'image/webp'),
  width: integer(1, 4096),
  height: integer(1, 4096),
  alt: text(1000),
};
const isImage = object(image);
const prose = { place: text(200), detail: long, thinking: long, result: long, next: long };
const lists = { threads: array(object(thread), 0, 10), images: array(isImage, 0, 20) };
const isEntryText = object({ text: long }, { ...prose, ...lists });

/** What the cover says of an entry or review. */
export type CoverMembers = Partial<Checked<typeof isEntry>>;
/** The prose of an item; all but `text` in entries only. */
export type ItemObject = Checked<typeof isEntryText>;
/** A picture as it was signed; width and height in pixels. */
export type SignedImage = Checked<typeof isImage>;

/** One item in the order of the cover: with its object, or withheld, in which case `record` names the hold record. */
export type ShownItem = CoverMembers & {
  readonly kind: string;
  readonly item?: ItemObject;
  readonly withheld?: HoldReason;
  readonly record?: HoldRecord;
};

/** A diary as its leader's device signed it. */
export type Diary = { readonly zone: string; readonly items: readonly ShownItem[]; readonly kindUnknown: boolean };

/** A hold record: who, when by their word, at which index. */
export type HoldRecord = { readonly index: number; readonly iss: string; readonly iat: number };

/** A hold record as it came, with the role of its key. */
export type GivenHold = HoldRecord & { readonly payload: unknown; readonly reviewer: boolean };

/** Step 5: reads a sealed week. `disclosures` in any order, `holds` by index. Must run within `judged`; order of checks: section 9. */
export async function readDiary(
  seal: Readonly<Record<string, unknown>>,
  hash: string,
  disclosures: readonly string[],
  holds: readonly GivenHold[],
): Promise<Diary> {
  const decoded = disclosures.map(async (encoded) => [await itemDigest(encoded), decode(encoded)] as const);
  const left = new Map(await Promise.all(decoded));
  must(left.size === disclosures.length, 'TEXT_ALTERED');

  must(isSeal(seal) && isRealWeek(seal.week), 'DIARY_INVALID');
  const [coverDigest = ''] = seal._sd;
  const cover = left.get(coverDigest);
  must(cover !== undefined || left.size > 0, 'ENTRY_MISSING');
  must(cover?.name === 'diary', 'TEXT_ALTERED');
  left.delete(coverDigest);
  must(cover.wellFormed && isObject(cover.value) && isZone(cover.value.zone), 'DIARY_INVALID');
  const { zone, items: plain } = cover.value;
  must(array(isPlain, 1, 500)(plain), 'DIARY_INVALID');
  must(new Set(plain.map(({ _sd }) => _sd[0])).size === plain.length, 'DIARY_INVALID');
  const members = plain.map((item, n) => coverMembers(item, n, seal.week));

  const held = new Map<number, Pick<ShownItem, 'withheld' | 'record'>>();
  plain.forEach(({ hold }, n) => {
    if (hold === undefined) return;
    must(isHoldReason(hold), 'HOLD_INVALID');
    held.set(n, { withheld: { ground: hold.ground, basis: hold.basis } });
  });
  for (const { payload, reviewer, index, iss, iat } of holds) {
    const valid = isHold(payload) && payload.seal === hash && payload.item < plain.length;
    must(valid && (reviewer || iss === seal.iss), 'HOLD_INVALID');
    const { ground, basis, item } = payload;
    // What was withheld before the seal stays so; of several records the last stands.
    const known = held.get(item);
    if (known === undefined || (known.record?.index ?? index) < index)
      held.set(item, { withheld: { ground, basis }, record: { index, iss, iat } });
  }

  const given = plain.map(({ _sd: [digest = ''] }) => {
    const disclosure = left.get(digest);
    left.delete(digest);
    must(disclosure === undefined || disclosure.name === 'item', 'TEXT_ALTERED');
    return disclosure;
  });
  must(left.size === 0, 'TEXT_ALTERED');
  const objects = given.map((disclosure, n) => disclosure && itemObject(plain[n]?.kind ?? '', disclosure));
  const items = members.map((item, n) => {
    const object = objects[n];
    return object ? { ...item, item: object } : { ...item, ...held.get(n) };
  });
  must(!items.some((item) => !('item' in item) && !('withheld' in item)), 'ENTRY_MISSING');
  return { zone, items, kindUnknown: plain.some(({ kind }) => !['title', 'entry', 'review'].includes(kind)) };
}

type Disclosure = { readonly name: string; readonly value: unknown; readonly wellFormed: boolean };

function decode(encoded: string): Disclosure {
  const json = textFromB64u(encoded);
  const parts = parseJson(json);
  must(json && Array.isArray(parts) && parts.length === 3, 'TEXT_ALTERED');
  const [salt, name, value]: unknown[] = parts;
  must(isString(salt) && isString(name), 'TEXT_ALTERED');
  // In UTF-8 a lone surrogate can only be an escape: take away escaped backslashes and pairs, then none may be left.
  const rest = json.replace(/\\\\|\\u[dD][89abAB]..\\u[dD][c-fC-F]../g, '');
  return { name, value, wellFormed: !/\\u[dD][89a-fA-F]/.test(rest) };
}

function coverMembers(plain: Checked<typeof isPlain>, n: number, week: string): ShownItem {
  const { kind } = plain;
  must(kind !== 'title' || n === 0, 'DIARY_INVALID');
  if (kind === 'review') {
    must(isReview(plain) && (plain.day === undefined || weekOfDay(plain.day) === week), 'DIARY_INVALID');
    return { kind, ...only(plain, ['day']) };
  }
  if (kind !== 'entry') return { kind };
  must(isEntry(plain), 'DIARY_INVALID');
  const { day, start, end, lateFor, corrects } = plain;
  const follows = (later: string, earlier: string) => [0, 1].includes(dayOf(later) - dayOf(earlier));
  must(follows(start, day) && follows(end, start) && end >= start, 'DIARY_INVALID');
  // A week of which a day is one is spelled as all weeks are, which sort by time.
  must(lateFor === undefined || lateFor < week, 'DIARY_INVALID');
  must(weekOfDay(day) === (lateFor ?? week), 'DIARY_INVALID');
  const shown = { kind, day, start, end, ...only(plain, ['category', 'mode', 'lateFor']) };
  return corrects ? { ...shown, corrects: { item: corrects.item, seal: corrects.seal } } : shown;
}

function itemObject(kind: string, { value, wellFormed }: Disclosure): ItemObject {
  must(wellFormed && isObject(value) && !('_sd' in value) && !('...' in value), 'DIARY_INVALID');
  if (kind !== 'entry') {
    must(kind === 'title' ? isTitleText(value) : isOtherText(value), 'DIARY_INVALID');
    return { text: String(value.text) };
  }
  must(isEntryText(value), 'DIARY_INVALID');
  const { threads, images } = value;
  return {
    text: value.text,
    ...only(value, ['place', 'detail', 'thinking', 'result', 'next']),
    ...(threads && { threads: threads.map(({ id, name }) => ({ id, name })) }),
    ...(images && {
      images: images.map(({ sha256, type, width, height, alt }) => ({ sha256, type, width, height, alt })),
    }),
  };
}

// Number of the day with which a text begins, NaN where the calendar has none.
const dayOf = (text: string): number => parseDay(text.slice(0, 10)) ?? Number.NaN;

const weekOfDay = (day: string): string => weekOf(dayOf(day));

// Of the members named, those that are there: what is not listed is never shown.
function only<T extends object, K extends keyof T>(value: T, names: readonly K[]): Partial<Pick<T, K>> {
  const picked: Partial<Pick<T, K>> = {};
  for (const name of names) if (value[name] !== undefined) picked[name] = value[name];
  return picked;
}
