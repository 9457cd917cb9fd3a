import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { masked, maskText, privateSpans } from '../../shared/feedback/comment.ts';

interface DemoComment {
  readonly id: string;
  readonly text: string;
  readonly publicText?: string;
}
const comments = JSON.parse(readFileSync('server/demo/data/comments.json', 'utf8')) as readonly DemoComment[];

test('of all comments of the demonstration exactly the private numbers are masked', () => {
  for (const comment of comments)
    expect([comment.id, masked(comment.text, privateSpans(comment.text))]).toEqual([
      comment.id,
      comment.publicText ?? comment.text,
    ]);
  expect(comments.filter((comment) => comment.publicText !== undefined).map((comment) => comment.id)).toEqual([
    'c113',
    'c122',
    'c123',
  ]);
});

test.each([
  ['电话13000000000', '电话■■■■■■'],
  ['+86 130-0000-0000。', '■■■■■■。'],
  ['＋８６　１３０－００００－００００', '■■■■■■'],
  ['130\u2013 0000', '130\u2013 0000'],
  // Examples of GB 11643-1999, whose check digits fit; then one with a slip in it.
  ['身份证11010519491231002X', '身份证■■■■■■'],
  ['440524188001010014。', '■■■■■■。'],
  ['440524188001010015', '■■■■■■'],
  ['110105 19491231 002x', '■■■■■■'],
  ['１１０１０５－１９４９１２３１－００２Ｘ', '■■■■■■'],
  ['+8613000000000', '■■■■■■'],
  ['008613000000000', '■■■■■■'],
  ['86 130 0000 0000', '■■■■■■'],
  ['（+86）１３０ ００００ ００００', '（+86）■■■■■■'],
  ['身份证99999919000101999X', '身份证■■■■■■'],
  ['身份证99999919000101999Ｘ', '身份证■■■■■■'],
  ['编号999999190013019999 月份不对', '编号999999190013019999 月份不对'],
  ['排队20260918000123456号', '排队20260918000123456号'],
  ['热线12345', '热线12345'],
  ['😀13000000000😀', '😀■■■■■■😀'],
])('%s is shown as %s', (text, shown) => {
  expect(masked(text, privateSpans(text))).toBe(shown);
});

test('masks that overlap or touch hide once, and their length tells nothing', () => {
  const text = '一二三四五六七八九十';
  expect(
    masked(text, [
      [2, 5],
      [3, 7],
    ]),
  ).toBe(`一二${maskText}八九十`);
  expect(
    masked(text, [
      [3, 7],
      [2, 9],
    ]),
  ).toBe(`一二${maskText}十`);
  expect(
    masked(text, [
      [0, 10],
      [2, 4],
    ]),
  ).toBe(maskText);
  expect(masked(text, [])).toBe(text);
});
