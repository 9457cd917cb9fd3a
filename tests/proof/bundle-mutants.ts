/** Mutants of a published bundle: of its text, and of what it carries encoded (records, disclosures, hashes, the note), encoded again. */
import { type Bytes, b64, b64u, fromB64, fromB64u, fromUtf8, hex, utf8 } from '../../shared/base/bytes.ts';
import { type Place, placesOf, within } from './json-places.ts';
import { byteMutants, flipped, jsonByteMutants, type Mutant, structureMutants } from './mutate.ts';

/** Every byte of the text flipped. */
export const bytesOfBundle = (text: string): Generator<Mutant> => jsonByteMutants(text);

/** Members and elements of the text, and all of what is encoded in it. What may be left out depends on the kind of record, so a whole leaf is
 *  named by its kind: `leaves.*(wd-seal+sd-jwt)`. */
export function* partsOfBundle(text: string): Generator<Mutant> {
  const whole = placesOf(text, '');
  const leaves = whole.children.find(({ path }) => path === 'leaves')?.children ?? [];
  const kinds = new Map(leaves.map((leaf) => [leaf.at, kindOf(text, leaf)]));
  for (const mutant of structureMutants(text)) {
    const kind = mutant.path === 'leaves.*' ? kinds.get(mutant.at) : undefined;
    yield kind === undefined ? mutant : { ...mutant, path: `leaves.*(${kind})` };
  }
  for (const { kind, path, at, from, to } of within(whole)) {
    if (kind !== 'string') continue;
    for (const inner of encodedMutants(path, String(JSON.parse(text.slice(from, to)))))
      yield { ...inner, at, text: () => `${text.slice(0, from)}${JSON.stringify(inner.text())}${text.slice(to)}` };
  }
}

/** Mutants of a record's payload as JSON, and of the proof of possession in it. */
export function* payloadMutants(json: string, path: string): Generator<Mutant> {
  yield* structureMutants(json, path);
  yield* jsonByteMutants(json, path);
  for (const place of within(placesOf(json, path))) {
    if (!place.path.endsWith('.pop')) continue;
    const pop = json.slice(place.from + 1, place.to - 1);
    for (const inner of recordMutants(pop, place.path))
      yield { ...inner, at: place.at, text: () => json.replace(pop, () => inner.text()) };
  }
}

function* encodedMutants(path: string, value: string): Generator<Mutant> {
  if (path === 'leaves.*.jws' || path === 'lock.acks.*') yield* recordMutants(value, path);
  else if (path === 'checkpoint') yield* noteMutants(value, path);
  else if (path === 'diary') yield* diaryMutants(value);
  else if (/(root|path\.\*|consistency\.\*)$/.test(path)) yield* hashMutants(value, path);
}

// Header and payload as JSON, the signature as bytes.
function* recordMutants(jws: string, path: string): Generator<Mutant> {
  const [header = '', payload = '', signature = ''] = jws.split('.');
  const inner = payloadMutants(decoded(payload), `${path}.payload`);
  for (const mutant of inner) yield { ...mutant, text: () => `${header}.${encoded(mutant.text())}.${signature}` };
  const head = decoded(header);
  for (const mutants of [structureMutants, jsonByteMutants])
    for (const mutant of mutants(head, `${path}.header`))
      yield { ...mutant, text: () => `${encoded(mutant.text())}.${payload}.${signature}` };
  for (const bytes of flipped(fromB64u(signature) ?? utf8('')))
    yield {
      path: `${path}.signature`,
      at: 0,
      by: 'bytes',
      text: () => `${header}.${payload}.${b64u(bytes())}`,
    };
}

// Seal and disclosures: as elements of a list, and each one taken apart.
function* diaryMutants(diary: string): Generator<Mutant> {
  const parts = diary.split('~');
  const whole = JSON.stringify(parts);
  for (const mutant of structureMutants(whole, 'diary')) {
    const text = (): string => {
      const made: unknown = JSON.parse(mutant.text());
      return Array.isArray(made) ? made.map(String).join('~') : '';
    };
    if (mutant.path !== 'diary' && mutant.by !== 'retyped') yield { ...mutant, text };
  }
  for (const [n, part] of parts.entries()) {
    const put = (text: string): string => parts.with(n, text).join('~');
    if (n === 0) {
      for (const mutant of recordMutants(part, 'diary.seal')) yield { ...mutant, text: () => put(mutant.text()) };
      continue;
    }
    const json = decoded(part);
    const path = n === 1 ? 'diary.cover' : 'diary.item';
    const stray = encoded(json.replace(/^\["../, '["AA'));
    if (json !== '') yield { path: 'diary.*', at: 0, by: 'added', text: () => put(`${part}~${stray}`) };
    for (const mutants of [structureMutants, jsonByteMutants])
      for (const mutant of json === '' ? [] : mutants(json, path))
        yield { ...mutant, text: () => put(encoded(mutant.text())) };
  }
}

// Lines of the note removed, doubled and swapped, the bytes of each, and those behind a signature's base64. A signature's line is named by
// its key id, for only one of a pinned key counts.
function* noteMutants(note: string, path: string): Generator<Mutant> {
  const lines = note.split('\n');
  for (const mutant of structureMutants(JSON.stringify(lines), path)) {
    const made: unknown = JSON.parse(mutant.text());
    if (mutant.path !== path && mutant.by !== 'retyped' && Array.isArray(made))
      yield { ...mutant, text: () => made.join('\n') };
  }
  for (const [n, line] of lines.entries()) {
    const put = (text: string): string => lines.with(n, text).join('\n');
    const [dash, name, base = ''] = line.split(' ');
    const signature = (dash === '—' && fromB64(base)) || null;
    const own = signature ? `${path}.line.${hex(signature.slice(0, 4))}` : `${path}.body`;
    for (const mutant of byteMutants(utf8(line), own)) yield { ...mutant, text: () => put(mutant.text()) };
    for (const bytes of signature ? flipped(signature) : [])
      yield { path: `${own}.signature`, at: 0, by: 'bytes', text: () => put([dash, name, b64(bytes())].join(' ')) };
  }
}

function* hashMutants(hash: string, path: string): Generator<Mutant> {
  for (const bytes of flipped(fromB64(hash) ?? utf8('')))
    yield { path: `${path}.bytes`, at: 0, by: 'bytes', text: () => b64(bytes()) };
}

function kindOf(text: string, { from, to }: Place): string {
  const { jws }: { readonly jws: string } = JSON.parse(text.slice(from, to));
  const { typ }: { readonly typ: string } = JSON.parse(decoded(jws.split('.')[0] ?? ''));
  return typ;
}

const decoded = (text: string): string => fromUtf8(fromB64u(text) ?? utf8('')) ?? '';
const encoded = (text: string): string => b64u(utf8(text) satisfies Bytes);
