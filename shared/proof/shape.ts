// Shapes of parsed JSON as data: small guards that compose. Members that a shape does not list are ignored (verification.md 4).
import { codePointLength, isWellFormed } from '../base/text.ts';

/** Says whether a value has the shape. */
export type Guard<T> = (value: unknown) => value is T;

/** The type behind a guard. */
export type Checked<G> = G extends Guard<infer T> ? T : never;

type Guards<T> = { readonly [K in keyof T]: Guard<T[K]> };

/** An object that is no array. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An object with these members; those of `more` may be absent. */
export function object<T, O = unknown>(members: Guards<T>, more?: Guards<O>): Guard<T & Partial<O>> {
  const needed = Object.entries<Guard<unknown>>(members);
  const allowed = Object.entries<Guard<unknown>>(more ?? {});
  return (value): value is T & Partial<O> =>
    isObject(value) &&
    needed.every(([name, guard]) => guard(value[name])) &&
    allowed.every(([name, guard]) => value[name] === undefined || guard(value[name]));
}

/** An array of `min` to `max` such values. */
export const array =
  <T>(guard: Guard<T>, min = 0, max = Number.MAX_SAFE_INTEGER): Guard<readonly T[]> =>
  (value): value is readonly T[] =>
    Array.isArray(value) && value.length >= min && value.length <= max && value.every(guard);

/** A safe integer from `min` to `max`. */
export const integer =
  (min = 0, max = Number.MAX_SAFE_INTEGER): Guard<number> =>
  (value): value is number =>
    Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max;

/** A well-formed text of 1 to `max` code points. */
export const text =
  (max = Number.MAX_SAFE_INTEGER): Guard<string> =>
  (value): value is string =>
    isString(value) && value !== '' && isWellFormed(value) && codePointLength(value) <= max;

/** A text that the pattern describes. */
export const matching =
  (pattern: RegExp): Guard<string> =>
  (value): value is string =>
    isString(value) && pattern.test(value);

/** One of these texts. */
export const oneOf =
  <const T extends string>(...values: readonly T[]): Guard<T> =>
  (value): value is T =>
    values.some((one) => one === value);

/** Any value. */
export const isAnything: Guard<unknown> = (_value): _value is unknown => true;

/** Any text. */
export const isString: Guard<string> = (value): value is string => typeof value === 'string';

/** Id of section 1. */
export const isId = matching(/^[a-z0-9-]{1,32}$/);
/** base64url of 32 bytes: digests, seal hashes, kids, nonces. */
export const isHash = matching(/^[\w-]{43}$/);
/** base64 of 32 bytes: roots. */
export const isRoot = matching(/^[A-Za-z0-9+/]{43}=$/);
/** Unix seconds. */
export const isTime = integer();
/** An IANA zone name, not looked up. */
export const isZone = matching(/^(?=.{1,64}$)[A-Za-z][\w+-]*(\/[\w+-]+)*$/);
