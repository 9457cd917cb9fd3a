/** The rows of an old record, whatever its format: names and texts. */

import { fail, ok, type Result } from '../../shared/base/result.ts';
import type { Notice, NoticeCode, RefusalReason, RowFault } from '../../shared/diary/calendar/notice.ts';
import { readIcs } from '../../shared/diary/calendar/read-ics.ts';
import { type Item, whole } from '../../shared/diary/calendar/reading.ts';
import { headedTable, tableText } from '../../shared/diary/calendar/table.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { formatDay, formatMinute, parseDay, type ZoneOffset } from '../../shared/time/civil.ts';
import { type Week, weekAfter, weekOf, weeksBetween } from '../../shared/time/week.ts';
import { columnsOf, type Mapping } from './mapping.ts';

/** `line`: where the row stands, the line of a table or calendar, the number of a member in a JSON list, from 1. */
export interface SourceRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
  /** Why its cells cannot be trusted. */
  readonly fault: RowFault | 'CELL_NOT_TEXT' | null;
}

/** `refused`: what the reader of a calendar refuses. `notices`: what a reader has to say of what it read. `twice`: headings that stand twice. */
export interface SourceRows {
  readonly rows: readonly SourceRow[];
  readonly refused: readonly { readonly line: number; readonly reason: RefusalReason }[];
  readonly notices: readonly Notice[];
  readonly twice: readonly string[];
}

export type FileProblem = 'NOT_TEXT' | 'NOT_JSON' | 'NO_LIST' | 'DAYS_MISSING' | 'EMPTY';

/** Longest time that a calendar is read for: its series may have no end. */
const mostWeeks = 5300;

/** The rows in their order. Columns of a calendar: `day`, `start`, `end`, `text`, `place`, `detail`, `uid`. */
export function sourceRows(bytes: Uint8Array, mapping: Mapping, offset: ZoneOffset): Result<SourceRows, FileProblem> {
  const read = readers[mapping.format](bytes, mapping, offset);
  return read.ok && read.value.rows.length + read.value.refused.length === 0 ? fail('EMPTY') : read;
}

type Reader = (bytes: Uint8Array, mapping: Mapping, offset: ZoneOffset) => Result<SourceRows, FileProblem>;

const readers: { readonly [F in Mapping['format']]: Reader } = {
  csv: (bytes) => {
    const table = tableText(bytes);
    if (table === null) return fail('NOT_TEXT');
    const { names, rows } = headedTable(table.text);
    return ok({
      rows: rows.map(({ line, cells, fault }) => ({
        line,
        cells: new Map(names.map((name, n) => [name, cells[n] ?? ''])),
        fault,
      })),
      refused: [],
      notices: table.notices,
      twice: names.filter((name, n) => names.indexOf(name) !== n),
    });
  },
  json: (bytes, mapping) => {
    const text = tableText(bytes);
    const parsed = parseJson(text?.text ?? '');
    if (parsed === undefined || parsed === null) return fail('NOT_JSON');
    const list = mapping.rows.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), parsed);
    if (!Array.isArray(list)) return fail('NO_LIST');
    const columns = columnsOf(mapping);
    return ok({
      rows: list.map((row: unknown, n) => ({
        line: n + 1,
        cells: new Map(isObject(row) ? Object.entries(row).map(([name, value]) => [name, textOf(value) ?? '']) : []),
        fault: !isObject(row) || columns.some((name) => textOf(row[name]) === null) ? 'CELL_NOT_TEXT' : null,
      })),
      refused: [],
      notices: text?.notices ?? [],
      twice: [],
    });
  },
  ics: (bytes, { days }, offset) => {
    const weeks = days === undefined ? null : weeksOf(days);
    if (weeks === null) return fail('DAYS_MISSING');
    const { items, refused, notices } = whole(readIcs(bytes, { weeks, zone: offset }));
    return ok({
      rows: items.map((item) => ({ line: item.line, cells: cellsOf(item), fault: null })),
      refused,
      notices: [...notices, ...items.flatMap((item) => item.notices.filter(({ code }) => !plain.has(code)))],
      twice: [],
    });
  },
};

/** What the item of a calendar shows by itself, or its row is refused for. */
const plain: ReadonlySet<NoticeCode> = new Set(['NO_END', 'POINT', 'ALL_DAY', 'TEXT_MISSING', 'LONGER_THAN_A_DAY']);

/** Null where the value of a member is no text, nor nothing. */
const textOf = (value: unknown): string | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value).trim()
    : value === null || value === undefined
      ? ''
      : null;

function weeksOf({ from, to }: { readonly from: string; readonly to: string }): readonly Week[] | null {
  const [first, last] = [parseDay(from), parseDay(to)];
  if (first === null || last === null || last < first) return null;
  const weeks: Week[] = [];
  for (let week = weekOf(first); weeksBetween(week, weekOf(last)) >= 0; week = weekAfter(week)) {
    weeks.push(week);
    if (weeks.length > mostWeeks) return null;
  }
  return weeks;
}

const cellsOf = ({ allDay, day, start, end, text, place, detail, uid }: Item): ReadonlyMap<string, string> =>
  new Map([
    ['day', formatDay(day)],
    ['start', allDay ? '' : formatMinute(start)],
    ['end', allDay || end === null ? '' : formatMinute(end)],
    ['text', text],
    ['place', place ?? ''],
    ['detail', detail ?? ''],
    ['uid', uid ?? ''],
  ]);
