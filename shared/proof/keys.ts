// Keys of the log and who may sign what at which position (verification.md 3): position decides, never a time in a record.
import { isKeyAdd, isKeyRevoke, isPop, type KeyAdd, type LogRole, leafRoles } from './records.ts';
import { isId, isTime } from './shape.ts';
import { type Jwk, type Jws, jwsVerifies, openJws, thumbprint } from './signature.ts';

/** A leaf taken apart; its header and signature are checked by `admitRecord`. `text` is the leaf itself. */
export type LogRecord = Jws & {
  readonly index: number;
  readonly text: string;
  readonly iss: string;
  readonly iat: number;
};

/** A key as its `add` record at index `from` enrolled it. */
export type EnrolledKey = Pick<KeyAdd, 'sub' | 'role' | 'jwk' | 'old' | 'why'> & {
  readonly kid: string;
  readonly from: number;
};

/** What the records read so far say about keys: enrolled by kid, and the first index at which a kid was ended. */
export type Keys = { readonly added: Map<string, EnrolledKey>; readonly ended: Map<string, number> };

/** No keys yet: before leaf 0. */
export const noKeys = (): Keys => ({ added: new Map(), ended: new Map() });

/** The leaf as a record, or null when it is none of a known kind, or has no `iss` and `iat`. */
export function readRecord(index: number, text: string): LogRecord | null {
  const jws = openJws(text);
  if (jws === null || !leafRoles.has(jws.typ)) return null;
  const { iss, iat } = jws.payload;
  return isId(iss) && isTime(iat) ? { ...jws, index, text, iss, iat } : null;
}

/** The key `kid` of actor `iss`, if it is valid for a record at `index` (for an ack: the acknowledged size) in one of the
 *  roles; else undefined. */
export function keyFor(keys: Keys, kid: string, iss: unknown, roles: readonly LogRole[], index: number) {
  const key = keys.added.get(kid);
  const valid =
    key !== undefined &&
    key.sub === iss &&
    roles.includes(key.role) &&
    key.from < index &&
    (keys.ended.get(kid) ?? index) >= index;
  return valid ? key : undefined;
}

/** Checks header, key and signature of a record, in this order, and takes over what a key record says. Records must come
 *  in the order of their indices. `organisers`: pinned kids of leaf 0, or null to take leaf 0 at its word. */
export async function admitRecord(
  record: LogRecord,
  keys: Keys,
  origin: string,
  organisers: readonly string[] | null,
): Promise<'SIGNATURE_INVALID' | 'KEY_NOT_VALID' | null> {
  const { index, kid, typ, payload } = record;
  if (kid === null) return 'SIGNATURE_INVALID';
  const isKeyRecord = typ === 'wd-key+jwt';
  const add = isKeyRecord && isKeyAdd(payload) ? payload : null;
  const addedKid = add && (await thumbprint(add.jwk));
  let jwk: Jwk | undefined;
  if (index === 0) {
    const rooted = kid === addedKid && (organisers?.includes(kid) ?? true);
    if (rooted && add?.role === 'organiser' && add.sub === add.iss && add.pop === undefined) jwk = add.jwk;
  } else {
    jwk = keyFor(keys, kid, record.iss, leafRoles.get(typ) ?? [], index)?.jwk;
    const fits =
      add && addedKid
        ? !keys.added.has(addedKid) && (await possesses(add, addedKid, origin))
        : !isKeyRecord || isKeyRevoke(payload);
    if (!fits) return 'KEY_NOT_VALID';
  }
  if (jwk === undefined) return 'KEY_NOT_VALID';
  if (!(await jwsVerifies(record, jwk))) return 'SIGNATURE_INVALID';
  if (add && addedKid) keys.added.set(addedKid, { ...add, kid: addedKid, from: index });
  const ended = isKeyRecord && isKeyRevoke(payload) ? payload.kid : add?.old;
  if (ended !== undefined && !keys.ended.has(ended)) keys.ended.set(ended, index);
  return null;
}

async function possesses(add: KeyAdd, kid: string, origin: string): Promise<boolean> {
  const pop = openJws(add.pop ?? '');
  return (
    pop?.typ === 'wd-pop+jwt' &&
    pop.kid === kid &&
    isPop(pop.payload) &&
    pop.payload.aud === origin &&
    pop.payload.iss === add.sub &&
    jwsVerifies(pop, add.jwk)
  );
}
