/** Requests to an endpoint, out of its declaration: what it asks for, nearly that, and bytes that are nothing at all. */
import * as fc from 'fast-check';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { utf8 } from '../../shared/base/bytes.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { png } from '../images/pictures.ts';
import { fitting, hostile, type Known, nearlyFitting } from './from-schema.ts';

export interface Wire {
  readonly path: string;
  readonly method: Endpoint['method'];
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array<ArrayBuffer>;
}

/** Who asks: header values of `Authorization`; those with the right to ask come first. */
export type Askers = (declared: Endpoint) => readonly string[];

/** Requests to an endpoint. */
export function requestsOf(declared: Endpoint, known: Known, askers: Askers): fc.Arbitrary<Wire> {
  const names = [...declared.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const params = fc.record(Object.fromEntries(names.map((name) => [name, segment(known[name] ?? [])])));
  const query = declared.query === undefined ? fc.constant({}) : mixed(declared.query, known);
  const [right = '', ...others] = askers(declared);
  const asker = fc.oneof({ weight: 6, arbitrary: fc.constant(right) }, fc.constantFrom(right, ...others));
  const body = declared.method === 'GET' ? fc.constant(undefined) : bodyOf(declared, known);
  const key = fc.oneof(
    { weight: 4, arbitrary: fc.stringMatching(/^[\w-]{22}$/) },
    fc.constantFrom('short', 'k'.repeat(22), 'k'.repeat(65)),
  );
  const known304 = fc.option(fc.constantFrom('*', '"x"', 'W/"', ','.repeat(500)), { freq: 10, nil: undefined });
  return fc
    .record({ params, query, asker, body, key, type: contentType, known304 })
    .map(({ params, query, asker, body, key, type, known304 }) => ({
      method: declared.method,
      path: declared.path.replace(/\{(\w+)\}/g, (_, name: string) => params[name] ?? 'x') + searchOf(query),
      headers: {
        origin: 'https://portal.example',
        'content-type': type,
        'idempotency-key': key,
        ...(asker === '' ? {} : { authorization: asker }),
        ...(known304 === undefined ? {} : { 'if-none-match': known304 }),
      },
      ...(body === undefined ? {} : { body }),
    }));
}

const contentType = fc.oneof(
  { weight: 30, arbitrary: fc.constant('application/json') },
  fc.constantFrom(
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/json; charset=gbk',
    '',
  ),
);

const mixed = (schema: Parameters<typeof fitting>[0], known: Known) =>
  fc.oneof(fitting(schema, known), nearlyFitting(schema, known));

/** A parameter of a path. Left as it is where it is no text that has a form in a URL. */
const segment = (known: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: known.length === 0 ? 0 : 5, arbitrary: fc.constantFrom(...known, 'x') },
    fc.constantFrom(
      'x',
      '%00',
      '%ff',
      '%',
      '..%2f..',
      '%F0%9F%98%80',
      'a'.repeat(300),
      '__proto__',
      'constructor',
      '-1',
      '1e9',
    ),
    hostile
      .filter((each) => typeof each === 'string' && each.isWellFormed() && each !== '')
      .map((each) => encodeURIComponent(String(each))),
  );

function searchOf(query: unknown): string {
  if (!isObject(query)) return '';
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const each of Array.isArray(value) ? value.slice(0, 3) : [value])
      search.append(name, isObject(each) ? '[object]' : String(each).slice(0, 2000));
  const text = search.toString().slice(0, 4000);
  return text === '' ? '' : `?${text}`;
}

function bodyOf(declared: Endpoint, known: Known): fc.Arbitrary<Uint8Array<ArrayBuffer> | undefined> {
  const noise = fc.uint8Array({ maxLength: 200 }).map((bytes) => new Uint8Array(bytes));
  if (declared.body === undefined)
    return declared.method === 'PUT' ? fc.oneof(noise, fc.constant(png)) : fc.option(noise, { nil: undefined });
  const json = (value: unknown) => utf8(JSON.stringify(value) ?? 'null');
  return fc.oneof(
    { weight: 4, arbitrary: fitting(declared.body, known).map(json) },
    { weight: 6, arbitrary: nearlyFitting(declared.body, known).map(json) },
    { weight: 1, arbitrary: hostile.map(json) },
    { weight: 1, arbitrary: noise },
    {
      weight: 1,
      arbitrary: fc.tuple(fitting(declared.body, known), fc.nat()).map(([value, at]) => cut(json(value), at)),
    },
    {
      weight: 1,
      arbitrary: fc
        .constantFrom('1e999', '{"a":1e999}', '[', '"\\ud800"', '{"__proto__":1,"__proto__":2}', '\ufeff{}')
        .map(utf8),
    },
  );
}

const cut = (bytes: Uint8Array<ArrayBuffer>, at: number) => bytes.slice(0, at % (bytes.length + 1));
