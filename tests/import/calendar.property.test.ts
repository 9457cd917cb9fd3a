/** Calendars that nobody wrote: damaged files end and never throw; rules give the days that ical.js gives where it is right. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { readRule, startsOf } from '../../shared/diary/calendar/rule.ts';
import { civilAt, dateOfDay, dayOf, formatMinute } from '../../shared/time/civil.ts';
import { readFor } from './read.ts';

const folder = new URL('../fixtures/ics/', import.meta.url);
const files = readdirSync(folder)
  .filter((name) => name.endsWith('.ics'))
  .map((name) => readFileSync(new URL(name, folder)));
const weeks = ['2015-W28', '2019-W18', '2020-W36', '2021-W12', '2024-W43', '2026-W09'];

test('a damaged file is read to its end, and every item has its place in an asked week', () => {
  const damage = fc.array(fc.tuple(fc.nat(2000), fc.nat(255), fc.constantFrom('set', 'insert', 'cut')), {
    maxLength: 12,
  });
  fc.assert(
    fc.property(fc.constantFrom(...files), damage, (file, changes) => {
      const bytes = [...file];
      for (const [at, value, kind] of changes) {
        const place = at % Math.max(1, bytes.length);
        if (kind === 'cut') bytes.splice(place, value % 40);
        else bytes.splice(place, kind === 'set' ? 1 : 0, value);
      }
      for (const { start, end } of readFor(Uint8Array.from(bytes), ...weeks).items)
        if (end !== null) expect(end).toBeGreaterThanOrEqual(start);
    }),
    { interruptAfterTimeLimit: 6_000, numRuns: 2000, markInterruptAsFailure: false },
  );
});

const dayNames = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const rules = fc.oneof(
  fc.integer({ min: 1, max: 9 }).map((interval) => `FREQ=DAILY;INTERVAL=${interval}`),
  fc
    .tuple(fc.integer({ min: 1, max: 4 }), fc.subarray([...dayNames], { minLength: 1 }), fc.constantFrom(...dayNames))
    .map(([interval, days, start]) => `FREQ=WEEKLY;INTERVAL=${interval};BYDAY=${days.join()};WKST=${start}`),
  fc
    .tuple(fc.integer({ min: 1, max: 5 }), fc.constantFrom(1, 2, 3, 4, -1, -2), fc.constantFrom(...dayNames))
    .map(([interval, nth, day]) => `FREQ=MONTHLY;INTERVAL=${interval};BYDAY=${nth}${day}`),
  fc
    .tuple(fc.integer({ min: 1, max: 12 }), fc.constantFrom(1, 2, 3, 4, -1), fc.constantFrom(...dayNames))
    .map(([month, nth, day]) => `FREQ=YEARLY;BYMONTH=${month};BYDAY=${nth}${day}`),
  fc.integer({ min: 1, max: 28 }).map((day) => `FREQ=MONTHLY;BYMONTHDAY=${day}`),
);

test('the first twenty occurrences of a rule are those of ical.js, with COUNT and by weeks', () => {
  fc.assert(
    fc.property(rules, fc.integer({ min: 15_000, max: 25_000 }), (text, first) => {
      const start = civilAt(first, 540);
      const theirs = ICAL.Recur.fromString(text).iterator(
        ICAL.Time.fromData({ ...dateOfDay(first), hour: 9, minute: 0, second: 0, isDate: false }),
      );
      const expected: string[] = [];
      while (expected.length < 20) expected.push(theirs.next()?.toString().slice(0, 16) ?? '');
      // The first is always one of ours; ical.js leaves it out where the rule does not fit it.
      const own = [formatMinute(start), ...expected.filter((minute) => minute !== formatMinute(start))];
      const last = Number(dayOf(start)) + 366 * 21;
      const rule = readRule(`${text};COUNT=${own.length}`);
      if (rule === null) throw new Error(`not read: ${text}`);
      expect([...startsOf(rule, start, first, last)].map(formatMinute)).toEqual(own);
      const endless = { ...rule, count: null };
      const byWeeks: string[] = [];
      for (let day = first; byWeeks.length < own.length; day += 7)
        byWeeks.push(...[...startsOf(endless, start, day, day + 6)].map(formatMinute));
      expect(byWeeks.slice(0, own.length)).toEqual(own);
    }),
    { interruptAfterTimeLimit: 6_000, numRuns: 400, markInterruptAsFailure: false },
  );
});
