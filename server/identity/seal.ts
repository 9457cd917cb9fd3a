/** Sealed identities and contacts: AES-256-GCM (NIST SP 800-38D) with a random 96-bit nonce, bound to the row they lie in, so that one put beside another
 *  comment does not open. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import * as v from 'valibot';
import type { Identity } from '../../shared/api/sign-in.ts';
import { b64u, concat, fromB64u, utf8 } from '../../shared/base/bytes.ts';
import type { Context } from '../context.ts';
import { identityKey, type Purpose } from './key.ts';

const cipher = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

const Person = v.object({ issuer: v.string(), subject: v.string(), claims: v.record(v.string(), v.unknown()) });

export const sealIdentity = (context: Context, row: string, identity: Identity): string =>
  sealText(context, 'identity', row, JSON.stringify(identity));

/** The identity of a row; null and throws as `openText`. */
export function openIdentity(context: Context, row: string, sealed: string): Identity | null {
  const plain = openText(context, 'identity', row, sealed);
  return plain === null ? null : v.parse(v.pipe(v.string(), v.parseJson(), Person), plain);
}

/** `<key id>.<b64u of nonce, text and tag>`. `row` names the place: table and key. */
export function sealText(context: Context, purpose: Purpose, row: string, text: string): string {
  const { id, bytes } = identityKey(context, purpose);
  const nonce = context.random(nonceBytes);
  const sealing = createCipheriv(cipher, bytes, nonce).setAAD(utf8(row));
  const sealed = sealing.update(utf8(text));
  return `${id}.${b64u(concat(nonce, sealed, sealing.final(), sealing.getAuthTag()))}`;
}

/** The text of a row; null where it was sealed under another key. Throws for one that was altered or belongs to another row. */
export function openText(context: Context, purpose: Purpose, row: string, sealed: string): string | null {
  const [id = '', text = ''] = sealed.split('.');
  const key = identityKey(context, purpose);
  if (id !== key.id) return null;
  const bytes = fromB64u(text) ?? new Uint8Array();
  const opening = createDecipheriv(cipher, key.bytes, bytes.subarray(0, nonceBytes), { authTagLength: tagBytes })
    .setAAD(utf8(row))
    .setAuthTag(bytes.subarray(-tagBytes));
  const plain = concat(opening.update(bytes.subarray(nonceBytes, -tagBytes)), opening.final());
  return new TextDecoder().decode(plain);
}
