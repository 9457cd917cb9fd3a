/** Words of the showing plan. */
import type { Standing } from '../../../shared/organisation/plan.ts';

const standing: Readonly<Record<Standing, string>> = {
  sealed: '已封存',
  late: '晚了',
  open: '待封存',
  missing: '没有封存',
  resting: '不用写',
  leave: '休假',
};

export const plan = {
  title: '周晒安排',
  motto: '谁写、谁封存了、谁晚了；抽中之前不看一个字。',
  standing,
  unit: '单位',
  turn: '轮次',
  groupOf: (group: number) => `第${group}组`,
  eachWeek: '每周都写',
  turnOf: (group: number) => `轮到第${group}组`,
  table: '各单位近几周的封存情况',
  sum: (writes: number, sealed: number, open: number) => `该写${writes}个单位，已封存${sealed}个，还差${open}个`,
  until: (moment: string, left: string) => `最迟${moment}封存，${left}`,
  over: (moment: string) => `封存时间${moment}已过`,
  noRule: '还没有公布抽签规则，封存没有定时限。',
  toRule: '去定规则',
  waitingFor: (units: string) => `还没有封存：${units}`,
  reminded: '设了提醒的一把手，会在时限前一天收到提醒。',
  earlier: '更早',
  later: '更近',
  change: '改轮次',
  noUnits: '还没有单位。',
};
