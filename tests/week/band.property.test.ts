// What holds for every place and every drag: nothing becomes impossible, everything lands on a line, there and back is nowhere.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bandOf, dragged, drawn, isAllowed, moved, type Place, stretched } from '../../extension/screens/week/band.ts';
import { judgeBody } from '../../shared/diary/journal.ts';
import { formatDay, formatMinute } from '../../shared/time/civil.ts';
import { weekOf } from '../../shared/time/week.ts';
import { dayNamed } from './rows.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`week/band.property seed ${seed}`);
const runs = { seed, numRuns: 3000 };

const monday = dayNamed('2026-07-20');
const days = [0, 1, 2, 3, 4, 5, 6].map((offset) => monday + offset);
const dayStart = 300;

/** Places that the grid makes: on lines, starting in their column, no longer than a day, or points. */
const onLines = fc
  .record({ at: fc.nat(6), from: fc.nat(287), lines: fc.nat(288) })
  .map(({ at, from, lines }): Place => {
    const start = (monday + at) * 1440 + dayStart + from * 5;
    return { day: monday + at, start, end: start + lines * 5 };
  })
  .filter(isAllowed);

/** Places that an author may have typed: any minute that the journal takes, before 05:00 too. */
const typed = fc
  .record({ at: fc.nat(6), from: fc.integer({ min: -300, max: 2879 }), minutes: fc.nat(2880) })
  .map(({ at, from, minutes }): Place => {
    const start = (monday + at) * 1440 + dayStart + from;
    return { day: monday + at, start, end: start + minutes };
  })
  .filter(isAllowed);

const minutes = fc.integer({ min: -3000, max: 3000 });
const someDays = fc.integer({ min: -6, max: 6 });
const edge = fc.constantFrom('start' as const, 'end' as const);

test('what the grid allows is what the journal takes', () => {
  const any = fc.record({
    from: fc.integer({ min: -2000, max: 4000 }),
    minutes: fc.integer({ min: -100, max: 4000 }),
  });
  fc.assert(
    fc.property(any, (each) => {
      const start = monday * 1440 + each.from;
      const place = { day: monday, start, end: start + each.minutes };
      const body = {
        kind: 'entry' as const,
        week: weekOf(monday),
        day: formatDay(monday),
        start: formatMinute(place.start),
        end: formatMinute(place.end),
        text: 'x',
      };
      expect(isAllowed(place)).toBe(judgeBody(body).ok);
    }),
    runs,
  );
});

test('after any moves and stretches an entry can be stored, ends after it starts or is the point it was', () => {
  const step = fc.oneof(
    fc.record({ days: someDays, minutes }).map((by) => (place: Place) => moved(place, by.days, by.minutes)),
    fc.record({ edge, minutes }).map((by) => (place: Place) => stretched(place, by.edge, by.minutes)),
  );
  fc.assert(
    fc.property(typed, fc.array(step, { maxLength: 12 }), (from, steps) => {
      let place = from;
      for (const go of steps) {
        const was = place;
        place = go(place);
        expect(isAllowed(place)).toBe(true);
        if (was.end > was.start) expect(place.end).toBeGreaterThan(place.start);
      }
    }),
    runs,
  );
});

test('what is moved keeps its length, starts on a line of its own column and spills no further than its length', () => {
  fc.assert(
    fc.property(onLines, someDays, minutes, (from, byDays, by) => {
      const place = moved(from, byDays, by);
      const band = bandOf(place.day);
      expect(place.end - place.start).toBe(from.end - from.start);
      expect(place.start % 5).toBe(0);
      expect(place.start).toBeGreaterThanOrEqual(band.start);
      expect(place.start).toBeLessThan(band.end);
    }),
    runs,
  );
});

test('what is stretched lands on a line and covers no more than 24 hours', () => {
  fc.assert(
    fc.property(onLines, edge, minutes, (from, which, by) => {
      const place = stretched(from, which, by);
      expect(place[which] % 5).toBe(0);
      expect(place[which === 'start' ? 'end' : 'start']).toBe(from[which === 'start' ? 'end' : 'start']);
      expect(place.end - place.start).toBeLessThanOrEqual(1440);
      expect(place.start).toBeGreaterThanOrEqual(bandOf(place.day).start);
    }),
    runs,
  );
});

test('moving there and back by whole lines, with no edge in the way, changes nothing', () => {
  fc.assert(
    fc.property(onLines, someDays, fc.integer({ min: -200, max: 200 }), (from, byDays, lines) => {
      const there = moved(from, byDays, lines * 5);
      fc.pre(there.start === from.start + byDays * 1440 + lines * 5);
      expect(moved(there, -byDays, -lines * 5)).toEqual(from);
    }),
    runs,
  );
});

test('a pointer that comes back to where it took hold changes nothing, wherever it went', () => {
  const spot = fc.record({ column: fc.nat(6), minute: fc.integer({ min: 0, max: 1440 }) });
  fc.assert(
    fc.property(typed, spot, fc.constantFrom('move' as const, 'start' as const, 'end' as const), (place, at, kind) => {
      expect(dragged({ kind, id: 'x', place, spot: at }, at, days)).toEqual(place);
    }),
    runs,
  );
});

test('what is drawn is at least one line long and within its column', () => {
  fc.assert(
    fc.property(minutes, minutes, (a, b) => {
      const place = drawn(monday, a, b);
      const band = bandOf(monday);
      expect([place.start % 5, place.end % 5]).toEqual([0, 0]);
      expect(place.end).toBeGreaterThanOrEqual(place.start + 5);
      expect(place.start).toBeGreaterThanOrEqual(band.start);
      expect(place.end).toBeLessThanOrEqual(band.end);
    }),
    runs,
  );
});
