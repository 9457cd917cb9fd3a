// 2026-03-29 the clocks of Berlin go from 02:00 to 03:00, 2026-10-25 from 03:00 back to 02:00 (Directive 2000/84/EC).
import { expect, test } from 'vitest';
import { dayFacts } from '../../extension/screens/day/day-facts.ts';
import { weekFacts } from '../../extension/screens/week/week-facts.ts';
import { page } from '../../server/locales/en/page.ts';
import { diaryPage } from '../../server/public/diary-page.ts';
import type { DiaryView } from '../../server/public/diary-view.ts';
import { words } from '../../shared/locales/en.ts';
import { zoneOffset } from '../../shared/time/civil.ts';
import { journal, written } from './rows.ts';

const berlin = { ...journal, offset: zoneOffset('Europe/Berlin') ?? journal.offset };

test.each([
  ['2026-W13', '2026-03-28', '2026-03-29', 7],
  ['2026-W43', '2026-10-24', '2026-10-25', 9],
])('a night from 22:00 to 06:00 of %s is as long on the pages of its author as it was', (week, day, next, hours) => {
  const night = written('night', day, `${day}T22:00`, `${next}T06:00`);
  expect(dayFacts(day, [night], berlin).hours.unionMinutes).toBe(hours * 60);
  const facts = weekFacts(week, [night], berlin);
  expect(facts.hours.unionMinutes).toBe(hours * 60);
  expect(facts.byCategory.map(({ minutes }) => minutes)).toEqual([hours * 60]);
  expect(facts.columns.map(({ hours: own }) => own.unionMinutes)).toEqual([0, 0, 0, 0, 0, hours * 60, 0]);
});

test('on the public page the night is as long as its day says', () => {
  const prose = { text: 'Flood watch', place: null, detail: null, thinking: null, result: null, next: null };
  const told = { category: null, mode: null, lateFor: null, corrects: null, hold: null, released: null };
  const span = { day: '2026-03-28', start: '2026-03-28T22:00', end: '2026-03-29T06:00' };
  const diary: DiaryView = {
    ...{ draw: 'd1', unit: 'u01', week: '2026-W13', zone: 'Europe/Berlin', seal: 'x', imported: null },
    ...{ publishedAt: 1_775_000_000, changedAt: 1_775_000_000, position: 0 },
    items: [{ index: 0, kind: 'entry', ...span, ...told, prose: { ...prose, threads: [], images: [] } }],
    sealed: { index: 0, rev: 1, sealedAt: 0, latestAck: null, acks: 0, drawnAt: 0 },
  };
  const office = {
    organisation: 'Office',
    unit: 'Unit',
    post: null,
    demo: false,
    categories: [],
    base: null,
    licence: null,
  };
  const calendar = { holidays: new Set<number>(), makeUpWorkdays: new Set<number>() };
  const setting = { ...office, language: 'en' as const, calendar, pins: { vkey: 'v', organiser: null } };
  const html = diaryPage(diary, setting, page, words);
  expect([...new Set(html.match(/\b[78] h\b/g))]).toEqual(['7 h']);
});
