/** The closed list of refusals that cross the wire, as RFC 9457 problem details with an UPPER_SNAKE `code`. */
import * as v from 'valibot';

/** Every code with its HTTP status. Unknown and forbidden things are the same 404 (design.md 5). */
export const refusalStatus = {
  MALFORMED: 400,
  FIELD_INVALID: 400,
  TOKEN_MISSING: 401,
  TOKEN_EXPIRED: 401,
  DEVICE_REVOKED: 401,
  DEVICE_PENDING: 401,
  ASSERTION_INVALID: 401,
  RECEIPT_INVALID: 401,
  SIGN_IN_NEEDED: 401,
  SIGN_IN_INVALID: 401,
  NOT_AUTHOR: 403,
  NOT_ALLOWED: 403,
  ORIGIN_REFUSED: 403,
  NOT_FOUND: 404,
  EPOCH_CHANGED: 409,
  SEAL_STALE: 409,
  WEEK_SEALED: 409,
  WEEK_FROZEN: 409,
  NOT_SEALED: 409,
  VERSION_STALE: 409,
  MOVE_NOT_ALLOWED: 409,
  OUT_OF_ORDER: 409,
  ALREADY_DONE: 409,
  LOG_ABSENT: 409,
  RECORD_REFUSED: 422,
  SCHEMA_TOO_OLD: 422,
  INVITATION_INVALID: 404,
  GONE: 410,
  BATCH_TOO_BIG: 413,
  TOO_LARGE: 413,
  ENCODING_REFUSED: 415,
  IDEMPOTENCY_REUSED: 422,
  RATE_LIMITED: 429,
  INTERNAL: 500,
  UNAVAILABLE: 503,
} as const;

export type RefusalCode = keyof typeof refusalStatus;

/** Values that explain a refusal to a program; never a sentence. */
export type Facts = Readonly<Record<string, unknown>>;

/** What an acting function throws when it will not act: a code of the closed list, with facts and cause kept. */
export class Refusal extends Error {
  readonly code: RefusalCode;
  readonly field: string | undefined;
  readonly facts: Facts;

  constructor(code: RefusalCode, options: { field?: string; facts?: Facts; cause?: unknown } = {}) {
    super(code, { cause: options.cause });
    this.name = 'Refusal';
    this.code = code;
    this.field = options.field;
    this.facts = options.facts ?? {};
  }

  get status(): number {
    return refusalStatus[this.code];
  }
}

/** The codes as a list, for schemas. */
export const codes = Object.keys(refusalStatus) as [RefusalCode, ...RefusalCode[]];

/** The body of every refusal (RFC 9457, `application/problem+json`). Facts stand under `facts`. */
export const Problem = v.object({
  type: v.string(),
  title: v.string(),
  status: v.number(),
  code: v.picklist(codes),
  /** `urn:sundial:request:` and the id of the request, where the operator has a report of it. */
  instance: v.optional(v.string()),
  field: v.optional(v.string()),
  facts: v.optional(v.record(v.string(), v.unknown())),
});
export type Problem = v.InferOutput<typeof Problem>;
