import { expect, test } from 'vitest';
import { configFrom } from '../../server/config.ts';
import { tellByClock } from '../../server/notices/by-clock.ts';
import { groupIn, groupsOf, standingIn, writesIn } from '../../shared/organisation/plan.ts';
import { deadline, monday, must, openHouse } from '../draws/house.ts';
import { settings } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';

const turns = (...groups: readonly number[]) => groups.map((group, n) => ({ id: `u0${n + 1}`, group }));

// Weeks after 2026-W01: W02 is 1, W47 is 46, W53 is 52, 2027-W01 is 53; 2025-W52 is the one before it.
test.each([
  ['2026-W01', 1, 1],
  ['2026-W02', 2, 2],
  ['2026-W47', 1, 2],
  ['2026-W53', 1, 2],
  ['2027-W01', 2, 3],
  ['2025-W52', 2, 3],
  ['2025-W51', 1, 2],
])('in %s it is the turn of group %i of two, of group %i of three', (week, ofTwo, ofThree) => {
  expect(groupIn(turns(1, 2), week)).toBe(ofTwo);
  expect(groupIn(turns(1, 2, 3), week)).toBe(ofThree);
});

test('who is in no group writes each week; without groups everybody does; a number that no unit has leaves a week empty', () => {
  expect(writesIn(turns(1, 2), 'u09', '2026-W02')).toBe(true);
  expect([writesIn(turns(1, 2), 'u01', '2026-W02'), writesIn(turns(1, 2), 'u02', '2026-W02')]).toEqual([false, true]);
  expect([groupsOf([]), groupIn([], '2026-W02'), writesIn([], 'u01', '2026-W02')]).toEqual([0, null, true]);
  expect(groupsOf(turns(1, 3))).toBe(3);
  expect(turns(1, 3).filter(({ id }) => writesIn(turns(1, 3), id, '2026-W02'))).toEqual([]);
});

test('what is sealed counts as sealed even by who rests, to the second of the deadline; nothing is missing before it', () => {
  const of = (sealedAt: number | null, now: number, more = {}) =>
    standingIn({ sealedAt, writes: true, onLeave: false, due: 1000, now, ...more });
  expect([of(1000, 1000), of(1001, 2000), of(500, 600, { writes: false })]).toEqual(['sealed', 'late', 'sealed']);
  expect([of(null, 1000), of(null, 1001), of(null, 9000, { due: null })]).toEqual(['open', 'missing', 'open']);
  expect([of(null, 1001, { writes: false }), of(null, 1001, { onLeave: true })]).toEqual(['resting', 'leave']);
});

interface Answer {
  readonly weeks: readonly { readonly week: string; readonly due: number | null; readonly group: number | null }[];
  readonly rows: readonly {
    readonly unit: string;
    readonly standings: readonly { readonly standing: string; readonly sealedAt: number | null }[];
  }[];
}

eachDatabase((name, open) => {
  test(`on ${name} the organiser sees who sealed, who is late and who rests, for eight weeks, and no text`, async () => {
    const house = await openHouse(await open(), {
      plan: [
        { id: 'u04', group: 1 },
        { id: 'u05', group: 2 },
      ],
    });
    const plan = async (last = '') => (await must(house.ask('org', 'GET', `plan${last}`))).json as Answer;
    // Without a rule there is no deadline, and nobody is late.
    const early = await plan();
    expect(early.weeks.map(({ week }) => week)).toEqual([47, 46, 45, 44, 43, 42, 41, 40].map((n) => `2026-W${n}`));
    expect(early.weeks[0]).toEqual({ week: '2026-W47', due: null, group: 1 });
    expect(early.rows.map(({ standings }) => standings[0]?.standing)).toEqual([
      'open',
      'open',
      'open',
      'open',
      'resting',
    ]);

    // Nor was anybody asked in the weeks before.
    expect(early.rows[0]?.standings.slice(1).every(({ standing }) => standing === 'resting')).toBe(true);

    await must(house.setRule());
    const ruled = await plan();
    expect(ruled.weeks.slice(0, 2).map(({ due }) => due)).toEqual([deadline, null]);
    expect(ruled.rows[0]?.standings.slice(0, 2).map(({ standing }) => standing)).toEqual(['open', 'resting']);
    await house.seal('u01');
    await house.seal('u05');
    house.at(deadline);
    await house.seal('u04');
    await house.db.insertInto('week_leave').values({ unit: 'u03', week: '2026-W47', at: monday }).execute();
    house.at(deadline + 1);
    await house.seal('u04', { rev: 2, change: '改' });
    const { weeks, rows } = await plan('?last=2026-W47');
    expect(weeks[0]).toEqual({ week: '2026-W47', due: deadline, group: 1 });
    expect(rows.map(({ unit, standings }) => [unit, standings[0]?.standing])).toEqual([
      ['u01', 'sealed'],
      ['u02', 'missing'],
      ['u03', 'leave'],
      ['u04', 'sealed'],
      ['u05', 'sealed'],
    ]);
    expect(rows[3]?.standings[0]?.sealedAt).toBe(deadline);
    expect(JSON.stringify(rows)).not.toContain('例会');
    expect((await house.ask('org', 'GET', 'plan?last=2025-W53')).code).toBe('FIELD_INVALID');
    expect((await house.ask('u01', 'GET', 'plan')).code).toBe('NOT_ALLOWED');
  });

  test(`on ${name} a leader is reminded the day before the deadline, unless another group has its turn`, async () => {
    const house = await openHouse(await open(), {
      plan: [
        { id: 'u04', group: 1 },
        { id: 'u05', group: 2 },
      ],
    });
    await must(house.setRule());
    await house.seal('u01');
    house.at(deadline - 3600);
    const mail = { SUNDIAL_SMTP_URL: 'smtp://127.0.0.1:9', SUNDIAL_MAIL_FROM: 'sundial@test.example' };
    const config = { ...house.context.config, mail: configFrom(settings, mail).mail };
    await tellByClock({ ...house.context, config });
    const told = await house.db
      .selectFrom('notice')
      .select('unit')
      .where('kind', '=', 'weekOpen')
      .orderBy('unit')
      .execute();
    expect(told.map(({ unit }) => unit)).toEqual(['u02', 'u03', 'u04']);
  });
});
