/** Narrowing a search by what an entry is. */
import { expect, test } from 'vitest';
import { type Filter, narrows, noFilter, passes } from '../../shared/diary/search-filter.ts';

const visit = {
  day: '2026-07-21',
  category: 'fieldVisit',
  place: '石埠菜场',
  threads: [{ id: 'typhoon' }],
  hasThinking: false,
  hasResult: true,
};

test.each<[string, Partial<Filter>, boolean]>([
  ['nothing', {}, true],
  ['its year', { year: '2026' }, true],
  ['another year', { year: '2025' }, false],
  ['its category', { category: 'fieldVisit' }, true],
  ['another category', { category: 'meeting' }, false],
  ['its thread, or one that stands for it', { threads: new Set(['wind', 'typhoon']) }, true],
  ['another thread', { threads: new Set(['market']) }, false],
  ['a part of its place', { place: ' 菜场 ' }, true],
  ['another place', { place: '街道' }, false],
  ['results alone', { onlyResult: true }, true],
  ['thinking alone', { onlyThinking: true }, false],
  ['its year and another category', { year: '2026', category: 'meeting' }, false],
])('a visit is shown under %s: %j %s', (_, filter, isShown) => {
  expect(passes({ ...noFilter, ...filter })(visit, '2026-W30')).toBe(isShown);
});

test('a title and a review of the week go by the year of their week, an entry of New Year by its own', () => {
  const inYear = passes({ ...noFilter, year: '2027' });
  expect(inYear({ ...visit, day: '' }, '2027-W01')).toBe(true);
  expect(inYear({ ...visit, day: '2027-01-01' }, '2026-W53')).toBe(true);
  expect(inYear({ ...visit, day: '' }, '2026-W53')).toBe(false);
});

test('a filter of blanks narrows nothing', () => {
  expect([narrows(noFilter), narrows({ ...noFilter, place: '  ' }), narrows({ ...noFilter, year: '2026' })]).toEqual([
    false,
    false,
    true,
  ]);
});
