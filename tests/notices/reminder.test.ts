import { describe, expect, test } from 'vitest';
import { firstPlan } from '../../shared/diary/notice.ts';
import type { WeekStanding } from '../../shared/diary/reminder.ts';
import { at, hour, situation, watch } from './watch.ts';

const deadline = at('2026-07-27T12:00');
const week = (more: Partial<WeekStanding> = {}) =>
  situation({ weeks: [{ week: '2026-W30', resting: false, standing: 'open', written: true, deadline, ...more }] });

describe('the seal of week 30, due on Monday 27 July at 12:00', () => {
  test('the last day begins, then a day and an hour before the deadline', () => {
    const device = watch(firstPlan);
    const looks = ['2026-07-26T07:59', '2026-07-26T08:00', '2026-07-26T12:00', '2026-07-27T10:59', '2026-07-27T11:00'];
    expect(looks.map((wall) => device.look(at(wall), week()))).toEqual([
      [],
      ['lastDay:2026-W30'],
      ['sealDay:2026-W30'],
      [],
      ['sealHour:2026-W30'],
    ]);
  });

  test('after a weekend asleep only the last of the three is shown', () => {
    const device = watch(firstPlan);
    expect(device.look(at('2026-07-27T11:20'), week())).toEqual(['sealHour:2026-W30']);
    expect(device.list(at('2026-07-27T11:20'), week())).toEqual(['sealHour:2026-W30']);
  });

  test('a week that is not sealed stays in the list until it is', () => {
    const device = watch(firstPlan);
    const later = at('2026-07-29T09:00');
    expect(device.look(later, week())).toEqual([]);
    expect(device.list(later, week())).toEqual(['sealHour:2026-W30']);
    expect(device.list(later, week({ standing: 'sealed' }))).toEqual([]);
    expect(device.list(later, week({ standing: 'frozen' }))).toEqual([]);
  });

  test('a week in which nothing was written is called for until its deadline', () => {
    const device = watch(firstPlan);
    expect(device.look(at('2026-07-27T11:00'), week({ written: false }))).toEqual(['sealHour:2026-W30']);
    expect(device.list(deadline + 1, week({ written: false }))).toEqual([]);
  });

  test('without a rule there is the last day alone', () => {
    const device = watch(firstPlan);
    expect(device.look(at('2026-07-26T12:00'), week({ deadline: null }))).toEqual(['lastDay:2026-W30']);
    expect(device.look(at('2026-07-26T23:00'), week({ deadline: null }))).toEqual([]);
  });

  test('two weeks that wait stand both in the list; the newest alone is shown', () => {
    const both = situation({
      weeks: [
        { week: '2026-W29', resting: false, standing: 'open', written: true, deadline: at('2026-07-20T12:00') },
        { week: '2026-W30', resting: false, standing: 'open', written: true, deadline },
      ],
    });
    const device = watch(firstPlan);
    expect(device.look(at('2026-07-27T11:00'), both)).toEqual(['sealHour:2026-W30']);
    expect(device.list(at('2026-07-27T11:00'), both)).toEqual(['sealHour:2026-W30', 'sealHour:2026-W29']);
  });
});

describe('a reopened week', () => {
  test('is told of an hour before the freeze can come, and after it', () => {
    const device = watch(firstPlan);
    const reopened = week({ standing: 'reopened' });
    expect(device.look(at('2026-07-26T20:00'), reopened)).toEqual([]);
    expect(device.look(at('2026-07-27T11:00'), reopened)).toEqual(['reopenedHour:2026-W30']);
    expect(device.look(at('2026-07-27T14:00'), week({ standing: 'frozen' }))).toEqual(['reopenedShut:2026-W30']);
    expect(device.look(at('2026-07-27T15:00'), week({ standing: 'frozen' }))).toEqual([]);
  });

  test('reopened after the deadline, it is told of at once', () => {
    const device = watch(firstPlan);
    expect(device.look(at('2026-07-28T09:00'), week({ standing: 'reopened' }))).toEqual(['reopenedHour:2026-W30']);
  });

  test('sealed again before the freeze, nothing is to be told', () => {
    const device = watch(firstPlan);
    device.look(at('2026-07-26T20:00'), week({ standing: 'reopened' }));
    device.look(at('2026-07-26T21:00'), week({ standing: 'sealed' }));
    expect(device.look(at('2026-07-27T14:00'), week({ standing: 'frozen' }))).toEqual([]);
  });
});

describe('an own week that was drawn', () => {
  const own = { draw: 'd-2026-w30', unit: 'yjj', week: '2026-W30', publishedAt: null };
  const about = 'd-2026-w30/yjj/2026-W30';

  test('is told of when it is seen, again before the release, and when it is published', () => {
    const device = watch(firstPlan);
    const drawn = situation({ draws: [own] });
    const seen = at('2026-07-29T10:00');
    expect(device.look(seen, drawn)).toEqual([`drawn:${about}`]);
    expect(device.look(seen + hour - 1, drawn)).toEqual([]);
    expect(device.look(seen + hour, drawn)).toEqual([`release:${about}`]);
    const published = situation({ draws: [{ ...own, publishedAt: seen + 3 * hour }] });
    expect(device.look(seen + 3 * hour, published)).toEqual([`published:${about}`]);
    expect(device.list(seen + 4 * hour, published)).toEqual([`published:${about}`]);
  });

  test('published long before this device was set up, it is no news', () => {
    const old = situation({ draws: [{ ...own, publishedAt: at('2026-07-29T10:00') }] });
    const device = watch(firstPlan);
    expect(device.look(at('2026-09-01T10:00'), old)).toEqual([]);
    expect(device.list(at('2026-09-01T10:00'), old)).toEqual([]);
  });
});

describe('what is wrong', () => {
  const now = at('2026-07-22T10:00');

  test('a log that does not fit is told of at once, and again when it comes back after it was well', () => {
    const device = watch(firstPlan);
    const wrong = situation({ logProblem: 'LOG_REWRITTEN' });
    expect(device.look(now, wrong)).toEqual([`log:LOG_REWRITTEN/${now}`]);
    expect(device.look(now + hour, wrong)).toEqual([]);
    expect(device.look(now + 2 * hour, situation())).toEqual([]);
    expect(device.look(now + 3 * hour, wrong)).toEqual([`log:LOG_REWRITTEN/${now + 3 * hour}`]);
  });

  test('an alarm that was first seen by a clock far ahead is not silenced until then', () => {
    const device = watch(firstPlan);
    const wrong = situation({ logProblem: 'LOG_REWRITTEN' });
    device.look(now + 1000 * hour, wrong);
    expect(device.look(now, wrong)).toEqual([`log:LOG_REWRITTEN/${now}`]);
  });

  test('an acknowledgement that could not be given is told of with its reason', () => {
    expect(watch(firstPlan).look(now, situation({ ackProblem: 'HEAD_WRONG' }))).toEqual([`ack:HEAD_WRONG/${now}`]);
  });

  test('each text in the tray is told of once', () => {
    const device = watch(firstPlan);
    expect(device.look(now, situation({ tray: { key: 4, at: now - hour } }))).toEqual(['tray:4']);
    expect(device.look(now, situation({ tray: { key: 4, at: now - hour } }))).toEqual([]);
    expect(device.look(now, situation({ tray: { key: 5, at: now } }))).toEqual(['tray:5']);
  });

  test('what is unsent for a day is told of', () => {
    const device = watch(firstPlan);
    const waiting = situation({ unsentSince: now });
    expect(device.look(now + 24 * hour - 1, waiting)).toEqual([]);
    expect(device.look(now + 24 * hour, waiting)).toEqual([`unsent:${now}`]);
  });
});

describe('the private nudge', () => {
  const below = situation({ lookBack: { share: 0.24, target: 0.3 } });

  test('comes on Monday at 9:00, at most once a week', () => {
    const device = watch(firstPlan);
    expect(device.look(at('2026-07-20T08:59'), below)).toEqual([]);
    expect(device.look(at('2026-07-20T09:00'), below)).toEqual(['nudge:2026-W30']);
    const days = ['20T12', '21T09', '22T09', '24T09', '26T23'].flatMap((each) =>
      device.look(at(`2026-07-${each}:00`), below),
    );
    expect(days).toEqual([]);
    // Before 05:00 Monday is still Sunday.
    expect(device.look(at('2026-07-27T04:59'), below)).toEqual([]);
    expect(device.look(at('2026-07-27T09:00'), below)).toEqual(['nudge:2026-W31']);
  });

  test('does not come at the target, without one, or switched off', () => {
    const now = at('2026-07-20T10:00');
    expect(watch(firstPlan).look(now, situation({ lookBack: { share: 0.3, target: 0.3 } }))).toEqual([]);
    expect(watch(firstPlan).look(now, situation())).toEqual([]);
    expect(watch({ ...firstPlan, off: ['nudge'] }).look(now, below)).toEqual([]);
  });
});
