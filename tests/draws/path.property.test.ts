import fc from 'fast-check';
import { expect, it } from 'vitest';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openHouse } from './house.ts';
import { type Act, deadlineOf, isAllowed, mondayAfter, roll, weeks } from './path.ts';
import { Walker } from './walker.ts';

/** What somebody does next: the clock goes on, a unit seals, one tries an act at any draw, or (`due`) something is done whose turn it is. */
type Move =
  | { readonly move: 'wait'; readonly to: number }
  | { readonly move: 'seal'; readonly unit: string; readonly week: (typeof weeks)[number] }
  | { readonly move: 'try'; readonly pick: number }
  | { readonly move: 'due'; readonly pick: number };

const pick = fc.noBias(fc.nat(1_000_000));
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 2, arbitrary: fc.record({ move: fc.constant('wait' as const), to: fc.nat(8) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      move: fc.constant('seal' as const),
      unit: fc.constantFrom(...roll),
      week: fc.constantFrom(...weeks),
    }),
  },
  { weight: 4, arbitrary: fc.record({ move: fc.constant('try' as const), pick }) },
  { weight: 9, arbitrary: fc.record({ move: fc.constant('due' as const), pick }) },
);

/** Every act that could be tried now, at every draw there is and at the next that might be. */
function allActs({ world }: Walker): readonly Act[] {
  const draws = [...world.attempts.map(({ draw }) => draw), 'd-2026-w47', 'd-2026-w48-r2'];
  return [
    { act: 'rule' },
    ...weeks.map((week): Act => ({ act: 'freeze', week })),
    ...[...new Set(draws)].flatMap((draw): Act[] => [
      ...(['lock', 'record', 'publish', 'void'] as const).map((act): Act => ({ act, draw })),
      ...roll.flatMap((unit): Act[] => [
        { act: 'nonce', draw, unit },
        { act: 'ack', draw, unit },
      ]),
    ]),
  ];
}

/** Acts whose turn it is; voids and new rules are rare, else no draw would come to its end. */
function dueActs(walker: Walker, seed: number): readonly Act[] {
  const due = allActs(walker).filter((act) => isAllowed(walker.world, act));
  const forward = due.filter(({ act }) => act !== 'void' && (act !== 'rule' || walker.world.rule === null));
  return seed % 12 === 0 ? due : forward;
}

/** Moments at which something changes: the next one, or the one after. */
function nextMoment({ world }: Walker, to: number): number {
  const moments = [
    ...weeks.flatMap((week) => [mondayAfter(week), deadlineOf(week)]),
    ...world.attempts.map(({ notBefore }) => notBefore),
  ];
  const coming = moments.filter((moment) => moment > world.now).sort((a, b) => a - b);
  return coming[to % 3 === 0 ? 1 : 0] ?? world.now + 3600;
}

/** What all runs of both databases came to. */
const counted = { runs: 0, acts: 0, refused: 0, published: 0, void: 0 };

eachDatabase((name, open) => {
  it('only the allowed ways end in a published draw, and whatever was published proves itself', async () => {
    const runs = name === 'SQLite' ? 10 : 4;
    const seed = Number(process.env.SUNDIAL_SEED ?? Math.floor(Math.random() * 2 ** 31));
    console.log(`path of a draw on ${name}: seed ${seed}`);
    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 45, maxLength: 70, size: 'max' }), async (moves) => {
        const walker = new Walker(await openHouse(await open()));
        for (const unit of roll.slice(0, 4)) await walker.seal(unit, '2026-W47');
        for (const each of moves) await make(walker, each);
        await walker.compare();
        await proves(walker);
        counted.runs += 1;
        counted.published += walker.world.attempts.filter(({ stage }) => stage === 'published').length;
        counted.void += walker.world.attempts.filter(({ stage }) => stage === 'void').length;
        expect(walker.house.reported).toEqual([]);
      }),
      { numRuns: runs, seed, endOnFailure: true },
    );
    console.log(`path of a draw on ${name}: ${JSON.stringify(counted)}`);
  });
});

async function make(walker: Walker, each: Move): Promise<void> {
  if (each.move === 'wait') return walker.wait(nextMoment(walker, each.to));
  if (each.move === 'seal') return walker.seal(each.unit, each.week);
  const acts = each.move === 'try' ? allActs(walker) : dueActs(walker, each.pick);
  const act = acts[each.pick % Math.max(1, acts.length)];
  // Nothing is due before the clock goes on.
  if (act === undefined) return walker.wait(nextMoment(walker, 1));
  counted.acts += 1;
  if (!(await walker.try(act))) counted.refused += 1;
  else if (act.act !== 'nonce' && act.act !== 'ack') await walker.compare();
}

/** The public tree as it stands: every published diary and draw is verified from its files alone. */
async function proves({ house, world }: Walker): Promise<void> {
  const source = {
    read: async (path: string) => {
      const answer = await house.get(path);
      return answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null;
    },
  };
  const check = { pins: house.pins(), seen: () => undefined, progress: () => undefined };
  const { failures, diaries, draws } = await verifyTree(source, check);
  const published = world.attempts.filter(({ stage }) => stage === 'published');
  const shown = published.reduce((sum, { drawn }) => sum + drawn.length, 0);
  expect({ failures, diaries, draws }).toEqual({ failures: [], diaries: shown, draws: world.attempts.length });
}
