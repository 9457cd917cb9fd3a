/** What must be looked at before it is saved: a zone that nobody knows, a lone change of a series, a length that no entry has. */
import { expect, test } from 'vitest';
import { doubtsOf, proposalsOf } from '../../shared/diary/calendar/proposals.ts';
import { calendar, event, readFor, spans } from './read.ts';

const week = '2026-W29';
const start = 'DTSTART;TZID=Asia/Shanghai:20260716T083000';
const end = 'DTEND;TZID=Asia/Shanghai:20260716T100000';

test.each([
  [
    'a start in a zone that nobody knows',
    ['DTSTART;TZID=CST:20260716T083000', 'DTEND;TZID=CST:20260716T100000'],
    'ZONE_ASSUMED',
  ],
  ['an end alone in such a zone', [start, 'DTEND;TZID=Customized Time Zone:20260716T100000'], 'ZONE_ASSUMED'],
  [
    'a zone of which only the offset is known',
    ['DTSTART;TZID=GMT+0900:20260716T083000', 'DURATION:PT1H'],
    'ZONE_BY_OFFSET',
  ],
  ['an end alone in such a zone', [start, 'DTEND;TZID=GMT+0900:20260716T113000'], 'ZONE_BY_OFFSET'],
  ['more than a day', [start, 'DTEND;TZID=Asia/Shanghai:20260718T100000'], 'LONGER_THAN_A_DAY'],
  ['no end', [start], 'NO_END'],
])('%s is a doubt', async (_, lines, code) => {
  const reading = readFor(calendar(...event(...lines)), week);
  const [line, ...others] = await proposalsOf(reading, [], new Set());
  expect([line?.status, line && doubtsOf(line.item), others]).toEqual(['doubt', [code], []]);
});

test('what needs no second look is new', async () => {
  const reading = readFor(calendar(...event(start, end)), week);
  expect(spans(reading)).toEqual(['2026-07-16T08:30–2026-07-16T10:00']);
  expect((await proposalsOf(reading, [], new Set())).map(({ status }) => status)).toEqual(['new']);
});

test('a change of an occurrence that the series does not have is a doubt, its other occurrences are none', async () => {
  const series = event(start, end, 'RRULE:FREQ=DAILY;COUNT=2');
  const change = event('RECURRENCE-ID:20260714T003000Z', 'DTSTART:20260714T020000Z', 'DTEND:20260714T030000Z');
  const reading = readFor(calendar(...series, ...change), week);
  const lines = await proposalsOf(reading, [], new Set());
  expect(lines.map(({ status, item }) => [status, doubtsOf(item)])).toEqual([
    ['doubt', ['OVERRIDE_ALONE']],
    ['new', []],
    ['new', []],
  ]);
});
