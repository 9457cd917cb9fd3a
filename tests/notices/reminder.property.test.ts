/** Whatever the alarms do, no notice is shown twice, none before its time, none that is long past. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { firstPlan } from '../../shared/diary/notice.ts';
import { dueNotices, showWithinMs } from '../../shared/diary/reminder.ts';
import { at, day, hour, situation, watch } from './watch.ts';

const first = at('2026-07-20T00:00');
const days = Array.from({ length: 14 }, (_, n) => new Date(Date.UTC(2026, 6, 20 + n)).toISOString().slice(0, 10));
const seen = situation({
  days: days.map((name) => day(name)),
  weeks: [
    { week: '2026-W30', resting: false, standing: 'open', written: true, deadline: at('2026-07-27T12:00') },
    { week: '2026-W31', resting: false, standing: 'open', written: true, deadline: at('2026-08-03T12:00') },
  ],
  tray: { key: 1, at: at('2026-07-23T10:00') },
  unsentSince: at('2026-07-24T10:00'),
  lookBack: { share: 0.1, target: 0.3 },
});

test('alarms that come at any times, in any order, show each notice at most once and in time', () => {
  // Steps of the clock: a minute, a sleep, a jump back.
  const step = fc.oneof(
    fc.integer({ min: 0, max: 5 }).map((minutes) => minutes * 60_000),
    fc.integer({ min: -30, max: 60 }).map((hours) => hours * hour),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const device = watch(firstPlan);
      const shown = new Set<string>();
      let now = first;
      for (const each of steps) {
        now += each;
        const due = new Map(
          dueNotices(firstPlan, seen, { since: { begun: first } }, now).map((notice) => [notice.id, notice]),
        );
        for (const id of device.look(now, seen)) {
          expect(shown).not.toContain(id);
          shown.add(id);
          const late = now - (due.get(id)?.at ?? Number.NaN);
          expect(late).toBeGreaterThanOrEqual(0);
          expect(late).toBeLessThanOrEqual(showWithinMs);
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('a clock that only runs, looked at every ten minutes to twelve hours, shows every evening of a working day', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10, max: 12 * 60 }), (minutes) => {
      const device = watch(firstPlan);
      const shown: string[] = [];
      for (let now = first; now < first + 14 * 24 * hour; now += minutes * 60_000)
        shown.push(...device.look(now, seen).filter((id) => id.startsWith('evening:')));
      const workdays = days.filter((_, n) => n % 7 < 5);
      expect(shown).toEqual(workdays.map((name) => `evening:${name}`));
    }),
    { numRuns: 25 },
  );
});
