/** The week of a diary as its card in a list shows it. */
import { expect, it } from 'vitest';
import type { DiaryCard } from '../../shared/api/published.ts';
import { columnsOf } from '../../widget/base/card.ts';
import { settingOf } from '../../widget/base/setting.ts';
import { words } from '../../widget/locales/zh.ts';
import { indexOf } from './vector-tree.ts';

/** Hours over the seven columns of a card. */
const hoursOver = (zone: string, card: Pick<DiaryCard, 'week' | 'strip'>) => {
  const index = indexOf();
  const { organisation } = index;
  const setting = settingOf({ ...index, organisation: { ...organisation, zone } }, words);
  return columnsOf({ ...blank, ...card }, setting).map(({ hours }) => hours.replace('时', ''));
};

const blank: DiaryCard = {
  ...{ draw: 'd-2026-w47', unit: 'u01', term: null, week: '2026-W47', title: null, publishedAt: 0, minutes: 0 },
  ...{ entries: 1, held: 0, opening: null, strip: [], comments: 0, tickets: 0, closedLoop: 0 },
  ...{ themes: [], threads: [], categories: [] },
};

// Of the night from Saturday 22:00 to Sunday 06:00. The last Sundays of March and October (Directive 2000/84/EC); in Lord Howe it is half an
// hour, at the first Sundays of April and October (tz database).
it.each([
  ['Europe/Berlin', '2026-W12', '8.0'],
  ['Europe/Berlin', '2026-W13', '7.0'],
  ['Europe/Berlin', '2026-W43', '9.0'],
  ['Australia/Lord_Howe', '2026-W14', '8.5'],
  ['Australia/Lord_Howe', '2026-W40', '7.5'],
  ['Asia/Shanghai', '2026-W13', '8.0'],
])('counts in %s of the night in %s what passed', (zone, week, hours) => {
  const strip: DiaryCard['strip'] = [[5, 22 * 60, 30 * 60, 'emergency']];
  expect(hoursOver(zone, { week, strip })).toEqual(['', '', '', '', '', hours, '']);
});

it('counts overlapping time once, also over the change, and a day by day', () => {
  // Sunday 29 March 2026: 01:00 to 04:00 are two hours; 03:30 to 05:00 overlap them by half an hour.
  const strip: DiaryCard['strip'] = [
    [0, 540, 600, 'focused'],
    [6, 60, 240, 'collective'],
    [6, 210, 300, 'held'],
  ];
  expect(hoursOver('Europe/Berlin', { week: '2026-W13', strip })).toEqual(['1.0', '', '', '', '', '', '3.0']);
});

it('shows what the wall showed of a week that the calendar lacks', () => {
  expect(hoursOver('Europe/Berlin', { week: '2026-W99', strip: [[5, 0, 90, null]] })[5]).toBe('1.5');
});
