/** Words of the list, its search and filters in Chinese; `find-en.ts` has the type of this file. */
import { unitKind } from '../../shared/locales/zh.ts';

export const findWords = {
  list: {
    name: '周晒',
    heading: '一周怎么过的',
    lead: (total: number, last: string | null): string =>
      `抽到哪篇晒哪篇，一字不改。已晒${total}篇${last === null ? '' : `，最近一次${last}`}。`,
    more: (shown: number, total: number): string => `看更早的（已列${shown}篇，共${total}篇）`,
    all: (total: number): string => `共${total}篇，都在这里了。`,
    moreFailed: '没有取到更早的。再按一次试试。',
    back: '返回列表',
    emptyNext: (week: string): string => `${week}的名单已经锁定，抽中的当天公开。`,
  },
  unitKind: unitKind as Readonly<Record<string, string>>,
  label: '搜标题和条目',
  filters: '筛选',
  names: { unit: '单位', kind: '单位类别', theme: '主题', thread: '脉络', category: '工作类别', when: '时间' },
  every: {
    unit: '全部',
    kind: '全部',
    theme: '全部',
    thread: '全部',
    category: '全部',
    when: '全部',
  },
  month: (year: number, month: number): string => `${year}年${month}月`,
  running: (seen: number, of: number): string => (of === 0 ? '正在查' : `已查${seen}篇，共${of}篇`),
  stop: '停下',
  goOn: '接着查',
  more: '再看一些',
  exactly: (n: number): string => `共${n}篇`,
  least: (n: number): string => `至少${n}篇，还没有查完`,
  clear: '全部清除',
  none: '没有符合的日记',
  noneHow: '去掉一个条件再看。只搜汉字、字母和数字，暂不公开的不在内。',
  drop: (what: string): string => `去掉“${what}”`,
  moreOf: (n: number): string => `这一篇里还有${n}处`,
  failed: '没有查完。',
};

export type FindWords = typeof findWords;
