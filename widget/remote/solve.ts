// Works on a challenge (altcha 2, shared/api/challenges.ts): finds the counter whose key begins as wanted. Hashes of one block are quicker
// in plain code than by WebCrypto, which makes a promise of each, and plain http has none.
import { sha256 } from '@noble/hashes/sha2.js';
import type { Challenge, Solution } from '../../shared/api/challenges.ts';

/** What the part hands over: solves within `mostMs`, else null. */
export type Solve = (challenge: Challenge, makeWorker: () => Worker | null, mostMs: number) => Promise<Solution | null>;

/** The solution, or null once `isOver`. `rest` is asked after every counter and may give a promise to wait for. */
export async function solved(
  { parameters }: Challenge,
  rest: () => Promise<void> | null = () => null,
  isOver: () => boolean = () => false,
): Promise<Solution | null> {
  const { cost, keyPrefix, nonce, salt } = parameters;
  const prefix = bytesOf(keyPrefix);
  const first = bytesOf(`${salt}${nonce}00000000`);
  const counterAt = new DataView(first.buffer, first.length - 4);
  for (let counter = 0; counter <= 0xffff_ffff; counter += 1) {
    counterAt.setUint32(0, counter);
    let key: Uint8Array = first;
    for (let round = 0; round < cost; round += 1) key = sha256(key);
    if (prefix.every((byte, i) => key[i] === byte)) return { counter, derivedKey: hexOf(key) };
    const pause = rest();
    if (pause !== null) await pause;
    if (isOver()) return null;
  }
  return null;
}

const bytesOf = (hex: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(hex.match(/../g) ?? [], (two) => Number.parseInt(two, 16));

const hexOf = (bytes: Uint8Array): string => [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
