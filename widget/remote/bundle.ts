// A bundle as it can be read before anything is checked: text is painted at once, the check speaks afterwards. Lenient where the check is
// strict, so that an altered diary is still shown, as far as it goes, under its red line.
import { b64u, fromB64u, fromUtf8 } from '../../shared/base/bytes.ts';
import {
  type Draw,
  isAck,
  isDraw,
  isHold,
  isHoldReason,
  isList,
  isSeal,
  isSource,
} from '../../shared/proof/records.ts';
import type { ItemObject, ShownItem, SignedImage } from '../../shared/proof/seal.ts';
import { array, type Guard, integer, isId, isObject, isString, object, oneOf } from '../../shared/proof/shape.ts';
import { openJws, parseJson } from '../../shared/proof/signature.ts';
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
  /** Latest acknowledgement of the locked head, by its own word. */
  readonly notLaterThan: number | null;
  readonly drawnAt: number | null;
  /** Log index of the draw record: a hold above it came after the draw. */
  readonly drawIndex: number;
  readonly values: Draw['values'];
  readonly voids: readonly string[];
  readonly candidates: number;
  readonly absent: number;
  readonly missingNonces: readonly string[];
  readonly published: readonly string[];
}

/** Reads what can be read; members that make no sense are left out. */
export function readBundle(bundle: Readonly<Record<string, unknown>>): ReadBundle {
  const leaves = (Array.isArray(bundle.leaves) ? bundle.leaves : []).flatMap((leaf: unknown) => {
    const jws = isObject(leaf) && isString(leaf.jws) ? openJws(leaf.jws) : null;
    return jws && isObject(leaf) ? [{ typ: jws.typ, payload: jws.payload, index: Number(leaf.i) }] : [];
  });
  const wanted = isObject(bundle.want) ? bundle.want.draw : undefined;
  const [jws = '', ...encoded] = (isString(bundle.diary) ? bundle.diary : '').split('~').filter(Boolean);
  const sealed = openJws(jws)?.payload;
  const seal = b64u(sha256Text(jws));
  const list = leaves.map(({ payload }) => payload).find((payload) => isList(payload) && payload.draw === wanted);
  const draws = leaves.filter(({ typ }) => typ === 'wd-draw+jwt');
  const drawn = draws.find(({ payload }) => isDraw(payload) && payload.draw === wanted);
  const draw = drawn && isDraw(drawn.payload) ? drawn.payload : null;
  const holds = leaves.flatMap(({ payload, index }) =>
    isHold(payload) && payload.seal === seal ? [{ ...payload, index }] : [],
  );

  const left = new Map<string, Disclosure>();
  for (const one of encoded) {
    const parts = parseJson(fromUtf8(fromB64u(one) ?? new Uint8Array()));
    if (Array.isArray(parts) && isObject(parts[2]))
      left.set(b64u(sha256Text(one)), { name: parts[1], value: parts[2] });
  }
  const digest = isSeal(sealed) ? sealed._sd[0] : undefined;
  const cover = left.get(digest ?? '') ?? [...left.values()].find(({ name }) => name === 'diary');
  const plain = (Array.isArray(cover?.value.items) ? cover.value.items : []).filter(isObject);
  const items = plain.map((item, n): ShownItem => {
    const own = Array.isArray(item._sd) ? String(item._sd[0]) : '';
    const disclosed = left.get(own);
    left.delete(own);
    const shown = { kind: String(item.kind), ...members(item) };
    if (isString(disclosed?.value.text)) return { ...shown, item: prose(disclosed.value.text, disclosed.value) };
    if (isHoldReason(item.hold)) return { ...shown, withheld: item.hold };
    const record = holds.find((hold) => hold.item === n);
    return record ? { ...shown, withheld: record, record } : shown;
  });
  const strays = [...left.values()].flatMap(({ value }) => (isString(value.text) ? [value.text] : []));

  const candidates = isList(list) ? list.list.map(({ unit }) => unit) : [];
  const withNonces = isList(list) && list.sources.some((source) => isSource(source) && source.kind === 'nonces');
  return {
    items,
    strays,
    zone: isString(cover?.value.zone) ? cover.value.zone : '',
    week: isString(sealed?.week) ? sealed.week : '',
    author: isString(sealed?.iss) ? sealed.iss : '',
    seal,
    sealedAt: isSeal(sealed) ? sealed.iat : null,
    notLaterThan: latestAck(bundle.lock),
    drawnAt: draw?.iat ?? null,
    drawIndex: drawn?.index ?? Number.POSITIVE_INFINITY,
    values: draw?.values ?? [],
    voids: draws.flatMap(({ payload }) => (isString(payload.void) ? [payload.void] : [])),
    candidates: candidates.length,
    absent: isList(list) ? list.absent.length : 0,
    missingNonces: withNonces ? candidates.filter((unit) => !draw?.nonces.includes(unit)) : [],
    published: Array.isArray(bundle.published) ? bundle.published.filter(isString) : [],
  };
}

type Disclosure = { readonly name: unknown; readonly value: Readonly<Record<string, unknown>> };

function latestAck(lock: unknown): number | null {
  if (!isObject(lock) || !Array.isArray(lock.acks)) return null;
  const times = lock.acks.flatMap((text: unknown) => {
    const ack = isString(text) ? openJws(text)?.payload : undefined;
    return isAck(ack) && ack.root === lock.root ? [ack.iat] : [];
  });
  return times.length > 0 ? Math.max(...times) : null;
}

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
