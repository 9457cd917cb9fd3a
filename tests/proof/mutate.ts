/** Mutants of a text: every byte flipped, every JSON member removed, doubled, swapped with its neighbour or of another type. */
import { type Bytes, fromUtf8, utf8 } from '../../shared/base/bytes.ts';
import { type Place, pathAt, placesOf, within } from './json-places.ts';

/** How a text was changed. `added`: another element before this one; `shadowed`: the name stands twice, null first; `overridden`: null last; `order`: members in another order. */
export type Change =
  | 'bytes'
  | 'removed'
  | 'added'
  | 'doubled'
  | 'shadowed'
  | 'overridden'
  | 'order'
  | 'swapped'
  | 'retyped';

/** One changed text, made when it is asked for. `path`: of the value that was changed, array indexes as `*`; `at`: where it stands. */
export interface Mutant {
  readonly path: string;
  readonly at: number;
  readonly by: Change;
  readonly text: () => string;
}

const strangers = ['null', '-1', '""', '"x"', '[]', '{}', '[null]', '1e400', '{"__proto__":null}'];

/** Texts with another structure, or with one of `others` in the place of a value. */
export function* structureMutants(text: string, path = '', others = strangers): Generator<Mutant> {
  for (const place of within(placesOf(text, path))) {
    const { from, to, kind, children } = place;
    for (const other of others)
      if (text.slice(from, to) !== other)
        yield { path: place.path, at: place.at, by: 'retyped', text: replace(text, from, to, other) };
    if (kind === 'object' || kind === 'array') yield* childMutants(text, place);
    if (kind !== 'object') continue;
    for (const child of children) {
      const member = text.slice(child.at, child.to);
      const nothing = `${text.slice(child.at, child.from)}null`;
      const change = (by: Change, members: string): Mutant => ({
        path: child.path,
        at: child.at,
        by,
        text: replace(text, child.at, child.to, members),
      });
      yield change('shadowed', `${nothing},${member}`);
      yield change('overridden', `${member},${nothing}`);
    }
  }
}

function* childMutants(text: string, { kind, children }: Place): Generator<Mutant> {
  for (const [n, child] of children.entries()) {
    const { path, at, to } = child;
    const [before, next] = [children[n - 1], children[n + 1]];
    const [start, end] = next ? [at, next.at] : [before?.to ?? at, to];
    yield { path, at, by: 'removed', text: replace(text, start, end, '') };
    yield { path, at, by: 'doubled', text: replace(text, at, at, `${text.slice(at, to)},`) };
    if (kind === 'array') yield { path, at, by: 'added', text: replace(text, at, at, '"x",') };
    if (next === undefined) continue;
    const swap = (a: number, b: number): (() => string) =>
      replace(text, a, next.to, `${text.slice(b, next.to)}${text.slice(to, b)}${text.slice(a, to)}`);
    if (kind === 'array') {
      if (text.slice(at, to) !== text.slice(next.at, next.to))
        yield { path, at, by: 'swapped', text: swap(at, next.at) };
      continue;
    }
    yield { path, at, by: 'order', text: swap(at, next.at) };
    const exchanged = `${text.slice(next.from, next.to)}${text.slice(to, next.from)}${text.slice(child.from, to)}`;
    if (text.slice(child.from, to) !== text.slice(next.from, next.to))
      yield { path, at, by: 'swapped', text: replace(text, child.from, next.to, exchanged) };
  }
}

/** A mutant of single bytes: `text` is how a browser reads them. */
export type ByteMutant = Mutant & { readonly bytes: () => Bytes };

/** Texts with one bit of one byte flipped: of every byte the lowest, and one of the others in turn. What is no UTF-8 any more is read as a
 *  browser reads it. */
export function* jsonByteMutants(text: string, path = ''): Generator<ByteMutant> {
  const whole = placesOf(text, path);
  const bytes = utf8(text);
  // The position in the text of each byte: bytes that continue a character belong to it.
  let position = -1;
  for (const [at, byte] of bytes.entries()) {
    if ((byte & 0xc0) !== 0x80) position += byte >= 0xf0 ? 2 : 1;
    yield* flips(bytes, at, pathAt(whole, position), position);
  }
}

/** The same of bytes that are no JSON: all under one path. */
export function* byteMutants(bytes: Bytes, path: string): Generator<ByteMutant> {
  for (const at of bytes.keys()) yield* flips(bytes, at, path, at);
}

/** Bytes with one bit flipped, as in `jsonByteMutants`. */
export function* flipped(bytes: Bytes): Generator<() => Bytes> {
  for (const at of bytes.keys()) for (const bit of bitsAt(at)) yield () => flip(bytes, at, bit);
}

function* flips(bytes: Bytes, at: number, path: string, position: number): Generator<ByteMutant> {
  for (const bit of bitsAt(at)) {
    const changed = (): Bytes => flip(bytes, at, bit);
    yield { path, at: position, by: 'bytes', bytes: changed, text: () => asBrowsersRead(changed()) };
  }
}

function flip(bytes: Bytes, at: number, bit: number): Bytes {
  const changed = bytes.slice();
  changed[at] = (changed[at] ?? 0) ^ bit;
  return changed;
}

const bitsAt = (at: number): readonly number[] => [1, 2 << (at % 7)];

const lenient = new TextDecoder('utf-8', { ignoreBOM: true });
const asBrowsersRead = (bytes: Uint8Array): string => fromUtf8(bytes) ?? lenient.decode(bytes);

const replace =
  (text: string, from: number, to: number, by: string): (() => string) =>
  () =>
    `${text.slice(0, from)}${by}${text.slice(to)}`;

/** So many of them, each at most once. */
export function some<T>(all: readonly T[], count: number, random: () => number): T[] {
  const left = [...all];
  const taken: T[] = [];
  while (taken.length < count && left.length > 0) {
    const at = Math.floor(random() * left.length);
    taken.push(...left.splice(at, 1));
  }
  return taken;
}

/** So many of them: one of every kind of change that does not lie within a record, then of kinds by chance, so that a rare one is not lost among
 *  the many bytes. */
export function someOfEachKind(all: Iterable<Mutant>, count: number, random: () => number): Mutant[] {
  const kinds = new Map<string, Mutant[]>();
  for (const mutant of all) {
    const kind = `${mutant.by} ${mutant.path}`;
    const known = kinds.get(kind);
    if (known) known.push(mutant);
    else kinds.set(kind, [mutant]);
  }
  const rare = [...kinds].filter(([kind]) => !/\.(header|payload|signature|seal|cover|item)\b/.test(kind));
  const taken = rare.flatMap(([, mutants]) => some(mutants, 1, random)).slice(0, count);
  const groups = [...kinds.values()];
  while (taken.length < count) taken.push(...some(groups[Math.floor(random() * groups.length)] ?? [], 1, random));
  return taken;
}
