/** Words of the plain page of a diary and of the feeds, in Chinese; the source of the catalogue. */
import { type CalendarDate, two } from '../../../shared/time/civil.ts';

export interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

export const page = {
  lang: 'zh-CN',
  product: '日晷',
  demo: '演示数据',
  week: (year: number, week: number): string => `${year}年第${week}周`,
  day: (date: CalendarDate): string => `${date.month}月${date.day}日`,
  days: (from: CalendarDate, to: CalendarDate): string =>
    from.month === to.month
      ? `${from.month}月${from.day}日—${to.day}日`
      : `${from.month}月${from.day}日—${to.month}月${to.day}日`,
  weekday: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'] as readonly string[],
  clock: (at: Clock): string => `${at.year}年${at.month}月${at.day}日 ${two(at.hour)}:${two(at.minute)}`,
  span: (from: string, to: string, nextDay: boolean): string => `${from}–${nextDay ? '次日' : ''}${to}`,
  duration: (minutes: number): string => {
    const hours = Math.floor(minutes / 60);
    const rest = minutes % 60;
    if (hours === 0) return `${rest}分`;
    return rest === 0 ? `${hours}小时` : `${hours}小时${rest}分`;
  },
  untitled: (unit: string, week: string): string => `${unit} ${week}`,
  titleWithheld: '标题暂不公开',
  byline: (unit: string, post: string | null): string => (post === null ? unit : `${unit} · ${post}`),
  hours: '一周用时',
  dayHours: (hours: string, entries: number): string => `${hours} · ${entries}项`,
  weekHours: (entries: number): string => `${entries}项 · 重叠时间只算一次`,
  sum: (hours: string): string => `各项相加${hours}`,
  ratioHow: '静心思考占比＝静心思考÷（集体性活动＋静心思考）；其余各类另列，不计入比例。',
  focusedShare: (percent: number): string => `静心思考占${percent}%`,
  category: '工作类别',
  countsAs: '计作',
  time: '用时',
  noCategory: '未标类别',
  noMode: '未标',
  strip: (entries: number, hours: string): string => `当日时段：${entries}项，合计${hours}`,
  early: '清早',
  late: '晚间',
  weekend: '周末',
  holiday: '假日',
  lateFor: (week: string): string => `补录${week}`,
  corrects: '更正',
  pointInTime: '时间点',
  place: '地点',
  threads: '脉络',
  detail: '详情',
  thinking: '思考',
  result: '成果',
  next: '下一步',
  dayReview: '当日复盘',
  weekReview: '一周复盘',
  held: (ground: string): string => `这一条暂不公开：${ground}`,
  basis: (basis: string): string => `依据：${basis}`,
  heldSealed: '本人封存时标明；时长照计，正文已封存，日后公开时可核对。',
  heldLater: (who: string, when: string, afterDraw: boolean): string =>
    `${afterDraw ? '抽中后' : '封存后'}由${who}隐去，${when}；时长照计，正文已封存，日后公开时可核对。`,
  released: (ground: string, when: string, why: string): string => `曾以“${ground}”为由不公开，${when}恢复公开：${why}`,
  heldByLeader: '本人',
  heldByReviewer: '保密审查',
  about: '这一篇的来历',
  signedAt: '本人设备标注的签名时间',
  notLater: '最晚不迟于',
  witnessed: (when: string, devices: number): string => `${when}（${devices}台设备作证）`,
  draw: '抽签',
  published: '发布',
  digest: '封存摘要',
  leaf: '存证日志',
  leafAt: (index: number): string => `第${index}号`,
  material: '核验材料',
  materialOf: (name: string): string => `这一篇的签名、存证和抽签材料（${name}）`,
  plain: '这一页是纯文字版，不带脚本，也不显示核验结果。核验请到官方页面，或自己运行：',
  markHeld: '隐',
  colon: '：',
  licence: '使用许可',
  article: '文章版',
  articleOf: '可以整篇复制到公众号和其他编辑器',
  articleHow: '点一下正文就选中全篇（键盘用 Ctrl+A），复制，贴进公众号的编辑器。正文不要改，末尾的出处请一并保留。',
  articlePlain: '回到纯文字版',
  articleSource: '本文照录晒出的日记，一字未改。核验和留言请到原文页面。',
  articleAddress: '原文地址',
  picture: (alt: string): string => `图：${alt}`,
  feedTitle: (organisation: string): string => `${organisation} · 晒出的日记`,
  feedSummary: (hours: string, entries: number, held: number): string =>
    held === 0 ? `${hours}，${entries}项` : `${hours}，${entries}项，其中${held}项暂不公开`,
  imported: {
    mark: '从旧记录导入，未经封存',
    how: '这一篇取自下列旧记录：没有本人签名，不在存证日志里，也没有经过抽签，所以无法核验，也不计入各项比率。',
    source: '来源',
    licence: '许可',
    noLicence: '来源没有说明使用许可',
    at: '导入时间',
    untimed: '未记时间',
    undated: '未记日期',
  },
  moderation: {
    title: '留言审核公开',
    lead: '留言先审后发：只发、不发、遮，三种办法，一个字也不改。这里只有数字、理由和位置，没有内容，也没有人。',
    numbers: '每月办了什么',
    none: '还没有审核过留言。',
    month: (year: number, month: number): string => `${year}年${month}月`,
    sums: (published: number, withdrawn: number, granted: number, refused: number): string =>
      `公开${published}条，公开后本人撤回${withdrawn}条；申诉成立${granted}件，不成立${refused}件。`,
    how: '按办理的时间归月，按现在的情况计数：申诉成立的，原来的一条不再计入未公开或撤下。',
    rejected: '未公开',
    removed: '公开后撤下',
    stubs: '公开处只留一行说明的留言',
    noStubs: '没有撤下或撤回的留言。',
    when: '日期',
    where: '在哪里',
    what: '怎么了',
    why: '理由',
    item: (n: number): string => `第${n}条`,
    date: ({ year, month, day }: CalendarDate): string => `${year}年${month}月${day}日`,
    files: '完整的数据：',
  },
};

export type PageWords = typeof page;
