// SHA-256 of what is long, as pictures and what carries one are.
import type { Bytes } from '../../shared/base/bytes.ts';
import { sha256 as byPlatform } from '../../shared/base/digest.ts';
import { sha256 } from './sha256.ts';

/** By WebCrypto, beside the page's thread, where the page is lent it. */
export const sha256Beside = async (bytes: Bytes): Promise<Bytes> =>
  globalThis.crypto?.subtle === undefined ? sha256(bytes) : byPlatform(bytes);
