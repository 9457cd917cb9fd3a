import { expect, test } from 'vitest';
import { findings, replaced, secrecyWordIn, type WordBook, wordBook } from '../../shared/diary/wording.ts';

const book: WordBook = {
  terms: [
    { id: 't1', preferred: '工作例会', aliases: ['例会', '周例会'], definition: '按周或按月固定召开' },
    { id: 't2', preferred: '新区工作例会', aliases: ['全区例会'], definition: '' },
    { id: 't3', preferred: '专题会议（主题）', aliases: ['专题会'], definition: '就一个主题召开' },
    { id: 't4', preferred: '现场推进会', aliases: ['推进会'], definition: '' },
    { id: 't5', preferred: '党工委理论学习中心组学习会', aliases: ['中心组学习', '中心组'], definition: '' },
    { id: 't6', preferred: '工业稳增长措施', aliases: ['稳增长'], definition: '' },
    { id: 't7', preferred: '季度经济运行分析会', aliases: ['经济运行分析'], definition: '' },
    { id: 't8', preferred: '镜塘里改造', aliases: ['三期腾退'], definition: '' },
    { id: 't9', preferred: 'enterprise visit', aliases: ['EV'], definition: '' },
  ],
  secrecyWords: ['机密', '案情', '情报', 'Top Secret'],
  posts: [],
};
/** The stretches found in a text, and what the text becomes when the first proposal is taken. */
const found = (text: string) => findings(text, book).map(({ from, to }) => text.slice(from, to));
const taken = (text: string) => findings(text, book).map((finding) => replaced(text, finding))[0] ?? text;

test('an alias is found where it stands, with its preferred term and definition', () => {
  expect(findings('街道周例会，过实事', book)).toEqual([
    { kind: 'alias', from: 2, to: 5, preferred: '工作例会', definition: '按周或按月固定召开' },
  ]);
});

test.each([
  ['街道周例会，过实事', '街道工作例会，过实事'],
  ['专题会，充电棚收费', '专题会议（主题），充电棚收费'],
  // A slot that is filled in already stays as it is.
  ['专题会（学校周边交通）', '专题会议（学校周边交通）'],
  // Words beside the alias that the preferred term brings along are not doubled.
  ['审改工业稳增长15条', '审改工业稳增长措施15条'],
  ['一季度经济运行分析会', '一季度经济运行分析会'],
  ['经济运行分析会，看投资', '季度经济运行分析会，看投资'],
  ['党工委中心组学习', '党工委理论学习中心组学习会'],
  ['全区例会', '新区工作例会'],
  ['研究镜塘里改造三期腾退节奏', '研究镜塘里改造节奏'],
  ['EV to the port', 'enterprise visit to the port'],
  ['ＥＶ at noon', 'enterprise visit at noon'],
])('%s becomes %s', (text, wished) => {
  expect(taken(text)).toBe(wished);
});

test.each([
  ['a preferred term is no alias', '参加新区工作例会和工作例会'],
  ['nor is it when its slot is filled in', '专题会议（气象）'],
  ['an alias inside a longer word is none', '中心组织大家学习'],
  ['a Latin alias needs its own word', 'EVA visited, 5EV'],
  ['a thread named behind its sign is a name', '9:00 例行巡查 #例会 ＃推进会'],
])('%s: %s', (_, text) => {
  expect(found(text)).toEqual([]);
});

test('the longest alias is taken, and each place is found once', () => {
  expect(found('中心组学习后开推进会，再开推进会')).toEqual(['中心组学习', '推进会', '推进会']);
});

test('offsets are those of the typed text, whatever its width, case and signs outside the basic plane', () => {
  const text = '😀ｔｏｐ ＳＥＣＲＥＴ、例会';
  expect(findings(text, book).map(({ from, to }) => text.slice(from, to))).toEqual(['ｔｏｐ ＳＥＣＲＥＴ', '例会']);
});

test('a secrecy word is found across invisible characters and goes before everything else', () => {
  expect(findings('看机\u200b密例会', book).map(({ kind, from, to }) => [kind, from, to])).toEqual([
    ['secrecy', 1, 4],
    ['alias', 4, 6],
  ]);
});

test.each(['听取方案情况说明', '司机密切配合', '灾情报送3次', '密封、亲情、案子'])(
  '%s holds no secrecy word',
  (text) => {
    expect(secrecyWordIn(text, book)).toBeNull();
  },
);

test('a word that its author confirmed before does not warn again; another one does', () => {
  expect(secrecyWordIn('机密两字的培训', book)).toBe('机密');
  expect(secrecyWordIn('机密两字的培训，下午', book, '机密两字的培训')).toBeNull();
  expect(secrecyWordIn('机密和案情', book, '机密')).toBe('案情');
});

test('without words of its own an organisation has the default ones', () => {
  const none = wordBook({ termBase: [], secrecyWords: [], terms: [{ post: '局长' }] });
  expect(secrecyWordIn('按演习代号行动', none)).toBe('演习代号');
  expect(secrecyWordIn('按演习代号行动', wordBook({ termBase: [], secrecyWords: ['考察对象'], terms: [] }))).toBeNull();
  expect(secrecyWordIn('涉密', wordBook(null))).toBe('涉密');
});
