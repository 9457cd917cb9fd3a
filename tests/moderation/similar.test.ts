import { expect, test } from 'vitest';
import { likelySpans } from '../../shared/feedback/moderation.ts';
import { copyResemblance, marksOf, resemblance } from '../../shared/feedback/similar.ts';

const share = (a: string, b: string) => resemblance(marksOf(a).signature, marksOf(b).signature);
const meet = (a: string, b: string) => marksOf(a).keys.some((key) => marksOf(b).keys.includes(key));

const night = '莲浦路夜市凌晨还在放大喇叭，睡不着，请你们来管一管，电话打了三次都没人来';

test.each([
  [
    'the same in full width, with blanks and signs',
    '莲浦路夜市凌晨还在放大喇叭睡不着……请你们来管一管！！ 电话打了三次 都没人来',
  ],
  ['the same with a word before it', `转发：${night}`],
  ['the same with another end', `${night}了啊`],
])('%s is a copy', (_, other) => {
  expect(share(night, other)).toBeGreaterThanOrEqual(copyResemblance);
  expect(meet(night, other)).toBe(true);
});

test.each([
  ['another matter', '建议夜里十二点以后电价减半，大家错峰充电，棚子也不会挤'],
  ['the same place, another complaint', '莲浦路夜市的油烟直接冲楼上，窗户不敢开，请装净化机'],
])('%s is none', (_, other) => {
  expect(share(night, other)).toBeLessThan(copyResemblance);
});

test('short texts are copies only where they are equal', () => {
  expect(meet('支持！', '支 持')).toBe(true);
  expect(meet('支持', '支持一下')).toBe(false);
});

test('the marks of a text are the same everywhere', () => {
  // FNV-1a over the UTF-16 units from two seeds, worked out in Python.
  expect(marksOf('支持').keys).toEqual(['wvo9uh9al78632']);
});

test('house numbers, plates, accounts and addresses are proposed, and nothing else', () => {
  const text = '7幢102还在拉线，车牌沪A12345，微信abc_12345，写信到 wang@example.com，23点30分，3台净化机';
  expect(likelySpans(text).map(([from, to]) => text.slice(from, to))).toEqual([
    '7幢102',
    '沪A12345',
    '微信abc_12345',
    'wang@example.com',
  ]);
});
