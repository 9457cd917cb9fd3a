/** The keys of this browser profile: one pair that signs in, one for each role that signs records (design.md 5, verification.md 3).
 *  All are non-extractable P-256 pairs, kept with their id in one record (sync.md, pitfall 12). */

import * as v from 'valibot';
import { Jwk } from '../../shared/api/field.ts';
import type { Bytes } from '../../shared/base/bytes.ts';
import type { LogRole } from '../../shared/organisation/role.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import type { StoredKey } from '../store/database.ts';
import { type Context, here } from './context.ts';

/** Signs bytes with ES256: 64 bytes r‖s; fits `makeJws` of shared/proof/signature.ts. `actor` is the `iss` of what it signs. */
export interface Signer {
  readonly kid: string;
  readonly actor: string;
  readonly sign: (bytes: Bytes) => Promise<Bytes>;
}

/** A new pair, not stored yet: store it with `keepKey` once the server took it, or before, where losing it would cost an invitation. */
export async function makeKey(
  use: StoredKey['use'],
  actor: string | null,
  context: Context = here,
): Promise<StoredKey> {
  const pair = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, false, ['sign', 'verify']);
  const exported = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const publicKey = v.parse(Jwk, { crv: exported.crv, kty: exported.kty, x: exported.x, y: exported.y });
  const kid = await thumbprint(publicKey);
  return { kid, use, actor, privateKey: pair.privateKey, publicKey, addedAt: context.now() };
}

/** Keeps a pair; the newest of a use that was not only offered is the one that signs. */
export async function keepKey(key: StoredKey, context: Context = here): Promise<void> {
  await context.database.keys.put(key);
}

/** The pair that signs in, or null before enrolment. `actor` is the device id given by the server, before that the kid. */
export async function deviceSigner(context: Context = here): Promise<Signer | null> {
  const key = await newestKey('device', context);
  if (key === null) return null;
  const profile = await context.database.profile.get('main');
  const device = profile?.device ?? null;
  return signerOf(key, device !== null && device.kid === key.kid ? device.id : key.kid);
}

/** The pair that signs records in a role, or null where this profile has none. */
export async function logSigner(role: LogRole, context: Context = here): Promise<Signer | null> {
  const key = await newestKey(role, context);
  return key === null || key.actor === null ? null : signerOf(key, key.actor);
}

/** A pair as a signer under a name. */
export function signerOf(key: StoredKey, actor: string): Signer {
  return {
    kid: key.kid,
    actor,
    sign: async (bytes) =>
      new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, key.privateKey, bytes)),
  };
}

async function newestKey(use: StoredKey['use'], context: Context): Promise<StoredKey | null> {
  const keys = await context.database.keys.where('use').equals(use).sortBy('addedAt');
  return keys.findLast(({ offered }) => offered !== true) ?? null;
}
