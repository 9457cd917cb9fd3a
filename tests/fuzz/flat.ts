/** When memory counts as flat: sizes after forced collection, at equal distances, rise by less than 5 % of the first over their whole length. */
export const mostGrowth = 0.05;

/** How much the line through the samples (least squares) rises over their length, as a part of the first. */
export function growth(sizes: readonly number[]): number {
  const middle = (sizes.length - 1) / 2;
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const slope =
    sizes.reduce((sum, size, n) => sum + (n - middle) * (size - mean), 0) /
    sizes.reduce((sum, _, n) => sum + (n - middle) ** 2, 0);
  return (slope * (sizes.length - 1)) / (sizes[0] ?? 1);
}
