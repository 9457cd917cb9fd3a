import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { DrawHistory, PublicDraw } from '../../shared/api/published.ts';
import { type DrawVerdict, verifyDraw } from '../../shared/proof/verify-draw.ts';
import { deadline, type House, must, notBefore, openHouse, units, values } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';

const id = 'd-2026-w47';
const again = 'd-2026-w47-r2';

async function fileOf(house: House, draw = id): Promise<Record<string, unknown>> {
  const answer = await house.get(`draw/${draw}.json`);
  expect([draw, answer.status]).toEqual([draw, 200]);
  return v.parse(PublicDraw, await answer.json());
}
const check = (house: House, file: unknown, want = id): Promise<DrawVerdict> =>
  verifyDraw(file, house.pins(), {}, { want });
const checked = async (house: House, draw = id) => check(house, await fileOf(house, draw), draw);

/** A house whose list is frozen: all but u04, who is on leave. */
async function frozen(open: Parameters<Parameters<typeof eachDatabase>[0]>[1]): Promise<House> {
  const house = await openHouse(await open());
  await must(house.setRule());
  for (const unit of units) if (unit !== 'u04') await house.seal(unit);
  house.at(deadline + 60);
  await must(house.freeze('2026-W47', { absent: [{ unit: 'u04', why: 'leave' }] }));
  return house;
}

async function drawnIn(house: House, draw = id, given = values): Promise<void> {
  for (const unit of units) if (unit !== 'u04') await must(house.reveal(unit, draw));
  await must(house.lock(draw));
  for (const unit of units) await must(house.ack(unit));
  house.at(notBefore + 60);
  await must(house.draw(draw, given));
}

eachDatabase((_, open) => {
  describe('the public file of a draw', () => {
    it('can be checked at each stage without any diary, and says no more than has happened', async () => {
      const house = await frozen(open);
      expect(await checked(house)).toMatchObject({ ok: true, pinned: true, acks: [], drawn: null, notices: [] });
      await must(house.reveal('u01'));
      expect(await checked(house)).toMatchObject({ ok: true });
      for (const unit of ['u02', 'u03', 'u05']) await must(house.reveal(unit));
      await must(house.lock());
      await must(house.ack('u02'));
      const locked = await checked(house);
      expect(locked).toMatchObject({ ok: true, drawn: null });
      expect(locked.ok && locked.acks.map(({ iss }) => iss)).toEqual(['u02']);
      for (const unit of ['u01', 'u03']) await must(house.ack(unit));
      house.at(notBefore + 60);
      await must(house.draw());
      const drawn = await checked(house);
      expect(drawn).toMatchObject({ ok: true, notices: ['VALUE_TO_COMPARE'] });
      const { record } = await fileOf(house);
      expect(drawn.ok && drawn.drawn).toEqual((record as { drawn: unknown }).drawn);
      await must(house.publish());
      expect(await checked(house)).toMatchObject({ ok: true });
    });

    it('stays as it is while the log grows', async () => {
      const house = await frozen(open);
      await drawnIn(house);
      const before = await house.get(`draw/${id}.json`);
      await house.seal('u01', { week: '2026-W48' });
      expect(await (await house.get(`draw/${id}.json`)).text()).toBe(await before.text());
    });

    it('of a void draw shows the reason for ever; of the re-run it has every attempt', async () => {
      const house = await frozen(open);
      const list = (await fileOf(house)).list as { rule: number };
      await must(house.log('org', 'wd-draw+jwt', { draw: id, list: list.rule + 5, void: '停电，开奖改期' } as never));
      expect(await checked(house)).toMatchObject({ ok: true, drawn: null });
      expect(await fileOf(house)).toMatchObject({ stage: 'void', record: { void: '停电，开奖改期' } });
      await must(house.freeze('2026-W47', { absent: [{ unit: 'u04', why: 'leave' }] }));
      await drawnIn(house, again);
      expect(await checked(house, again)).toMatchObject({
        ok: true,
        voids: [{ draw: id, reason: '停电，开奖改期' }],
        notices: ['DRAW_RERUN', 'VALUE_TO_COMPARE'],
      });
    });

    it('is refused when anything in it is altered, and by the check that it is the business of', async () => {
      const house = await frozen(open);
      await drawnIn(house);
      await must(house.publish());
      const whole = JSON.stringify(await fileOf(house));
      const failureAfter = async (change: (file: Altered) => void): Promise<string> => {
        const file: Altered = JSON.parse(whole);
        change(file);
        const verdict = await check(house, file);
        return verdict.ok ? 'OK' : verdict.failure;
      };
      expect(await failureAfter(() => {})).toBe('OK');
      const cases: readonly (readonly [string, (file: Altered) => void])[] = [
        ['LIST_INVALID', ({ list }) => void list.list.pop()],
        [
          'LIST_INVALID',
          ({ list }) => {
            list.absent[0] = { unit: 'u04', why: 'exempt' };
          },
        ],
        ['DRAW_MISMATCH', ({ record }) => void record.drawn.reverse()],
        [
          'DRAW_MISMATCH',
          ({ record }) => {
            record.values[0] = { ...record.values[0], value: [1, 2, 3, 4, 5, 6, 7] };
          },
        ],
        [
          'DRAW_MISMATCH',
          (file) => void Object.assign(file, { record: null, stage: 'locked', published: [], publishedAt: null }),
        ],
        ['LIST_NOT_LOCKED', ({ proof }) => void proof.lock.acks.splice(2)],
        [
          'LIST_NOT_LOCKED',
          ({ lock, proof }) => {
            lock.acks.splice(2);
            proof.lock.acks.splice(2);
          },
        ],
        [
          'LOG_REWRITTEN',
          ({ proof }) => {
            proof.lock.consistency[0] = `${'A'.repeat(43)}=`;
          },
        ],
        [
          'CHECKPOINT_INVALID',
          ({ proof }) => {
            proof.checkpoint = proof.checkpoint.replace(/\n\d+\n/, '\n99\n');
          },
        ],
        [
          'NOT_IN_LOG',
          ({ proof }) => {
            proof.leaves[3] = { ...leaf(proof, 3), path: leaf(proof, 2).path };
          },
        ],
        ['DRAWN_NOT_PUBLISHED', ({ published }) => void published.pop()],
        [
          'BUNDLE_MALFORMED',
          (file) => {
            file.stage = 'frozen';
          },
        ],
        [
          'BUNDLE_MALFORMED',
          ({ rule }) => {
            rule.min_acks = 1;
          },
        ],
      ];
      const found = [];
      for (const [, change] of cases) found.push(await failureAfter(change));
      expect(found).toEqual(cases.map(([failure]) => failure));
      expect(await check(house, JSON.parse(whole), again)).toMatchObject({ failure: 'BUNDLE_MALFORMED' });
    });

    it('has no value that can be changed unseen, but for the hour of publication and an acknowledgement that then does not count', async () => {
      const house = await frozen(open);
      await drawnIn(house);
      await must(house.publish());
      const file = await fileOf(house);
      const places = placesIn(file);
      expect(places.length).toBeGreaterThan(150);
      const unseen: string[] = [];
      for (const place of places) {
        const changed = structuredClone(file);
        change(changed, place);
        const verdict = await check(house, changed);
        if (!verdict.ok) continue;
        const name = place.join('.').replace(/\d+/g, 'n');
        if (name !== 'proof.lock.acks.n') unseen.push(name);
        else expect(verdict.acks).toHaveLength(4);
      }
      // The middle of a checkpoint lies in its Ed25519 line, which is there for other tools and not checked here.
      expect(unseen).toEqual(['publishedAt', 'reviewDue', 'proof.checkpoint']);
    });
  });

  describe('the history of draws', () => {
    it('says of every list who was in the pool, drawn, resting and absent, in the order of the roll', async () => {
      const house = await openHouse(await open());
      await must(house.setRule());
      const first = await house.wholeDraw();
      const rested = await house.wholeDraw('2026-W48', ['u01', 'u02', 'u03', 'u05']);
      const history = v.parse(DrawHistory, await (await house.get('draw/history.json')).json());
      const mark = (drawn: readonly string[], rest: readonly string[], absent: readonly string[]): string =>
        units
          .map((unit) => (drawn.includes(unit) ? 'd' : absent.includes(unit) ? 'a' : rest.includes(unit) ? 'r' : 'p'))
          .join('');
      expect(history.units).toEqual(units);
      expect(history.draws).toEqual([
        { draw: id, week: '2026-W47', stage: 'published', marks: mark(first, [], []) },
        { draw: 'd-2026-w48', week: '2026-W48', stage: 'published', marks: mark(rested, first, ['u04']) },
      ]);
    });
  });
});

interface Altered {
  stage: string;
  rule: { min_acks: number };
  list: { list: unknown[]; absent: unknown[] };
  lock: { acks: string[] };
  record: { drawn: unknown[]; values: object[] };
  published: string[];
  proof: {
    checkpoint: string;
    leaves: { i: number; jws: string; path: string[] }[];
    lock: { consistency: string[]; acks: string[] };
  };
}
const leaf = (proof: Altered['proof'], n: number) => proof.leaves[n] ?? { i: 0, jws: '', path: [] };

type Place = readonly (string | number)[];

/** Where the texts and numbers of a JSON value stand. */
function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, one]) =>
    placesIn(one, [...at, Array.isArray(value) ? Number(name) : name]),
  );
}

/** Changes one value: a number by one, a letter in the middle of a text to another that also occurs in base64. */
function change(root: unknown, place: Place): void {
  let at = root as Record<string | number, unknown>;
  for (const name of place.slice(0, -1)) at = at[name] as Record<string | number, unknown>;
  const last = place.at(-1) ?? '';
  const value = at[last];
  if (typeof value === 'number') at[last] = value + 1;
  else {
    const text = String(value);
    const middle = Math.floor(text.length / 2);
    at[last] = text.slice(0, middle) + (text[middle] === 'A' ? 'B' : 'A') + text.slice(middle + 1);
  }
}
