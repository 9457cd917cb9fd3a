// `sundial read [--now ISO] [--zone Z] [--json]`: reads quick-entry lines from the input, as the extension reads them.

import { text as textOf } from 'node:stream/consumers';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { type QuickEntryContext, type Reading, readLine } from '../../shared/diary/quick-entry.ts';
import {
  type CivilMinute,
  civilAt,
  civilOf,
  dayOf,
  formatDay,
  formatMinute,
  parseDay,
  parseMinute,
  two,
  zoneOffset,
} from '../../shared/time/civil.ts';
import { parsed, wordsHere } from '../command-line.ts';
import { read as en } from '../locales/en/read.ts';
import { type ReadWords, read as zh } from '../locales/zh/read.ts';

/** `now`: ISO date-time, civil in `zone` (`2026-07-16T15:30`, seconds allowed) or an instant (with Z or an offset); a bare
 *  date is its noon; not given, `clockSeconds` counts. `zone`: IANA name, Asia/Shanghai if not given. `clockSeconds`:
 *  seconds since 1970-01-01T00:00Z. `threads`: those that # may name, with their aliases. */
export type ReadOptions = {
  readonly now?: string | undefined;
  readonly zone?: string | undefined;
  readonly json?: boolean | undefined;
  readonly clockSeconds?: number | undefined;
  readonly threads?: QuickEntryContext['threads'];
};

/** Why nothing was read. */
export type ReadProblem = { readonly code: 'ZONE_UNKNOWN' | 'NOW_INVALID'; readonly at: string };

/** The command: options and standard input in, readings out. Exit codes: 0 read, 2 wrong usage, time or zone. */
export async function run(args: string[]): Promise<number> {
  const words = wordsHere<ReadWords>(zh, en);
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    now: { type: 'string' },
    zone: { type: 'string' },
    json: flag,
    help: { ...flag, short: 'h' },
  } as const;
  const given = parsed({ args, options });
  if (given === null) return complain(words.usage);
  const { help, ...values } = given.values;
  if (help) {
    process.stdout.write(`${words.usage}\n`);
    return 0;
  }
  const asked = { ...values, clockSeconds: Math.floor(Date.now() / 1000) };
  const judged = judgeReadOptions(asked);
  if (!judged.ok) return complain(words.problem[judged.problem.code](judged.problem.at));
  process.stdout.write(readCommand(await textOf(process.stdin), asked));
  return 0;
}

function complain(line: string): number {
  process.stderr.write(`${line}\n`);
  return 2;
}

/** What the command prints for an input. With `json` one object on a line for each reading, in order: `line` as typed, `n`
 *  from 0 within the line, `day` `YYYY-MM-DD`, `start` and `end` `YYYY-MM-DDThh:mm` or null (24:00 is 00:00 of the next
 *  day), `proposedEnd` where only a start was typed, `text`, `threads` (names typed), `place`, `asks` (`day`, `length`)
 *  where there is a question. Otherwise a table. Blank lines are left out. Throws `RangeError` with the code on options that
 *  `judgeReadOptions` refuses. */
export function readCommand(input: string, options: ReadOptions): string {
  const judged = judgeReadOptions(options);
  if (!judged.ok) throw new RangeError(`${judged.problem.code}: ${judged.problem.at}`);
  const context = { now: judged.value, threads: options.threads };
  const rows = input
    .split(/\r\n|\r|\n/)
    .flatMap((line) => readLine(line, context).map((reading) => ({ line, reading })));
  const lines =
    options.json === true
      ? rows.map(({ line, reading }) => JSON.stringify(jsonOf(line, reading)))
      : table(rows.map(({ reading }) => cellsOf(reading)));
  return lines.map((line) => `${line}\n`).join('');
}

/** The civil minute against which lines are read, or why there is none. */
export function judgeReadOptions({
  now,
  zone = 'Asia/Shanghai',
  clockSeconds,
}: ReadOptions): Result<CivilMinute, ReadProblem> {
  const offset = zoneOffset(zone);
  if (offset === null) return fail({ code: 'ZONE_UNKNOWN', at: zone });
  if (now === undefined) {
    return clockSeconds === undefined ? fail({ code: 'NOW_INVALID', at: '' }) : ok(civilOf(clockSeconds, offset));
  }
  const day = parseDay(now);
  if (day !== null) return ok(civilAt(day, 720));
  const found = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:[0-5]\d(?:\.\d+)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(now);
  const civil = found === null ? null : parseMinute(found[1] ?? '');
  if (found === null || civil === null) return fail({ code: 'NOW_INVALID', at: now });
  if (found[3] === undefined) return ok(civil);
  const instant = Date.parse(now);
  return Number.isNaN(instant) ? fail({ code: 'NOW_INVALID', at: now }) : ok(civilOf(instant / 1000, offset));
}

function jsonOf(line: string, reading: Reading): Record<string, unknown> {
  return {
    line,
    n: reading.n,
    day: formatDay(reading.day),
    start: reading.start === null ? null : formatMinute(reading.start),
    end: reading.end === null ? null : formatMinute(reading.end),
    ...(reading.proposedEnd === undefined ? {} : { proposedEnd: formatMinute(reading.proposedEnd) }),
    text: reading.text,
    threads: reading.threads.map(({ typed }) => typed),
    place: reading.place,
    ...(reading.asks === undefined ? {} : { asks: reading.asks }),
  };
}

function cellsOf(reading: Reading): readonly string[] {
  const { start, end } = reading;
  const length = start === null || end === null ? '' : `${Math.floor((end - start) / 60)}:${two((end - start) % 60)}`;
  const marks = [
    ...reading.threads.map(({ typed }) => `#${typed}`),
    ...(reading.place === null ? [] : [`@${reading.place}`]),
    ...(reading.asks === undefined ? [] : [`?${reading.asks}`]),
  ];
  return [formatDay(reading.day), timeOf(reading), length, [reading.text, ...marks].join(' ').trim()];
}

// 23:30–+1 00:40 crosses midnight, 09:00–(10:00) has a proposed end.
function timeOf({ start, end, proposedEnd, day }: Reading): string {
  if (start === null) return '';
  const of = (minute: CivilMinute) => `${dayOf(minute) > day ? '+1 ' : ''}${formatMinute(minute).slice(11)}`;
  if (end !== null) return `${of(start)}–${of(end)}`;
  return proposedEnd === undefined ? of(start) : `${of(start)}–(${of(proposedEnd)})`;
}

function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [0, 1, 2].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}
