/** Words of the mail that tells an official that something waits, and of the page behind its link, in Chinese; the source of the catalogue. */
import type { DeskNoticeKind } from '../../../shared/organisation/desk-notice.ts';

/** What waits, in the subject and above the lines. */
const kinds: Readonly<Record<DeskNoticeKind, (count: number) => string>> = {
  commentDue: () => '有留言快到审核期限',
  reviewWaiting: (count) => `有${count}件等您保密审查`,
  ticketToAssign: (count) => `有${count}件工单等您派单`,
  ticketDisputed: (count) => `有${count}件工单的承办单位提出派单异议`,
  extensionAsked: (count) => `有${count}件工单申请延期`,
  ticketAssigned: (count) => `有${count}件工单派到您单位`,
  ticketDue: (count) => `有${count}件工单快到期限`,
  ticketOverdue: (count) => `有${count}件工单超过期限`,
  weekOpen: () => '本周日记还没有封存',
  drawn: () => '您单位的日记被抽中',
  offerDecided: () => '恢复公开的申请有了结果',
};

export const letter = {
  lang: 'zh-CN',
  subject: (title: string): string => `日晷：${title}`,
  kinds,
  line: (subject: string, due: string | null): string => (due === null ? subject : `${subject}，期限${due}`),
  earliest: (due: string): string => `最早的期限：${due}`,
  when: (month: number, day: number, clock: string): string => `${month}月${day}日${clock}`,
  open: '请打开浏览器里的日晷工作台办理。怎么打开：',
  foot: '这封信由系统自动发出，请不要回复。信里不写日记、留言和工单的内容。不想再收，请在工作台的“设置”里改。',
  codeSubject: '日晷：邮箱确认码',
  code: (code: string, minutes: number): string =>
    `确认码：${code}\n\n请在工作台的“设置”里填写，${minutes}分钟内有效。不是您本人操作的，不用理会，这个邮箱不会收到别的信。`,
  deskTitle: '打开日晷工作台',
  deskLead: '工作台在您浏览器的日晷扩展里，不是一个网页，所以链接打不开它。',
  deskSteps: [
    '用装有日晷的那台电脑和浏览器。',
    '点浏览器工具栏上的日晷图标，再点“工作台”。',
    '首页列着等您办的事；信里有编号的，按编号找。',
  ],
  deskNote: '还没有装，或者换了电脑，请找组织部门要一份邀请。',
};

export type LetterWords = typeof letter;
