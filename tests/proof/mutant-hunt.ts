/** Verifies mutants of a bundle and keeps those that verify. The oracle is what is shown: one that verifies must show what the original shows. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { hex } from '../../shared/base/bytes.ts';
import { loadedBls } from '../../shared/proof/load-drand.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import type { Bls } from '../../shared/proof/values.ts';
import { type Verdict, verifyBundle } from '../../shared/proof/verify.ts';
import { readBundle } from '../../widget/remote/bundle.ts';
import type { Original } from './mutant-season.ts';
import type { Mutant } from './mutate.ts';

/** Mutants that verify: `bundle change path`. */
export type Survivors = Set<string>;

/** What must not be: a mutant that verifies and shows something else, or on which a reader's code throws. */
export interface Hunt {
  readonly survivors: Survivors;
  readonly wrong: string[];
  mutants: number;
}

export const newHunt = (): Hunt => ({ survivors: new Set(), wrong: [], mutants: 0 });

// The pairing takes longer than all the rest, so the answer for one round and signature is kept.
const rounds = new Map<string, Promise<boolean | null>>();
const bls: Bls = (chain, round, signature) => {
  const name = JSON.stringify([chain, round, hex(signature)]);
  const answer = rounds.get(name) ?? loadedBls(chain, round, signature);
  rounds.set(name, answer);
  return answer;
};

/** How many are verified side by side. */
const together = 32;

/** Hunts all mutants given, some side by side. */
export async function hunt(
  { name, bundle, pins, seen }: Original,
  mutants: Iterable<Mutant> | AsyncIterable<Mutant>,
  found: Hunt,
): Promise<void> {
  const judge = (text: string): Promise<Verdict> => verifyBundle(text, pins, seen ? { seen } : {}, { bls });
  const expected = shown(await judge(JSON.stringify(bundle)));
  if (expected === null) throw new Error(`${name}: the original does not verify`);
  const one = async ({ path, by, text: make }: Mutant): Promise<void> => {
    const at = `${by} ${path}`;
    found.mutants += 1;
    try {
      const text = make();
      const parsed = parseJson(text);
      if (isObject(parsed)) readBundle(parsed);
      const now = shown(await judge(text));
      if (now === null) return;
      if (isDeepStrictEqual(now, expected)) found.survivors.add(`${name} ${at}`);
      else found.wrong.push(`${name}: ${at} verifies and shows ${differenceOf(now, expected)}`);
    } catch (error) {
      found.wrong.push(`${name}: ${at} throws ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    }
  };
  let running: Promise<void>[] = [];
  for await (const mutant of mutants) {
    running.push(one(mutant));
    if (running.length < together) continue;
    await Promise.all(running);
    running = [];
  }
  await Promise.all(running);
}

/** All that a reader sees of a verdict; null of a failure. Who acknowledged is left out, for one acknowledgement more or less is no difference
 *  as long as enough remain, and so are the lines of the note. */
export function shown(verdict: Verdict): object | null {
  if (!verdict.ok) return null;
  const {
    acks: _,
    note: { signatures: __, ...note },
    ...rest
  } = verdict;
  return { ...rest, note };
}

function differenceOf(now: object, expected: object): string {
  const before: Readonly<Record<string, unknown>> = { ...expected };
  const parts = Object.entries(now).filter(([name, value]) => !isDeepStrictEqual(value, before[name]));
  return JSON.stringify(Object.fromEntries(parts)).slice(0, 300);
}

/** A group of the committed list: why these survive, in which bundles, by which changes and at which paths. */
interface SurvivorGroup {
  readonly reason: string;
  readonly in: readonly string[];
  readonly by: readonly string[];
  readonly paths: readonly string[];
}

/** The committed list as `bundle change path`. */
export function listed(folder: string, file: string): ReadonlySet<string> {
  const groups: readonly SurvivorGroup[] = JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const kinds = groups.flatMap(({ in: bundles, by, paths }) =>
    bundles.flatMap((bundle) => by.flatMap((change) => paths.map((path) => `${bundle} ${change} ${path}`))),
  );
  return new Set(kinds);
}
