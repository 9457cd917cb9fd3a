/** Words of `sundial import`, in English. */
import type { ImportWords } from '../zh/import.ts';

export const imports: ImportWords = {
  usage: `Usage: sundial import --dry-run [--json] FILE.ics [--weeks 2015-W28,2015-W30..2015-W31] [--zone Asia/Shanghai]

Reads a calendar and lists what the extension would offer. Nothing is written: entries are imported by their author, on their device.
Without --weeks: last week and this week. Exit codes: 0 read, 1 unreadable, 2 wrong usage.`,
  onlyDryRun:
    'Add --dry-run. A journal is imported by its author in the extension; the server can only show what is in a file.',
  zoneUnknown: (zone) => `There is no zone “${zone}”. Write it like Asia/Shanghai.`,
  weeksUnread: (weeks, most) =>
    `“${weeks}” names no weeks. Write 2015-W28,2015-W29 or 2015-W28..2015-W30, at most ${most} weeks.`,
  unreadable: (file) => `${file} cannot be opened. Check the path.`,
  noCalendar: (file) => `${file} is no calendar file (.ics).`,
  allDay: 'all day',
  refused: 'left out',
  notice: 'notice',
  line: (number) => `line ${number}`,
  counted: (items, refused, notices) => `${items} items, ${refused} left out, ${notices} notices.`,
};
