/** What Chinese office software and timetable generators write. */
import { expect, test } from 'vitest';
import { concat, utf8 } from '../../shared/base/bytes.ts';
import { calendar, codes, event, readFor, spans } from './read.ts';

const week = '2026-W29'; // 13 to 19 July
const at = ['DTSTART:20260716T083000', 'DTEND:20260716T100000'];
const inZone = (zone: string) =>
  readFor(calendar(...event(`DTSTART;TZID=${zone}:20260716T083000`, `DTEND;TZID=${zone}:20260716T100000`)), week);

test('a file in GBK is read as Chinese, and the encoding is said', () => {
  // 班子例会 and 芦汀港区 in GBK.
  const bytes = concat(
    utf8('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:'),
    Uint8Array.of(0xb0, 0xe0, 0xd7, 0xd3, 0xc0, 0xfd, 0xbb, 0xe1),
    utf8('\r\nLOCATION:'),
    Uint8Array.of(0xc2, 0xab, 0xcd, 0xa1, 0xb8, 0xdb, 0xc7, 0xf8),
    utf8(`\r\n${at.join('\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`),
  );
  const reading = readFor(bytes, week);
  expect(reading.items).toMatchObject([{ text: '班子例会', place: '芦汀港区' }]);
  expect(reading.encoding).toBe('gb18030');
  expect(codes(reading)).toEqual(['ENCODING_GB18030']);
});

test.each([' ', '\t'])('a line that a fold before %j cut within a Chinese character is whole again', (blank) => {
  // 例会 with 会 (e4 bc 9a) cut behind its first and its second byte.
  for (const cut of [1, 2]) {
    const hui = [0xe4, 0xbc, 0x9a];
    const bytes = concat(
      utf8('BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:例'),
      Uint8Array.from(hui.slice(0, cut)),
      utf8(`\r\n${blank}`),
      Uint8Array.from(hui.slice(cut)),
      utf8(`\r\n${at.join('\r\n')}\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n`),
    );
    expect(readFor(bytes, week).items).toMatchObject([{ text: '例会' }]);
  }
});

test.each([
  'China Standard Time',
  '中国标准时间',
  '"(UTC+08:00) Beijing, Chongqing, Hong Kong, Urumqi"',
  '"(GMT+08:00) Beijing, Chongqing, Hong Kong, Urumqi"',
  '"(UTC+08:00) 北京，重庆，香港特别行政区，乌鲁木齐"',
  '(UTC+08:00) Beijing\\, Chongqing\\, Hong Kong\\, Urumqi',
  'PRC',
  '/mozilla.org/20050126_1/Asia/Shanghai',
])('TZID=%s without a definition is Shanghai', (zone) => {
  const reading = inZone(zone);
  expect(spans(reading)).toEqual(['2026-07-16T08:30–2026-07-16T10:00']);
  expect(reading.items[0]?.notices).toEqual([]);
});

test('a zone of Windows elsewhere is reckoned with its own offset', () => {
  // Tokyo is one hour ahead of Shanghai.
  expect(spans(inZone('Tokyo Standard Time'))).toEqual(['2026-07-16T07:30–2026-07-16T09:00']);
  expect(spans(inZone('"(UTC+09:00) 大阪，札幌，东京"'))).toEqual(['2026-07-16T07:30–2026-07-16T09:00']);
});

test('a name of which only the offset is known is reckoned with that, and it is said', () => {
  const reading = inZone('"(UTC+09:00) 某地"');
  expect(spans(reading)).toEqual(['2026-07-16T07:30–2026-07-16T09:00']);
  expect(codes(reading.items[0] ?? reading)).toEqual(['ZONE_BY_OFFSET']);
});

test('CST is no zone: it is China and Chicago, so the clock is kept and that is said', () => {
  const reading = inZone('CST');
  expect(spans(reading)).toEqual(['2026-07-16T08:30–2026-07-16T10:00']);
  expect(codes(reading.items[0] ?? reading)).toEqual(['ZONE_ASSUMED']);
});

test('an excluded occurrence given in UTC is that of a series in Shanghai', () => {
  const reading = readFor(
    calendar(
      ...event(
        'DTSTART;TZID=Asia/Shanghai:20260713T083000',
        'DTEND;TZID=Asia/Shanghai:20260713T093000',
        'RRULE:FREQ=DAILY;COUNT=4',
        'EXDATE:20260714T003000Z',
      ),
    ),
    week,
  );
  expect(spans(reading).map((span) => span.slice(0, 16))).toEqual([
    '2026-07-13T08:30',
    '2026-07-15T08:30',
    '2026-07-16T08:30',
  ]);
  expect(codes(reading)).toEqual([]);
});

test('a file in UTF-16, as Notepad saves it, is read', () => {
  const text = new TextDecoder().decode(calendar(...event(...at)));
  const wide = Uint8Array.from([
    0xff,
    0xfe,
    ...[...text].flatMap((sign) => [sign.charCodeAt(0) & 255, sign.charCodeAt(0) >> 8]),
  ]);
  expect(readFor(wide, week).items).toMatchObject([{ text: '例会' }]);
});

test('one damaged line does not turn a UTF-8 file into another encoding', () => {
  const good = utf8(
    new TextDecoder().decode(calendar(...event(...at, 'LOCATION:芦汀港区'))).replace('VERSION:2.0', 'X-NAME:甲乙'),
  );
  const broken = concat(good.subarray(0, 25), Uint8Array.of(0xff), good.subarray(25));
  const reading = readFor(broken, week);
  expect(reading.items).toMatchObject([{ text: '例会', place: '芦汀港区' }]);
  expect(codes(reading)).toEqual(['LINE_DAMAGED']);
});
