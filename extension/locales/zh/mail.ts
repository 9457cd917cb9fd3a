/** Words of the settings of mail: that something waits, told by e-mail. */
import type { DeskNoticeKind } from '../../../shared/organisation/desk-notice.ts';

const kinds: Readonly<Record<DeskNoticeKind, string>> = {
  commentDue: '留言快到审核期限',
  reviewWaiting: '有内容等保密审查',
  ticketToAssign: '有工单等派单',
  ticketDisputed: '承办单位提出派单异议',
  extensionAsked: '承办单位申请延期',
  ticketAssigned: '工单派到本单位',
  ticketDue: '工单快到期限',
  ticketOverdue: '工单超过期限或转督办',
  weekOpen: '封存截止前一天还没有封存',
  drawn: '本单位日记被抽中',
  offerDecided: '恢复公开的申请有了结果',
};

export const mail = {
  title: '邮件提醒',
  intro: '有事等您办时发一封邮件，同一类十分钟内只发一封。信里只写等您办什么，不写日记、留言和工单的内容。',
  address: '邮箱',
  addressHint: '先发一个确认码到这个邮箱，确认以后才用。',
  addressWrong: '这不像一个邮箱地址。请检查，只用英文字母、数字和常用符号。',
  send: '发确认码',
  sentTo: (address: string) => `确认码已发到${address}，一小时内有效。没有收到的，看看垃圾邮件，或换一个邮箱。`,
  code: '确认码',
  codeWrong: '确认码不对。请核对邮件里的8位数字；错五次要重新发。',
  codeOver: '确认码已失效。请重新发一个。',
  tooMany: '发得太多了。请一小时后再试。',
  confirm: '确认',
  inUse: '发到',
  change: '换邮箱',
  keep: '不换',
  forget: '不再收邮件',
  kinds: '哪些事告诉我',
  kindName: kinds,
  failed: (when: string) => `${when}有一封信没有送到。请检查邮箱，或换一个。`,
};
