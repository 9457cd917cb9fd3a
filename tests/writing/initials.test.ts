/** Pinyin initials. Readings from 现代汉语词典: 重 chóng zhòng, 行 háng xíng, 长 cháng zhǎng, 会 huì kuài, 调 diào tiáo. */
import { expect, test } from 'vitest';
import { initialKeys, matchesInitials } from '../../shared/diary/initials.ts';

test.each([
  ['网络交通整治', 'wljtzz'],
  ['重庆银行 A1', 'cqyha1'],
  ['召开“一单到港”推进会，过12345热线', 'zkyddgtjhg12345rx'],
  ['ＡＢ楼 Stand-up', 'ablstandup'],
  ['，。 —', ''],
])('the initials of %s are %s', (text, initials) => {
  expect(initialKeys(text)).toBe(initials);
});

test.each([
  ['网络交通整治', 'wljt'],
  ['网络交通整治', 'WLJT'],
  ['网络交通整治', '网l交t'],
  ['重庆来访', 'cqlf'],
  ['重庆来访', 'zqlf'],
  ['银行座谈', 'yhzt'],
  ['银行座谈', 'yxzt'],
  ['长三角数字异地货站', 'zsjsz'],
  ['“一单到港”碰头', 'yddgpt'],
  ['欸', 'e'],
])('%s is found by %s', (text, typed) => {
  expect(matchesInitials(text, typed, 'start')).toBe(true);
});

test.each([
  ['网络交通整治', 'wljz'],
  ['网络交通整治', 'wljtzza'],
  ['网络交通整治', ''],
  ['网络交通整治', '，'],
  ['', 'w'],
])('%s is not found by %s', (text, typed) => {
  expect(matchesInitials(text, typed)).toBe(false);
});

test('initials in the middle of a text count anywhere, and not at the start', () => {
  expect(matchesInitials('召开网络交通例会', 'wljt')).toBe(true);
  expect(matchesInitials('召开网络交通例会', 'wljt', 'start')).toBe(false);
  expect(matchesInitials('召开网络交通例会', 'lh')).toBe(true);
});
