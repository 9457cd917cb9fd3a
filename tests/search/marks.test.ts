/** Where a hit is marked, and what is shown of a long text. Positions counted by hand in UTF-16 units. */
import { expect, test } from 'vitest';
import { termsOf } from '../../shared/diary/search.ts';
import { excerptOf, marksIn } from '../../shared/diary/search-marks.ts';

const marked = (text: string, typed: string) =>
  marksIn(text, termsOf(typed)).map(({ from, to }) => text.slice(from, to));

test.each([
  ['研究部署基层治理', '治理', ['治理']],
  ['研究再研究', '研究', ['研究', '研究']],
  ['研究部署', '究部 研究', ['研究部']],
  ['听取ＧＤＰ汇报', 'gdp', ['ＧＤＰ']],
  ['GDP与gdp，不是XGDP', 'gdp', ['GDP', 'gdp']],
  ['网络交通整治', 'wljt', ['网络交通']],
  ['召开“一单到港”推进会', 'yddgtj', ['一单到港”推进']],
  ['会见𠮷野先生', '𠮷野', ['𠮷野']],
  ['进度㎏', 'kg', ['㎏']],
  ['没有', '别的', []],
])('in %s, %s marks %j', (text, typed, marks) => {
  expect(marked(text, typed)).toEqual(marks);
});

test('a short text is shown whole', () => {
  expect(excerptOf('研究部署', [{ from: 2, to: 4 }], 10)).toEqual({
    text: '研究部署',
    marks: [{ from: 2, to: 4 }],
    cutBefore: false,
    cutAfter: false,
  });
});

test('of a long text the part around the first mark is shown, and its marks move with it', () => {
  const text = `${'前'.repeat(20)}治理${'后'.repeat(20)}`;
  const excerpt = excerptOf(text, [{ from: 20, to: 22 }], 12);
  expect(excerpt.text).toBe('前前前前治理后后后后后后');
  expect(excerpt.marks).toEqual([{ from: 4, to: 6 }]);
  expect([excerpt.cutBefore, excerpt.cutAfter]).toEqual([true, true]);
});

test('a character of two units is never cut in half', () => {
  const { text } = excerptOf(`甲${'𠮷'.repeat(10)}`, [{ from: 13, to: 15 }], 6);
  expect(text).toMatch(/^𠮷+$/u);
});
