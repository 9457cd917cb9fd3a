// Deadlines under any calendar against a reference that walks day by day over ISO dates and reads clocks by Temporal (closed-loop.md "Deadlines").
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { expect, test } from 'vitest';
import { commentKinds } from '../../shared/feedback/comment.ts';
import {
  type defaultRules,
  dispatchDue,
  endOfDay,
  firstContactDue,
  followUpDue,
  latestExtension,
  moderationDue,
  objectionDue,
  type Reckoning,
  replyDue,
  workingMinutesLeft,
} from '../../shared/feedback/deadline.ts';
import { type TicketClock, ticketClocks } from '../../shared/feedback/ticket.ts';
import { formatDay, parseDay, zoneOffset } from '../../shared/time/civil.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
console.log(`tickets/deadlines.property seed ${seed}`);

/** A quarter in which clocks change in Berlin (25 October) and New York (1 November), and what comes after it. */
const begin = Temporal.PlainDate.from('2026-09-14');
const dates = Array.from({ length: 90 }, (_, n) => begin.add({ days: n }).toString());

interface House {
  readonly zone: string;
  readonly holidays: readonly string[];
  readonly madeUp: readonly string[];
  /** Minutes of the day at which work begins and ends, in turn, rising. */
  readonly hours: readonly number[];
  readonly cutoff: number;
  readonly rules: typeof defaultRules;
}

const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const few = fc.integer({ min: 1, max: 20 });
const house: fc.Arbitrary<House> = fc.record({
  zone: fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Asia/Kathmandu'),
  // Some days are both: then they are worked.
  holidays: fc.uniqueArray(fc.constantFrom(...dates), { maxLength: 40 }),
  madeUp: fc.uniqueArray(fc.constantFrom(...dates), { maxLength: 15 }),
  hours: fc
    .uniqueArray(minuteOfDay, { minLength: 2, maxLength: 6 })
    .map((some) => some.toSorted((a, b) => a - b).slice(0, some.length - (some.length % 2)))
    // An hour a day at least, or thirty hours would take years.
    .filter((some) => some.reduce((sum, edge, n) => sum + (n % 2 === 0 ? -edge : edge), 0) >= 60),
  cutoff: minuteOfDay,
  rules: fc.record({
    dispatchWorkingDays: few,
    firstContactWorkingDays: few,
    questionWorkingDays: few,
    suggestionWorkingDays: few,
    complaintWorkingDays: few,
    reportWorkingDays: few,
    complexWorkingDays: few,
    extensionWorkingDaysMax: few,
    disputeWorkingDays: few,
    followUpWorkingDays: few,
    riskHours: fc.integer({ min: 1, max: 48 }),
    moderationWorkingHours: fc.integer({ min: 1, max: 30 }),
    reviewWorkingDays: few,
  }),
});
/** Seconds within the quarter, half of them within a second of a full minute. */
const received = fc
  .tuple(fc.integer({ min: 1_789_344_000, max: 1_789_344_000 + 60 * 86_400 }), fc.constantFrom(null, -1, 0, 1))
  .map(([at, near]) => (near === null ? at : at - (at % 60) + near));
const kind = fc.constantFrom(...commentKinds);
const clock = fc.constantFrom(...ticketClocks);

const dayNumbers = (days: readonly string[]) => new Set(days.map((day) => parseDay(day) ?? Number.NaN));

function reckoning({ zone, holidays, madeUp, hours, cutoff, rules }: House): Reckoning {
  const offset = zoneOffset(zone);
  if (offset === null) throw new Error(zone);
  const spans = hours.flatMap((start, n) => (n % 2 === 0 ? [{ start, end: hours[n + 1] ?? start }] : []));
  const calendar = {
    holidays: dayNumbers(holidays),
    makeUpWorkdays: dayNumbers(madeUp),
    hours: spans,
    receiptCutoff: cutoff,
  };
  return { calendar, offset, rules };
}

const zoned = (at: number, { zone }: House) =>
  Temporal.Instant.fromEpochMilliseconds(at * 1000).toZonedDateTimeISO(zone);
const dateOf = (at: number, by: House): string => zoned(at, by).toPlainDate().toString();

function isWorked(date: string, { holidays, madeUp }: House): boolean {
  if (madeUp.includes(date)) return true;
  return Temporal.PlainDate.from(date).dayOfWeek < 6 && !holidays.includes(date);
}

const next = (date: string): string => Temporal.PlainDate.from(date).add({ days: 1 }).toString();

/** The n-th worked date after one. */
function nthAfter(date: string, n: number, by: House): string {
  let [day, left] = [date, n];
  while (left > 0) {
    day = next(day);
    if (isWorked(day, by)) left -= 1;
  }
  return day;
}

/** The last second of work on a date. */
function closing(date: string, { zone, hours }: House): number {
  const end = hours.at(-1) ?? 0;
  const wall = Temporal.PlainDate.from(date).toPlainDateTime({ hour: Math.floor(end / 60), minute: end % 60 });
  return wall.toZonedDateTime(zone).epochMilliseconds / 1000;
}

function slowDue(at: number, n: number, by: House): number {
  const { hour, minute, second } = zoned(at, by);
  const today = dateOf(at, by);
  const isIn = hour * 3600 + minute * 60 + second <= by.cutoff * 60 && isWorked(today, by);
  return closing(nthAfter(isIn ? today : nthAfter(today, 1, by), n, by), by);
}

const daysFor = { question: 'question', suggestion: 'suggestion', complaint: 'complaint', report: 'report' } as const;

test('every deadline is that of a walk over the calendar day by day', () => {
  fc.assert(
    fc.property(house, received, kind, clock, (by, at, of, running) => {
      const ours = reckoning(by);
      const { rules } = by;
      const onWall = running === 'risk' ? at + rules.riskHours * 3600 : null;
      const days = running === 'complex' ? 'complex' : of === 'sympathy' ? 'report' : daysFor[of];
      expect({
        dispatch: dispatchDue(at, ours),
        objection: objectionDue(at, ours),
        followUp: followUpDue(at, ours),
        contact: firstContactDue(at, running, ours),
        reply: replyDue(at, of, running, ours),
      }).toEqual({
        dispatch: slowDue(at, rules.dispatchWorkingDays, by),
        objection: slowDue(at, rules.disputeWorkingDays, by),
        followUp: slowDue(at, rules.followUpWorkingDays, by),
        contact: onWall ?? slowDue(at, rules.firstContactWorkingDays, by),
        reply: onWall ?? slowDue(at, rules[`${days}WorkingDays`], by),
      });
    }),
    { seed, numRuns: 600 },
  );
});

test('a deadline in working days is on a worked day, at its closing, after what it is reckoned from', () => {
  fc.assert(
    fc.property(house, received, kind, fc.constantFrom<TicketClock>('standard', 'complex'), (by, at, of, running) => {
      const due = replyDue(at, of, running, reckoning(by));
      const date = dateOf(due, by);
      expect([date, isWorked(date, by), due]).toEqual([date, true, closing(date, by)]);
      expect(date > dateOf(at, by)).toBe(true);
    }),
    { seed, numRuns: 400 },
  );
});

test('what comes later is never due earlier, nor is it with more days or another holiday; a day made up never delays', () => {
  fc.assert(
    fc.property(house, received, fc.nat(200_000), kind, fc.constantFrom(...dates), (by, at, later, of, day) => {
      const due = (house: House, from = at) => replyDue(from, of, 'standard', reckoning(house));
      expect(due(by, at + later)).toBeGreaterThanOrEqual(due(by));
      const name = `${of === 'sympathy' ? 'report' : of}WorkingDays` as const;
      expect(due({ ...by, rules: { ...by.rules, [name]: by.rules[name] + 1 } })).toBeGreaterThan(due(by));
      expect(due({ ...by, holidays: [...by.holidays, day] })).toBeGreaterThanOrEqual(due(by));
      expect(due({ ...by, madeUp: [...by.madeUp, day] })).toBeLessThanOrEqual(due(by));
    }),
    { seed, numRuns: 400 },
  );
});

test('an extension ends on a worked day, so many after the day that was due, and every day that it may name prolongs', () => {
  fc.assert(
    fc.property(house, received, kind, clock, fc.nat(40), (by, at, of, running, some) => {
      const ours = reckoning(by);
      const due = replyDue(at, of, running, ours);
      const latest = latestExtension(due, ours);
      expect(formatDay(latest)).toBe(nthAfter(dateOf(due, by), by.rules.extensionWorkingDaysMax, by));
      expect(isWorked(formatDay(latest), by)).toBe(true);
      const first = (parseDay(dateOf(due, by)) ?? Number.NaN) + 1;
      const named = Math.min(first + some, latest);
      expect(endOfDay(named, ours)).toBe(closing(formatDay(named), by));
      // By the wall clock a risk is due at any hour: the day after ends later all the same.
      expect(endOfDay(named, ours)).toBeGreaterThan(due);
    }),
    { seed, numRuns: 400 },
  );
});

test('working hours pass minute by minute of working time alone', () => {
  fc.assert(
    fc.property(house, received, (by, at) => {
      const ours = reckoning(by);
      const due = moderationDue(at, ours);
      const needed = by.rules.moderationWorkingHours * 60;
      // Minutes on the wall, for a day is as long as its clock shows; a begun minute is given whole.
      const isOpen = Array.from({ length: 1440 }, (_, now) => by.hours.filter((edge) => edge <= now).length % 2 === 1);
      const { hour, minute, second } = zoned(at, by);
      let [date, now, left] = [dateOf(at, by), hour * 60 + minute + (second > 0 ? 1 : 0), needed];
      if (!isWorked(date, by)) now = 1440;
      while (left > 0) {
        if (now === 1440) [date, now] = [nthAfter(date, 1, by), 0];
        if (isOpen[now]) left -= 1;
        now += 1;
      }
      const wall = Temporal.PlainDate.from(date).toPlainDateTime().add({ minutes: now });
      expect(due).toBe(wall.toZonedDateTime(by.zone).epochMilliseconds / 1000);
      expect(workingMinutesLeft(at, due, ours)).toBe(needed);
    }),
    { seed, numRuns: 100 },
  );
});
