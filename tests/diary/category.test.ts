import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { categories, categoryOf, isMode, modeOf, suggestCategory } from '../../shared/diary/category.ts';

type Given = { id: string; zh: string; en: string; mode: string };
const given: { categories: Given[] } = JSON.parse(
  readFileSync(new URL('../../server/demo/data/organisation.json', import.meta.url), 'utf8'),
);

describe('categories', () => {
  it('are those of the demonstration’s organisation, in order', () =>
    expect(categories.map(({ id, zh, en, mode }) => ({ id, zh, en, mode: mode ?? 'byHow' }))).toEqual(
      given.categories,
    ));

  // look.md 3.
  it('have one character and one letter each, as drawn', () => {
    expect(categories.map(({ markZh }) => markZh).join('')).toBe('会访待仪党批谋企民学谈急途休');
    expect(categories.map(({ markEn }) => markEn).join('')).toBe('MVRCPWTESL1!→–');
    expect(new Set(categories.map(({ markEn }) => markEn)).size).toBe(categories.length);
  });

  it('an unknown one is null, a mode is one of five', () => {
    expect(categoryOf('gardening')).toBeNull();
    expect(isMode('neutral')).toBe(true);
    expect(isMode('byHow')).toBe(false);
    expect(modeOf({ category: 'travel' })).toBe('neutral');
    expect(modeOf({ category: 'learning' })).toBeNull();
    expect(modeOf({ category: 'learning', mode: 'focused' })).toBe('focused');
    expect(modeOf({ category: 'meeting', mode: 'newMode' })).toBeNull();
  });
});

describe('a suggested category', () => {
  it.each([
    ['召开防台风调度会', 'meeting'],
    ['参加党工委会议', 'meeting'],
    ['部署秋收', 'meeting'],
    ['研究讨论预算', 'meeting'],
    ['研究部署社会基层治理网格化管理工作', 'meeting'],
    ['赴花桥路管网工地', 'fieldVisit'],
    ['走访石埠菜场', 'fieldVisit'],
    ['实地看地基', 'fieldVisit'],
    ['会见航运公司代表', 'reception'],
    ['接待外省考察团', 'reception'],
    ['陪同考察团看厂房', 'reception'],
    ['签批文件12件', 'paperwork'],
    ['审阅报告', 'paperwork'],
    ['修改讲话稿', 'paperwork'],
    ['谋划明年工作', 'planning'],
    ['带班值守', 'emergency'],
    ['调度抢险力量', 'emergency'],
    ['与网格员谈心', 'talk'],
    ['党工委中心组学习', 'learning'],
    ['年休假', 'leave'],
    ['standup', 'meeting'],
    ['Site visit to the pumping station', 'fieldVisit'],
    ['review of budget', 'paperwork'],
    ['1:1 with deputy', 'talk'],
    ['', null],
    ['10000元', null],
  ])('%s: %s', (text, category) => expect(suggestCategory(text)).toBe(category));
});
