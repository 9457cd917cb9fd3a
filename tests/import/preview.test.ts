/** From the preview to entries: what a person fills in, and what a line becomes. */
import { expect, test } from 'vitest';
import { endOf, inputOf, lackOf } from '../../extension/screens/import/chosen.ts';
import { drive } from '../../extension/screens/import/drive.ts';
import { openFile } from '../../extension/screens/import/open-file.ts';
import { utf8 } from '../../shared/base/bytes.ts';
import { proposalsOf } from '../../shared/diary/calendar/proposals.ts';
import { readIcs } from '../../shared/diary/calendar/read-ics.ts';
import { categories } from '../../shared/diary/category.ts';
import { formatMinute, parseDay } from '../../shared/time/civil.ts';
import { calendar, event, readFor } from './read.ts';

const offered = async (...lines: readonly string[]) => {
  const reading = readFor(calendar(...event(...lines)), '2026-W29');
  const [first] = await proposalsOf(reading, [], new Set());
  if (first === undefined) throw new Error('nothing is offered');
  return first;
};
const options = { table: categories, withDetail: false, threadId: () => 'new' };
const described = ['DTSTART:20260716T083000', 'DTEND:20260716T100000', 'LOCATION:芦汀港区', 'DESCRIPTION:链接'];

test('a line without an end waits for one; an end before the start is that of the next day', async () => {
  const line = await offered('DTSTART:20260716T220000');
  expect([line.status, lackOf(line, {}), lackOf(line, { end: '25:00' })]).toEqual([
    'doubt',
    'END_MISSING',
    'END_MISSING',
  ]);
  expect(formatMinute(endOf(line.item, { end: '23：30' }) ?? 0)).toBe('2026-07-16T23:30');
  expect(formatMinute(endOf(line.item, { end: '0:30' }) ?? 0)).toBe('2026-07-17T00:30');
  expect(lackOf(line, { end: '0030' })).toBeNull();
});

test('an event over three days waits for an end that an entry can have', async () => {
  const line = await offered('DTSTART:20260714T090000', 'DTEND:20260716T170000');
  expect([line.status, lackOf(line, {}), lackOf(line, { end: '17:00' })]).toEqual(['doubt', 'END_MISSING', null]);
});

test('a line without words waits for them', async () => {
  const line = await offered('DTSTART:20260716T083000', 'DTEND:20260716T100000');
  const blank = { ...line, item: { ...line.item, text: '' } };
  expect(lackOf(blank, { text: ' ' })).toBe('TEXT_MISSING');
  expect(inputOf(blank, { text: '走访企业' }, options)?.entry).toMatchObject({
    text: '走访企业',
    category: 'enterpriseService',
  });
});

test('an entry has place and category; the description only where it was wished for', async () => {
  const line = await offered(...described);
  const entry = {
    day: '2026-07-16',
    start: '2026-07-16T08:30',
    end: '2026-07-16T10:00',
    text: '例会',
    place: '芦汀港区',
    category: 'meeting',
    mode: 'collective',
  };
  expect(inputOf(line, {}, options)?.entry).toEqual(entry);
  expect(inputOf(line, {}, { ...options, withDetail: true })?.entry).toEqual({ ...entry, detail: '链接' });
});

test('a whole day is a note', async () => {
  expect((await offered('DTSTART;VALUE=DATE:20260716')).status).toBe('note');
});

test.each([
  ['BEGIN:VCALENDAR\nEND:VCALENDAR', 'calendar'],
  ['\uFEFFBEGIN:VEVENT\nEND:VEVENT', 'calendar'],
  ['日期,内容\n2026-07-16,例会', 'table'],
  ['8:30-10:00 例会', 'table'],
])('%j is read as a %s', (text, kind) => {
  expect(openFile('file', utf8(text), parseDay('2026-07-20') ?? 0)).toMatchObject({ ok: true, value: { kind } });
});

test('a picture, other JSON and a file of 51 MB are refused with what to do', () => {
  const refused = (bytes: Uint8Array) => openFile('file', bytes, 0);
  expect(refused(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13))).toEqual({ ok: false, problem: 'NOT_TEXT' });
  expect(refused(utf8('{"a":1}'))).toEqual({ ok: false, problem: 'OTHER_FORMAT' });
  expect(refused(new Uint8Array(51 * 1024 * 1024))).toEqual({ ok: false, problem: 'TOO_LARGE' });
});

test('a long reading says how far it is and can be stopped', async () => {
  const many = Array.from({ length: 3000 }, (_, n) =>
    event(`DTSTART;TZID=Europe/Berlin:20260716T0${n % 10}0000`, 'DURATION:PT1H').map((line) =>
      line.replace('a@', `${n}@`),
    ),
  ).flat();
  const start = () => readIcs(calendar(...many), { weeks: ['2026-W29'], zone: () => 480 });
  const seen: number[] = [];
  const whole = await drive(start(), new AbortController().signal, ({ done }) => seen.push(done));
  expect(whole?.items).toHaveLength(3000);
  expect(seen.length).toBeGreaterThan(0);
  const controller = new AbortController();
  expect(await drive(start(), controller.signal, () => controller.abort())).toBeNull();
});
