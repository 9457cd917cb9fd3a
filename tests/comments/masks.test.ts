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

const phone = [...'13800138000'];
const card = [...'11010519491231002X'];
const shown = (text: string) => masked(text, privateSpans(text));

test.each([
  ['zero width space', '\u200b'],
  ['zero width joiner', '\u200d'],
  ['word joiner', '\u2060'],
  ['byte order mark', '\ufeff'],
  ['soft hyphen', '\u00ad'],
  ['direction mark', '\u200e'],
  ['isolate', '\u2066'],
  ['end of a direction', '\u202c'],
  ['grapheme joiner', '\u034f'],
  ['variation selector', '\ufe0f'],
  ['variation selector of plane 14', '\u{e0101}'],
  ['tag', '\u{e0041}'],
  ['filler', '\u3164'],
  ['stroke', '\u0336'],
  ['several', '\u200b\u2060\u200b'],
])('a number with a %s between its digits is masked whole', (_, between) => {
  expect(shown(`电话${phone.join(between)}。`)).toBe(`电话${maskText}。`);
  expect(shown(`证${card.join(between)}。`)).toBe(`证${maskText}。`);
});

test('a number in the digits of any script is masked', () => {
  const isDigit = (code: number) => /^\p{Nd}$/u.test(String.fromCodePoint(code));
  let scripts = 0;
  for (let zero = 0; zero < 0x20000; zero += 1) {
    if (!isDigit(zero)) continue;
    scripts += 1;
    const written = phone.map((digit) => String.fromCodePoint(zero + Number(digit))).join('');
    expect([zero.toString(16), shown(`打${written}找我`)]).toEqual([zero.toString(16), `打${maskText}找我`]);
    zero += 9;
  }
  expect(scripts).toBeGreaterThan(50);
});

test.each([
  ['①③⑧⓪⓪①③⑧⓪⓪⓪', maskText],
  ['¹³⁸⁰⁰¹³⁸⁰⁰⁰', maskText],
  ['❶❸❽⓿⓿❶❸❽⓿⓿⓿', maskText],
  ['1️⃣3️⃣8️⃣0️⃣0️⃣1️⃣3️⃣8️⃣0️⃣0️⃣0️⃣', maskText],
  ['一三八〇〇一三八〇〇〇', maskText],
  ['幺三八零零幺三八零零零', maskText],
  ['壹叁捌零零壹叁捌零零零', maskText],
  ['1三8〇0①３八零0〇', maskText],
  ['一13800138000', `一${maskText}`],
  ['\u202e00083100831\u202c（倒着看）', `\u202e${maskText}\u202c（倒着看）`],
  ['二〇二六年一月二十三日十三点四十五分', '二〇二六年一月二十三日十三点四十五分'],
  ['一三五七九，二四六八十', '一三五七九，二四六八十'],
  ['①修路②修桥③修灯', '①修路②修桥③修灯'],
  ['👨\u200d👩\u200d👧 一家三口 1380013', '👨\u200d👩\u200d👧 一家三口 1380013'],
])('%s is read as it is seen', (text, masks) => {
  expect(shown(text)).toBe(masks);
});

/** However a person may set a telephone or card number, parted by what is no part of it. */
test.each([
  ['over lines', '138\n0013\n8000'],
  ['over lines of Windows', '13800\r\n138000'],
  ['over lines, full-width', '１３８\n００１３\n８０００'],
  ['in words over lines', '一三八\n零零一三\n八零零零'],
  ['by wide gaps', '138  0013   8000'],
  ['by tabs', '138\t0013\t8000'],
  ['by dashes between blanks', '138 - 0013 – 8000'],
  ['by a sign for minus', '138\u22120013\u22128000'],
  ['by other line ends', '138\u20280013\u20298000'],
  ['in two halves', '13800 138000'],
  ['in fours from the front', '1380 0138 000'],
  ['digit by digit', '1 3 8 0 0 1 3 8 0 0 0'],
  ['digit by digit with dashes', '1-3-8-0-0-1-3-8-0-0-0'],
  ['by dots', '138.0013.8000'],
  ['by middle dots', '138·0013·8000'],
  ['by low lines', '138_0013_8000'],
  ['by a bracket', '138)0013-8000'],
  ['by full-width brackets', '138）0013 8000'],
  ['after the zero of long distance', '013800138000'],
  ['after the country over a line', '+86\n138 0013 8000'],
  ['after the country by a wide gap', '+86  13800138000'],
  ['a card over lines', '110105\n19491231\n002X'],
  ['a card in fours', '1101 0519 4912 3100 2X'],
  ['a card by wide gaps', '110105  19491231  002X'],
  ['a card digit by digit', '1 1 0 1 0 5 1 9 4 9 1 2 3 1 0 0 2 x'],
])('a number that is parted %s is masked whole', (_, number) => {
  expect(shown(`找${number}，谢谢`)).toBe(`找${maskText}，谢谢`);
});

test.each([
  ['张三-13800138000', `张三-${maskText}`],
  ['301-13800138000', `301-${maskText}`],
  ['13800138000 13900139000', `${maskText} ${maskText}`],
  ['13800138000\n13900139000', `${maskText}\n${maskText}`],
  ['3 13800138000', `3 ${maskText}`],
  ['138 0013 8000 3', `${maskText} 3`],
])('%s: what stands beside a number hides none of it', (text, masks) => {
  expect(shown(text)).toBe(masks);
});

test.each([
  '13 14 15 16 17 18',
  '14 15 16 17 18 9',
  '1500\n20\n3000\n400',
  '2026 10 08 1234 5678',
  '2026-10-08 12:30-13:45',
  '14.5.2026 13.30',
  '138，2024、2025年',
  '138.0013.8000.1',
  '编号2026-0918-0001-234567',
  '0574-88888888',
  '金额110105 1234 5678 9012元',
])('%s is no private number', (text) => {
  expect(shown(text)).toBe(text);
});

test('spans of a disguised number lie apart and in order, so that a moderator sees each once', () => {
  const text = '一13800138000和①③⑧⓪⓪①③⑧⓪⓪⓪';
  expect(privateSpans(text)).toEqual([
    [1, 12],
    [13, 24],
  ]);
});

test('a text without end is read through once', () => {
  const text = '一\u200b'.repeat(20_000);
  const began = performance.now();
  expect(privateSpans(text)).toEqual([]);
  expect(performance.now() - began).toBeLessThan(2000);
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
