import { describe, expect, test } from 'vitest';
import { firstPlan } from '../../shared/diary/notice.ts';
import { dueNotices } from '../../shared/diary/reminder.ts';
import { at, day, hour, situation, watch } from './watch.ts';

const monday = situation({ days: [day('2026-07-20')] });
const nine = at('2026-07-20T21:00');

describe('the evening reminder of Monday 20 July, set for 21:00', () => {
  test('comes at its hour, not a minute before', () => {
    const device = watch(firstPlan);
    expect(device.look(nine - 60_000, monday)).toEqual([]);
    expect(device.look(nine, monday)).toEqual(['evening:2026-07-20']);
  });

  test('comes once, however often the alarm fires', () => {
    const device = watch(firstPlan);
    const looks = [0, 0, 1, 60_000, 60_000, hour].map((later) => device.look(nine + later, monday));
    expect(looks.flat()).toEqual(['evening:2026-07-20']);
  });

  test('comes late where the machine slept over its hour', () => {
    expect(watch(firstPlan).look(at('2026-07-21T07:40'), monday)).toEqual(['evening:2026-07-20']);
  });

  test('after 18 hours of sleep it is no longer shown and stands in the list', () => {
    const device = watch(firstPlan);
    expect(device.look(nine + 18 * hour + 1, monday)).toEqual([]);
    expect(device.list(nine + 18 * hour + 1, monday)).toEqual(['evening:2026-07-20']);
    expect(watch(firstPlan).look(nine + 18 * hour, monday)).toHaveLength(1);
  });

  test('does not come again when the clock goes back over its hour', () => {
    const device = watch(firstPlan);
    device.look(nine + hour, monday);
    expect([-3, -2, -1, 0, 1].flatMap((hours) => device.look(nine + hours * hour, monday))).toEqual([]);
  });

  test('a clock that jumps ahead by days shows the newest day alone, and each later evening still comes', () => {
    const device = watch(firstPlan);
    const days = ['2026-07-20', '2026-07-21', '2026-07-22', '2026-07-23'].map((name) => day(name));
    expect(device.look(at('2026-07-23T22:00'), situation({ days }))).toEqual(['evening:2026-07-23']);
    // Back to Tuesday, as it really is: Tuesday's own evening comes, Thursday's is not repeated.
    expect(device.look(at('2026-07-21T21:30'), situation({ days: days.slice(0, 2) }))).toEqual(['evening:2026-07-21']);
    expect(device.look(at('2026-07-23T21:30'), situation({ days }))).toEqual([]);
  });

  test.each([
    ['a day that is complete', { reviewed: true }],
    ['a day of leave', { leave: true }],
    ['a sealed day', { shut: true }],
    ['a day off on which nothing was written', { expected: false, entries: 0 }],
  ])('does not come on %s', (_, more) => {
    expect(watch(firstPlan).look(nine, situation({ days: [day('2026-07-20', more)] }))).toEqual([]);
  });

  test.each([
    ['has two entries', { reviewed: true, entries: 2 }],
    ['has a blank', { reviewed: true, blanks: 1 }],
    ['has no review', { reviewed: false }],
    ['has nothing at all', { entries: 0 }],
  ])('comes when a working day %s', (_, more) => {
    expect(watch(firstPlan).look(nine, situation({ days: [day('2026-07-20', more)] }))).toHaveLength(1);
  });

  test('is gone from the list as soon as the day is complete', () => {
    const device = watch(firstPlan);
    device.look(nine, monday);
    expect(device.list(nine + hour, situation({ days: [day('2026-07-20', { reviewed: true })] }))).toEqual([]);
  });

  test('is gone from the list once it is ticked off, and older evenings do not take its place', () => {
    const device = watch(firstPlan);
    const both = situation({ days: [day('2026-07-20'), day('2026-07-21')] });
    const late = at('2026-07-21T22:00');
    device.look(late, both);
    device.tick(late, 'evening:2026-07-21');
    expect(device.list(late, both)).toEqual([]);
    expect(device.look(late, both)).toEqual([]);
  });
});

test('a device calls for no evening from before it was set up', () => {
  const due = (begun: number) => dueNotices(firstPlan, monday, { since: { begun } }, nine + 2 * hour);
  expect(due(nine + hour)).toEqual([]);
  expect(due(nine - 2 * hour)).toHaveLength(1);
});

test('weekends have no hour at first; whoever sets one is reminded when something was written', () => {
  const saturday = situation({ days: [day('2026-07-25', { expected: false })] });
  expect(watch(firstPlan).look(at('2026-07-25T21:00'), saturday)).toEqual([]);
  const plan = { ...firstPlan, evening: [null, null, null, null, null, 1200, null] };
  expect(watch(plan).look(at('2026-07-25T20:00'), saturday)).toEqual(['evening:2026-07-25']);
});

test('an hour after midnight is of the night that follows the day', () => {
  const plan = { ...firstPlan, evening: [30, null, null, null, null, null, null] };
  expect(watch(plan).look(at('2026-07-20T23:59'), monday)).toEqual([]);
  expect(watch(plan).look(at('2026-07-21T00:30'), monday)).toEqual(['evening:2026-07-20']);
});

test('what is switched off is neither shown nor listed', () => {
  const device = watch({ ...firstPlan, off: ['evening'] });
  expect(device.look(nine, monday)).toEqual([]);
  expect(device.list(nine, monday)).toEqual([]);
});
