/** What the list under the line offers, and what it makes of the line. */
import { expect, test } from 'vitest';
import { type Offerable, offersAt } from '../../shared/diary/completion.ts';
import { spanLine, textLine } from '../../shared/diary/entry-line.ts';
import { matchesInitials } from '../../shared/diary/initials.ts';
import { readLine } from '../../shared/diary/quick-entry.ts';
import { type PastEntry, recentLines, usualMinutes } from '../../shared/diary/recent.ts';
import { formatMinute, parseDay, parseMinute } from '../../shared/time/civil.ts';

// Mondays: 2026-07-06, 13, 20. Tuesday: 2026-07-14.
const past = (day: string, start: string, end: string, text: string, more: Partial<PastEntry> = {}): PastEntry => ({
  day,
  start: `${day}T${start}`,
  end: `${day}T${end}`,
  text,
  ...more,
});
const threads = [
  { id: 'port', name: '一单到港', aliases: [] },
  { id: 'typhoon', name: '台风“青禾”应对', aliases: ['防台'] },
];
const entries = [
  past('2026-07-06', '08:30', '09:30', '网络交通整治例会', { place: '三楼 会议室' }),
  past('2026-07-13', '08:40', '09:20', '网络交通整治例会', { threads: [{ id: 'port', name: '一单到港' }] }),
  past('2026-07-14', '16:00', '17:00', '网络交通整治例会'),
  past('2026-07-14', '09:00', '10:00', '网格员座谈'),
  past('2026-07-10', '10:00', '11:00', '召开网络安全会'),
];
const known = (on: number): Offerable => ({
  threads,
  places: ['芦汀港区', '三楼 会议室'],
  lines: recentLines(entries, on),
});
const lines = (line: string, textFrom = 0, on = 1) =>
  offersAt(line, line.length, textFrom, known(on), matchesInitials).map((offer) => offer.line);

test('a recurring line is found by pinyin initials, with its usual time on that weekday', () => {
  // Mondays began 8:30 and 8:40, took 60 and 40 minutes: the lower middle of each.
  expect(lines('wljt')).toEqual(['8:30-9:10 网络交通整治例会']);
});

test('on a weekday on which it was never done no time is offered', () => {
  expect(lines('wljt', 0, 3)).toEqual(['网络交通整治例会']);
});

test('a time that was typed stays', () => {
  expect(lines('10:00-11:00 wljt', 12)).toEqual(['10:00-11:00 网络交通整治例会']);
  expect(lines('昨天下午2点-3点网络', 9)[0]).toBe('昨天下午2点-3点 网络交通整治例会');
});

test('what begins with the typed words comes first, then what has them further on', () => {
  expect(lines('网', 0, 3)).toEqual(['网络交通整治例会', '网格员座谈']);
  expect(lines('网络', 0, 3)).toEqual(['网络交通整治例会', '召开网络安全会']);
});

test('one letter, a line typed in full, a caret inside the line, and several lines offer nothing', () => {
  expect(lines('w')).toEqual([]);
  expect(lines('网格员座谈')).toEqual([]);
  expect(lines('网络\n网格')).toEqual([]);
  expect(offersAt('网络交通', 2, 0, known(1), matchesInitials)).toEqual([]);
});

test('threads and places are found by prefix, alias and initials', () => {
  expect(lines('9:00 看 #')).toEqual(['9:00 看 #一单到港 ', '9:00 看 #台风“青禾”应对 ']);
  expect(lines('9:00 看 #tf')).toEqual(['9:00 看 #台风“青禾”应对 ']);
  expect(lines('9:00 看 #防')).toEqual(['9:00 看 #台风“青禾”应对 ']);
  expect(lines('9:00 看 @ltg')).toEqual(['9:00 看 @芦汀港区 ']);
  expect(lines('9:00 看 #一单到港')).toEqual([]);
});

test('a place with a blank is completed in quotes and read back whole', () => {
  const [line = ''] = lines('9:00-10:00 看 @三');
  expect(line).toBe('9:00-10:00 看 @“三楼 会议室” ');
  const [reading] = readLine(line, { now: parseMinute('2026-07-20T12:00') ?? 0 });
  expect(reading).toMatchObject({ text: '看', place: '三楼 会议室' });
});

test('a line made from an entry is read as that entry', () => {
  const now = parseMinute('2026-07-20T12:00') ?? 0;
  for (const [start, end] of [
    ['2026-07-20T08:30', '2026-07-20T10:00'],
    ['2026-07-20T22:00', '2026-07-21T00:00'],
    ['2026-07-20T23:30', '2026-07-21T00:40'],
  ]) {
    const span = spanLine(parseMinute(start ?? '') ?? 0, parseMinute(end ?? '') ?? 0);
    const line = `${span} ${textLine({ text: '盯单', place: '港区', threads: [{ name: '一单到港' }] })}`;
    const [reading] = readLine(line, { now, threads });
    expect([reading?.start, reading?.end].map((at) => formatMinute(at ?? 0))).toEqual([start, end]);
    expect(reading).toMatchObject({ text: '盯单', place: '港区', day: parseDay('2026-07-20') });
    expect(reading?.threads).toEqual([{ id: 'port', name: '一单到港', typed: '一单到港' }]);
  }
});

test('the usual length is that of the same text, of those that begin alike, of the category', () => {
  const long = [
    past('2026-07-01', '09:00', '10:30', '中心组学习会', { category: 'learning' }),
    past('2026-07-02', '09:00', '09:20', '批阅文件10件', { category: 'paperwork' }),
    past('2026-07-03', '09:00', '09:40', '批阅文件31件', { category: 'paperwork' }),
    past('2026-07-04', '09:00', '10:00', '审签付款单', { category: 'paperwork' }),
  ];
  expect(usualMinutes('中心组学习会', null, long)).toBe(90);
  expect(usualMinutes('批阅文件5件', 'paperwork', long)).toBe(20);
  expect(usualMinutes('改汇报', 'paperwork', long)).toBe(40);
  expect(usualMinutes('改汇报', 'meeting', long)).toBeUndefined();
});
