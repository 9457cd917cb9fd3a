/** Words of comments and cases in Chinese; `voices-en.ts` has the type of this file. */
import { commentKind, commentState, rejection, ticketState } from '../../shared/locales/zh.ts';

export const voiceWords = {
  commentKind,
  commentState,
  rejection,
  ticketState,
  heading: '留言与办理',
  count: (total: number): string => `留言${total}条`,
  tickets: (n: number, loop: number, unsolved: number): string =>
    `工单${n}件${loop + unsolved === 0 ? '' : `：${[loop > 0 ? `已闭环${loop}` : '', unsolved > 0 ? `未解决办结${unsolved}` : ''].filter(Boolean).join('，')}`}`,
  write: '写留言',
  report: '反映问题',
  follow: '查办理进度',
  whole: '整篇日记',
  mention: '日记里提到我',
  reply: '回复',
  flag: '举报',
  moreReplies: (left: number): string => `还有${left}条回复`,
  photo: '反映人附的照片',
  place: '地点：',
  closed: '这里不收留言。',
  none: '还没有留言。',
  loading: '正在读取留言',
  failed: '没有取到留言。',
  more: (left: number): string => `再看${left}条`,
  on: '针对',
  entry: '日记里的一条',
  caseName: (number: string): string => `工单 ${number}`,
  caseCourse: '办理经过',
  official: '官方答复',
  stub: (state: string, date: string, reason: string | null): string =>
    `${date}${state}${reason === null ? '' : `，理由：${reason}`}。`,
  stubs: { withdrawn: '留言人撤回了这条留言', removed: '这条留言已撤下' } as Readonly<Record<string, string>>,
};

export type VoiceWords = typeof voiceWords;
