import { describe, expect, it } from 'vitest';
import { askedIn, fits, hashOf, monthOf, narrowest, weeksOf } from '../../shared/search/asked.ts';
import { card } from '../widget/vector-tree.ts';

describe('what is asked for in an address', () => {
  it('is read again as it was written, whatever was typed', () => {
    for (const q of ['充电棚', 'a&b=c#d', '100%', '“里子” 最难扫', '<b>', '🙂'])
      expect(askedIn(hashOf({ q, unit: 'u01', when: '2026-W38' }))).toEqual({ q, unit: 'u01', when: '2026-W38' });
  });

  it('is nothing where nothing is asked for, and nothing in an address of something else', () => {
    expect(hashOf({})).toBe('');
    expect(askedIn('#sundial?q=%20%20&unit=')).toEqual({});
    expect(askedIn('#sundial/d-2026-w38/u01/3')).toEqual({});
    expect(askedIn('#/news?q=1')).toEqual({});
    expect(askedIn('#sundial?q=会议&colour=red')).toEqual({ q: '会议' });
  });
});

describe('months and weeks', () => {
  // ISO 8601: a week belongs to the month and year of its Thursday. 31 December 2026 is a Thursday.
  it.each([
    ['2026-W53', '2026-12'],
    ['2027-W01', '2027-01'],
    ['2026-W40', '2026-10'],
    ['2026-10', '2026-10'],
  ])('%s lies in %s', (when, month) => expect(monthOf(when)).toBe(month));

  it('a month has the weeks of its Thursdays, newest first', () => {
    // Thursdays of October 2026: 1, 8, 15, 22, 29; of February 2026: 5, 12, 19, 26.
    expect(weeksOf('2026-10')).toEqual(['2026-W44', '2026-W43', '2026-W42', '2026-W41', '2026-W40']);
    expect(weeksOf('2026-02')).toEqual(['2026-W09', '2026-W08', '2026-W07', '2026-W06']);
  });

  it('the months of thirty years have every week once', () => {
    const weeks: string[] = [];
    for (let month = 12 * 2010; month < 12 * 2040; month += 1)
      weeks.push(...weeksOf(`${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`).reverse());
    // 2010-W01 to 2039-W52: Monday 4 January 2010 to Sunday 1 January 2040 are 10,955 days.
    expect(weeks).toHaveLength(10_955 / 7);
    expect(new Set(weeks).size).toBe(weeks.length);
    expect([...weeks].sort()).toEqual(weeks);
  });
});

describe('filters together', () => {
  const one = card({
    unit: 'u01',
    week: '2026-W40',
    themes: ['bridge'],
    threads: ['old-bridge'],
    categories: ['meeting', 'talk'],
  });
  const kindOf = (unit: string) => (unit === 'u01' ? 'subdistrict' : 'department');

  it.each([
    [{}, true],
    [{ unit: 'u01', kind: 'subdistrict', theme: 'bridge', category: 'talk', when: '2026-10' }, true],
    [{ thread: 'old-bridge' }, true],
    [{ thread: 'night-market' }, false],
    [{ when: '2026-W40' }, true],
    [{ when: '2026-09' }, false],
    [{ unit: 'u01', category: 'travel' }, false],
    [{ kind: 'department' }, false],
  ])('%j: %s', (asked, isFit) => expect(fits(one, asked, kindOf)).toBe(isFit));

  const counts = {
    unit: { u01: 9 },
    kind: { department: 40 },
    theme: { bridge: 3 },
    thread: { 'old-bridge': 2 },
    category: { meeting: 50 },
    month: { '2026-10': 5 },
  };

  it('are read from the facet with the fewest diaries; the count is exact for one facet alone', () => {
    expect(narrowest({}, counts)).toBeNull();
    expect(narrowest({ q: '桥' }, counts)).toBeNull();
    expect(narrowest({ category: 'meeting' }, counts)).toMatchObject({ count: 50, isExact: true });
    expect(narrowest({ category: 'meeting', theme: 'bridge', unit: 'u01' }, counts)).toMatchObject({
      facet: 'theme',
      value: 'bridge',
      count: 3,
      isExact: false,
    });
    expect(narrowest({ theme: 'bridge', thread: 'old-bridge' }, counts)).toMatchObject({ facet: 'thread', count: 2 });
    expect(narrowest({ when: '2026-10' }, counts)).toMatchObject({ facet: 'month', count: 5, isExact: true });
    expect(narrowest({ when: '2026-W40' }, counts)).toMatchObject({ value: '2026-10', isExact: false });
    expect(narrowest({ unit: 'u77' }, counts)).toMatchObject({ count: 0 });
  });
});
