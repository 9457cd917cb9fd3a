// Records as compact JWS with ES256 only: RFC 7515, header rules of verification.md 2; key ids by RFC 7638.
import { type Bytes, b64u, fromB64u, textFromB64u, utf8 } from '../base/bytes.ts';
import { sha256Text } from '../base/digest.ts';
import { once } from '../base/once.ts';
import { canonical } from './canonical.ts';
import { es256, orNone, p256 } from './checkpoint.ts';
import { type Checked, isHash, isObject, isString, matching, object, oneOf } from './shape.ts';

// 32 bytes in base64url without a spare bit: else one key had several kids, and could be enrolled again after it was revoked.
const isCoordinate = matching(/^[\w-]{42}[AEIMQUYcgkosw048]$/);

/** Public part of a log key. */
export const isJwk = object({ crv: oneOf('P-256'), kty: oneOf('EC'), x: isCoordinate, y: isCoordinate });
export type Jwk = Checked<typeof isJwk>;

/** A key that signs: its thumbprint, and a function that gives r‖s (64 bytes) of ES256 over the bytes. */
export type Signer = { readonly kid: string; readonly sign: (bytes: Bytes) => Promise<Bytes> };

/** A JWS taken apart. `kid` is null when the header is not exactly the one of section 2; `leaf`: the bytes of which its hash as a
 *  leaf is made, 0x00 and its text; `signed`: those of them that are signed; `kept`: what was computed from it. */
export type Jws = {
  readonly typ: string;
  readonly kid: string | null;
  readonly payload: Readonly<Record<string, unknown>>;
  readonly leaf: Bytes;
  readonly signed: Bytes;
  readonly signature: string;
  readonly kept: Kept;
};

/** Answers about what never changes, each computed when it is first asked for: over many bundles of one log it is asked again. */
type Kept = {
  leafHash?: Promise<Bytes>;
  sealHash?: Promise<string>;
  commitment?: Promise<string | null>;
  kid?: Promise<string>;
  signature?: { readonly jwk: Jwk; readonly answer: Promise<boolean> };
};

/** Most bytes of a record. */
export const maxRecordBytes = 60_000;

/** The parts of a compact JWS, or null when it is too long, no JWS, or its header and payload are no JSON objects. `headOf`: for
 *  whoever remembers headers, of which a log has few. */
export function openJws(jws: string, headOf = readHead): Jws | null {
  const [, signed = '', header = '', payload = '', signature = ''] = /^(([\w-]+)\.([\w-]+))\.([\w-]*)$/.exec(jws) ?? [];
  const head = headOf(header);
  const body = parseJson(textFromB64u(payload));
  if (jws.length > maxRecordBytes || !head || !isObject(body)) return null;
  const leaf = utf8(`\0${jws}`);
  return { ...head, payload: body, leaf, signed: leaf.subarray(1, signed.length + 1), signature, kept: {} };
}

/** Of a header in base64url kind and key as a `Jws` has them, or null when it is no JSON object or names no kind. */
export function readHead(header: string): Pick<Jws, 'typ' | 'kid'> | null {
  const text = textFromB64u(header);
  const head = parseJson(text);
  if (!isObject(head) || !isString(head.typ)) return null;
  const { kid, typ } = head;
  return { typ, kid: isHash(kid) && text === headerOf(kid, typ) ? kid : null };
}

/** Signs a payload as a record of kind `typ`. Throws when the payload is not canonical JSON or the record is too long. */
export async function makeJws(typ: string, payload: unknown, key: Signer): Promise<string> {
  const signed = `${b64u(utf8(headerOf(key.kid, typ)))}.${b64u(utf8(canonical(payload)))}`;
  const jws = `${signed}.${b64u(await key.sign(utf8(signed)))}`;
  if (jws.length > maxRecordBytes) throw new RangeError(`a record of ${jws.length} bytes is too long`);
  return jws;
}

/** Whether the signature is that of the key over header and payload. The same key is not asked twice. */
export function jwsVerifies(jws: Jws, jwk: Jwk): Promise<boolean> {
  const { kept } = jws;
  if (kept.signature?.jwk !== jwk) kept.signature = { jwk, answer: verified(jws, jwk) };
  return kept.signature.answer;
}

/** Key id (RFC 7638): b64u(SHA-256(JCS({crv,kty,x,y}))), other members left out. A checked key has nothing to escape. */
export const thumbprint = async ({ crv, kty, x, y }: Jwk): Promise<string> =>
  b64u(await sha256Text(`{"crv":"${crv}","kty":"${kty}","x":"${x}","y":"${y}"}`));

/** The JSON value of a text, or undefined when it is none. */
export function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const headerOf = (kid: string, typ: string): string => `{"alg":"ES256","kid":"${kid}","typ":"${typ}"}`;

async function verified({ signed, signature }: Jws, jwk: Jwk): Promise<boolean> {
  const bytes = fromB64u(signature);
  const key = await imported(jwk);
  return bytes !== null && key !== null && crypto.subtle.verify(es256, key, bytes, signed);
}

const imported = once(({ crv, kty, x, y }: Jwk) =>
  orNone(crypto.subtle.importKey('jwk', { crv, kty, x, y }, p256, false, ['verify'])),
);
