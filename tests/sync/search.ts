/** The search for a history in which an invariant breaks. */
import fc from 'fast-check';
import { drafting, type History, histories, ordinary, sealing, type Weights } from './history.ts';
import { Broken } from './invariants.ts';
import { type Count, runHistory } from './run.ts';
import { type VariantName, variants } from './variants.ts';
import type { Stage } from './world.ts';

/** A broken invariant, and how fast-check comes to it again. */
export interface Found {
  readonly invariant: number;
  /** What was found broken. */
  readonly message: string;
  readonly seed: number;
  readonly path: string;
  readonly history: History;
}

export interface Search {
  readonly seed: number;
  /** Where a history was found before; then only that one is run. */
  readonly path?: string;
  readonly runs: number;
}

/** Where the simplified variants show: on drafts, or around seals. */
const focus: Readonly<Record<VariantName, Weights>> = {
  countedRevision: drafting,
  cursorByTime: drafting,
  noOpId: drafting,
  noParentCheck: drafting,
  noRefetch: drafting,
  pullSkipsPending: sealing,
  pullOverwritesPending: drafting,
  rejectedDropped: drafting,
  noSealCheck: sealing,
  noManifestCheck: sealing,
};

/** Looks for a broken invariant of the product in random histories of up to `steps` steps, and shrinks it. Null where all held; throws what
 *  is no broken invariant. */
export function searchProduct(
  stage: Stage,
  { steps, weights = ordinary, ...asked }: Search & { readonly steps: number; readonly weights?: Weights },
  count: Count,
): Promise<Found | null> {
  return search(asked, histories(steps, weights), (history) => runHistory(stage, history, count));
}

/** Looks for a history that breaks with a variant; it must not break without it. */
export async function searchVariant(
  stage: Stage,
  variant: VariantName,
  asked: Search,
  count: Count,
): Promise<Found | null> {
  const run = (history: History) => runHistory(stage, history, count, variants[variant]);
  const found = await search(asked, histories(16, focus[variant]), run);
  if (found !== null) await runHistory(stage, found.history, count);
  return found;
}

/** What was done, in one line. */
export function told({ runs, steps }: Count, began: number, seed: number): string {
  return `${runs} runs, ${steps} steps, ${((performance.now() - began) / 1000).toFixed(1)} s, seed ${seed}`;
}

async function search(
  { seed, path, runs }: Search,
  drawn: fc.Arbitrary<History>,
  run: (history: History) => Promise<void>,
): Promise<Found | null> {
  const replay = path === undefined ? {} : { path, endOnFailure: true };
  const done = await fc.check(fc.asyncProperty(drawn, run), { numRuns: runs, seed, ...replay });
  if (!done.failed) return null;
  const { errorInstance, counterexample, counterexamplePath } = done;
  if (!(errorInstance instanceof Broken) || counterexample === null || counterexamplePath === null)
    throw new Error(fc.defaultReportMessage(done), { cause: errorInstance });
  const [history] = counterexample;
  return {
    invariant: errorInstance.invariant,
    message: errorInstance.message,
    seed,
    path: counterexamplePath,
    history,
  };
}
