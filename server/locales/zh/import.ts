/** Words of `sundial import`, in Chinese; the source of the catalogue. */
import { notice as notices, refusal } from '../../../shared/locales/calendar-zh.ts';
import type { RowProblem } from '../../import/row-problem.ts';
import type { FileProblem } from '../../import/source-rows.ts';

const shape = {
  CELLS_TOO_MANY: '格子比第一行的列名多。文字里有逗号时，要用引号括起来',
  QUOTE_BROKEN: '引号没有合上，或合上后还有字；下面的行可能读进了这一行。请改好引号',
};

const mistake = {
  ID_INVALID: '编号只用小写字母、数字和连字符，最多32个字符。',
  ID_RESERVED: '这个编号留给角色使用（org、rev、mod、aud、h-…），请换一个。',
  ID_TWICE: '这个编号在表里出现了两次，请留一行。',
  KIND_UNKNOWN: '没有这个类别。写：部门、功能区、街道、国有企业或事业单位。',
  NAME_MISSING: '缺名称，请填上。',
  NAME_TOO_LONG: '名称超过200字，请写短些。',
  POST_AND_DAY: '职务和任期起要么都填，要么都不填。',
  POST_INVALID: '职务要有1至80字，不能有控制字符。',
  DAY_INVALID: '日期写成 2026-01-05 这样，并且要真有这一天。',
  DAY_ORDER: '任期止早于任期起，请改正。',
  TERMS_OVERLAP: '和同一单位的另一任期重叠，请改日期。',
  TERM_TWICE: '同一单位同一天开始的任期在表里出现了两次，请留一行。',
  CELLS_TOO_MANY: `${shape.CELLS_TOO_MANY}。`,
  QUOTE_BROKEN: `${shape.QUOTE_BROKEN}。`,
  ID_TAKEN: '任期编号和另一单位的相同：请换一个较短的单位编号，或在组织设置里添加。',
  UNIT_UNKNOWN: '没有这个单位。请先用 sundial import units 导入单位。',
  PREFERRED_MISSING: '缺规范用语，请填上，或删去这一行。',
  PREFERRED_TWICE: '这个规范用语在表里出现了两次，请合并成一行。',
  TERM_TOO_LONG: '有一个词或释义超过200字，请写短些。',
};

const fileProblem: Readonly<Record<FileProblem, (file: string) => string>> = {
  NOT_TEXT: (file) => `读不出 ${file} 的文字。请另存为 UTF-8。`,
  NOT_JSON: (file) => `${file} 不是合法的 JSON。`,
  NO_LIST: (file) => `在 ${file} 里没有找到列表。请在对照文件的 rows 里写明它在哪里。`,
  DAYS_MISSING: () =>
    '读日历要知道起止日期。请在对照文件里写 days，如 {"from":"2019-01-01","to":"2019-12-31"}，最多一百年。',
  EMPTY: (file) => `${file} 里没有内容。`,
};

const row: Readonly<Record<RowProblem | 'ROW_REFUSED', string>> = {
  UNIT_UNKNOWN: '没有这个单位。请先导入单位，或在对照文件的 unit.map 里写明编号',
  DAY_UNREADABLE: '读不出日期。请核对对照文件里的 format',
  DAY_FUTURE: '日期还没有到，旧记录里不会有。请核对年份',
  DAY_OUTSIDE: '日期不在对照文件写明的范围内，可能是原记录的笔误',
  TIME_UNREADABLE: '读不出时间。请核对对照文件里的 format',
  TIME_ORDER: '结束早于开始，或跨过一天以上',
  START_MISSING: '只有结束时间，没有开始时间',
  TEXT_MISSING: '没有事项文字',
  TOO_LONG: '文字、地点或合在一起的详情太长，或含有控制字符',
  CATEGORY_UNKNOWN: '没有这个工作类别。请在对照文件的 category.map 里写明编号',
  TOO_MANY: '这一周已有500条，多出的没有列入',
  ROW_REFUSED: '日历里的这一项不能读',
  CELL_NOT_TEXT: '对照文件用到的一项不是文字或数字',
  ...shape,
};

export const imports = {
  usage: `用法：
  sundial import units 文件.csv [--apply] [--json]             单位（编号、类别、名称，可带职务与任期起）
  sundial import terms-of-office 文件.csv [--apply] [--json]   任期（单位编号、职务、任期起、任期止）
  sundial import terms 文件.csv [--apply] [--json]             术语库（规范用语、别名、释义）
  sundial import diaries 文件 --mapping 对照.json [--leave-unreadable] [--apply] [--json]   旧日记（CSV、JSON、ICS）
  sundial import diaries --remove 来源 [--apply] [--json]      撤出一个来源的旧日记
  sundial import --dry-run [--json] 文件.ics [--weeks 2015-W28,2015-W30..2015-W31] [--zone Asia/Shanghai]

不加 --apply 只列出会做什么；加上才写入：表格全部写入，或者一行也不写；旧日记分批写入，
中断了再运行同一命令，从断处接着写，结果一样。表格可以是 UTF-8 或 GB 18030。
旧日记按周公开，处处标明“从旧记录导入，未经封存”；对照文件的写法见 docs/import/README.zh.md。
日历只读不写：列出扩展会请本人选择的条目，由本人在自己的设备上导入；不写 --weeks 就是上一周和这一周。
退出码：0 完成，1 文件里有错，2 用法不对。`,
  onlyDryRun: '请加 --dry-run。日志由本人在扩展里导入，服务器只能读给您看。',
  zoneUnknown: (zone: string): string => `没有“${zone}”这个时区。写成 Asia/Shanghai 这样。`,
  weeksUnread: (weeks: string, most: number): string =>
    `没有读懂“${weeks}”。写成 2015-W28,2015-W29 或 2015-W28..2015-W30，最多${most}周。`,
  unreadable: (file: string): string => `打不开 ${file}。请查一下路径。`,
  noCalendar: (file: string): string => `${file} 不是日历文件（.ics）。`,
  allDay: '全天',
  refused: '未列入',
  refusal,
  notice: '提示',
  line: (number: number): string => `第${number}行`,
  member: (number: number): string => `第${number}项`,
  notText: (file: string): string => `读不出 ${file} 的文字。请另存为 UTF-8 的 CSV。`,
  encoding: (encoding: string): string => `按 ${encoding} 编码读出，请看文字对不对。`,
  columns: {
    units: '编号、类别、名称',
    'terms-of-office': '单位编号、职务、任期起',
    terms: '规范用语、别名',
  },
  table: {
    COLUMNS_MISSING: (columns: string): string => `第一行要有这些列名：${columns}。`,
    EMPTY: (columns: string): string => `表里没有内容。第一行是列名（${columns}），下面每行一项。`,
  },
  effect: { add: '新增', change: '更改', same: '不变', absent: '仍公开' },
  mistake,
  tableCounted: (add: number, change: number, same: number, wrong: number): string =>
    `新增${add}行，更改${change}行，不变${same}行，有错${wrong}处。`,
  onlyPreview: '这是预览，没有写入。看过没有问题，加 --apply 再运行一次。',
  written: '已全部写入。',
  writtenBut: (left: number): string => `已写入；上面列出的${left}行没有写入。`,
  broughtIn: (done: number, all: number): string =>
    done < all
      ? `已写到第${done}篇，共${all}篇。若在此中断，再运行同一命令即可接着写。`
      : `${all}篇已写完，正在准备检索。`,
  nothingToDo: '和现有的一样，没有要写的。',
  nothingWritten: '没有写入任何内容。请改好以上各行再运行。',
  refusedLate: (code: string): string => `服务器没有接受（${code}），没有写入任何内容。请再运行一次预览。`,
  mappingUnread: (file: string, at: string, reason: string): string =>
    `对照文件 ${file} 不能用：${at === '' ? '' : `${at}：`}${reason}。请照 docs/import/README.zh.md 改正。`,
  mapping: {
    NOT_JSON: '不是合法的 JSON',
    MISSING: '缺这一项',
    UNKNOWN: '没有这一项',
    INVALID: '写得不对',
    SOURCE_ID: '只用小写字母、数字和连字符，1至16个',
    ZONE_UNKNOWN: '没有这个时区',
    ONE_OF_COLUMN_COLUMNS_CONSTANT: 'column、columns、constant 要写一个，只写一个',
  },
  notices,
  fileProblem,
  columnsUnknown: (columns: string): string => `文件里没有这些列：${columns}。请改对照文件。`,
  columnsTwice: (columns: string): string => `文件里有不止一列叫这个名称：${columns}。请在文件里改成不同的名称。`,
  comma: '、',
  row,
  entries: (count: number): string => `${count}条`,
  diariesCounted: (add: number, change: number, same: number, wrong: number): string =>
    `新增${add}篇，更改${change}篇，不变${same}篇，读不出${wrong}行。`,
  rowsCounted: (repeated: number, skipped: number): string => `重复的${repeated}行已合并，按对照文件略过${skipped}行。`,
  sourceRenamed: '来源的名称、地址或许可与现在公开的不同，会一并更新。',
  absent: (count: number): string =>
    `这个来源另有${count}篇不在文件里，没有撤下，仍然公开；要去掉，先用 --remove 撤出这个来源再导入。`,
  unreadableFirst: '没有写入任何内容。请改好以上各行，或加 --leave-unreadable 略过它们。',
  sourceUnknown: (source: string): string => `没有从“${source}”导入过日记。`,
  wouldRemove: (source: string, count: number): string => `会撤出“${source}”的${count}篇。加 --apply 才执行。`,
  removed: (source: string, count: number): string => `已撤出“${source}”的${count}篇。`,
  counted: (items: number, refused: number, notices: number): string =>
    `共${items}条，未列入${refused}条，提示${notices}处。`,
};

export type ImportWords = typeof imports;
