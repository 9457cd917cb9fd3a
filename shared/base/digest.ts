// SHA-256 (FIPS 180-4) by WebCrypto; needs a secure context (https) in browsers.
import { type Bytes, utf8 } from './bytes.ts';

/** SHA-256 of bytes: 32 bytes. */
export const sha256 = async (bytes: Bytes): Promise<Bytes> =>
  new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));

/** SHA-256 of the UTF-8 of a text: 32 bytes. */
export const sha256Text = (text: string): Promise<Bytes> => sha256(utf8(text));
