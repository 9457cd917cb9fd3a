// Proposals to end an overlap, worked out by hand; both ways where both leave something.
import { describe, expect, test } from 'vitest';
import { overlapsWith } from '../../shared/diary/overlap.ts';

type Hours = readonly [from: number, to: number];

const span = (from: number, to: number) => ({ start: from * 60, end: to * 60 });

describe('an overlap', () => {
  test.each<readonly [string, Hours, Hours, number, Hours | null, Hours | null]>([
    ['the later of two keeps its end', [9, 11], [8, 10], 60, [10, 11], [8, 9]],
    ['the earlier of two keeps its start', [8, 10], [9, 11], 60, [8, 9], [10, 11]],
    ['one around another is cut to its longer part', [8, 12], [9, 10], 60, [10, 12], null],
    ['one inside another can only shorten the other', [9, 10], [8, 12], 60, null, [10, 12]],
    ['equal parts: the earlier one', [8, 12], [9, 11], 120, [8, 9], null],
    ['the same span leaves nothing of either', [8, 10], [8, 10], 120, null, null],
    ['the same start', [8, 10], [8, 9], 60, [9, 10], null],
  ])('%s', (_, own, others, minutes, ownLeft, othersLeft) => {
    const [found] = overlapsWith(span(...own), [span(...others)], (each) => each);
    expect(found?.minutes).toBe(minutes);
    expect(found?.own).toEqual(ownLeft === null ? null : span(ownLeft[0], ownLeft[1]));
    expect(found?.others).toEqual(othersLeft === null ? null : span(othersLeft[0], othersLeft[1]));
  });

  test('touching and points are none', () => {
    expect(overlapsWith(span(8, 10), [span(10, 12), span(9, 9)], (each) => each)).toEqual([]);
  });

  test('the longest comes first', () => {
    const found = overlapsWith(span(8, 12), [span(11, 13), span(8, 10)], (each) => each);
    expect(found.map(({ minutes }) => minutes)).toEqual([120, 60]);
  });
});
