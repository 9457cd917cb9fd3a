/** Notices of a device: from its own store, over the worker's wakings, without a browser. */
import 'fake-indexeddb/auto';
import { ulid } from 'ulid';
import { beforeEach, describe, expect, test } from 'vitest';
import { addEntries, setReview } from '../../extension/commands/journal.ts';
import { setEveningHour, setFocusedTarget, setNotices, tickOff } from '../../extension/commands/notices.ts';
import { changeProfile, changeProgress, type StoredRow } from '../../extension/store/database.ts';
import { pageOf } from '../../extension/store/notice-page.ts';
import { noticesNow } from '../../extension/store/notice-situation.ts';
import { focusedTarget, noticePlan } from '../../extension/store/private-settings.ts';
import { giveNotices, refreshDraws } from '../../extension/sync/notices.ts';
import type { EntryBody } from '../../shared/api/journal.ts';
import { type Notice, readNoticeId } from '../../shared/diary/notice.ts';
import { openProfile, type ProfileDouble } from '../extension/profile-double.ts';
import { at, hour } from './watch.ts';

let now: number;
let draws: unknown[];
let device: ProfileDouble;
let shown: Notice[];

beforeEach(async () => {
  now = at('2026-07-20T07:00');
  draws = [];
  shown = [];
  device = await openProfile(
    async (address) =>
      address.endsWith('/api/v1/draws')
        ? Response.json({ rule: null, rows: draws, next: null })
        : new Response(null, { status: 503 }),
    { now: () => now },
  );
  await device.context.token.write({ token: 'token', expiresAt: Number.MAX_SAFE_INTEGER });
  // The device is set up on Monday morning; then it is evening.
  await look();
  now = at('2026-07-20T21:00');
});

const look = async () => {
  await giveNotices(async (notice) => {
    shown.push(notice);
  }, device.context);
  return shown.splice(0).map(({ id }) => id);
};
const list = async () => (await noticesNow(device.context.database, now)).map(({ id }) => id);
const write = (day: string, ...clocks: readonly (readonly [string, string])[]) =>
  addEntries(
    clocks.map(([start, end]) => ({
      day,
      start: `${day}T${start}`,
      end: `${day}T${end}`,
      text: '张某谈话',
      category: 'meeting',
    })),
    null,
    device.context,
  );

describe('an evening', () => {
  test('is called for once and gone when the day is written and reviewed', async () => {
    await write('2026-07-20', ['08:30', '10:00'], ['10:00', '11:00'], ['11:00', '12:00']);
    expect(await look()).toEqual(['evening:2026-07-20']);
    expect(await look()).toEqual([]);
    expect(await list()).toEqual(['evening:2026-07-20']);
    await setReview('2026-W30', '2026-07-20', '会太多', '', device.context);
    expect(await list()).toEqual([]);
  });

  test('is called for where a day has a gap of half an hour, and not on a day of leave', async () => {
    await write('2026-07-20', ['08:30', '10:00'], ['10:30', '11:00'], ['11:00', '12:00']);
    await setReview('2026-W30', '2026-07-20', '会太多', '', device.context);
    expect(await list()).toEqual(['evening:2026-07-20']);
    const leave = {
      day: '2026-07-20',
      start: '2026-07-20T14:00',
      end: '2026-07-20T17:30',
      text: '休假',
      category: 'leave',
    };
    await addEntries([leave], null, device.context);
    expect(await list()).toEqual([]);
  });

  test('follows the hour that was set, and stays off where it was taken away', async () => {
    await setEveningHour(1, 22 * 60, device.context);
    expect(await look()).toEqual([]);
    now += hour;
    expect(await look()).toEqual(['evening:2026-07-20']);
    await setEveningHour(2, null, device.context);
    now = at('2026-07-21T23:00');
    expect(await look()).toEqual([]);
    expect((await noticePlan(device.context.database)).evening).toEqual([1320, null, 1260, 1260, 1260, null, null]);
    await expect(setEveningHour(1, 1440, device.context)).rejects.toThrow('FIELD_INVALID');
  });

  test('on a public holiday nothing is expected, on a made-up Saturday it is', async () => {
    const { database } = device.context;
    await changeProfile(database, { organisation: holidays(['2026-07-20'], ['2026-07-25']) });
    expect(await look()).toEqual([]);
    await setEveningHour(6, 1260, device.context);
    now = at('2026-07-25T21:00');
    expect(await look()).toEqual(['evening:2026-07-25']);
  });

  test("a week that is another group's turn is not called for, neither its days nor its seal", async () => {
    const { database } = device.context;
    // W30 of 2026 is 29 weeks after the first: with two groups it is the turn of the second.
    const turns = (group: number) => ({
      organisation: {
        ...holidays([], []),
        plan: [
          { id: 'other', group: 2 },
          { id: 'lianpu', group },
        ],
      },
      grants: [{ role: 'leader' as const, unit: 'lianpu', actor: 'lianpu' }],
    });
    await changeProfile(database, turns(1));
    expect(await list()).toEqual([]);
    now = at('2026-07-26T12:00');
    expect(await list()).toEqual([]);
    await changeProfile(database, turns(2));
    expect(await list()).toEqual(['lastDay:2026-W30', 'evening:2026-07-24']);
  });

  test('says no word of what was written', async () => {
    await write('2026-07-20', ['08:30', '10:00']);
    const [notice] = await noticesNow(device.context.database, now);
    expect(JSON.stringify(notice)).not.toMatch(/张某|谈话/);
  });
});

test('what is ticked off is gone for good, on the list and in the browser', async () => {
  await tickOff(['evening:2026-07-20'], device.context);
  expect(await look()).toEqual([]);
  expect(await list()).toEqual([]);
});

test('what is switched off is neither shown nor listed, and can be switched on again', async () => {
  await setNotices(['evening'], false, device.context);
  expect(await look()).toEqual([]);
  await setNotices(['evening'], true, device.context);
  expect(await look()).toEqual(['evening:2026-07-20']);
});

test('the deadline of the seal is taken by the clock of the server', async () => {
  // Due on Monday 27 July at 12:00; this machine is two hours slow.
  const { database } = device.context;
  await changeProfile(database, { rule: { close: 720, zone: 'Asia/Shanghai' } });
  await setNotices(['evening'], false, device.context);
  now = at('2026-07-26T12:00');
  expect(await look()).toEqual(['sealDay:2026-W30']);
  now = at('2026-07-27T09:00');
  expect(await look()).toEqual([]);
  await changeProgress(database, { offsetMs: 2 * hour });
  expect(await look()).toEqual(['sealHour:2026-W30']);
});

test('two alarms at once show it once', async () => {
  await Promise.all([look(), look()]).then((both) => expect(both.flat()).toEqual(['evening:2026-07-20']));
});

describe('draws', () => {
  const row = (more: object) => ({
    draw: 'd-2026-w29',
    week: '2026-W29',
    stage: 'drawn',
    rule: 1,
    list: 2,
    record: 3,
    frozenAt: 1,
    candidates: [],
    absent: [],
    rest: [],
    sources: [],
    minAcks: 0,
    nonces: [],
    lock: null,
    acks: [],
    drawn: [
      { stratum: 's', unit: 'u01' },
      { stratum: 's', unit: 'u02' },
    ],
    voidReason: null,
    publishedAt: null,
    ...more,
  });
  beforeEach(() => setNotices(['evening', 'lastDay', 'sealDay', 'sealHour'], false, device.context));

  test('an own week that was drawn is told of, and again when it is published; those of others are not', async () => {
    draws = [row({}), row({ draw: 'd-2026-w28', week: '2026-W28', drawn: [{ stratum: 's', unit: 'u02' }] })];
    await refreshDraws(device.context);
    expect(await look()).toEqual(['drawn:d-2026-w29/u01/2026-W29']);
    now += 2 * hour;
    draws = [row({ stage: 'published', publishedAt: now / 1000 })];
    await refreshDraws(device.context);
    expect(await look()).toEqual(['published:d-2026-w29/u01/2026-W29']);
  });

  test('a draw that is void or without result is nobody’s news, and a server that is away changes nothing', async () => {
    draws = [row({})];
    await refreshDraws(device.context);
    device.network.on = false;
    await refreshDraws(device.context);
    expect(await look()).toEqual(['drawn:d-2026-w29/u01/2026-W29']);
    device.network.on = true;
    draws = [row({ stage: 'void' }), row({ draw: 'd-2026-w28', stage: 'locked', drawn: null })];
    await refreshDraws(device.context);
    expect(await list()).toEqual([]);
  });
});

test('a log that does not fit and an acknowledgement refused by a check are told of; a network that is away is not', async () => {
  await setNotices(['evening'], false, device.context);
  const { database } = device.context;
  await changeProgress(database, { logProblem: 'LOG_REWRITTEN', ackProblem: 'UNREACHABLE' });
  expect(await look()).toEqual([`log:LOG_REWRITTEN/${now}`]);
  await changeProgress(database, { logProblem: null, ackProblem: 'HEAD_WRONG' });
  expect(await look()).toEqual([`ack:HEAD_WRONG/${now}`]);
});

test('a share below the own target over the last four full weeks is told of once a week', async () => {
  const { database } = device.context;
  await setNotices(['evening', 'lastDay', 'sealDay', 'sealHour'], false, device.context);
  // Three hours of meetings and one of paperwork in each of four weeks: 25 %.
  const days = ['2026-06-24', '2026-07-01', '2026-07-08', '2026-07-15'];
  const weeks = ['2026-W26', '2026-W27', '2026-W28', '2026-W29'];
  await database.rows.bulkPut(
    days.flatMap((day, n) => [
      stored(weeks[n] ?? '', day, '09:00', '12:00', 'meeting'),
      stored(weeks[n] ?? '', day, '14:00', '15:00', 'paperwork'),
    ]),
  );
  expect(await look()).toEqual([]);
  await setFocusedTarget(25, device.context);
  expect(await look()).toEqual([]);
  await setFocusedTarget(26, device.context);
  expect(await look()).toEqual(['nudge:2026-W30']);
  expect(await focusedTarget(database)).toBe(26);
  await setFocusedTarget(null, device.context);
  expect(await list()).toEqual([]);
  await expect(setFocusedTarget(101, device.context)).rejects.toThrow('FIELD_INVALID');
});

test('a notice leads to the page where something can be done, from its id alone', () => {
  const page = (id: string) => pageOf(readNoticeId(id) ?? { kind: 'tray', about: '' });
  expect(page('evening:2026-07-20')).toBe('sidepanel.html?day=2026-07-20#review');
  expect(page('sealHour:2026-W30')).toBe('desk.html#/week/2026-W30');
  expect(page('drawn:d-2026-w30/yjj/2026-W30')).toBe('desk.html?preview=2026-W30#/week/2026-W30');
  expect(page('published:d-2026-w30/yjj/2026-W30')).toBe('desk.html#/diaries/d-2026-w30/yjj');
  expect(readNoticeId('another:1')).toBeNull();
});

function stored(week: string, day: string, start: string, end: string, category: string): StoredRow {
  const body: EntryBody = {
    kind: 'entry',
    week,
    day,
    start: `${day}T${start}`,
    end: `${day}T${end}`,
    category,
    text: '…',
  };
  return { id: ulid().toLowerCase(), head: ulid().toLowerCase(), seq: 1, schema: 1, del: false, week, body, epoch: 1 };
}

function holidays(days: string[], makeUpWorkdays: string[]) {
  return {
    name: { zh: '晴湖新区', en: 'Qinghu' },
    zone: 'Asia/Shanghai',
    demo: true,
    origin: 'diary.example/log1',
    vkey: '',
    organiser: null,
    issuer: 'https://diary.example',
    units: [],
    terms: [],
    categories: [],
    threads: [],
    holidays: days,
    makeUpWorkdays,
  };
}
