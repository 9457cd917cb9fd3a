/** What is malformed costs its own line or its own event, never the file. */
import { expect, test } from 'vitest';
import { utf8 } from '../../shared/base/bytes.ts';
import { calendar, codes, event, readFor, spans } from './read.ts';

const week = '2026-W29';
const good = ['BEGIN:VEVENT', 'UID:good', 'SUMMARY:调研', 'DTSTART:20260714T010000Z', 'DURATION:PT1H', 'END:VEVENT'];
const goodSpan = '2026-07-14T09:00–2026-07-14T10:00';

test.each([
  ['no start', ['DTEND:20260713T100000'], 'START_MISSING'],
  ['30 February', ['DTSTART:20260230T090000', 'DTEND:20260230T100000'], 'START_INVALID'],
  ['a start in words', ['DTSTART:tomorrow'], 'START_INVALID'],
  ['an end before the start', ['DTSTART:20260713T090000', 'DTEND:20260713T080000'], 'END_BEFORE_START'],
  ['a negative length', ['DTSTART:20260713T090000', 'DURATION:-PT1H'], 'END_BEFORE_START'],
])('an event with %s is refused with its reason, and the next one is read', (_, lines, reason) => {
  const reading = readFor(calendar(...event(...lines), ...good), week);
  expect(spans(reading)).toEqual([goodSpan]);
  expect(reading.refused).toMatchObject([{ uid: 'a@example', text: '例会', reason }]);
});

test('an end that cannot be is said, and the event is offered without one', () => {
  const reading = readFor(calendar(...event('DTSTART:20260713T090000', 'DTEND:2026-07-13 10:00')), week);
  expect(spans(reading)).toEqual(['2026-07-13T09:00–']);
  expect(reading.items.map(codes)).toEqual([['PROPERTY_INVALID', 'NO_END']]);
});

test('an event of no length is a point in time', () => {
  const reading = readFor(calendar(...event('DTSTART:20260713T090000', 'DTEND:20260713T090000')), week);
  expect(spans(reading)).toEqual(['2026-07-13T09:00–2026-07-13T09:00']);
  expect(reading.items.map(codes)).toEqual([['POINT']]);
});

test('an event over three days is offered, and it is said that an entry cannot be so long', () => {
  const reading = readFor(calendar(...event('DTSTART:20260713T090000', 'DTEND:20260715T170000')), week);
  expect(reading.items.map(codes)).toEqual([['LONGER_THAN_A_DAY']]);
});

test('a file that ends within an event still gives what it has', () => {
  const text = new TextDecoder().decode(calendar(...good)).split('END:VEVENT')[0] ?? '';
  const reading = readFor(utf8(text), week);
  expect(spans(reading)).toEqual([goodSpan]);
  expect(codes(reading)).toEqual(['BLOCK_UNCLOSED']);
});

test('an event that is not closed ends where the next begins', () => {
  const unclosed = event('DTSTART:20260713T090000', 'DTEND:20260713T100000').slice(0, -1);
  const reading = readFor(calendar(...unclosed, ...good), week);
  expect(spans(reading)).toEqual(['2026-07-13T09:00–2026-07-13T10:00', goodSpan]);
});

test('two different events with one UID are both offered, and it is said', () => {
  const other = event('DTSTART:20260715T090000', 'DTEND:20260715T100000');
  const reading = readFor(calendar(...event('DTSTART:20260713T090000', 'DTEND:20260713T100000'), ...other), week);
  expect(reading.items).toHaveLength(2);
  expect(codes(reading)).toEqual(['UID_REPEATED']);
});

test('the same event twice is offered once, as it was written last', () => {
  const once = (place: string, stamp: string) =>
    event('DTSTART:20260713T090000', 'DTEND:20260713T100000', `LOCATION:${place}`, `DTSTAMP:${stamp}`);
  const reading = readFor(calendar(...once('新', '20260702T000000Z'), ...once('旧', '20260701T000000Z')), week);
  expect(reading.items).toMatchObject([{ place: '新' }]);
  expect(codes(reading)).toEqual(['SAME_EVENT_TWICE']);
});

test('an event without a UID and one without words are offered', () => {
  const bare = ['BEGIN:VEVENT', 'DTSTART:20260713T090000', 'DTEND:20260713T100000', 'END:VEVENT'];
  const reading = readFor(calendar(...bare), week);
  expect(reading.items).toMatchObject([{ uid: null, text: '' }]);
  expect(reading.items.map(codes)).toEqual([['TEXT_MISSING']]);
});

test('midnight to midnight that Outlook calls a whole day is one', () => {
  const lines = ['DTSTART:20260714T000000', 'DTEND:20260715T000000'];
  expect(readFor(calendar(...event(...lines)), week).items).toMatchObject([{ allDay: false }]);
  const says = readFor(calendar(...event(...lines, 'X-MICROSOFT-CDO-ALLDAYEVENT:TRUE')), week);
  expect(spans(says)).toEqual(['2026-07-14 to 2026-07-14']);
});

test('what is no calendar at all gives nothing, and ends', () => {
  for (const bytes of [new Uint8Array(), Uint8Array.of(0, 255, 254, 10, 13), utf8('日期,内容\n2026-07-13,例会\n')]) {
    expect(readFor(bytes, week)).toMatchObject({ items: [], refused: [] });
  }
});
