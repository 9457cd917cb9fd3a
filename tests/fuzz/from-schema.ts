/** Inputs out of a valibot schema: such as fit, such as nearly fit, and such as are meant to break. */
import * as fc from 'fast-check';
import type * as v from 'valibot';
import { isObject } from '../../shared/proof/shape.ts';
import { naughtyStrings } from '../fixtures/naughty.ts';

/** What is read of a schema or of an action in its pipe; which members there are depends on `type`. */
interface Node {
  readonly type: string;
  readonly pipe?: readonly Node[];
  readonly entries?: Readonly<Record<string, Node>>;
  readonly item?: Node;
  readonly items?: readonly Node[];
  readonly wrapped?: Node;
  readonly options?: readonly unknown[];
  readonly literal?: unknown;
  readonly value?: Node;
  readonly requirement?: unknown;
}

/** Values that are known to the server, by the name of the member they stand in. */
export type Known = Readonly<Record<string, readonly string[]>>;

/** Values that fit the schema but for its hand-written checks; now and then one that the server knows. */
export function fitting(schema: v.GenericSchema, known: Known): fc.Arbitrary<unknown> {
  // The members of every schema are public, but not in the type of all of them.
  return valuesOf(schema as unknown as Node, '', known);
}

/** Values with one or two places exchanged for something hostile, left out or added. */
export const nearlyFitting = (schema: v.GenericSchema, known: Known): fc.Arbitrary<unknown> =>
  fc
    .tuple(fitting(schema, known), fc.array(fc.tuple(fc.nat(), fc.nat(5), hostile), { minLength: 1, maxLength: 2 }))
    .map(([value, changes]) => changes.reduce<unknown>((changed, change) => changedAt(changed, ...change), value));

const nested = (depth: number, open: string, close: string): unknown =>
  JSON.parse(`${open.repeat(depth)}1${close.repeat(depth)}`);

/** What no schema expects. */
export const hostile: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...naughtyStrings) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '',
      '\0',
      'a\0b',
      '\ud800',
      'x\udfff',
      '\ufeff',
      '\u202e',
      '%00',
      '../../etc/passwd',
      '9'.repeat(400),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom<unknown>(
      -1,
      0.1,
      1e308,
      -1e308,
      2 ** 31,
      2 ** 53,
      2 ** 63,
      5e-324,
      -0,
      null,
      true,
      false,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      [],
      {},
      [[]],
      nested(40, '[', ']'),
      nested(3000, '[', ']'),
      nested(40, '{"a":', '}'),
      JSON.parse('{"__proto__":{"polluted":true}}'),
      JSON.parse('{"constructor":{"prototype":{"polluted":true}}}'),
      { toString: 1, valueOf: null, length: -1, hasOwnProperty: 0 },
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

function valuesOf(node: Node, name: string, known: Known): fc.Arbitrary<unknown> {
  const within = (inner: Node | undefined) => (inner === undefined ? fc.jsonValue() : valuesOf(inner, name, known));
  switch (node.type) {
    case 'string':
      return stringOf(node, known[name] ?? []);
    case 'number':
      return numberOf(node);
    case 'boolean':
      return fc.boolean();
    case 'literal':
      return fc.constant(node.literal);
    case 'picklist':
      return fc.constantFrom(...(node.options ?? []));
    case 'nullable':
      return fc.option(within(node.wrapped), { nil: null });
    case 'optional':
      return fc.option(within(node.wrapped), { nil: undefined, freq: 2 });
    case 'array': {
      const [least, most] = [limitOf(node, 'min_length') ?? 0, limitOf(node, 'max_length') ?? 4];
      return fc.array(within(node.item), { minLength: least, maxLength: Math.max(least, Math.min(4, most)) });
    }
    case 'tuple':
      return fc.tuple(...(node.items ?? []).map((each) => valuesOf(each, name, known)));
    case 'record':
      return fc.dictionary(fc.string({ maxLength: 10 }), within(node.value), { maxKeys: 3 });
    case 'union':
    case 'variant':
      return fc.oneof(...(node.options ?? []).map((each) => valuesOf(each as Node, name, known)));
    case 'object':
    case 'strict_object':
    case 'loose_object':
      return fc
        .record(
          Object.fromEntries(
            Object.entries(node.entries ?? {}).map(([key, each]) => [key, valuesOf(each, key, known)]),
          ),
        )
        .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)));
    case 'unknown':
      return fc.jsonValue({ maxDepth: 2 });
    default:
      throw new Error(`no arbitrary for ${node.type}`);
  }
}

function stringOf(node: Node, known: readonly string[]): fc.Arbitrary<unknown> {
  const [least, most] = [limitOf(node, 'min_length') ?? 0, limitOf(node, 'max_length') ?? 80];
  const pattern = node.pipe?.find(({ type }) => type === 'regex')?.requirement;
  const isNumber = node.pipe?.some(({ type }) => type === 'to_number') === true;
  const free = isNumber
    ? fc.integer({ min: 0, max: 120 }).map(String)
    : node.pipe?.some(({ type }) => type === 'base64') === true
      ? fc.base64String({ maxLength: 80 })
      : pattern instanceof RegExp && !/\(\?[=!<]/.test(pattern.source)
        ? fc.stringMatching(pattern, { size: 'small' })
        : fc.string({
            unit: 'grapheme',
            minLength: Math.min(least, 80),
            maxLength: Math.max(least, Math.min(most, 60)),
          });
  return known.length === 0 ? free : fc.oneof(free, { weight: 3, arbitrary: fc.constantFrom(...known) });
}

function numberOf(node: Node): fc.Arbitrary<unknown> {
  const [min, max] = [limitOf(node, 'min_value') ?? -10, limitOf(node, 'max_value') ?? 2_000_000_000];
  const whole = fc.oneof(
    fc.integer({ min: Math.ceil(min), max: Math.floor(max) }),
    fc.integer({ min: Math.ceil(min), max: Math.min(Math.floor(max), Math.ceil(min) + 20) }),
  );
  if (node.pipe?.some(({ type }) => type === 'integer') === true) return whole;
  return fc.oneof({ weight: 4, arbitrary: whole }, fc.double({ min, max, noNaN: true }));
}

function limitOf(node: Node, type: string): number | undefined {
  const requirement = node.pipe?.find((each) => each.type === type)?.requirement;
  return typeof requirement === 'number' ? requirement : undefined;
}

/** One place of the value exchanged (0 to 3), left out (4) or with a member more (5). */
function changedAt(value: unknown, at: number, how: number, thing: unknown): unknown {
  const places = placesOf(value);
  const place = places[at % places.length] ?? [];
  return rewritten(value, place, (old, holder) => {
    if (how === 4) return undefined;
    if (how === 5 && isObject(old)) return { ...old, [typeof thing === 'string' ? thing : 'surplus']: thing };
    if (how === 5 && Array.isArray(old)) return [...old, ...old, thing];
    return holder === null && how > 3 ? old : thing;
  });
}

type Place = readonly (string | number)[];

/** Not deeper than anything that a schema has. */
const deepest = 8;

function placesOf(value: unknown, place: Place = []): Place[] {
  if (place.length > deepest) return [place];
  const inner = Array.isArray(value)
    ? value.flatMap((each, n) => placesOf(each, [...place, n]))
    : isObject(value)
      ? Object.entries(value).flatMap(([name, each]) => placesOf(each, [...place, name]))
      : [];
  return [place, ...inner];
}

function rewritten(
  value: unknown,
  [first, ...rest]: Place,
  change: (old: unknown, holder: unknown) => unknown,
  holder: unknown = null,
): unknown {
  if (first === undefined) return change(value, holder);
  if (Array.isArray(value))
    return value.flatMap((each, n) => {
      const made = n === first ? rewritten(each, rest, change, value) : each;
      return made === undefined ? [] : [made];
    });
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, each]): [string, unknown] => [
    name,
    name === first ? rewritten(each, rest, change, value) : each,
  ]);
  return Object.fromEntries(entries.filter(([, each]) => each !== undefined));
}
