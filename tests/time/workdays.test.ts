import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { formatDay, formatMinute, parseDay, parseMinute } from '../../shared/time/civil.ts';
import {
  addWorkingDays,
  addWorkingHours,
  closingOf,
  dayOfReceipt,
  isWorkday,
  plainCalendar,
  type WorkCalendar,
  workingDaysBetween,
} from '../../shared/time/workdays.ts';

const folder = new URL('../../server/demo/data/', import.meta.url);
const organisation: { calendar: { holidays: { date: string }[]; makeUpWorkdays: { date: string }[] } } = JSON.parse(
  readFileSync(new URL('organisation.json', folder), 'utf8'),
);
const day = (text: string) => parseDay(text) ?? Number.NaN;
const calendar: WorkCalendar = {
  ...plainCalendar,
  holidays: new Set(organisation.calendar.holidays.map(({ date }) => day(date))),
  makeUpWorkdays: new Set(organisation.calendar.makeUpWorkdays.map(({ date }) => day(date))),
};
/** Wall seconds of `2026-10-08T17:30` or `2026-10-08T17:30:01`. */
const second = (text: string) => (parseMinute(text.slice(0, 16)) ?? Number.NaN) * 60 + Number(text.slice(17) || 0);

describe('working days', () => {
  it('weekends and holidays are off, make-up days are worked', () => {
    expect(isWorkday(day('2026-10-09'), calendar)).toBe(true);
    expect(isWorkday(day('2026-10-10'), calendar)).toBe(true); // Saturday, made up
    expect(isWorkday(day('2026-10-11'), calendar)).toBe(false);
    expect(isWorkday(day('2026-10-05'), calendar)).toBe(false); // Monday, holiday
  });

  it('10 working days from Thursday 8 October 2026 end on Wednesday 21 October (closed-loop, Deadlines)', () => {
    expect(formatDay(addWorkingDays(second('2026-10-08T09:10'), 10, calendar))).toBe('2026-10-21');
    expect(formatMinute(closingOf(day('2026-10-21'), calendar))).toBe('2026-10-21T17:30');
  });

  it.each([
    ['2026-10-08T17:30:00', '2026-10-08'],
    ['2026-10-08T17:30:01', '2026-10-09'],
    ['2026-10-08T00:00:00', '2026-10-08'],
    ['2026-10-09T18:00:00', '2026-10-10'],
    ['2026-10-10T17:31:00', '2026-10-12'],
    ['2026-10-01T10:00:00', '2026-10-08'],
    ['2026-09-30T23:59:59', '2026-10-08'],
    ['2026-10-11T08:00:00', '2026-10-12'],
  ])('what comes at %s counts as received on %s', (received, counted) => {
    expect(formatDay(dayOfReceipt(second(received), calendar))).toBe(counted);
  });

  const days = { question: 3, suggestion: 10, complaint: 10, report: 10 } as const;
  const tickets: {
    id: string;
    kind: keyof typeof days;
    clock: string;
    receivedAt: string;
    firstContactDue: string;
    due: string;
  }[] = JSON.parse(readFileSync(new URL('tickets.json', folder), 'utf8')).tickets;
  it.each(tickets.filter(({ clock }) => clock !== 'risk'))('$id is due on $due', (ticket) => {
    const received = second(ticket.receivedAt);
    expect(formatDay(addWorkingDays(received, 1, calendar))).toBe(ticket.firstContactDue);
    expect(formatDay(addWorkingDays(received, ticket.clock === 'complex' ? 15 : days[ticket.kind], calendar))).toBe(
      ticket.due,
    );
  });

  it('counts the working days between two days', () => {
    expect(workingDaysBetween(day('2026-10-08'), day('2026-10-21'), calendar)).toBe(10);
    expect(workingDaysBetween(day('2026-10-21'), day('2026-10-08'), calendar)).toBe(-10);
    expect(workingDaysBetween(day('2026-10-01'), day('2026-10-07'), calendar)).toBe(0);
  });
});

describe('working hours, 9:00–12:00 and 13:30–17:30', () => {
  it.each([
    ['2026-10-08T09:00', 4, '2026-10-08T14:30'],
    ['2026-10-08T13:30', 4, '2026-10-08T17:30'],
    ['2026-10-08T14:30', 4, '2026-10-09T10:00'],
    ['2026-10-08T12:30', 4, '2026-10-08T17:30'],
    ['2026-10-08T07:00', 4, '2026-10-08T14:30'],
    ['2026-10-08T18:00', 4, '2026-10-09T14:30'],
    ['2026-10-08T17:00', 1, '2026-10-09T09:30'],
    ['2026-10-10T16:30', 2, '2026-10-12T10:00'],
    ['2026-09-30T16:00', 4, '2026-10-08T11:30'],
    ['2026-10-08T09:00:01', 4, '2026-10-08T14:31'],
    ['2026-10-08T09:00', 30, '2026-10-13T11:00'],
  ])('from %s, %i hours end at %s', (received, hours, due) => {
    expect(formatMinute(addWorkingHours(second(received), hours, calendar))).toBe(due);
  });

  it('other hours, other answers', () => {
    const nights = {
      ...calendar,
      hours: [
        { start: 0, end: 60 },
        { start: 1380, end: 1440 },
      ],
      receiptCutoff: 1439,
    };
    expect(formatMinute(addWorkingHours(second('2026-10-08T12:00'), 2, nights))).toBe('2026-10-09T01:00');
    expect(() => addWorkingHours(0, 1, { ...calendar, hours: [] })).toThrow(RangeError);
  });
});
