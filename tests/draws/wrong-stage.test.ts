import { expect, it } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { openHouse } from './house.ts';
import { type Act, deadlineOf, mondayAfter, roll } from './path.ts';
import { Walker } from './walker.ts';

const w47 = '2026-W47';
const draw = 'd-2026-w47';
const day = 86_400;

type Step = (walker: Walker) => Promise<void>;
const does =
  (...acts: readonly Act[]): Step =>
  async (walker) => {
    for (const act of acts) expect([act, await walker.try(act)]).toEqual([act, true]);
  };
const later =
  (moment: number): Step =>
  async (walker) =>
    walker.wait(moment);

const frozenAt = deadlineOf(w47) + 60;
const seals: Step = async (walker) => {
  for (const unit of roll.slice(0, 4)) await walker.seal(unit, w47);
};
const nonce: Act = { act: 'nonce', draw, unit: 'u01' };
const acks = (...units: readonly string[]) => does(...units.map((unit): Act => ({ act: 'ack', draw, unit })));

const begun: readonly Step[] = [does({ act: 'rule' }), seals, later(frozenAt)];
const frozen = [...begun, does({ act: 'freeze', week: w47 })];
const locked = [...frozen, does({ act: 'lock', draw })];
const witnessed = [...locked, acks('u01', 'u02', 'u05')];
const known = [...witnessed, later(frozenAt + day)];
const drawn = [...known, does({ act: 'record', draw })];

/** Everything that anybody could try: at this draw, at one that was never frozen, and by a unit that is not on its list. */
const everything: readonly Act[] = [
  { act: 'rule' },
  { act: 'freeze', week: w47 },
  { act: 'lock', draw },
  nonce,
  { act: 'nonce', draw, unit: 'u05' },
  { act: 'ack', draw, unit: 'u03' },
  { act: 'record', draw },
  { act: 'publish', draw },
  { act: 'void', draw },
  { act: 'lock', draw: 'd-2026-w40' },
  { act: 'nonce', draw: 'd-2026-w40', unit: 'u01' },
  { act: 'record', draw: 'd-2026-w40' },
  { act: 'publish', draw: 'd-2026-w40' },
  { act: 'void', draw: 'd-2026-w40' },
];

/** Stage by stage: the way there, what is allowed (by hand from verification.md 7), and what the page offers: button, and aside. */
const stages: readonly (readonly [string, readonly Step[], readonly string[], string | null, string | null])[] = [
  ['before there is a rule', [seals, later(frozenAt)], ['rule'], null, null],
  ['in the week itself', [does({ act: 'rule' }), seals], ['rule'], null, null],
  [
    'before the deadline, one unit unsealed',
    [does({ act: 'rule' }), seals, later(mondayAfter(w47))],
    ['rule'],
    null,
    null,
  ],
  ['after the deadline', begun, ['rule', 'freeze'], null, null],
  ['after the freeze', frozen, ['nonce', 'lock', 'void'], 'lock', 'void'],
  ['after the freeze, once numbers are out', [...frozen, later(frozenAt + day)], ['nonce', 'void'], 'void', null],
  ['after the lock', locked, ['ack', 'void'], null, 'void'],
  ['with enough acknowledgements', witnessed, ['ack', 'void'], null, 'void'],
  [
    'with too few, once numbers are out',
    [...locked, acks('u01', 'u02'), later(frozenAt + day)],
    ['void'],
    'void',
    null,
  ],
  ['once numbers are out', known, ['record', 'void'], 'record', 'void'],
  ['after the result', drawn, ['rule', 'publish'], null, null],
  ['after the publication', [...drawn, does({ act: 'publish', draw })], ['rule'], null, null],
  ['after a void', [...locked, does({ act: 'void', draw })], ['rule', 'freeze'], null, null],
];

eachDatabase((_, open) => {
  it.each(stages)(
    '%s the server takes what is due and nothing else, and the page offers the same',
    async (_name, way, due, next, also) => {
      const walker = new Walker(await openHouse(await open()));
      for (const step of way) await step(walker);
      await walker.compare();
      const [row] = walker.world.attempts;
      if (row !== undefined) expect(await offeredBy(walker)).toEqual({ next, also });
      // What is not due is tried first: it changes nothing, so that the next is tried in the same state.
      for (const act of everything.filter((each) => !isDue(each, due)))
        expect([act, await walker.try(act)]).toEqual([act, false]);
      await walker.compare();
      for (const name of due) {
        const fresh = new Walker(await openHouse(await open()));
        for (const step of way) await step(fresh);
        const act = everything.find((each) => each.act === name);
        if (act === undefined) throw new Error(name);
        expect([act, await fresh.try(act)]).toEqual([act, true]);
        await fresh.compare();
      }
    },
  );
});

/** The first of each kind in `everything` is the honest one; the others are never due. */
function isDue(act: Act, due: readonly string[]): boolean {
  return due.includes(act.act) && everything.find((each) => each.act === act.act) === act;
}

async function offeredBy(walker: Walker): Promise<unknown> {
  const { actsOf } = await import('../../extension/screens/draws/situation.ts');
  const { json } = await walker.house.ask('org', 'GET', 'draws');
  const [row] = (json as { rows: Parameters<typeof actsOf>[0][] }).rows;
  return row === undefined ? null : actsOf(row, walker.world.now);
}
