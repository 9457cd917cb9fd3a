import { describe, expect, it } from 'vitest';
import { clip, gaps, type Interval, merged, overlaps, sumMinutes, unionMinutes } from '../../shared/time/interval.ts';

const at = (start: number, end: number): Interval => ({ start, end });

describe('intervals', () => {
  it('touching is not overlapping', () => {
    expect(overlaps(at(540, 600), at(600, 660))).toBe(false);
    expect(overlaps(at(540, 601), at(600, 660))).toBe(true);
    expect(overlaps(at(600, 600), at(540, 660))).toBe(false);
  });

  it.each([
    ['nothing', [], 0, 0],
    ['apart', [at(0, 10), at(20, 30)], 20, 20],
    ['touching', [at(0, 10), at(10, 30)], 30, 30],
    ['overlapping, in disorder', [at(20, 40), at(0, 30)], 40, 50],
    ['one inside the other', [at(0, 100), at(20, 30)], 100, 110],
    ['the same twice', [at(5, 15), at(5, 15)], 10, 20],
    ['a point and a reversed one', [at(5, 5), at(9, 3)], 0, 0],
    ['past midnight', [at(1410, 1500)], 90, 90],
  ])('%s: union %i', (_name, intervals, union, sum) => {
    expect(unionMinutes(intervals)).toBe(union);
    expect(sumMinutes(intervals)).toBe(sum);
  });

  it('merged joins what overlaps or touches and keeps the order', () => {
    expect(merged([at(50, 60), at(0, 10), at(10, 20), at(15, 18)])).toEqual([at(0, 20), at(50, 60)]);
  });

  it('gaps are what is uncovered inside the span and long enough', () => {
    const day = [at(510, 600), at(600, 660), at(675, 750), at(800, 900)];
    expect(gaps(day, at(510, 900), 30)).toEqual([at(750, 800)]);
    expect(gaps(day, at(510, 900))).toEqual([at(660, 675), at(750, 800)]);
    expect(gaps(day, at(480, 960), 30)).toEqual([at(480, 510), at(750, 800), at(900, 960)]);
    expect(gaps([], at(480, 540), 30)).toEqual([at(480, 540)]);
    expect(gaps([at(0, 1000)], at(480, 540), 30)).toEqual([]);
    expect(gaps([at(700, 800)], at(480, 540), 30)).toEqual([at(480, 540)]);
  });

  it('clip gives the part inside, and null when there is none', () => {
    expect(clip(at(1410, 1500), at(300, 1440))).toEqual(at(1410, 1440));
    expect(clip(at(0, 300), at(300, 1440))).toBeNull();
  });
});
