/** What a freeze takes into the list, and when it is refused. */
import { describe, expect, it } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { deadline, monday, must, notBefore, openHouse, units } from './house.ts';
import { authorOf, putEntry } from './house-week.ts';
import { stagesOn } from './stages.ts';

eachDatabase((_, open) => {
  const { begun, frozen } = stagesOn(open);

  describe('a freeze', () => {
    it('is refused before there is a rule', async () => {
      const house = await openHouse(await open());
      house.at(deadline + 60);
      expect(await house.askFreeze()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'RULE_MISSING' });
    });

    it('is refused while the week is not over, though every unit has sealed', async () => {
      const house = await begun();
      for (const unit of units) await house.seal(unit);
      house.at(monday - 60);
      expect(await house.askFreeze()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'WEEK_NOT_OVER' });
    });

    it('is refused before the deadline while a unit has not sealed, and allowed when all have', async () => {
      const house = await begun();
      for (const unit of units.slice(1)) await house.seal(unit);
      house.at(deadline - 60);
      expect(await house.askFreeze()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'DEADLINE_NOT_PASSED' });
      await house.seal('u01');
      expect(await house.askFreeze()).toMatchObject({ status: 200 });
    });

    it('names who did not seal as absent after the deadline', async () => {
      const house = await begun();
      for (const unit of units.slice(1)) await house.seal(unit);
      house.at(deadline + 60);
      expect((await house.truth()).absent).toEqual([{ unit: 'u01', why: 'none' }]);
      await must(house.freeze('2026-W47', { absent: [{ unit: 'u01', why: 'leave' }] }));
    });

    it('says leave of who declared it before the freeze and did not seal; a sealed unit takes part', async () => {
      const house = await begun();
      const declare = (unit: string, leave: boolean) =>
        house.ask(unit, 'PUT', 'journal/weeks/2026-W47/leave', { leave });
      for (const unit of ['u01', 'u02', 'u03']) expect(await declare(unit, true)).toMatchObject({ status: 200 });
      expect(await declare('u02', false)).toMatchObject({ status: 200 });
      expect((await house.ask('u01', 'GET', 'journal/weeks/2026-W47/leave')).json).toEqual({ leave: true });
      for (const unit of units.slice(2)) await house.seal(unit);
      house.at(deadline + 60);
      expect((await house.truth()).absent).toEqual([
        { unit: 'u01', why: 'leave' },
        { unit: 'u02', why: 'none' },
      ]);
      await must(house.freeze());
      expect(await declare('u02', true)).toMatchObject({ status: 409, code: 'WEEK_FROZEN' });
      expect(await declare('org', true)).toMatchObject({ status: 403, code: 'NOT_ALLOWED' });
    });

    it.each([
      ['a candidate left out', { list: [] }, 'list'],
      ['another week rested', { rest: [{ unit: 'u01', last: '2026-W46' }] }, 'rest'],
      ['a chosen draw id', { draw: 'd-2026-w47-r2' }, 'draw'],
      [
        'a source without issue',
        {
          sources: [
            { kind: 'nonces', name: 'units' },
            { kind: 'lottery', name: 'ssq' },
          ],
        },
        'sources',
      ],
    ] as const)('with %s is not logged', async (_name, change, field) => {
      const house = await begun();
      for (const unit of units) await house.seal(unit);
      house.at(deadline + 60);
      const answer = await house.freeze('2026-W47', change);
      expect(answer).toMatchObject({ status: 422, code: 'RECORD_REFUSED', json: { field } });
      expect(await house.leaves()).toHaveLength(13);
    });

    it('whose numbers are known already is not logged', async () => {
      const house = await begun();
      for (const unit of units) await house.seal(unit);
      house.at(notBefore);
      expect(await house.freeze()).toMatchObject({ code: 'RECORD_REFUSED', reason: 'NOT_BEFORE_PASSED' });
    });

    it('signed twice at the same time is logged once', async () => {
      const house = await begun();
      for (const unit of units) await house.seal(unit);
      house.at(deadline + 60);
      const list = await house.truth();
      const answers = await Promise.all([1, 2, 3].map(() => house.log('org', 'wd-list+jwt', list)));
      expect(answers.map(({ code }) => code ?? '').sort()).toEqual(['', 'OUT_OF_ORDER', 'OUT_OF_ORDER']);
      expect(await house.leaves()).toHaveLength(14);
    });

    it('shuts the week and sets a reopened one back to what was sealed', async () => {
      const house = await begun();
      for (const unit of units) await house.seal(unit);
      const ids = (await house.db.selectFrom('entry').select('id').where('author', '=', authorOf('u02')).execute()).map(
        ({ id }) => id,
      );
      await house.db.updateTable('week_state').set({ open: 1 }).where('unit', '=', 'u02').execute();
      const at = { unit: 'u02', week: '2026-W47', at: house.now() };
      const text = (words: string) => JSON.stringify({ kind: 'entry', text: words });
      await putEntry(house.db, { ...at, id: ids[1] ?? '', head: 'op-later', body: text('后来改的') });
      await putEntry(house.db, { ...at, id: 'u02-added', head: 'op-added', body: text('后来加的') });
      house.at(deadline + 60);
      await must(house.freeze());
      const rows = await house.db
        .selectFrom('entry')
        .selectAll()
        .where('author', '=', authorOf('u02'))
        .orderBy('id')
        .execute();
      expect(rows.filter(({ body }) => body?.includes('后来'))).toEqual([]);
      expect(rows.find(({ id }) => id === 'u02-added')).toMatchObject({ del: 1, body: null });
      expect(rows.find(({ id }) => id === ids[1])?.head).toBe(`op-${ids[1]}-1`);
      const states = await house.db.selectFrom('week_state').selectAll().where('week', '=', '2026-W47').execute();
      expect(states.map(({ open: reopened, frozen_draw }) => [reopened, frozen_draw])).toEqual(
        units.map(() => [0, 'd-2026-w47']),
      );
    });

    it('is refused while another draw is open, and a second one of the week for ever', async () => {
      const house = await frozen();
      expect(await house.askFreeze('2026-W48')).toMatchObject({ reason: 'DRAW_OPEN' });
      await must(house.lock());
      for (const unit of units) await must(house.ack(unit));
      house.at(notBefore + 60);
      await must(house.draw());
      expect(await house.askFreeze()).toMatchObject({ code: 'OUT_OF_ORDER', reason: 'WEEK_ALREADY_DRAWN' });
    });
  });
});
