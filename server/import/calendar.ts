/** `sundial import --dry-run FILE`: says what the extension would offer of a calendar, as the extension reads it. Entries are written on their
 *  author's device alone, so the server has no other mode. */

import { readIcs } from '../../shared/diary/calendar/read-ics.ts';
import { type FileReading, type Item, whole } from '../../shared/diary/calendar/reading.ts';
import { civilOf, dayOf, formatDay, formatMinute, zoneOffset } from '../../shared/time/civil.ts';
import { parseWeek, type Week, weekAfter, weekBefore, weekOf, weeksBetween } from '../../shared/time/week.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { imports as en } from '../locales/en/import.ts';
import { type ImportWords, imports as zh } from '../locales/zh/import.ts';
import { fileBytes } from './file-bytes.ts';

const exit = { good: 0, unreadable: 1, usage: 2 } as const;

/** Weeks that one call may ask for: ten years. */
const mostWeeks = 522;

/** Runs `import` of a calendar. Gives the exit code. */
export async function readCalendar(args: string[]): Promise<number> {
  const words = wordsHere(zh, en);
  const given = readArgs(args);
  if (given === null) return say(words.usage);
  if (!given.dryRun) return say(words.onlyDryRun);
  const offset = zoneOffset(given.zone);
  if (offset === null) return say(words.zoneUnknown(given.zone));
  const thisWeek = weekOf(dayOf(civilOf(Date.now() / 1000, offset)));
  const weeks = given.weeks === undefined ? [weekBefore(thisWeek), thisWeek] : readWeeks(given.weeks);
  if (weeks === null) return say(words.weeksUnread(given.weeks ?? '', mostWeeks));
  const bytes = await fileBytes(given.file);
  if (bytes === null) {
    process.stderr.write(`${words.unreadable(given.file)}\n`);
    return exit.unreadable;
  }
  const reading = whole(readIcs(bytes, { weeks, zone: offset }));
  if (!isCalendar(bytes, reading)) {
    process.stderr.write(`${words.noCalendar(given.file)}\n`);
    return exit.unreadable;
  }
  const { file, zone, json } = given;
  process.stdout.write(
    json ? `${JSON.stringify(importJson(reading, { file, zone, weeks }))}\n` : table(reading, words),
  );
  return exit.good;
}

/** One object for a reading. `start` and `end` of an all-day item are dates, its end excluded; of any other civil minutes in `zone`, and the
 *  same as instants. */
export function importJson(
  { encoding, items, refused, notices }: FileReading,
  { file, zone, weeks }: { readonly file: string; readonly zone: string; readonly weeks: readonly Week[] },
): Record<string, unknown> {
  return {
    file,
    encoding,
    zone,
    weeks,
    entries: items.map((item) => ({
      start: timeOf(item, item.start),
      end: item.end === null ? null : timeOf(item, item.end),
      startUtc: utcOf(item.startInstant),
      endUtc: utcOf(item.endInstant),
      day: formatDay(item.day),
      text: item.text,
      place: item.place,
      detail: item.detail,
      uid: item.uid,
      recurrenceId: item.recurrenceId,
      allDay: item.allDay,
      notices: item.notices,
    })),
    refused: refused.map((each) => ({ ...each, day: each.day === null ? null : formatDay(each.day) })),
    notices,
  };
}

/** The weeks of `2015-W28,2015-W30` or `2015-W28..2015-W30`, in order, each once; null where one is none or they are too many. */
export function readWeeks(text: string): readonly Week[] | null {
  const weeks = new Set<Week>();
  for (const part of text.split(',')) {
    const [from, to = from, ...more] = part.trim().split('..').map(parseWeek);
    if (from === null || to === null || from === undefined || to === undefined || more.length > 0) return null;
    if (weeksBetween(from, to) < 0 || weeksBetween(from, to) >= mostWeeks) return null;
    for (let week = from; weeksBetween(week, to) >= 0; week = weekAfter(week)) weeks.add(week);
  }
  return weeks.size === 0 || weeks.size > mostWeeks ? null : [...weeks].sort();
}

interface Given {
  readonly file: string;
  readonly weeks: string | undefined;
  readonly zone: string;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/** The arguments, or null where they make no command. */
function readArgs(args: string[]): Given | null {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const found = parsed({
    args,
    allowPositionals: true,
    options: { weeks: text, zone: text, 'dry-run': flag, json: flag },
  });
  if (found === null) return null;
  const { values, positionals } = found;
  const [file, ...more] = positionals;
  if (file === undefined || more.length > 0) return null;
  const { weeks, zone = 'Asia/Shanghai', json } = values;
  return { file, weeks, zone, dryRun: values['dry-run'], json };
}

function say(sentence: string): number {
  process.stderr.write(`${sentence}\n`);
  return exit.usage;
}

// A calendar without events is one all the same; something else is not.
function isCalendar(bytes: Uint8Array, { items, refused, span }: FileReading): boolean {
  return (
    items.length + refused.length > 0 || span !== null || new TextDecoder().decode(bytes).includes('BEGIN:VCALENDAR')
  );
}

function timeOf({ allDay }: Item, minute: number): string {
  return allDay ? formatDay(dayOf(minute)) : formatMinute(minute);
}

function utcOf(instant: number | null): string | null {
  return instant === null ? null : `${formatMinute(Math.floor(instant / 60))}Z`;
}

function table({ items, refused, notices }: FileReading, words: ImportWords): string {
  const lines = [
    ...items.map((item) =>
      [formatDay(item.day), clocksOf(item, words), item.text, told(item.notices, words)].join('  '),
    ),
    ...refused.map(({ day, text, reason, line }) =>
      [day === null ? '-' : formatDay(day), words.refused, text, `${words.refusal[reason]} (${words.line(line)})`].join(
        '  ',
      ),
    ),
    ...notices.map(({ code, line, at }) =>
      [words.notice, line === null ? '' : words.line(line), words.notices[code](at ?? '')]
        .filter((one) => one !== '')
        .join('  '),
    ),
    words.counted(items.length, refused.length, notices.length),
  ];
  return `${lines.map((line) => line.replaceAll('\n', ' ').trimEnd()).join('\n')}\n`;
}

function clocksOf({ allDay, day, start, end }: Item, words: ImportWords): string {
  if (allDay) return words.allDay;
  const clock = (minute: number) =>
    `${dayOf(minute) > day ? `+${dayOf(minute) - day} ` : ''}${formatMinute(minute).slice(11)}`;
  return end === null ? clock(start) : `${clock(start)}–${clock(end)}`;
}

function told(notices: Item['notices'], words: ImportWords): string {
  return notices.map(({ code, at }) => words.notices[code](at ?? '')).join(' ');
}
