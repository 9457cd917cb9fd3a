import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { CommentKind } from '../../shared/feedback/comment.ts';
import {
  dayNameAt,
  defaultRules,
  dispatchDue,
  endOfDay,
  firstContactDue,
  followUpDue,
  latestExtension,
  moderationDue,
  objectionDue,
  type Reckoning,
  replyDue,
} from '../../shared/feedback/deadline.ts';
import type { TicketClock } from '../../shared/feedback/ticket.ts';
import { formatDay, parseDay, zoneOffset } from '../../shared/time/civil.ts';
import { plainCalendar } from '../../shared/time/workdays.ts';

const days = (...names: string[]) => new Set(names.map((name) => parseDay(name) ?? Number.NaN));

/** The autumn of 2026 as the demonstration has it: Mid-Autumn 25 to 27 September, National Day 1 to 7 October, two days made up. */
const by: Reckoning = {
  calendar: {
    ...plainCalendar,
    holidays: days(
      ...['25', '26', '27'].map((day) => `2026-09-${day}`),
      ...[1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`),
    ),
    makeUpWorkdays: days('2026-09-20', '2026-10-10'),
  },
  offset: () => 480,
  rules: defaultRules,
};
const at = (text: string) => Date.parse(`${text}+08:00`) / 1000;
const shown = (seconds: number) => new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 16);

describe('a reply is due at the end of the n-th working day, the day of receipt being day 0', () => {
  test.each([
    ['closed-loop.md: ten from Thursday 8 October', '2026-10-08T09:00:00', 'complaint', 'standard', '2026-10-21T17:30'],
    ['17:30:00 is still that day', '2026-10-08T17:30:00', 'complaint', 'standard', '2026-10-21T17:30'],
    ['17:30:01 is the next', '2026-10-08T17:30:01', 'complaint', 'standard', '2026-10-22T17:30'],
    ['received in the holiday counts from 8 October', '2026-10-03T10:00:00', 'report', 'standard', '2026-10-21T17:30'],
    ['17:29 is that day', '2026-10-08T17:29:00', 'complaint', 'standard', '2026-10-21T17:30'],
    ['17:31 is the next', '2026-10-08T17:31:00', 'complaint', 'standard', '2026-10-22T17:30'],
    ['the last minute before seven days off', '2026-09-30T17:29:00', 'question', 'standard', '2026-10-10T17:30'],
    ['a minute too late before seven days off', '2026-09-30T17:31:00', 'question', 'standard', '2026-10-12T17:30'],
    ['a Saturday off counts from Monday', '2026-10-17T10:00:00', 'question', 'standard', '2026-10-22T17:30'],
    ['a worked Sunday before the holiday', '2026-09-20T10:00:00', 'question', 'standard', '2026-09-23T17:30'],
    [
      'a worked Saturday at 17:31 counts from Monday',
      '2026-10-10T17:31:00',
      'question',
      'standard',
      '2026-10-15T17:30',
    ],
    ['a Saturday that is worked is day 0 itself', '2026-10-10T10:00:00', 'question', 'standard', '2026-10-14T17:30'],
    ['a question has three', '2026-07-30T10:00:00', 'question', 'standard', '2026-08-04T17:30'],
    ['a complex one has fifteen', '2026-07-30T09:00:00', 'complaint', 'complex', '2026-08-20T17:30'],
    ['two hours by the wall clock over lunch', '2026-09-30T10:40:00', 'report', 'risk', '2026-09-30T12:40'],
    ['risk does not stop for the night or a holiday', '2026-09-30T23:30:00', 'report', 'risk', '2026-10-01T01:30'],
  ] as const)('%s', (_, received, kind, clock, due) => {
    expect(shown(replyDue(at(received), kind, clock, by))).toBe(due);
  });
});

test('moderation has four working hours, lunch and nights left out', () => {
  expect(shown(moderationDue(at('2026-10-08T09:00:00'), by))).toBe('2026-10-08T14:30');
  expect(shown(moderationDue(at('2026-10-08T12:30:00'), by))).toBe('2026-10-08T17:30');
  expect(shown(moderationDue(at('2026-10-08T16:30:00'), by))).toBe('2026-10-09T12:00');
  expect(shown(moderationDue(at('2026-09-18T15:00:00'), by))).toBe('2026-09-20T10:30');
  expect(shown(moderationDue(at('2026-10-02T03:00:00'), by))).toBe('2026-10-08T14:30');
});

test('the follow-up window of a reply just before the holiday ends on 13 October', () => {
  expect(shown(followUpDue(at('2026-09-30T15:00:00'), by))).toBe('2026-10-13T17:30');
});

test('an objection to dispatch has one working day', () => {
  expect(shown(objectionDue(at('2026-07-30T10:30:00'), by))).toBe('2026-07-31T17:30');
});

test('an extension reaches at most fifteen working days past the due date', () => {
  expect(formatDay(latestExtension(at('2026-08-20T17:30:00'), by))).toBe('2026-09-10');
  expect(shown(endOfDay(parseDay('2026-09-09') ?? Number.NaN, by))).toBe('2026-09-09T17:30');
});

test('fifteen working days are counted from the day on which it is due, whatever the hour', () => {
  const late: Reckoning = { ...by, calendar: { ...by.calendar, hours: [{ start: 540, end: 1080 }] } };
  // Due on Thursday 20 August at 18:00, after the hour until which things are received: as above, 10 September.
  expect(shown(replyDue(at('2026-07-30T09:00:00'), 'complaint', 'complex', late))).toBe('2026-08-20T18:00');
  expect(formatDay(latestExtension(at('2026-08-20T18:00:00'), late))).toBe('2026-09-10');
  // By the wall clock on a Friday evening or on the Saturday after: 19 to 23, 26 to 30 October, 2 to 6 November are fifteen.
  for (const due of ['2026-10-16T18:40:00', '2026-10-17T02:00:00'])
    expect(formatDay(latestExtension(at(due), by))).toBe('2026-11-06');
});

test('an extension across the year passes over New Year and ends in January', () => {
  const turn: Reckoning = {
    ...by,
    calendar: { ...by.calendar, holidays: days('2027-01-01', '2027-01-02', '2027-01-03'), makeUpWorkdays: days() },
  };
  // Due on Thursday 24 December: 25, 28 to 31 are five days, 4 to 8 January five more, 11 to 15 the last five.
  expect(formatDay(latestExtension(at('2026-12-24T17:30:00'), turn))).toBe('2027-01-15');
  expect(shown(replyDue(at('2026-12-28T10:00:00'), 'question', 'standard', turn))).toBe('2026-12-31T17:30');
  expect(shown(replyDue(at('2026-12-31T17:31:00'), 'question', 'standard', turn))).toBe('2027-01-07T17:30');
});

describe('where clocks are changed, days end by the clock on the wall', () => {
  const zone = zoneOffset('Europe/Berlin');
  if (zone === null) throw new Error('no zone');
  const berlin: Reckoning = { ...by, calendar: plainCalendar, offset: zone };
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString();
  const from = (text: string) => Date.parse(text) / 1000;

  test.each([
    // Summer time ends on Sunday 25 October 2026, 3:00 to 2:00; begins on Sunday 28 March 2027, 2:00 to 3:00.
    ['before the end of summer time', '2026-10-23T17:30:00+02:00', '2026-10-28T17:30:00+01:00'],
    ['a second later', '2026-10-23T17:30:01+02:00', '2026-10-29T17:30:00+01:00'],
    ['in the hour that comes twice', '2026-10-25T02:30:00+01:00', '2026-10-29T17:30:00+01:00'],
    ['before its beginning', '2027-03-26T17:30:00+01:00', '2027-03-31T17:30:00+02:00'],
    ['a second later there', '2027-03-26T17:30:01+01:00', '2027-04-01T17:30:00+02:00'],
  ])('a question %s', (_, received, due) => {
    expect(iso(replyDue(from(received), 'question', 'standard', berlin))).toBe(iso(from(due)));
  });

  test('four working hours and two hours for a risk pass over the change', () => {
    expect(iso(moderationDue(from('2026-10-23T16:30:00+02:00'), berlin))).toBe(iso(from('2026-10-26T12:00:00+01:00')));
    expect(iso(replyDue(from('2027-03-28T01:30:00+01:00'), 'report', 'risk', berlin))).toBe(
      iso(from('2027-03-28T04:30:00+02:00')),
    );
    expect(formatDay(latestExtension(from('2026-10-23T17:30:00+02:00'), berlin))).toBe('2026-11-13');
  });
});

test('past the end of the calendar of holidays every weekday is worked and no other day', () => {
  // The calendar ends with 10 October 2026. The National Day of 2027 is a Friday: no holiday as long as nobody has said so.
  expect(shown(replyDue(at('2027-09-30T10:00:00'), 'question', 'standard', by))).toBe('2027-10-05T17:30');
});

test('what is opened in the last hour of a year is due in the next', () => {
  // 31 December 2026 is a Thursday; without a calendar for 2027 Friday 1 January is worked.
  expect(shown(replyDue(at('2026-12-31T17:30:00'), 'complaint', 'standard', by))).toBe('2027-01-14T17:30');
  expect(shown(replyDue(at('2026-12-31T23:59:59'), 'complaint', 'standard', by))).toBe('2027-01-15T17:30');
  expect(shown(replyDue(at('2026-12-31T23:00:00'), 'report', 'risk', by))).toBe('2027-01-01T01:00');
});

test('a day that is both a holiday and made up is worked', () => {
  const both: Reckoning = { ...by, calendar: { ...by.calendar, makeUpWorkdays: days('2026-10-07') } };
  expect(shown(replyDue(at('2026-09-30T10:00:00'), 'question', 'standard', both))).toBe('2026-10-09T17:30');
});

test('a dispatch has one working day', () => {
  expect(shown(dispatchDue(at('2026-09-30T17:30:00'), by))).toBe('2026-10-08T17:30');
  expect(shown(dispatchDue(at('2026-09-30T17:30:01'), by))).toBe('2026-10-09T17:30');
});

test('every due date of the demonstration, worked out by hand, is met', () => {
  const { tickets } = JSON.parse(readFileSync('server/demo/data/tickets.json', 'utf8')) as {
    tickets: {
      id: string;
      kind: CommentKind;
      clock: TicketClock;
      receivedAt: string;
      due: string;
      firstContactDue: string;
    }[];
  };
  const part = (text: string, seconds: number) => (text.length > 10 ? shown(seconds) : dayNameAt(seconds, by));
  for (const ticket of tickets) {
    const received = at(`${ticket.receivedAt}:00`);
    expect([ticket.id, part(ticket.due, replyDue(received, ticket.kind, ticket.clock, by))]).toEqual([
      ticket.id,
      ticket.due,
    ]);
    expect([ticket.id, part(ticket.firstContactDue, firstContactDue(received, ticket.clock, by))]).toEqual([
      ticket.id,
      ticket.firstContactDue,
    ]);
  }
  expect(tickets.length).toBe(14);
});
