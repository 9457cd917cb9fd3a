// Keys of the log and who may sign what at which position (verification.md 3): position decides, never a time in a record.
import type { Bytes } from '../base/bytes.ts';
import { sha256 } from '../base/digest.ts';
import { must } from './failure.ts';
import { isKeyAdd, isKeyRevoke, isPop, type KeyAdd, type LogRole, leafRoles } from './records.ts';
import { isId, isTime } from './shape.ts';
import { type Jws, jwsVerifies, openJws, thumbprint } from './signature.ts';

/** A leaf taken apart; its header and signature are checked by `admitRecord`. `text` is the leaf itself. */
export type LogRecord = Jws & {
  readonly index: number;
  readonly text: string;
  readonly iss: string;
  readonly iat: number;
};

/** A key as its `add` record at index `from` enrolled it. */
export type EnrolledKey = Pick<KeyAdd, 'sub' | 'role' | 'jwk' | 'old' | 'why' | 'pop'> & {
  readonly kid: string;
  readonly from: number;
};

/** What the records read so far say about keys: enrolled by kid, and the first index at which a kid was ended. `open` takes
 *  apart what is signed by them but no leaf. */
export type Keys = {
  readonly added: Map<string, EnrolledKey>;
  readonly ended: Map<string, number>;
  readonly open: (jws: string) => Jws | null;
};

/** The kind of record that says something of keys. */
export const keyRecord = 'wd-key+jwt';

/** No keys yet: before leaf 0. */
export const noKeys = (open: Keys['open'] = openJws): Keys => ({ added: new Map(), ended: new Map(), open });

/** The leaf as a record, or null when it is none of a known kind, or has no `iss` and `iat`. */
export function readRecord(index: number, text: string, open: Keys['open'] = openJws): LogRecord | null {
  const jws = open(text);
  if (jws === null || !leafRoles.has(jws.typ)) return null;
  const { iss, iat } = jws.payload;
  return isId(iss) && isTime(iat) ? { ...jws, index, text, iss, iat } : null;
}

/** Hash of a record as a leaf of the tree (`leafHash` of its text). */
export function hashOfLeaf({ leaf, kept }: Jws): Promise<Bytes> {
  kept.leafHash ??= sha256(leaf);
  return kept.leafHash;
}

/** The key `kid` of actor `iss`, if it is valid for a record at `index` (for an ack: the acknowledged size) in one of the
 *  roles; else undefined. */
export function keyFor(keys: Keys, kid: string | null, iss: unknown, roles: readonly LogRole[], index: number) {
  const key = keys.added.get(kid ?? '');
  if (key === undefined || key.sub !== iss || !roles.includes(key.role) || key.from >= index) return undefined;
  return (keys.ended.get(key.kid) ?? index) >= index ? key : undefined;
}

/** Why a record is refused (step 4 of section 9). */
type KeyFailure = 'SIGNATURE_INVALID' | 'KEY_NOT_VALID';

/** Checks header, key and signature of a record, in this order, and takes over what a key record says. Records must come
 *  in the order of their indices; whatever is no key record need not be waited for. `organisers`: pinned kids of leaf 0, or null to
 *  take leaf 0 at its word. */
export const admitRecord = (
  record: LogRecord,
  keys: Keys,
  origin: string,
  organisers: readonly string[] | null,
): Promise<KeyFailure | null> => (record.typ === keyRecord ? admitKey : judgeRecord)(record, keys, origin, organisers);

async function admitKey(...given: Parameters<typeof admitRecord>): Promise<KeyFailure | null> {
  const [record, keys] = given;
  const added = await enrolledBy(record);
  const failure = await judgeRecord(...given, added);
  if (failure === null) takeOver(record, added, keys);
  return failure;
}

/** What came out of records that were judged together; the keys count only where `failure` is null. */
export type JudgedRecords = { readonly keys: Keys; readonly failure: KeyFailure | null };

/** Judges records of which the first failure counts: every one as if those before it held, so that all signatures are checked
 *  side by side. */
export async function judgeRecords(
  records: readonly LogRecord[],
  origin: string,
  organisers: readonly string[] | null,
  open?: Keys['open'],
): Promise<JudgedRecords> {
  const keys = noKeys(open);
  const added = await Promise.all(records.map(enrolledBy));
  const failures = records.map((record, n) => {
    const failure = judgeRecord(record, keys, origin, organisers, added[n]);
    takeOver(record, added[n], keys);
    return failure;
  });
  return { keys, failure: (await Promise.all(failures)).find((failure) => failure !== null) ?? null };
}

/** The keys of records that all hold. Must run within `judged`, which ends with their first failure. */
export function keysOf({ keys, failure }: JudgedRecords): Keys {
  if (failure) must(false, failure);
  return keys;
}

// Reads the keys before it first waits; what is left then are signatures.
async function judgeRecord(
  record: LogRecord,
  keys: Keys,
  origin: string,
  organisers: readonly string[] | null,
  added?: EnrolledKey,
): Promise<KeyFailure | null> {
  const { index, kid, iss, typ, payload } = record;
  if (kid === null) return 'SIGNATURE_INVALID';
  let key: EnrolledKey | undefined;
  let fits: boolean | Promise<boolean> = true;
  if (index === 0) {
    key = added?.kid === kid && (organisers?.includes(kid) ?? true) ? added : undefined;
    fits = key?.role === 'organiser' && key.sub === iss && key.pop === undefined;
  } else {
    key = keyFor(keys, kid, iss, leafRoles.get(typ) ?? [], index);
    if (added) fits = !keys.added.has(added.kid) && possesses(added, origin, keys);
    else if (typ === keyRecord) fits = isKeyRevoke(payload);
  }
  const signed = key && jwsVerifies(record, key.jwk);
  if (!(await fits) || signed === undefined) return 'KEY_NOT_VALID';
  return (await signed) ? null : 'SIGNATURE_INVALID';
}

function takeOver({ index, typ, payload }: LogRecord, added: EnrolledKey | undefined, keys: Keys): void {
  if (added) keys.added.set(added.kid, added);
  const ended = typ === keyRecord && isKeyRevoke(payload) ? payload.kid : added?.old;
  if (ended !== undefined && !keys.ended.has(ended)) keys.ended.set(ended, index);
}

async function enrolledBy({ index, typ, payload, kept }: LogRecord): Promise<EnrolledKey | undefined> {
  if (typ !== keyRecord || !isKeyAdd(payload)) return undefined;
  kept.kid ??= thumbprint(payload.jwk);
  return { ...payload, kid: await kept.kid, from: index };
}

async function possesses({ pop, kid, sub, jwk }: EnrolledKey, origin: string, { open }: Keys): Promise<boolean> {
  const jws = open(pop ?? '');
  return (
    jws?.typ === 'wd-pop+jwt' &&
    jws.kid === kid &&
    isPop(jws.payload) &&
    jws.payload.aud === origin &&
    jws.payload.iss === sub &&
    jwsVerifies(jws, jwk)
  );
}
