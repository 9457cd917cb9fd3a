/** The clock `real` up to the moment `base`, and `factor` times as fast from there on; all in milliseconds. */
export function fastClock(real: () => number, base: number, factor: number): () => number {
  return () => Math.floor(real() + Math.max(0, real() - base) * (factor - 1));
}
