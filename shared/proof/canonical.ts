// Deterministic JSON for what is signed or hashed: RFC 8785 (JCS), in the profile of verification.md 1.
import { isWellFormed } from '../base/text.ts';

/** A value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** The canonical text of a value. Throws `TypeError` for a lone surrogate or a number that is no safe integer, so that no
 *  producer can sign what another reader would spell differently. */
export function canonical(value: unknown): string {
  return serialise(value, Number.isSafeInteger);
}

/** RFC 8785 without the profile: any finite number. Only for the published test data and for reading what others wrote. */
export function jcs(value: unknown): string {
  return serialise(value, Number.isFinite);
}

function serialise(value: unknown, allowed: (number: number) => boolean): string {
  if (Array.isArray(value)) return `[${value.map((part) => serialise(part, allowed)).join()}]`;
  if (typeof value === 'object' && value !== null) {
    // The default order of `sort` is by UTF-16 code units, as RFC 8785 3.2.3 wants.
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    const sorted = members.sort(([a], [b]) => (a < b ? -1 : 1));
    return `{${sorted.map(([name, member]) => `${serialise(name, allowed)}:${serialise(member, allowed)}`).join()}}`;
  }
  const fits =
    value === null ||
    typeof value === 'boolean' ||
    (typeof value === 'number' && allowed(value)) ||
    (typeof value === 'string' && isWellFormed(value));
  if (!fits) throw new TypeError('not canonical: a lone surrogate, a fraction or no JSON');
  return JSON.stringify(value);
}
