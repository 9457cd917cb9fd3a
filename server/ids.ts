/** Ids and codes that the server makes. */
import type { Context } from './context.ts';

const lower = '0123456789abcdefghjkmnpqrstvwxyz';

/** A ULID in lower case: 48 bits of the context's clock, 80 random bits. */
export function newId(context: Pick<Context, 'now' | 'random'>): string {
  let time = '';
  for (let rest = context.now(); time.length < 10; rest = Math.floor(rest / 32)) time = lower[rest % 32] + time;
  return time + randomLetters(context, 16);
}

/** `letters` random letters of Crockford base32, lower case: 5 bits each, and eight letters are five bytes. */
export function randomLetters(context: Pick<Context, 'random'>, letters: 8 | 16): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of context.random((letters * 5) / 8)) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (held += 8; held >= 5; held -= 5) text += lower[(bits >> (held - 5)) & 31];
  }
  return text;
}
