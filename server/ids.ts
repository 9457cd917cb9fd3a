/** Ids and codes that the server makes. */
import type { Context } from './context.ts';

const lower = '0123456789abcdefghjkmnpqrstvwxyz';

/** A ULID in lower case: 48 bits of the context's clock, 80 random bits. */
export function newId(context: Pick<Context, 'now' | 'random'>): string {
  let bits = BigInt(context.now());
  for (const byte of context.random(10)) bits = (bits << 8n) | BigInt(byte);
  return base32(bits, 26);
}

/** `letters` random letters of Crockford base32, lower case: 5 bits each. */
export function randomLetters(context: Pick<Context, 'random'>, letters: number): string {
  let bits = 0n;
  for (const byte of context.random(Math.ceil((letters * 5) / 8))) bits = (bits << 8n) | BigInt(byte);
  return base32(bits, letters);
}

function base32(bits: bigint, letters: number): string {
  return Array.from({ length: letters }, (_, i) => lower[Number((bits >> BigInt(5 * (letters - 1 - i))) & 31n)]).join(
    '',
  );
}
