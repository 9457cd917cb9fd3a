/** What the benchmarks share: parts are measured one after another, then a table says what holds, and the last line is one JSON object. */

/** Measures every part, or the one that `--only <part>` names; prints each figure beside the most that it may be. */
export async function measureAll(
  parts: Readonly<Record<string, () => Promise<object>>>,
  limits: Readonly<Record<string, number>>,
): Promise<void> {
  const args = process.argv.slice(2);
  const only = args.includes('--only') ? args[args.indexOf('--only') + 1] : undefined;
  const figures: Record<string, number> = {};
  for (const [name, measure] of Object.entries(parts)) {
    if (only !== undefined && name !== only) continue;
    const began = performance.now();
    Object.assign(figures, await measure());
    console.error(`${name}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  }
  for (const [name, value] of Object.entries(figures)) {
    const limit = limits[name];
    const verdict = limit === undefined ? '' : `at most ${limit}: ${value <= limit ? 'holds' : 'MISSED'}`;
    console.log(`${name.padEnd(32)} ${String(value).padStart(10)}  ${verdict}`);
  }
  console.log(JSON.stringify(figures));
}
