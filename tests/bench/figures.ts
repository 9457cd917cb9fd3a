/** What the benchmarks share: parts are measured one after another, then a table says what holds, and the last line is one JSON object. */

/** The most that a figure may be, or the least. */
export type Bound = number | { readonly least: number };

/** Measures every part, or the one that `--only <part>` names; prints each figure beside its bound. A figure is null where it could not be
 *  taken: the part has said why. */
export async function measureAll(
  parts: Readonly<Record<string, () => Promise<object>>>,
  bounds: Readonly<Record<string, Bound>>,
): Promise<void> {
  const args = process.argv.slice(2);
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  const figures: Record<string, number | null> = {};
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== undefined && name !== only) continue;
    const began = performance.now();
    Object.assign(figures, await measure());
    console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  for (const [name, value] of Object.entries(figures))
    console.log(`${name.padEnd(32)} ${String(value).padStart(10)}  ${verdictOn(value, bounds[name])}`);
  console.log(JSON.stringify(figures));
}

function verdictOn(value: number | null, bound: Bound | undefined): string {
  if (bound === undefined) return '';
  const [words, holds] =
    typeof bound === 'number'
      ? [`at most ${bound}`, value !== null && value <= bound]
      : [`at least ${bound.least}`, value !== null && value >= bound.least];
  return `${words}: ${value === null ? 'not measured' : holds ? 'holds' : 'MISSED'}`;
}
