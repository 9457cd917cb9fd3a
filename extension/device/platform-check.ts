/** Asking the machine who is there: WebAuthn with user verification (fingerprint, face, the machine's own PIN), judged on this device.
 *  Web Authentication Level 3, 7.2: challenge, origin and flags are compared, and the signature is verified. */
import { type Bytes, b64u, concat, fromB64u } from '../../shared/base/bytes.ts';
import { derToRaw } from '../../shared/proof/checkpoint.ts';

/** ES256 and RS256 (RFC 8152, RFC 8812). Machines with Windows make keys for RS256 alone: without it they could not be asked. */
const algorithms = [-7, -257] as const;
type Algorithm = (typeof algorithms)[number];
const [es256] = algorithms;
const userPresent = 0x01;
const userVerified = 0x04;
const waitMs = 60_000;

/** A credential of this machine: its id and its public key (SubjectPublicKeyInfo), both base64url; `algorithm` by its COSE number, absent:
 *  ES256. */
export interface PlatformCredential {
  readonly id: string;
  readonly publicKey: string;
  readonly algorithm?: number | undefined;
}

/** Whether the machine can tell its person by itself. */
export async function hasPlatformCheck(): Promise<boolean> {
  if (typeof PublicKeyCredential === 'undefined') return false;
  return PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable();
}

/** Makes a credential; null where the person breaks off or the machine refuses. */
export async function makeCredential(
  name: string,
  random: (length: number) => Bytes,
): Promise<PlatformCredential | null> {
  const made = await unlessRefused(() =>
    navigator.credentials.create({
      publicKey: {
        rp: { name: 'Sundial' },
        user: { id: random(16), name, displayName: name },
        challenge: random(32),
        pubKeyCredParams: algorithms.map((alg) => ({ type: 'public-key', alg })),
        authenticatorSelection: { authenticatorAttachment: 'platform', userVerification: 'required' },
        timeout: waitMs,
      },
    }),
  );
  if (!(made instanceof PublicKeyCredential) || !(made.response instanceof AuthenticatorAttestationResponse))
    return null;
  const publicKey = made.response.getPublicKey();
  const algorithm = made.response.getPublicKeyAlgorithm();
  if (publicKey === null || !isKnown(algorithm)) return null;
  return { id: made.id, publicKey: b64u(new Uint8Array(publicKey)), algorithm };
}

/** Whether the person who made the credential is there now. */
export async function confirmsCredential(
  { id, publicKey, algorithm = es256 }: PlatformCredential,
  random: (length: number) => Bytes,
): Promise<boolean> {
  const key = fromB64u(id);
  const spki = fromB64u(publicKey);
  if (key === null || spki === null || !isKnown(algorithm)) return false;
  const challenge = random(32);
  const given = await unlessRefused(() =>
    navigator.credentials.get({
      publicKey: {
        challenge,
        allowCredentials: [{ type: 'public-key', id: key }],
        userVerification: 'required',
        timeout: waitMs,
      },
    }),
  );
  if (!(given instanceof PublicKeyCredential) || !(given.response instanceof AuthenticatorAssertionResponse))
    return false;
  const clientData = new Uint8Array(given.response.clientDataJSON);
  const authenticatorData = new Uint8Array(given.response.authenticatorData);
  if (!namesUs(clientData, b64u(challenge))) return false;
  const asked = userPresent | userVerified;
  if (((authenticatorData[32] ?? 0) & asked) !== asked) return false;
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', clientData));
  const signed = concat(authenticatorData, hash);
  return verifies(algorithm, spki, new Uint8Array(given.response.signature), signed);
}

/** Whether a signature is that of the key: of ES256 in DER, of RS256 as it stands (Web Authentication Level 3, 6.5.5). */
async function verifies(algorithm: Algorithm, spki: Bytes, signature: Bytes, signed: Bytes): Promise<boolean> {
  if (algorithm === es256) {
    const raw = derToRaw(signature);
    if (raw === null) return false;
    const ecdsa = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
    return crypto.subtle.verify(ecdsa, await verifierOf(spki, ecdsa), raw, signed);
  }
  const rsa = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return crypto.subtle.verify(rsa, await verifierOf(spki, rsa), signature, signed);
}

const verifierOf = (spki: Bytes, algorithm: EcKeyImportParams | RsaHashedImportParams): Promise<CryptoKey> =>
  crypto.subtle.importKey('spki', spki, algorithm, false, ['verify']);

const isKnown = (algorithm: number): algorithm is Algorithm => algorithms.some((each) => each === algorithm);

function namesUs(clientData: Bytes, challenge: string): boolean {
  const said: unknown = JSON.parse(new TextDecoder().decode(clientData));
  return (
    typeof said === 'object' &&
    said !== null &&
    'type' in said &&
    said.type === 'webauthn.get' &&
    'challenge' in said &&
    said.challenge === challenge &&
    'origin' in said &&
    said.origin === location.origin
  );
}

/** Null where the person broke off, let it time out, or the machine cannot: DOMException of WebAuthn 5.1.3 and 5.1.4. */
async function unlessRefused(ask: () => Promise<Credential | null>): Promise<Credential | null> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof DOMException) return null;
    throw error;
  }
}
