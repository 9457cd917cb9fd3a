/** Words of a diary in a list in Chinese; `card-en.ts` has the type of this file. */

export const cardWords = {
  entries: (n: number): string => `${n}项`,
  held: (n: number): string => `暂不公开${n}项`,
  imported: '从旧记录导入，未经封存',
  comments: (n: number): string => `留言${n}`,
  tickets: (n: number, closed: number): string => `工单${n}${closed === 0 ? '' : `，已闭环${closed}`}`,
  strip: (hours: string): string => `七天时段图，合计${hours}；自上而下5时到次日5时，横线是22时`,
  emptyList: '还没有晒出的日记',
  emptyHow: '每周抽签，抽到哪篇晒哪篇。',
};

export type CardWords = typeof cardWords;
