/** Small schemas that every message is made of. Formats are those of verification.md 1 and 4. */
import * as v from 'valibot';
import { textFromB64u } from '../base/bytes.ts';
import { logRoles, roles } from '../organisation/role.ts';

/** A whole number in an address, as every column holds it. */
export const Whole = v.pipe(v.string(), v.regex(/^-?\d{1,15}$/), v.toNumber());

/** Id of a unit, actor, term, thread: lower case, digits and hyphens, 1 to 32. */
export const Id = v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,32}$/));
/** ULID in lower case: ids made by a client. */
export const Ulid = v.pipe(v.string(), v.regex(/^[0-7][0-9a-hjkmnp-tv-z]{25}$/));
/** Draw id: `d-2026-w47`, re-runs `-r2` to `-r9`. */
export const DrawId = v.pipe(v.string(), v.regex(/^d-\d{4}-w\d{2}(-r[2-9])?$/));
/** Stands in place of the draw of a diary that was brought in from older records: `i-<source>-2018-w31`. */
export const ImportedId = v.pipe(v.string(), v.regex(/^i-[a-z0-9-]{1,16}-\d{4}-w\d{2}$/));
/** What a published diary is found by, beside its unit. */
export const DiaryId = v.union([DrawId, ImportedId]);
/** ISO week `2026-W47`. */
export const Week = v.pipe(v.string(), v.regex(/^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/));
/** Civil date `2026-11-16`. */
export const Day = v.pipe(v.string(), v.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/));
/** Civil minute `2026-11-16T08:30`. */
export const Minute = v.pipe(
  v.string(),
  v.regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/),
);
/** Unix seconds. */
export const Seconds = v.pipe(v.number(), v.integer(), v.minValue(0));
/** base64url of 32 bytes: hashes, thumbprints, nonces. */
export const Hash = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_-]{43}$/));
/** Padded base64 of 32 bytes: roots and proof hashes of the log. */
export const Root = v.pipe(v.string(), v.regex(/^[A-Za-z0-9+/]{43}=$/));
/** Compact JWS, at most 60,000 bytes (verification.md 2), without U+0000, which no column holds. */
export const Jws = v.pipe(
  v.string(),
  v.maxLength(60_000),
  v.regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/),
  v.check((jws) => !jws.split('.', 2).some((part) => escapedNul.test(textFromB64u(part) ?? '')), 'CONTROL_CHARACTER'),
);
/** As JSON writes it: after an even number of backslashes. */
const escapedNul = /(?<!\\)(?:\\\\)*\\u0000/;
/** Public P-256 key. */
export const Jwk = v.strictObject({
  crv: v.literal('P-256'),
  kty: v.literal('EC'),
  x: Hash,
  y: Hash,
});
export type Jwk = v.InferOutput<typeof Jwk>;

/** Text as it was typed: well-formed Unicode, no control characters but line feed and tab, 1 to `max` code points. */
export const prose = (max: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(max * 2),
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
    v.check((text) => text.isWellFormed() && !/[\u0000-\u0008\u000b-\u001f\u007f]/.test(text), 'CONTROL_CHARACTER'),
    v.check((text) => [...text].length <= max, 'TOO_LONG'),
  );

/** What a reader typed, at most `max` code points: everything but U+0000 and lone surrogates, which no column holds. It is shown verbatim. */
export const ReaderText = (max: number) =>
  v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(max * 2),
    v.check((text) => text.isWellFormed() && !text.includes('\0'), 'CONTROL_CHARACTER'),
    v.check((text) => [...text].length <= max, 'TOO_LONG'),
  );

/** Index of an item of a diary's cover. */
export const Item = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(499));

export const RoleName = v.picklist(roles);
export const LogRoleName = v.picklist(logRoles);
export const Ground = v.picklist(['state-secret', 'trade-secret', 'privacy']);
export type Ground = v.InferOutput<typeof Ground>;

/** A ground as it is stored; null for anything else. */
export const groundNamed = (name: unknown): Ground | null => (v.is(Ground, name) ? name : null);

const orNull = v.nullable(v.string());

/** What the cover of a seal says of an item, as rows show it. */
export const itemSpan = { kind: v.string(), day: orNull, start: orNull, end: orNull, category: orNull, mode: orNull };

/** One role that a person holds; `unit` is null for roles outside every unit. */
export const GrantRow = v.object({ role: RoleName, unit: v.nullable(Id), actor: Id });

/** What a cursor page is asked with: `next` of the page before, nothing for the first. */
export const PageQuery = v.object({ after: v.optional(v.pipe(v.string(), v.maxLength(80))) });

/** A cursor page: `next` is null at the end. */
export const pageOf = <S extends v.GenericSchema>(row: S) =>
  v.object({ rows: v.array(row), next: v.nullable(v.string()) });
