/** The rows of an old record, whatever its format: names and texts. */

import { fail, ok, type Result } from '../../shared/base/result.ts';
import { readIcs } from '../../shared/diary/calendar/read-ics.ts';
import { type Item, whole } from '../../shared/diary/calendar/reading.ts';
import { rowsOf, separatorOf, tableText } from '../../shared/diary/calendar/table.ts';
import { isObject } from '../../shared/proof/shape.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { formatDay, formatMinute, parseDay, type ZoneOffset } from '../../shared/time/civil.ts';
import { type Week, weekAfter, weekOf, weeksBetween } from '../../shared/time/week.ts';
import type { Mapping } from './mapping.ts';

/** `line`: where the row stands, the line of a table or calendar, the number of a member in a JSON list, from 1. */
export interface SourceRow {
  readonly line: number;
  readonly cells: ReadonlyMap<string, string>;
}

/** `refused`: lines of a calendar that its reader refuses. */
export interface SourceRows {
  readonly rows: readonly SourceRow[];
  readonly refused: readonly number[];
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
    const [head, ...rows] = rowsOf(table.text, separatorOf(table.text));
    const names = head?.cells ?? [];
    return ok({
      rows: rows.map(({ line, cells }) => ({ line, cells: new Map(names.map((name, n) => [name, cells[n] ?? ''])) })),
      refused: [],
    });
  },
  json: (bytes, { rows: path }) => {
    const parsed = parseJson(tableText(bytes)?.text ?? '');
    if (parsed === undefined || parsed === null) return fail('NOT_JSON');
    const list = path.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), parsed);
    if (!Array.isArray(list)) return fail('NO_LIST');
    return ok({
      rows: list.map((row: unknown, n) => ({
        line: n + 1,
        cells: new Map(isObject(row) ? Object.entries(row).flatMap(([name, value]) => textOf(name, value)) : []),
      })),
      refused: [],
    });
  },
  ics: (bytes, { days }, offset) => {
    const weeks = days === undefined ? null : weeksOf(days);
    if (weeks === null) return fail('DAYS_MISSING');
    const { items, refused } = whole(readIcs(bytes, { weeks, zone: offset }));
    return ok({
      rows: items.map((item) => ({ line: item.line, cells: cellsOf(item) })),
      refused: refused.map(({ line }) => line),
    });
  },
};

const textOf = (name: string, value: unknown): [string, string][] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? [[name, String(value).trim()]]
    : [];

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
