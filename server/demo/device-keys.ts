/** Keys of a device without a browser: making them, reading them back. */
import type { Jwk } from '../../shared/api/field.ts';
import { signerOf } from '../../shared/proof/sign.ts';
import { type Signer, thumbprint } from '../../shared/proof/signature.ts';

/** A key pair that signs. */
export interface OwnKey extends Signer {
  readonly privateKey: CryptoKey;
}

const curve = { name: 'ECDSA', namedCurve: 'P-256' } as const;

/** A private key with its kid, as a signer. */
function ownKey(kid: string, privateKey: CryptoKey): OwnKey {
  return { ...signerOf(kid, privateKey), privateKey };
}

/** A new P-256 pair; `extractable` only for a device that is to be saved. */
export async function newKey(extractable: boolean): Promise<{ readonly jwk: Jwk; readonly signer: OwnKey }> {
  const pair = await crypto.subtle.generateKey(curve, extractable, ['sign', 'verify']);
  const { x = '', y = '' } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  const jwk: Jwk = { crv: 'P-256', kty: 'EC', x, y };
  return { jwk, signer: ownKey(await thumbprint(jwk), pair.privateKey) };
}

/** The key that was saved as a private JWK. */
export async function savedKey(jwk: JsonWebKey): Promise<OwnKey> {
  const privateKey = await crypto.subtle.importKey('jwk', jwk, curve, true, ['sign']);
  const { x = '', y = '' } = jwk;
  return ownKey(await thumbprint({ crv: 'P-256', kty: 'EC', x, y }), privateKey);
}
