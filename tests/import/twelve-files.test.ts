/** The twelve calendar files that break parsers: what a user in Asia/Shanghai is offered of each is what tests/fixtures/ics/README.md expects. */
import { expect, test } from 'vitest';
import { formatDay, formatMinute } from '../../shared/time/civil.ts';
import { codes, file, readFor, spans } from './read.ts';

const utcStarts = (reading: ReturnType<typeof readFor>) =>
  reading.items.map(({ startInstant }) => (startInstant === null ? null : `${formatMinute(startInstant / 60)}Z`));

test('01: a character that the fold cut in two is whole again, and the all-day event is a note', () => {
  const reading = readFor(file('01-utf8-char-split-by-fold'), '2020-W36');
  expect(spans(reading)).toEqual(['2020-09-02 to 2020-09-02']);
  expect(reading.items[0]?.detail?.endsWith('right\u00a0here.')).toBe(true);
  expect(reading.encoding).toBe('utf-8');
});

test('02: a byte-order mark and no events are no error', () => {
  const reading = readFor(file('02-bom-empty-calendar'), '2020-W36');
  expect(reading).toMatchObject({ items: [], refused: [], notices: [], span: null });
});

test('03: Windows display name without definition; the end and the excluded days name another zone', () => {
  const reading = readFor(file('03-windows-display-name-tzid-no-vtimezone'), '2015-W28', '2015-W29');
  // 2015-07-06 16:00Z to 20:00Z, daily, ten less the 8th and the 10th.
  expect(spans(reading)).toEqual(
    ['07', '08', '10', '12', '13', '14', '15', '16'].map((day) => `2015-07-${day}T00:00–2015-07-${day}T04:00`),
  );
  expect(utcStarts(reading)[0]).toBe('2015-07-06T16:00Z');
  expect(codes(reading)).toEqual(['EXDATE_BY_DATE', 'EXDATE_BY_DATE']);
  expect(reading.notices.map(({ line, uid }) => [line, uid])).toEqual([
    [8, '0000001'],
    [9, '0000001'],
  ]);
});

test('04: a zone that the file defines, with commas in its name', () => {
  const reading = readFor(file('04-exchange-tzid-with-commas'), '2019-W18');
  expect(spans(reading)).toEqual(['2019-04-30T10:00–2019-04-30T13:00']);
  expect(reading.items[0]).toMatchObject({ place: null, detail: null, notices: [] });
});

test('05: the clock of an unknown zone is kept and said; no end stays no end; a negative length is refused alone', () => {
  const reading = readFor(file('05-customized-time-zone-undefined'), '2021-W12', '2021-W13');
  expect(spans(reading)).toEqual(['2021-03-25T10:35–2021-03-25T11:50', '2021-04-02T03:30–']);
  expect(reading.items.map(codes)).toEqual([['ZONE_ASSUMED'], ['NO_END']]);
  expect(reading.items[0]?.notices[0]?.at).toBe('Customized Time Zone 1');
  expect(reading.refused).toMatchObject([{ uid: '*masked-away2*@google.com', reason: 'END_BEFORE_START', line: 37 }]);
});

test('06: an unknown zone, ends at midnight: four entries, each under the day it begins on', () => {
  const reading = readFor(file('06-unknown-tzid-ends-at-midnight'), '2024-W43');
  expect(spans(reading)).toEqual([22, 23, 24, 25].map((day) => `2024-10-${day}T23:00–2024-10-${day + 1}T00:00`));
  expect(reading.items.map(({ day }) => formatDay(day))).toEqual([22, 23, 24, 25].map((day) => `2024-10-${day}`));
  expect(reading.items.every((item) => codes(item).join() === 'ZONE_ASSUMED')).toBe(true);
});

test('07: a moved occurrence of an all-day series stands in the place of its original', () => {
  const reading = readFor(file('07-exchange-all-day-moved-occurrence'), '2026-W08', '2026-W09', '2026-W10');
  expect(spans(reading)).toEqual(
    ['02-19', '02-24', '02-27', '03-03', '03-05'].map((day) => `2026-${day} to 2026-${day}`),
  );
  expect(reading.items.every((item) => item.allDay && codes(item).join() === 'ALL_DAY')).toBe(true);
});

test('07: the last all-day occurrence is that of UNTIL, which is given in UTC', () => {
  // 2026-08-17T22:00Z is midnight of Tuesday 18 August in Berlin, where the series lives.
  expect(spans(readFor(file('07-exchange-all-day-moved-occurrence'), '2026-W33', '2026-W34', '2026-W35'))).toEqual([
    '2026-08-11 to 2026-08-11',
    '2026-08-13 to 2026-08-13',
    '2026-08-18 to 2026-08-18',
  ]);
});

test('08: eight occurrences, of which the changed one that ends before it starts is refused alone', () => {
  const reading = readFor(file('08-override-end-before-start'), '2015-W28', '2015-W29');
  // 12:00 in Los Angeles is 03:00 of the next day in Shanghai.
  expect(spans(reading)).toEqual(
    ['07', '10', '12', '13', '14', '15', '16'].map((day) => `2015-07-${day}T03:00–2015-07-${day}T04:00`),
  );
  expect(reading.refused.map(({ day, reason, text }) => [formatDay(day ?? 0), reason, text])).toEqual([
    ['2015-07-07', 'END_BEFORE_START', 'More Treasure Hunting'],
  ]);
});

test('09: an excluded date cut by a fold is read; excluded dates that cannot be meant are said', () => {
  const reading = readFor(file('09-exdate-folded-and-malformed'), '2017-W27', '2017-W29', '2017-W31', '2017-W33');
  // 9:00 in Chicago is 22:00 in Shanghai; of 3 July to 10 August the 6th, 17th, 20th July and 3rd August are excluded.
  expect(spans(reading)).toEqual([
    '2017-07-03T22:00–2017-07-04T08:00',
    '2017-07-31T22:00–2017-08-01T08:00',
    '2017-08-14T22:00–2017-08-15T08:00',
    '2017-08-15T22:00–2017-08-16T08:00',
  ]);
  expect(reading.notices.map(({ code, line }) => [code, line])).toEqual([
    ['EXDATE_BY_DATE', 26],
    ['EXDATE_BY_DATE', 27],
    ['EXDATE_WITHOUT_TIME', 28],
  ]);
});

test('10: floating times are those of the user, whatever zone the file defines beside them', () => {
  const reading = readFor(file('10-floating-time-unused-vtimezone'), '2025-W24');
  expect(spans(reading)).toEqual(['2025-06-10T14:00–2025-06-10T15:00']);
  expect(utcStarts(reading)).toEqual(['2025-06-10T06:00Z']);
});

test('11: of one event in two states the newer counts', () => {
  const reading = readFor(file('11-duplicate-uid-two-sequences'), '2024-W01');
  expect(spans(reading)).toEqual([1, 2, 3, 4, 5].map((day) => `2024-01-0${day}T18:00–2024-01-0${day}T19:00`));
  expect(codes(reading)).toEqual(['OLDER_SEQUENCE']);
});

test('12: lines without a value are said, and the event survives', () => {
  const reading = readFor(file('12-vendor-line-without-value'), '2019-W26');
  expect(spans(reading)).toEqual(['2019-06-24T14:30–2019-06-25T00:30']);
  expect(reading.notices.map(({ code, line, at }) => [code, line, at])).toEqual([
    ['LINE_WITHOUT_VALUE', 8, 'organizer'],
    ['LINE_WITHOUT_VALUE', 9, 'x-organizer2'],
  ]);
});
