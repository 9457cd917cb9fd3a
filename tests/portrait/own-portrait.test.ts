/** What the leader's own device counts: its entries, sealed or not, and the seals it keeps copies of. */
import 'fake-indexeddb/auto';
import { ulid } from 'ulid';
import { expect, test } from 'vitest';
import type { SealCopy, StoredRow } from '../../extension/store/database.ts';
import { profileOf } from '../../extension/store/database.ts';
import { ownPortrait } from '../../extension/store/own-portrait.ts';
import type { Body } from '../../shared/api/journal.ts';
import { portraitOf } from '../../shared/portrait/portrait.ts';
import { openProfile } from '../extension/profile-double.ts';

const row = (body: Body): StoredRow => ({
  id: ulid().toLowerCase(),
  head: ulid().toLowerCase(),
  seq: 1,
  schema: 1,
  del: false,
  week: body.week,
  body,
  epoch: 1,
});

const entry = (week: string, day: string, from: string, to: string, more: object = {}): Body => ({
  kind: 'entry',
  week,
  day,
  start: `${day}T${from}`,
  end: `${day}T${to}`,
  text: '…',
  ...more,
});

const copy = (week: string, rev: number, index: number, iat: number): SealCopy => ({
  seal: `${week}-${rev}`.padEnd(43, 's'),
  week,
  rev,
  iat,
  jws: '',
  disclosures: [],
  kept: [],
  manifest: [],
  items: [],
  state: 'logged',
  refusal: null,
  receipt: { week, rev, seal: `${week}-${rev}`.padEnd(43, 's'), index, checkpoint: '' },
  confirmed: true,
});

/** Unix seconds of a minute in Shanghai. */
const at = (text: string): number => Date.parse(`${text}:00+08:00`) / 1000;

test('a portrait on the own device counts what is not sealed too, and says so among its sources', async () => {
  const { context } = await openProfile(async () => new Response(null, { status: 503 }));
  const { database } = context;
  await database.rows.bulkPut(
    [
      entry('2026-W30', '2026-07-20', '09:00', '12:00', { category: 'planning', thinking: '想' }),
      { kind: 'review' as const, week: '2026-W30', day: '2026-07-20', text: '复' },
      // Withheld: its time counts, its text is not looked into.
      {
        kind: 'entry' as const,
        week: '2026-W30',
        day: '2026-07-21',
        start: '2026-07-21T09:00',
        end: '2026-07-21T10:00',
        hold: { ground: 'privacy' as const, basis: '第三条' },
        digest: 'd'.repeat(43),
      },
      entry('2026-W31', '2026-07-27', '09:00', '11:00', {
        category: 'meeting',
        threads: [{ id: 't', name: '充电棚' }],
      }),
    ].map(row),
  );
  // Sealed on the Sunday, and again after the deadline of Monday noon.
  await database.seals.bulkPut([
    copy('2026-W30', 1, 5, at('2026-07-26T20:00')),
    copy('2026-W30', 2, 9, at('2026-07-28T09:00')),
  ]);
  const profile = { ...(await profileOf(database)), rule: { close: 720, zone: 'Asia/Shanghai' } };
  const input = await ownPortrait(database, profile, ['2026-W30', '2026-W31'], null, at('2026-08-03T09:00'));
  const { faces, sources } = portraitOf(input);
  const figure = (id: string) => faces.flatMap((face) => face.figures).find((each) => each.id === id);
  expect(sources).toMatchObject([
    { kind: 'seal', week: '2026-W30', index: 9, rev: 2, draw: null },
    { kind: 'own', week: '2026-W31' },
  ]);
  // 3 h and 1 h in one week, 2 h in the other.
  expect(figure('averageWeek')).toMatchObject({ value: { minutes: 180 }, sources: [0, 1] });
  expect(figure('thinking')).toMatchObject({ value: { count: 1 }, facts: { held: 1 }, sources: [0] });
  expect(figure('thread')).toMatchObject({ name: '充电棚', sources: [1] });
  expect(figure('reviewedDays')?.value).toMatchObject({ part: 1, of: 10 });
  expect(figure('sealedWeeks')).toMatchObject({ value: { part: 1, of: 2 }, facts: { inTime: 1 } });
  expect(figure('withheld')?.value).toMatchObject({ parts: [{ code: 'privacy', count: 1 }] });
});

test('what became of an item since the seal counts on the own device as in the dossier', async () => {
  const { context } = await openProfile(async () => new Response(null, { status: 503 }));
  const { database } = context;
  const hold = { ground: 'privacy' as const, basis: '第三条' };
  const span = (day: string) => ({
    kind: 'entry' as const,
    week: '2026-W30',
    day,
    start: `${day}T09:00`,
    end: `${day}T10:00`,
  });
  const rows = [
    { ...span('2026-07-20'), hold, digest: 'd'.repeat(43) },
    { ...span('2026-07-21'), text: '…', thinking: '想', threads: [{ id: 't', name: '充电棚' }] },
    { kind: 'review' as const, week: '2026-W30', day: '2026-07-22', hold, digest: 'e'.repeat(43) },
  ].map(row);
  await database.rows.bulkPut(rows);
  const [released] = rows;
  // The text that stays on the device; it is offered from here.
  await database.held.put({
    id: released?.id ?? '',
    week: '2026-W30',
    salt: '',
    disclosure: '',
    hold,
    prose: { text: '…', thinking: '想', result: '成', threads: [{ id: 'u', name: '便桥' }] },
    digest: 'd'.repeat(43),
    parked: null,
  });
  await database.seals.put({ ...copy('2026-W30', 1, 5, at('2026-07-26T20:00')), items: rows.map(({ id }) => id) });
  const profile = await profileOf(database);
  const figures = async (sinceSealed: { item: number; ground: 'privacy' | 'trade-secret' | null }[]) => {
    const response = {
      diaries: [{ week: '2026-W30', draw: 'd-2026-w30', unit: 'u', comments: [], sinceSealed }],
      tickets: [],
    };
    const input = await ownPortrait(database, profile, ['2026-W30'], response, at('2026-08-03T09:00'));
    const all = portraitOf(input).faces.flatMap((face) => face.figures);
    const of = (id: string) => all.filter((each) => each.id === id);
    const [withheld] = of('withheld');
    return {
      held: withheld?.value.kind === 'parts' ? withheld.value.parts.map(({ code, count }) => `${code} ${count}`) : [],
      released: withheld?.facts.released,
      threads: of('thread').map(({ name }) => name),
      thinking: of('thinking')[0]?.value,
    };
  };
  expect(await figures([])).toMatchObject({ held: ['privacy 2'], released: 0, threads: ['充电棚'] });
  // Entry and review are released, and a reviewer has withheld the other entry.
  const changes = [0, 2].map((item) => ({ item, ground: null }));
  expect(await figures([...changes, { item: 1, ground: 'trade-secret' }])).toEqual({
    held: ['trade-secret 1'],
    released: 2,
    threads: ['便桥'],
    thinking: { kind: 'count', count: 1 },
  });
});
