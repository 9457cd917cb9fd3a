/** Words of notices, in the browser and in the list on the desk. None says a word of any entry, a figure, or what the diary is about. */
import type { NoticeKind } from '../../../shared/diary/notice.ts';

/** What a notice says. `about`: its day or week in words; `over`: that week has ended; `until`: a deadline in words, '' without one; `passed`: it has gone by. */
export interface NoticeWords {
  readonly name: string;
  readonly title: (about: string, over: boolean) => string;
  readonly text: (until: string, passed: boolean) => string;
}

const unsealed = (until: string, passed: boolean) =>
  passed ? '截止时间已过。名单锁定之前还可以封存。' : until === '' ? '记全了就可以封存。' : `${until}截止。`;

const said: Readonly<Record<NoticeKind, NoticeWords>> = {
  evening: {
    name: '每晚记一下、复盘一下',
    title: (day) => `${day}：记一下，复盘一下`,
    text: () => '有没记的时间，或还没有复盘。点开就是这一天。',
  },
  lastDay: {
    name: '一周的最后一天',
    title: (week, over) => (over ? `${week}还没有封存` : `${week}，今天是最后一天`),
    text: unsealed,
  },
  sealDay: { name: '封存截止前一天', title: (week) => `${week}还没有封存`, text: unsealed },
  sealHour: { name: '封存截止前一小时', title: (week) => `${week}还没有封存`, text: unsealed },
  reopenedHour: {
    name: '重新打开的周快要锁定',
    title: (week) => `${week}重新打开后还没有封存`,
    text: (until, passed) =>
      passed
        ? '名单随时可能锁定。锁定后晒的是上一次封存的内容。'
        : `${until}以后，名单随时可能锁定。锁定后晒的是上一次封存的内容。`,
  },
  reopenedShut: {
    name: '重新打开的周已经锁定',
    title: (week) => `${week}已经锁定`,
    text: () => '以上一次封存为准。之后的改动都还在，可以作为更正记入本周。',
  },
  ack: {
    name: '作证没有做成',
    title: () => '有一次作证没有做成',
    text: () => '本机核对存证日志没有通过，所以没有签名。请告诉监督部门。',
  },
  drawn: { name: '抽中了', title: (week) => `${week}抽中了`, text: () => '晒出之前，可以先看将要晒出的全文。' },
  release: {
    name: '就要晒出',
    title: (week) => `${week}就要晒出`,
    text: () => '将要晒出的全文在这里，一个字也不会改。',
  },
  published: { name: '已经晒出', title: (week) => `${week}已经晒出`, text: () => '读者能看到，也能留言了。' },
  log: {
    name: '存证日志对不上',
    title: () => '存证日志对不上',
    text: () => '本机看到的存证日志和应有的不一样。请告诉监督部门。',
  },
  tray: { name: '有内容没有送进去', title: () => '有内容没有送进去', text: () => '都还在本机，请看一看。' },
  unsent: {
    name: '一天多没有送出',
    title: () => '有内容一天多没有送出',
    text: () => '都还在本机，连上服务器后自动送达。',
  },
  nudge: {
    name: '静心思考低于自己定的目标',
    title: () => '有一条可以想一想',
    text: () => '在“我的时间”里，只有您能看到。',
  },
};

export const notices = {
  said,
  list: '提醒',
  open: '去看',
  tick: '知道了',
  tickOne: (title: string) => `知道了：${title}`,
  asPublished: '看将要晒出的全文',
  asPublishedTitle: (week: string) => `${week}，将要晒出的样子`,
  asPublishedHint: '这是您签名的原文。抽中后保密审查另行隐去的，会在晒出的日记里写明依据。',
  asPublishedNone: '这台设备上没有这一周的封存。请在签名设备上看。',
  settings: {
    title: '提醒',
    intro: '提醒里没有任何条目的内容，也没有数字。都按本机存的时间计算，什么也不送出。',
    evening: '每晚几点提醒',
    eveningHint:
      '不填，这一天就不提醒。凌晨5:00以前算前一天的晚上。有空白、少于3条或没有复盘时才提醒；休假和没有安排的日子不提醒。',
    kinds: '提醒哪些事',
    target: '给自己定的静心思考占比，百分之几',
    targetHint: '只存在本机，谁也看不到。不填就没有目标。',
    targetWrong: '请填1到100的整数，或者不填。',
  },
};
