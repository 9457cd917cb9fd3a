/** Words of `sundial read`, in Chinese; the source of the catalogue. */
export const read = {
  usage: `用法：sundial read [--now 时间] [--zone 时区] [--json] < 文件

从标准输入读日程，一行一条，和扩展读得一样，打印读成什么：日期、起止、时长、内容；问号后面是还要问的（day 哪一天，length 多长）。
  --now   当作现在的时间：2026-07-16、2026-07-16T15:30，或带 Z、+08:00；不写就用本机时钟
  --zone  时区，Asia/Shanghai
  --json  每条一行 JSON

退出码：0 已读；2 用法、时间或时区不对。`,
  problem: {
    NOW_INVALID: (at: string): string => `“${at}”不是时间。请写成 2026-07-16T15:30。`,
    ZONE_UNKNOWN: (at: string): string => `没有“${at}”这个时区。请写成 Asia/Shanghai。`,
  },
};

export type ReadWords = typeof read;
