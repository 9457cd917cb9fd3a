// Making records: every kind of verification.md 2, its shape judged before it is signed. Used where keys live, not by readers.

import {
  isAck,
  isDraw,
  isHold,
  isKeyAdd,
  isKeyRevoke,
  isList,
  isNonce,
  isPop,
  isRule,
  isSeal,
  isVoid,
  type KeyAdd,
  type Payloads,
  type RecordKind,
} from './records.ts';
import type { Guard } from './shape.ts';
import { isHash } from './shape.ts';
import { type Jwk, makeJws, type Signer, thumbprint } from './signature.ts';

/** What a record of a kind says, without who issues it and when. */
export type Unsigned<K extends RecordKind> = Payloads[K] extends infer P
  ? P extends unknown
    ? Omit<P, 'iss' | 'iat'>
    : never
  : never;

/** Who issues a record, and when in seconds since 1970. */
export type Issued = { readonly iss: string; readonly iat: number };

/** Signs a record of a kind. Throws TypeError when the payload has not the shape of its kind, RangeError when it is over
 *  60,000 bytes. The key must be one of the role of section 2; whether it is valid shows when the record is admitted. */
export async function signRecord<K extends RecordKind>(
  kind: K,
  payload: Unsigned<K> & Issued,
  key: Signer,
): Promise<string> {
  if (!shapes[kind].some((shape) => shape(payload))) throw new TypeError(`not the payload of a ${kind}`);
  if (!isHash(key.kid)) throw new TypeError('a kid is 43 characters of base64url');
  return makeJws(kind, payload, key);
}

/** What the holder of a new key signs with it, so that nobody can enrol a key of somebody else. */
export const signPossession = (origin: string, actor: string, iat: number, key: Signer): Promise<string> =>
  signRecord('wd-pop+jwt', { aud: origin, iss: actor, iat }, key);

/** Leaf 0: the organiser's own key, self-signed. Its `kid` is what readers pin. */
export async function signFirstKey(actor: string, jwk: Jwk, iat: number, key: Signer): Promise<string> {
  if ((await thumbprint(jwk)) !== key.kid) throw new TypeError('leaf 0 enrols the key that signs it');
  const payload: KeyAdd = { op: 'add', sub: actor, role: 'organiser', jwk, iss: actor, iat };
  return signRecord('wd-key+jwt', payload, key);
}

/** A WebCrypto private key (non-extractable will do) as a signer. */
export const signerOf = (kid: string, privateKey: CryptoKey): Signer => ({
  kid,
  sign: async (bytes) =>
    new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes)),
});

const shapes: { readonly [K in RecordKind]: readonly Guard<unknown>[] } = {
  'wd-key+jwt': [isKeyAdd, isKeyRevoke],
  'wd-rule+jwt': [isRule],
  'wd-seal+sd-jwt': [isSeal],
  'wd-hold+jwt': [isHold],
  'wd-list+jwt': [isList],
  'wd-nonce+jwt': [isNonce],
  'wd-draw+jwt': [isDraw, isVoid],
  'wd-ack+jwt': [isAck],
  'wd-pop+jwt': [isPop],
};
