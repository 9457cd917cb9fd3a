/** Words of the desk's first page: what waits. */
import type { WaitingAct, WaitingKind } from '../../../shared/api/waiting.ts';

/** What is to be done. */
const kind: Readonly<Record<WaitingKind, string>> = {
  comment: '留言待审核',
  flag: '被举报的留言',
  appeal: '作者申诉',
  mention: '日记里提到我',
  dispatch: '工单待派',
  accept: '工单待签收',
  contact: '工单待联系',
  reply: '工单待答复',
  extension: '延期待批',
  followUp: '工单待回访',
  overdue: '超期的工单',
  draw: '抽签与发布',
  acknowledge: '待作证',
  review: '日记待审查',
  device: '设备待登记',
  succeeded: '前任设备待停用',
};

/** The next step of the draw of a week. */
const act: Readonly<Record<WaitingAct, (week: string) => string>> = {
  freeze: (week) => `${week}：锁定候选名单`,
  lock: (week) => `${week}：锁定存证日志，等设备作证`,
  record: (week) => `${week}：填开奖号码，记下结果`,
  void: (week) => `${week}：开奖以前没有锁定或作证不够，只能作废`,
};

export const home = {
  title: '待办',
  kind,
  act,
  weeks: '还没有封存的周',
  week: (week: string) => `${week}还没有封存`,
  acknowledge: (week: string) => `${week}的抽签等本单位的设备作证`,
  device: (name: string) => (name === '' ? '有一台设备等您当面核对指纹' : `${name}的设备等您当面核对指纹`),
  succeeded: (name: string) =>
    name === '' ? '已由别人接任，前任的设备还能登录' : `已由别人接任，${name}的设备还能登录`,
  untold: '正文没有留在本机，联网后再看',
  count: (count: number) => (count >= 1000 ? `${count}件以上` : `${count}件`),
  capped: (count: number) => count >= 1000,
  others: (count: number, more: boolean) => `还有${count}件${more ? '以上' : ''}，去看全部`,
  waits: (count: number) => `${count}件等您办`,
  late: (count: number, more: boolean) => `${count}件${more ? '以上' : ''}已超时`,
  today: (count: number, more: boolean) => `${count}件${more ? '以上' : ''}今天到期`,
  comma: '，',
  stop: '。',
  waited: (time: string) => `已等${time}`,
  stateLate: '已超时',
  stateToday: '今天到期',
  stateOpen: '待办',
  empty: '都办完了，没有等您的事。',
  emptyHint: '新来的会出现在这里，最急的在最上面。',
  later: '服务器比这一版扩展新，可能还有这里显示不了的事。请更新扩展：关掉所有日晷页面，重新启动浏览器。',
  keptFrom: (moment: string) => `网络断了，下面是${moment}的。留言的正文没有留在本机。`,
};
