// The kinds of records and the shapes of their payloads (verification.md 2, 3, 4, 5, 7).
import {
  array,
  type Checked,
  type Guard,
  integer,
  isAnything,
  isHash,
  isId,
  isRoot,
  isString,
  isTime,
  isZone,
  matching,
  object,
  oneOf,
  text,
} from './shape.ts';
import { isJwk } from './signature.ts';

/** Roles that hold log keys. */
export const isLogRole = oneOf('organiser', 'leader', 'reviewer');
export type LogRole = Checked<typeof isLogRole>;

/** Why a key ends or follows another: lost, rotated, or another person. */
export const isKeyReason = oneOf('lost', 'rotation', 'leader');
/** Grounds for withholding (section 5), a closed list. */
export const isGround = oneOf('state-secret', 'trade-secret', 'privacy');

/** ISO week as the wire writes it; whether the year has it is for `parseWeek`. */
export const isWeek = matching(/^\d{4}-W\d\d$/);
/** Draw id: `d-` and the week in lower case, re-runs `-r2` to `-r9`. */
export const isDrawId = matching(/^d-\d{4}-w\d\d(-r[2-9])?$/);

const signed = { iss: isId, iat: isTime };

/** Enrols a key; `pop` is absent in leaf 0 only. */
export const isKeyAdd = object(
  { ...signed, op: oneOf('add'), sub: isId, role: isLogRole, jwk: isJwk },
  { pop: isString, old: isHash, why: isKeyReason },
);
export type KeyAdd = Checked<typeof isKeyAdd>;

/** Ends a key. */
export const isKeyRevoke = object({ ...signed, op: oneOf('revoke'), sub: isId, kid: isHash, why: isKeyReason });
export type KeyRevoke = Checked<typeof isKeyRevoke>;

/** Proof of possession inside `KeyAdd`; `aud` is the log's origin. */
export const isPop = object({ ...signed, aud: isString });
export type Pop = Checked<typeof isPop>;

export const isSourceKind = oneOf('lottery', 'stage', 'drand', 'nonces');

/** Standing rule of a season (7.1). */
export const isRule = object({
  ...signed,
  roll: array(object({ unit: isId, stratum: isId }), 1),
  strata: array(object({ id: isId, seats: integer() }), 1),
  window: integer(),
  min_acks: integer(),
  close: integer(0, 10_080),
  zone: isZone,
  sources: array(object({ kind: isSourceKind, name: isString }), 1),
});
export type Rule = Checked<typeof isRule>;

/** What the log learns of a sealed week (section 4). */
export const isSeal = object({
  ...signed,
  _sd: array(isHash, 1, 1),
  _sd_alg: oneOf('sha-256'),
  nc: isHash,
  rev: integer(1),
  week: isWeek,
});
export type Seal = Checked<typeof isSeal>;

/** Ground and provision of a withheld item. */
const reason = { ground: isGround, basis: text() };
export const isHoldReason = object(reason);

export type HoldReason = Checked<typeof isHoldReason>;

/** Withholds an item after sealing (section 5). */
export const isHold = object({
  ...signed,
  seal: isHash,
  item: integer(0, 499),
  ...reason,
});
export type Hold = Checked<typeof isHold>;

/** One source of a list: `issue` and `not_before` stand in all but nonces. */
export const isSource = object({ kind: isSourceKind, name: isString }, { issue: isString, not_before: isTime });
export type Source = Checked<typeof isSource>;

/** Candidate list of one draw (7.2). */
export const isList = object({
  ...signed,
  draw: isDrawId,
  week: isWeek,
  rule: integer(),
  list: array(object({ i: integer(), seal: isHash, unit: isId })),
  absent: array(object({ unit: isId, why: oneOf('none', 'leave', 'exempt') })),
  rest: array(object({ unit: isId, last: isWeek })),
  sources: array(isSource, 1),
});
export type List = Checked<typeof isList>;

/** Opens the nonce commitment of a listed seal (7.3). */
export const isNonce = object({ ...signed, draw: isString, nonce: isHash });
export type Nonce = Checked<typeof isNonce>;

const head = { size: integer(), root: isRoot };

/** "I saw this head at this time" (7.4). */
export const isAck = object({ ...signed, ...head });
export type Ack = Checked<typeof isAck>;

/** Integers in any order, or a text in which the order matters. */
export type Value = readonly number[] | string;
const isNumbers = array(integer(Number.MIN_SAFE_INTEGER), 1);
const isWord = matching(/^[0-9A-Za-z-]+$/);
const isValue: Guard<Value> = (value): value is Value => isNumbers(value) || isWord(value);

export const isDrawn = array(object({ stratum: isId, unit: isId }));
export type Drawn = Checked<typeof isDrawn>;

const drawing = {
  ...signed,
  draw: isString,
  list: integer(),
  lock: object(head),
  nonces: array(isId),
  values: array(object({ kind: isSourceKind, name: isString, issue: isString, value: isValue }, { sig: isString })),
};
/** A draw record, whatever it says of the result: that is compared after all the rest. */
export const isDrawing = object(drawing, { drawn: isAnything });
export type Drawing = Checked<typeof isDrawing>;
/** Values and result of one draw (7.5). */
export const isDraw = object({ ...drawing, drawn: isDrawn });
export type Draw = Checked<typeof isDraw>;

/** Says why a draw does not count. */
export const isVoid = object({ ...signed, draw: isString, list: integer(), void: text() });
export type Void = Checked<typeof isVoid>;

/** A void record has neither lock nor nonces, values and result. */
export const isBareVoid = (payload: Readonly<Record<string, unknown>>): boolean =>
  [payload.lock, payload.nonces, payload.values, payload.drawn].every((part) => part === undefined) && isVoid(payload);

/** Kinds of records that are leaves, and who may sign them. */
export const leafRoles: ReadonlyMap<string, readonly LogRole[]> = new Map([
  ['wd-key+jwt', ['organiser']],
  ['wd-rule+jwt', ['organiser']],
  ['wd-seal+sd-jwt', ['leader']],
  ['wd-hold+jwt', ['leader', 'reviewer']],
  ['wd-list+jwt', ['organiser']],
  ['wd-nonce+jwt', ['leader']],
  ['wd-draw+jwt', ['organiser']],
]);

/** Payload of each kind of record. */
export type Payloads = {
  'wd-key+jwt': KeyAdd | KeyRevoke;
  'wd-rule+jwt': Rule;
  'wd-seal+sd-jwt': Seal;
  'wd-hold+jwt': Hold;
  'wd-list+jwt': List;
  'wd-nonce+jwt': Nonce;
  'wd-draw+jwt': Draw | Void;
  'wd-ack+jwt': Ack;
  'wd-pop+jwt': Pop;
};
export type RecordKind = keyof Payloads;
