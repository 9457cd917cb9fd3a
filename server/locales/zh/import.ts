/** Words of `sundial import`, in Chinese; the source of the catalogue. */

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
  ID_TAKEN: '任期编号和另一单位的相同：请换一个较短的单位编号，或在组织设置里添加。',
  UNIT_UNKNOWN: '没有这个单位。请先用 sundial import units 导入单位。',
  PREFERRED_MISSING: '缺规范用语，请填上，或删去这一行。',
  PREFERRED_TWICE: '这个规范用语在表里出现了两次，请合并成一行。',
  TERM_TOO_LONG: '有一个词或释义超过200字，请写短些。',
};

export const imports = {
  usage: `用法：
  sundial import units 文件.csv [--apply] [--json]             单位（编号、类别、名称，可带职务与任期起）
  sundial import terms-of-office 文件.csv [--apply] [--json]   任期（单位编号、职务、任期起、任期止）
  sundial import terms 文件.csv [--apply] [--json]             术语库（规范用语、别名、释义）
  sundial import --dry-run [--json] 文件.ics [--weeks 2015-W28,2015-W30..2015-W31] [--zone Asia/Shanghai]

不加 --apply 只列出会做什么；加上才写入：全部写入，或者一行也不写。表格可以是 UTF-8 或 GB 18030。
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
  notice: '提示',
  line: (number: number): string => `第${number}行`,
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
  effect: { add: '新增', change: '更改', same: '不变' },
  mistake,
  tableCounted: (add: number, change: number, same: number, wrong: number): string =>
    `新增${add}行，更改${change}行，不变${same}行，有错${wrong}处。`,
  onlyPreview: '这是预览，没有写入。看过没有问题，加 --apply 再运行一次。',
  written: '已全部写入。',
  nothingToDo: '和现有的一样，没有要写的。',
  nothingWritten: '没有写入任何内容。请改好以上各行再运行。',
  refusedLate: (code: string): string => `服务器没有接受（${code}），没有写入任何内容。请再运行一次预览。`,
  counted: (items: number, refused: number, notices: number): string =>
    `共${items}条，未列入${refused}条，提示${notices}处。`,
};

export type ImportWords = typeof imports;
