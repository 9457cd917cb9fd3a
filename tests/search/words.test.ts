/** What a search finds. Readings from 现代汉语词典: 重 chóng zhòng, 庆 qìng, 网络 wǎngluò, 交通 jiāotōng; 𠮷 is U+20BB7, outside the BMP. */
import { expect, test } from 'vitest';
import { findable, hasAll, staysWithin, termsOf } from '../../shared/diary/search.ts';

const finds = (typed: string, ...texts: string[]) => {
  const entry = findable(texts);
  return hasAll(entry, termsOf(typed));
};

test.each([
  ['治理', '研究部署社会基层治理网格化管理工作'],
  ['层治', '研究部署社会基层治理网格化管理工作'],
  ['会', '街道晨会，社区书记报漏雨户变化'],
  ['研究 管理', '研究部署社会基层治理网格化管理工作'],
  ['管理，研究', '研究部署社会基层治理网格化管理工作'],
  ['“一单到港”', '召开一单到港推进会'],
  ['ＧＤＰ', '听取上半年gdp运行情况汇报'],
  ['gdp运行', '听取上半年ＧＤＰ运行情况汇报'],
  ['gd', '听取上半年GDP运行情况汇报'],
  ['stand up', 'Stand-up with the bureau'],
  ['12345', '过１２３４５热线工单'],
  ['4批', '接待4批9人'],
  ['𠮷野', '会见𠮷野先生'],
  ['', '什么都有'],
  ['，。', '什么都有'],
])('%s finds %s', (typed, text) => {
  expect(finds(typed, text)).toBe(true);
});

test.each([
  ['究治', '研究部署社会基层治理'],
  ['研究 财政', '研究部署社会基层治理'],
  ['研究部署', '研究、部署基层治理'],
  ['dp', '听取上半年GDP运行情况汇报'],
  ['345', '过12345热线工单'],
  ['野𠮷', '会见𠮷野先生'],
])('%s does not find %s', (typed, text) => {
  expect(finds(typed, text)).toBe(false);
});

test.each([
  ['wljt', '网络交通整治'],
  ['jtzz', '网络交通整治'],
  ['WLJT', '网络交通整治'],
  ['cq', '重庆来访'],
  ['zq', '重庆来访'],
  ['yddg', '召开“一单到港”推进会'],
  ['12345rx', '过12345热线工单'],
  ['网ljt', '网络交通整治'],
  ['wl 整治', '网络交通整治'],
])('initials: %s finds %s', (typed, text) => {
  expect(finds(typed, text)).toBe(true);
});

test.each([
  ['wljz', '网络交通整治'],
  ['w', '网络交通整治'],
  ['网jt', '网络交通整治'],
  ['hz', '行𠮷重'],
])('initials: %s does not find %s', (typed, text) => {
  expect(finds(typed, text)).toBe(false);
});

test('words may stand in different texts of an entry, one word never across two', () => {
  expect(finds('接待 石埠', '书记接待日', '石埠街道便民中心')).toBe(true);
  expect(finds('日石', '书记接待日', '石埠街道便民中心')).toBe(false);
  expect(finds('rs', '书记接待日', '石埠街道便民中心')).toBe(false);
});

test.each([
  ['研', '研究', true],
  ['研究', '研究 部署', true],
  ['研究', '研究院', true],
  ['wl', 'wljt', true],
  ['网', '网l', true],
  ['w', 'w 整治', true],
  ['w', 'wl', false],
  ['12', '12会', false],
  ['研究', '部署', false],
  ['研究', '研', false],
])('typed after %s, %s is looked for among what was found: %s', (before, typed, isWithin) => {
  expect(staysWithin(before, typed)).toBe(isWithin);
});
