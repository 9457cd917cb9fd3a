/** A draw as an exercise (演练): the same selection over a real or an invented list with a typed value. Nothing is signed, logged or
 *  published; the server keeps an audit row that it was done. */
import { type DrawRow, type Freeze, postTrial, type TrialBasis } from '../../shared/api/draws.ts';
import { b64u, utf8 } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { type DrawInput, noncesHash, type SelectionStep, selectionSteps } from '../../shared/proof/draw.ts';
import type { List, Rule, Value } from '../../shared/proof/records.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';

/** The list that an exercise draws from. */
export interface TrialPool {
  readonly basis: TrialBasis;
  readonly week: string;
  readonly list: List['list'];
  readonly rest: List['rest'];
}

/** What an exercise came to. */
export interface Trial {
  readonly pool: TrialPool;
  /** Of the outside sources, in the rule's order. */
  readonly values: readonly Value[];
  readonly input: DrawInput;
  readonly steps: readonly SelectionStep[];
}

/** Who has sealed a week now, as a freeze would list it. */
export const poolOfFreeze = ({ week, list, rest }: Freeze): TrialPool => ({ basis: 'sealed', week, list, rest });

/** The list of an earlier draw. */
export const poolOfDraw = ({ week, candidates, rest }: DrawRow): TrialPool => ({
  basis: 'earlier',
  week,
  list: candidates,
  rest,
});

/** Every unit of the roll, each with an invented seal; nobody rests. */
export async function demoPool({ roll }: Rule, week: string): Promise<TrialPool> {
  const units = roll.map(({ unit }) => unit).sort();
  const list = await Promise.all(
    units.map(async (unit, i) => ({ i, seal: b64u(await sha256(utf8(`trial ${week} ${unit}`))), unit })),
  );
  return { basis: 'demo', week, list, rest: [] };
}

/** Draws. The lot has an id of its own, so that nothing can be learnt of the real draw of that week, whose values are another's to bring; no
 *  unit has given a nonce. */
export async function trialOf(rule: Rule, pool: TrialPool, values: readonly Value[]): Promise<Trial> {
  const given = [...values];
  const nonces = await noncesHash(pool.list, new Map());
  const inOrder = rule.sources.map(({ kind }) => (kind === 'nonces' ? nonces : (given.shift() ?? '')));
  const { roll, strata } = rule;
  const { list, rest } = pool;
  const input = { roll, strata, draw: `trial-${pool.week.toLowerCase()}`, list, rest, values: inOrder };
  return { pool, values, input, steps: await selectionSteps(input) };
}

/** The audit row first, then the lot: no exercise goes unnoted. */
export async function runTrial(
  rule: Rule,
  pool: TrialPool,
  values: readonly Value[],
  context: Context = here,
): Promise<Trial> {
  const { week, basis, list } = pool;
  await call(postTrial, { body: { week, basis, candidates: list.length } }, context);
  return trialOf(rule, pool, values);
}
