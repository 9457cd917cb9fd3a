/** Words of the readers' window in Chinese; the source of the catalogue, `en.ts` has its type. Places, then what is said there. */
import { ground, mode } from '../../shared/locales/zh.ts';
import { two } from '../../shared/time/civil.ts';

/** A date and a minute of the wall in numbers. */
export interface Wall {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}
type Day = Pick<Wall, 'year' | 'month' | 'day'>;

const day = (at: Day): string => `${at.month}月${at.day}日`;
const clock = (at: Wall): string => `${two(at.hour)}:${two(at.minute)}`;

export const words = {
  lang: 'zh-CN',
  domain: { ground, mode },
  demo: '演示数据',
  time: {
    day,
    clock,
    /** With the year, in full. */
    full: (at: Wall): string => `${at.year}年${day(at)} ${clock(at)}`,
    /** Without the year. */
    short: (at: Wall): string => `${day(at)} ${clock(at)}`,
    dayOfYear: (at: Day): string => `${at.year}年${day(at)}`,
    days: (from: Day, to: Day): string => `${day(from)}—${from.month === to.month ? `${to.day}日` : day(to)}`,
    week: (year: number, week: number): string => `${year}年第${week}周`,
    weekday: ['周一', '周二', '周三', '周四', '周五', '周六', '周日'],
    weekdayShort: ['一', '二', '三', '四', '五', '六', '日'],
    span: (start: string, end: string, nextDay: boolean): string => `${start}–${nextDay ? '次日' : ''}${end}`,
    raised: '',
    duration: (minutes: number): string => {
      const hours = Math.floor(minutes / 60);
      const rest = minutes % 60;
      return `${hours > 0 ? `${hours}小时` : ''}${rest > 0 || hours === 0 ? `${rest}分` : ''}`;
    },
    hour: '小时',
    minute: '分',
    tenths: (hours: string): string => `${hours}时`,
    axis: ['5时', '8', '12', '18', '24', '次日5时'],
    zone: (zone: string, offset: string): string =>
      `时间都按${zone.replace('Asia/Shanghai', '北京时间')}（${offset}）。`,
  },
  sep: ' ·',
  state: {
    loading: '正在读取日记',
    loadingList: '正在读取',
    offline: (at: string | null): string => `网络断了，您看到的是${at === null ? '上次' : ` ${at} `}存下的版本。`,
    offlineHow: '连上后自动更新；写了一半的留言已存好。',
    failed: '没有取到这一篇日记。',
    failedList: '没有取到日记。',
    noAnswer: '服务器没有回应。',
    notThere: '这个地址没有内容：可能还没有公开，或地址不对。',
    odd: '服务器给的内容不完整。',
    retry: '再试一次',
    plain: '看纯文字版',
    noPart: '这一块没有装上。',
    noPartHow: (file: string): string => `这个网页或网络没有放行 ${file}。`,
    attribute: (name: string): string => `这个网页没有填对 ${name}，这里显示不出来。请告诉网站管理员。`,
  },
  feed: {
    untitled: (unit: string, week: string): string => `${unit} ${week}`,
  },
  diary: {
    titleHeld: '标题暂不公开',
    signed: '本人设备标注的签名时间',
    notLater: '最晚不迟于',
    witnessed: (n: number): string => `（${n}台设备作证）`,
    unproven: '尚未证实',
    drawn: '抽签',
    drawnIn: (week: string, again: number): string => `${week}${again > 1 ? `，第${again}次抽` : ''}`,
    published: '发布',
    source: '来源',
    licence: '许可',
    importedAt: '导入',
    noTime: '未记时间',
    noDay: '未记日期',
    closed: '这一篇来自旧记录，不收留言。',
    place: '地点',
    threads: '脉络',
    detail: '详情',
    thinking: '思考',
    result: '成果',
    next: '下一步',
    late: '晚间',
    early: '清早',
    weekend: '周末',
    holiday: '节假日',
    lateFor: (week: string): string => `补录${week}`,
    corrects: '更正此前封存的一条',
    point: '时间点',
    dayReview: '当日复盘',
    weekReview: '一周复盘',
    weekend2: '周末写下',
    other: '其他',
    day: (hours: string, entries: number): string => `${hours} · ${entries}项`,
    strip: (entries: number, hours: string): string => `当日时段：${entries}项，合计${hours}`,
    held: (ground: string): string => `这一条暂不公开：${ground}`,
    basis: '依据：',
    heldSealed: '本人封存时标明；时长照计，正文已封存，日后公开时可核对。',
    heldLater: (who: string, when: string, afterDraw: boolean): string =>
      `${afterDraw ? '抽中后' : '封存后'}由${who}隐去，${when}；时长照计，正文已封存，日后公开时可核对。`,
    reviewer: '保密审查',
    leader: '本人',
    released: '恢复公开',
    heldMark: '隐',
    missing: '这一条没有对得上签名的正文，也没有写明不公开的理由。',
    stray: '下面的文字不在本人签名的内容里',
    unknownKind: (kind: string): string => `本页面不认识的条目：${kind}`,
    imageAltered: '图片与本人签名时不一致',
    imageMissing: '图片没有取到',
    unmarked: '未标类别',
    untimed: '时间写法不合规范',
  },
  ways: {
    heading: '前后的日记',
    previous: '本人的上一篇',
    next: '本人的下一篇',
    threadPrevious: (thread: string, week: string): string => `${thread}，上一次：${week}`,
    threadNext: (thread: string, week: string): string => `${thread}，下一次：${week}`,
    corrects: (week: string): string => `更正${week}`,
    correctedBy: (week: string): string => `已更正，见${week}`,
    lateFor: (week: string): string => `补录${week}`,
    lateIn: (week: string): string => `见${week}`,
    late: (n: number): string => `这一周后来补录了${n}条：`,
    address: (item: string): string => `${item}，这一条的地址`,
    copied: '地址已复制',
    source: (organisation: string, address: string): string => `出处：${organisation}，${address}`,
  },
  hours: {
    heading: '一周用时',
    about: (entries: number): string => `${entries}项 · 重叠时间只算一次`,
    how: '怎么算的',
    method: [
      '把各条的起止时间叠在一起，重叠的只算一次；暂不公开的条目时长照计。',
      '跨过半夜的算在它报到的那一天；补录的算在它所补的那一周；有更正的按更正后的算。',
      '静心思考占比＝静心思考÷（集体性活动＋静心思考）；其余各类列在旁边，不计入比例。',
    ],
    sum: (hours: string): string => `各项相加${hours}。`,
    late: (hours: string, entries: number): string => `另有补录${entries}项${hours}，算在所补的那一周。`,
    share: (percent: number): string => `静心思考占${percent}%`,
    heldPart: '其中暂不公开',
    heldAlone: '暂不公开（没有标类别）',
    table: '用表格看',
    category: '工作类别',
    counts: '计作',
    time: '用时',
    part: '占比',
    total: '合计（重叠只算一次）',
    none: '未标',
    bar: '各类工作用时，数字见下表',
  },
  check: {
    idle: (n: number, all: number): readonly string[] => ['正在核验，', `第${n}项，`, `共${all}项`],
    passed: ['已核验：', '与本人签名时一字不差'],
    amberDrand: ['还差一项：', '随机数没能在这里核验'],
    notPinned: ['本页面没有固定核验钥匙'],
    notChecked: ['本页面不是 https，', '无法核验'],
    notSealed: ['从旧记录导入，', '未经封存'],
    notSealedHow:
      '没有本人签名，不在存证日志里，也没有经过抽签，所以无从核验，永远不打勾，也不计入各项比率。NOT_SEALED',
    unfinished: ['核验没有做完'],
    failed: (what: string): readonly string[] => ['核验不通过：', what],
    notPinnedHow: '各项都核对过了，但核验钥匙是服务器自己报的。请网站管理员在页面里固定核验钥匙。',
    notCheckedHow: '浏览器只在 https 页面提供核验要用的算法。正文照常显示，但没有核对过。',
    away: '有一份核对用的文件这时取不到，所以没有做完；这不说明日志有问题。正文照常显示。',
    unfinishedHow: '浏览器没有算完。正文照常显示，但没有核对过。请刷新页面，或换一个浏览器。',
  },
  notice: {
    HELD_AFTER_SEAL: (n: number): string => `有${n}条在封存后、抽签前隐去，办理人和时间见该条。`,
    HELD_AFTER_DRAW: (n: number): string => `有${n}条在抽中后才隐去，办理人和时间见该条。`,
    NONCE_NOT_REVEALED: (units: string): string => `有单位未交随机数：${units}。`,
    LOCK_MINORITY: '见证的设备不足半数。',
    FROZEN_EARLY: '名单早于公布的截止时间锁定，当时还有单位没有封存。',
    DRAW_RERUN: (reasons: string): string => `曾作废重抽，理由：${reasons}`,
    KEY_REPLACED: '换过钥匙：签名的设备或签名人有变动，变动都记在存证日志里。',
    KIND_UNKNOWN: '有本页面不认识的条目，已按原文显示。',
    VALUE_TO_COMPARE: (values: string): string => `请与官方开奖公告核对：${values}。`,
    DRAND_UNCHECKED: '随机信标的签名没有在这里核对。',
    value: (name: string, issue: string, numbers: string): string => `${name}第${issue}期，${numbers}`,
    ssq: (red: string, blue: string): string => `红球${red}，蓝球${blue}`,
  },
  source: { ssq: '双色球', dlt: '大乐透' } as Readonly<Record<string, string>>,
  listed: (items: readonly string[]): string => items.join('、'),
  comments: {
    say: '留言',
    said: (n: number): string => `留言${n}`,
    sayName: (n: number, when: string): string => (n === 0 ? `对${when}这一条留言` : `${when}这一条有${n}条留言`),
  },
};

/** The catalogue's shape: what every language must say. */
export type Words = typeof words;
