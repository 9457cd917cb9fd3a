/** Rules of recurrence. Dates are those of the examples in RFC 5545 3.8.5.3, or worked out on a calendar. */
import { expect, test } from 'vitest';
import { readRule, startsOf } from '../../shared/diary/calendar/rule.ts';
import { dayOf, formatDay, parseDay, parseMinute } from '../../shared/time/civil.ts';
import { calendar, codes, event, readFor, spans } from './read.ts';

const dates = (rule: string, first: string, from: string, to: string): readonly string[] => {
  const read = readRule(rule);
  const start = parseMinute(`${first}T09:00`);
  if (read === null || start === null) return [];
  return [...startsOf(read, start, parseDay(from) ?? 0, parseDay(to) ?? 0)].map((minute) => formatDay(dayOf(minute)));
};

test.each([
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO', '1997-08-05', '1997-08-05 1997-08-10 1997-08-19 1997-08-24'],
  ['FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU', '1997-08-05', '1997-08-05 1997-08-17 1997-08-19 1997-08-31'],
  ['FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3', '1997-09-04', '1997-09-04 1997-10-07 1997-11-06'],
  [
    'FREQ=MONTHLY;COUNT=4;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2',
    '1997-09-29',
    '1997-09-29 1997-10-30 1997-11-27 1997-12-30',
  ],
  ['FREQ=MONTHLY;COUNT=5;BYMONTHDAY=1,-1', '1997-09-30', '1997-09-30 1997-10-01 1997-10-31 1997-11-01 1997-11-30'],
  [
    'FREQ=MONTHLY;COUNT=6;BYDAY=-2MO',
    '1997-09-22',
    '1997-09-22 1997-10-20 1997-11-17 1997-12-22 1998-01-19 1998-02-16',
  ],
  ['FREQ=YEARLY;COUNT=3;BYWEEKNO=20;BYDAY=MO', '1997-05-12', '1997-05-12 1998-05-11 1999-05-17'],
  ['FREQ=YEARLY;COUNT=3;BYDAY=20MO', '1997-05-19', '1997-05-19 1998-05-18 1999-05-17'],
  [
    'FREQ=YEARLY;INTERVAL=3;COUNT=7;BYYEARDAY=1,100,200',
    '1997-01-01',
    '1997-01-01 1997-04-10 1997-07-19 2000-01-01 2000-04-09 2000-07-18 2003-01-01',
  ],
  [
    'FREQ=YEARLY;INTERVAL=4;COUNT=3;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8',
    '1996-11-05',
    '1996-11-05 2000-11-07 2004-11-02',
  ],
  ['FREQ=YEARLY;COUNT=3;BYMONTH=6,7', '1997-06-10', '1997-06-10 1997-07-10 1998-06-10'],
  ['FREQ=MONTHLY;COUNT=4;BYMONTHDAY=31', '2026-01-31', '2026-01-31 2026-03-31 2026-05-31 2026-07-31'],
  ['FREQ=MONTHLY;COUNT=3', '2026-01-31', '2026-01-31 2026-03-31 2026-05-31'],
  ['FREQ=YEARLY;COUNT=3', '2024-02-29', '2024-02-29 2028-02-29 2032-02-29'],
])('%s from %s', (rule, first, expected) => {
  expect(dates(rule, first, '1996-01-01', '2040-01-01').join(' ')).toBe(expected);
});

test('only the asked days are given, however long ago a series began', () => {
  expect(dates('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH', '1990-01-01', '2026-07-06', '2026-07-19')).toEqual([
    '2026-07-13', // 1,906 weeks after 1990-01-01, an even number
    '2026-07-16',
  ]);
  expect(dates('FREQ=MONTHLY;BYDAY=-1FR', '2000-01-28', '2026-07-01', '2026-07-31')).toEqual(['2026-07-31']);
  expect(dates('FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '2000-11-23', '2026-11-01', '2026-11-30')).toEqual(['2026-11-26']);
});

test.each([
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=7',
])('a rule that no day fits gives its first occurrence and ends: %s', (rule) => {
  expect(dates(rule, '2020-01-31', '2020-01-01', '2060-01-01')).toEqual(['2020-01-31']);
});

test('a rule within a day, or one that cannot be, is not expanded; the event is offered once and it is said', () => {
  for (const rule of ['FREQ=HOURLY', 'FREQ=FORTNIGHTLY', 'FREQ=DAILY;BYDAY=XX', 'nothing', 'FREQ=DAILY;UNTIL=soon']) {
    const reading = readFor(
      calendar(...event('DTSTART:20260713T083000Z', 'DURATION:PT1H', `RRULE:${rule}`)),
      '2026-W29',
    );
    expect(spans(reading)).toEqual(['2026-07-13T16:30–2026-07-13T17:30']);
    expect(codes(reading)).toEqual(['RULE_UNREAD']);
  }
});

const berlin = [
  'BEGIN:VTIMEZONE',
  'TZID:Office',
  'BEGIN:STANDARD',
  'DTSTART:16010101T030000',
  'TZOFFSETFROM:+0200',
  'TZOFFSETTO:+0100',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
  'END:STANDARD',
  'BEGIN:DAYLIGHT',
  'DTSTART:16010101T020000',
  'TZOFFSETFROM:+0100',
  'TZOFFSETTO:+0200',
  'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3',
  'END:DAYLIGHT',
  'END:VTIMEZONE',
];

test.each(['Europe/Berlin', 'W. Europe Standard Time', 'Office'])(
  'a series of 9:00 in %s moves by an hour in Shanghai when its clocks change',
  (zone) => {
    const lines = [`DTSTART;TZID=${zone}:20260105T090000`, 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY'];
    const starts = (...weeks: readonly string[]) =>
      spans(readFor(calendar(...berlin, ...event(...lines)), ...weeks)).map((span) => span.slice(0, 16));
    // Clocks change on 29 March and 25 October 2026: 9:00 is 8:00Z in winter and 7:00Z in summer.
    expect(starts('2026-W13', '2026-W14')).toEqual(['2026-03-23T16:00', '2026-03-30T15:00']);
    expect(starts('2026-W43', '2026-W44')).toEqual(['2026-10-19T15:00', '2026-10-26T16:00']);
  },
);

test('a zone whose summer time has ended keeps the offset of its last change', () => {
  // As some programs define Shanghai: summer time from 1986 to 1991 and never again.
  const shanghai = [
    'BEGIN:VTIMEZONE',
    'TZID:Old',
    'BEGIN:STANDARD',
    'DTSTART:19860914T000000',
    'RRULE:FREQ=YEARLY;BYMONTH=9;BYDAY=3SU;UNTIL=19910914T150000Z',
    'TZOFFSETFROM:+0900',
    'TZOFFSETTO:+0800',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:19870412T000000',
    'RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=2SU;UNTIL=19910413T160000Z',
    'TZOFFSETFROM:+0800',
    'TZOFFSETTO:+0900',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ];
  const reading = readFor(
    calendar(...shanghai, ...event('DTSTART;TZID=Old:20260716T083000', 'DURATION:PT1H')),
    '2026-W29',
  );
  expect(spans(reading)).toEqual(['2026-07-16T08:30–2026-07-16T09:30']);
});

test.each([
  ['20260715T003000Z', 3],
  ['20260715T002959Z', 2],
  ['20260715', 3],
  ['20260715T083000', 3],
  ['20260715T082900', 2],
])('UNTIL=%s of a daily series at 8:30 in Shanghai gives %i occurrences', (until, count) => {
  const lines = ['DTSTART;TZID=Asia/Shanghai:20260713T083000', 'DURATION:PT1H', `RRULE:FREQ=DAILY;UNTIL=${until}`];
  expect(readFor(calendar(...event(...lines)), '2026-W29').items).toHaveLength(count);
});

test('dates beside the rule are added, each once', () => {
  const lines = [
    'DTSTART;TZID=Asia/Shanghai:20260713T083000',
    'DURATION:PT1H',
    'RRULE:FREQ=DAILY;COUNT=2',
    'RDATE;TZID=Asia/Shanghai:20260714T083000,20260717T150000',
    'RDATE;VALUE=PERIOD:20260718T010000Z/PT2H',
  ];
  expect(spans(readFor(calendar(...event(...lines)), '2026-W29')).map((span) => span.slice(0, 16))).toEqual([
    '2026-07-13T08:30',
    '2026-07-14T08:30',
    '2026-07-17T15:00',
    '2026-07-18T09:00',
  ]);
});

test('a changed occurrence comes into the asked week from another, and leaves its own', () => {
  const lines = ['DTSTART;TZID=Asia/Shanghai:20260713T083000', 'DURATION:PT1H', 'RRULE:FREQ=WEEKLY'];
  const moved = event(
    'RECURRENCE-ID;TZID=Asia/Shanghai:20260720T083000',
    'DTSTART;TZID=Asia/Shanghai:20260718T140000',
    'DURATION:PT1H',
  );
  const bytes = calendar(...event(...lines), ...moved);
  expect(spans(readFor(bytes, '2026-W29')).map((span) => span.slice(0, 16))).toEqual([
    '2026-07-13T08:30',
    '2026-07-18T14:00',
  ]);
  expect(readFor(bytes, '2026-W30').items).toEqual([]);
});

test('a time without a zone that names an occurrence, or ends the event, is on the wall of its series', () => {
  // Shortly before midnight in Tokyo, an hour ahead of the user: on the user's wall 23:30 would be of the day after there.
  const tokyo = (...lines: readonly string[]) =>
    event('DTSTART;TZID=Asia/Tokyo:20260714T233000', 'DTEND:20260714T235000', 'RRULE:FREQ=DAILY;COUNT=3', ...lines);
  const all = [
    '2026-07-14T22:30–2026-07-14T22:50',
    '2026-07-15T22:30–2026-07-15T22:50',
    '2026-07-16T22:30–2026-07-16T22:50',
  ];
  expect(spans(readFor(calendar(...tokyo()), '2026-W29'))).toEqual(all);
  expect(spans(readFor(calendar(...tokyo('EXDATE:20260715T233000')), '2026-W29'))).toEqual([all[0], all[2]]);
  const change = event(
    'RECURRENCE-ID:20260715T233000',
    'DTSTART;TZID=Asia/Tokyo:20260715T210000',
    'DTEND;TZID=Asia/Tokyo:20260715T213000',
  );
  const reading = readFor(calendar(...tokyo(), ...change), '2026-W29');
  expect(spans(reading)).toEqual([all[0], '2026-07-15T20:00–2026-07-15T20:30', all[2]]);
  expect(reading.items.flatMap((item) => codes(item))).toEqual([]);
});

test('UNTIL of whole days is the last of them', () => {
  const days = event('DTSTART;VALUE=DATE:20260713', 'RRULE:FREQ=DAILY;UNTIL=20260715');
  expect(spans(readFor(calendar(...days), '2026-W29'))).toEqual([
    '2026-07-13 to 2026-07-13',
    '2026-07-14 to 2026-07-14',
    '2026-07-15 to 2026-07-15',
  ]);
});

test('a changed occurrence named by its date alone takes the place of that day', () => {
  const lines = ['DTSTART;TZID=Asia/Shanghai:20260713T083000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2'];
  const moved = event(
    'RECURRENCE-ID;VALUE=DATE:20260714',
    'DTSTART;TZID=Asia/Shanghai:20260714T150000',
    'DURATION:PT1H',
  );
  const reading = readFor(calendar(...event(...lines), ...moved), '2026-W29');
  expect(spans(reading).map((span) => span.slice(0, 16))).toEqual(['2026-07-13T08:30', '2026-07-14T15:00']);
  expect(reading.items.map(codes)).toEqual([[], ['RECURRENCE_ID_BY_DATE']]);
});

test('a cancelled occurrence is not offered, and neither is a cancelled series', () => {
  const lines = ['DTSTART;TZID=Asia/Shanghai:20260713T083000', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=2'];
  const off = event(
    'RECURRENCE-ID;TZID=Asia/Shanghai:20260714T083000',
    'DTSTART;TZID=Asia/Shanghai:20260714T083000',
    'DURATION:PT1H',
    'STATUS:CANCELLED',
  );
  const one = readFor(calendar(...event(...lines), ...off), '2026-W29');
  expect([one.items.length, one.refused.map(({ reason }) => reason)]).toEqual([1, ['CANCELLED']]);
  const all = readFor(calendar(...event(...lines, 'STATUS:CANCELLED')), '2026-W29');
  expect([all.items.length, all.refused.length]).toEqual([0, 2]);
});
