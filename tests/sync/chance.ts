/** Chance that a seed decides, so that a history runs the same way again. */
import type { Bytes } from '../../shared/base/bytes.ts';

export interface Chance {
  readonly bytes: (length: number) => Bytes;
  /** The same chance from here on, as a copied machine has it. */
  readonly copy: () => Chance;
}

/** Mulberry32: a stream of bytes from a 32-bit state. */
export function chance(seed: number): Chance {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) & 0xff;
  };
  return { bytes: (length) => Uint8Array.from({ length }, next), copy: () => chance(state) };
}
