/** Words of `sundial read`, in English. */
import type { ReadWords } from '../zh/read.ts';

export const read: ReadWords = {
  usage: `Usage: sundial read [--now TIME] [--zone ZONE] [--json] < FILE

Reads quick-entry lines from standard input as the extension reads them, and prints what was read: day, start and end, length, text; behind a
question mark stands what would be asked (day, length).
  --now   the time that counts as now: 2026-07-16, 2026-07-16T15:30, or with Z or +08:00; without it the clock of this machine
  --zone  time zone, Asia/Shanghai
  --json  prints one line of JSON for each reading

Exit codes: 0 read; 2 wrong usage, time or zone.`,
  problem: {
    NOW_INVALID: (at) => `“${at}” is no time. Write it like 2026-07-16T15:30.`,
    ZONE_UNKNOWN: (at) => `There is no time zone “${at}”. Write it like Asia/Shanghai.`,
  },
};
