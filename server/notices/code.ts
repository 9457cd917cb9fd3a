/** The code that proves an address: derived, so that it lies nowhere, from the person, the address and a nonce under the key outside the
 *  database. */
import { createHmac } from 'node:crypto';
import type { Context } from '../context.ts';
import { identityKey } from '../identity/key.ts';

/** How long a code works, in seconds, and how many wrong ones end it. */
export const codeSeconds = 3600;
export const wrongCodesAtMost = 5;

/** Eight digits. */
export function codeOf(context: Context, person: string, address: string, nonce: string): string {
  const { bytes } = identityKey(context, 'mail-code');
  const hash = createHmac('sha256', bytes)
    .update(JSON.stringify([person, address, nonce]))
    .digest();
  return String(hash.readUIntBE(0, 6) % 100_000_000).padStart(8, '0');
}
