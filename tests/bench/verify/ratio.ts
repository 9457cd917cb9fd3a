/** Work beside the floor under it, in turns on one machine. Runs in Node and in a page. */

/** Clocks by name, in milliseconds. */
type Clocks<Name extends string> = Readonly<Record<Name, () => number>>;

/** Medians over rounds by one clock: of the ratios of work to floor, and of the work in milliseconds. */
export interface Ratio {
  readonly ratio: number;
  readonly workMs: number;
}

/** Both take turns. The first `warm` rounds are not counted: in them the machine compiles what the work runs and the floor does not. */
export async function ratioTo<Name extends string>(
  floor: () => Promise<unknown>,
  work: () => Promise<unknown>,
  rounds: number,
  warm: number,
  clocks: Clocks<Name>,
): Promise<Readonly<Record<Name, Ratio>>> {
  const pairs: { readonly work: Record<Name, number>; readonly floor: Record<Name, number> }[] = [];
  for (let round = 0; round < warm + rounds; round += 1) {
    // Who comes first changes, so that neither always finds the warmer machine.
    const before = round % 2 === 0 ? await taken(floor, clocks) : null;
    const of = await taken(work, clocks);
    const under = before ?? (await taken(floor, clocks));
    if (round >= warm) pairs.push({ work: of, floor: under });
  }
  return mapped(clocks, (name) => ({
    ratio: median(pairs.map((pair) => pair.work[name] / pair.floor[name])),
    workMs: median(pairs.map((pair) => pair.work[name])),
  }));
}

/** What passes on the clock. */
export const wall = (): number => performance.now();

/** The middle value, of an even number the upper of the two. */
export const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Two decimals. */
export const rounded = (value: number): number => Math.round(value * 100) / 100;

async function taken<Name extends string>(
  act: () => Promise<unknown>,
  clocks: Clocks<Name>,
): Promise<Record<Name, number>> {
  const began = mapped(clocks, (name) => clocks[name]());
  await act();
  return mapped(clocks, (name) => clocks[name]() - began[name]);
}

function mapped<Name extends string, T>(clocks: Clocks<Name>, of: (name: Name) => T): Record<Name, T> {
  const names = Object.keys(clocks) as Name[];
  return Object.fromEntries(names.map((name) => [name, of(name)])) as Record<Name, T>;
}
