/** Words of `sundial import`, in Chinese; the source of the catalogue. */

export const imports = {
  usage: `用法：sundial import --dry-run [--json] 文件.ics [--weeks 2015-W28,2015-W30..2015-W31] [--zone Asia/Shanghai]

读一份日历，列出扩展会请本人选择的条目。只读不写：条目由本人在自己的设备上导入。
不写 --weeks，就是上一周和这一周。退出码：0 读完，1 读不了，2 用法不对。`,
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
  counted: (items: number, refused: number, notices: number): string =>
    `共${items}条，未列入${refused}条，提示${notices}处。`,
};

export type ImportWords = typeof imports;
