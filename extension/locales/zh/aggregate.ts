/** Words of the organisation's figures by quarter: every figure with how it was counted, no rank, no unit named with a figure. */
import type { AggregateFigureId, aggregateFaces } from '../../../shared/portrait/aggregate.ts';

type Facts = Readonly<Record<string, number>>;
const of = (facts: Facts, name: string): number => facts[name] ?? 0;
const leftOut = (facts: Facts): string => `转法定渠道${of(facts, 'referred')}件、并案${of(facts, 'merged')}件不计`;

const face: Readonly<Record<(typeof aggregateFaces)[number], string>> = {
  hours: '用时与分配',
  threads: '脉络与成果',
  publicResponse: '群众留言',
  closedIssues: '工单办理',
};

const figure: Readonly<Record<AggregateFigureId, string>> = {
  mode: '用时',
  category: '用时',
  thread: '脉络',
  results: '写下的成果',
  thinking: '写下的思考',
  comments: '留言',
  answered: '留言得到单位答复',
  tickets: '工单',
  responseRate: '按时联系',
  onTimeRate: '按时答复',
  resolutionRate: '说解决了',
  satisfactionRate: '打4分以上',
  followUpRate: '答了回访',
  reopenRate: '重新办理',
  closureRate: '闭环',
};

const how: Readonly<Record<AggregateFigureId, (facts: Facts) => string>> = {
  mode: (facts) => `${of(facts, 'diaries')}篇封存的日记，各类别相加`,
  category: () => '每个人每周同一类里重叠只算一次',
  thread: () => '提到的日程条数',
  results: () => '写了“工作成果”的日程；暂不公开的没有看',
  thinking: () => '写了“工作思考”的日程；暂不公开的没有看',
  comments: (facts) => `晒出的${of(facts, 'diaries')}篇日记下，做汇总时公开着的`,
  answered: () => '点赞鼓励不要求答复，不计',
  tickets: (facts) => `已派单、这段时间登记的；没等到回访自动闭环${of(facts, 'silent')}件`,
  responseRate: (facts) => `看首次联系；${leftOut(facts)}`,
  onTimeRate: (facts) => `看首次答复，到期前公开延期的按新期限；${leftOut(facts)}`,
  resolutionRate: (facts) => `看最后一次回访；${leftOut(facts)}`,
  satisfactionRate: (facts) => `看最后一次回访的打分；${leftOut(facts)}`,
  followUpRate: (facts) => `问过的里面答了的；${leftOut(facts)}`,
  reopenRate: (facts) => `答复过的里面；${leftOut(facts)}`,
  closureRate: (facts) => `已过期限的里面；${leftOut(facts)}`,
};

export const aggregate = {
  face,
  figure,
  how,
  link: '全组织汇总',
  title: '全组织汇总',
  about: '按季度，一个数背后不足三个单位的不列',
  rule: '每个数背后至少三个单位，不写是哪几个。单独不足三个单位的合在“其余”里；为了不能用减法推出来，有时还要把旁边最小的一项并进去。已经做过考核材料的单位，看材料的人本来就知道，数单位时另算：除去它们，要么没有了，要么还有三个以上。',
  once: '一个季度只做一次，做成不变：跟着每次补录变的数，会把补录的那一个单位说出来。',
  list: '季度',
  none: '还没有过完的季度。过完一季，再过四周，就可以做这一季的汇总。',
  col: { quarter: '季度', period: '哪几周', state: '到了哪一步' },
  openFrom: (moment: string) => `${moment}起可以做，到那时补录的、答复的大多有了`,
  make: '做汇总',
  makeOf: (quarter: string) => `做${quarter}的汇总`,
  makeAsk:
    '做成以后不能重做，以后封存的、答复的都不算进去。这一季的考核材料请先做：做成以后再做的，会让人从汇总里减出别的单位。现在就做吗？',
  made: (moment: string) => `${moment}做成`,
  read: '看',
  untold: '背后不足三个单位，不列',
  allUntold: '全部合在一起，背后也不足三个单位，所以一个也不列。',
  rest: '其余',
  restHow: '单独列不足三个单位的合在这里',
  units: (count: number) => `${count}个单位`,
  json: '存为JSON（带来源，可核对）',
  fileName: (quarter: string) => `全组织汇总-${quarter}`,
};
