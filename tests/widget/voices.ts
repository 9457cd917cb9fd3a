/** Comments and cases of a diary as the dynamic part answers them. */
import type { PublicComment, PublicTicket, ReceiptView } from '../../shared/api/comments.ts';

export const comment = (more: Partial<PublicComment> = {}): PublicComment => ({
  id: 'c1',
  item: 2,
  kind: 'suggestion',
  state: 'published',
  nickname: '桥东住户',
  text: '护栏加高了，夜里还是黑。见 https://example.org/bridge?a=1 ，请装两盏灯。',
  at: 1_795_580_000,
  reason: null,
  endedAt: null,
  reply: null,
  ticket: null,
  ...more,
});

export const ticket = (more: Partial<PublicTicket> = {}): PublicTicket => ({
  number: '000000011',
  state: 'closedLoop',
  unit: 'u01',
  steps: [
    { at: 1_795_583_600, to: 'registered', note: '由留言开出', unit: null, by: 'desk' },
    { at: 1_795_585_600, to: 'assigned', note: null, unit: 'u01', by: 'desk' },
    { at: 1_795_590_600, to: 'inProgress', note: '当面联系，问清是便桥北头', unit: null, by: 'unit' },
    { at: 1_796_000_000, to: 'replied', note: null, unit: null, by: 'unit' },
    { at: 1_796_100_000, to: 'closedLoop', note: '亮了，看得清台阶', unit: null, by: 'reader' },
  ],
  actions: [{ id: 'a1', unit: 'u02', text: '便桥北头装两盏灯', date: '2026-12-01', state: 'done', reason: null }],
  reply: {
    text: '两盏灯已装好，12月1日晚起亮到天明。',
    at: 1_796_000_000,
    unit: 'u01',
    resolutionKind: 'fixed',
    rootCause: 'workGap',
  },
  followUp: { at: 1_796_100_000, solved: true, rating: 5, words: '亮了，看得清台阶' },
  ...more,
});

export const voices: readonly PublicComment[] = [
  comment({ ticket: ticket() }),
  comment({
    id: 'c2',
    item: null,
    kind: 'question',
    nickname: '路过',
    text: '北线绕行到什么时候？',
    reply: { text: '到12月20日通车为止。', unit: 'u01', at: 1_795_700_000 },
  }),
  comment({
    id: 'c3',
    item: 2,
    kind: 'complaint',
    nickname: '校车司机',
    text: '绕行 4 公里，油钱谁出？',
    ticket: ticket({
      number: '000000020',
      state: 'closedUnsolved',
      actions: [],
      followUp: null,
      reply: null,
      steps: [
        { at: 1_795_583_600, to: 'registered', note: null, unit: null, by: 'desk' },
        {
          at: 1_796_100_000,
          to: 'closedUnsolved',
          note: '补贴没有依据，已向区财政书面反映，结果另行公开。',
          unit: null,
          by: 'desk',
        },
      ],
    }),
  }),
  comment({ id: 'c4', item: null, kind: 'sympathy', nickname: '老张', text: '走了两个来回，实在。👍' }),
  comment({
    id: 'c5',
    item: null,
    state: 'removed',
    nickname: null,
    text: null,
    reason: 'privacy',
    endedAt: 1_795_800_000,
  }),
];

export const receiptView = (more: Partial<ReceiptView> = {}): ReceiptView => ({
  number: '000000011',
  draw: 'd-2026-w47',
  unit: 'u01',
  item: 2,
  kind: 'suggestion',
  state: 'published',
  version: 2,
  text: '夜里还是黑，请装两盏灯。',
  nickname: '桥东住户',
  at: 1_795_580_000,
  decidedBy: null,
  reason: null,
  reply: null,
  ticket: ticket({ state: 'replied', followUp: null }),
  followUpAsked: true,
  ...more,
});
