/** The rows of a table as items, under the columns that a person confirmed. */
import { codePointLength } from '../../base/text.ts';
import { type CivilDay, type CivilMinute, civilAt, dayOf, type ZoneOffset } from '../../time/civil.ts';
import { type Week, weekOf } from '../../time/week.ts';
import type { Category } from '../category.ts';
import { longest } from '../longest.ts';
import { type QuickEntryContext, readText } from '../quick-entry.ts';
import type { ColumnRole, Columns } from './columns.ts';
import { type FileNotice, type Notice, notice, type RefusalReason } from './notice.ts';
import { type FileReading, type Item, inOrder, type Progress, type Refused, workingDay } from './reading.ts';
import { headed, type JudgedRow, type Row, type TableText, unheaded } from './table.ts';
import { type DateCell, type DateOrder, readDateCell, readSpan } from './table-date.ts';
import { cleaned, member } from './text.ts';

/** `weeks`: those wanted, or null for all. `now`: the user's wall. */
export interface TableRequest {
  readonly weeks: readonly Week[] | null;
  readonly zone: ZoneOffset;
  readonly now: CivilMinute;
  readonly order: DateOrder;
  readonly categories: readonly Category[];
  readonly threads: QuickEntryContext['threads'];
}

const yieldEvery = 200;

/** Reads the rows; a cell without a date has that of the row above, as in a table whose equal cells were joined. */
export function* readTable(
  { encoding, notices }: Omit<TableText, 'text'>,
  rows: readonly Row[],
  columns: Columns,
  request: TableRequest,
): Generator<Progress, FileReading> {
  const body = columns.header ? headed(rows).rows : unheaded(rows);
  const all: (Item | Refused)[] = [];
  let above: CivilDay | null = null;
  const lineColumn = columns.of.indexOf('line');
  if (lineColumn >= 0) all.push(...linesOf(body, lineColumn, request));
  else
    for (const [n, row] of body.entries()) {
      const read = readRow(row, columns, above, request);
      if (read.day !== null) above = read.given ?? above;
      all.push(read.item);
      if (n % yieldEvery === 0) yield { done: n, total: body.length };
    }
  const { weeks } = request;
  const wanted = all.filter(({ day }) => weeks === null || day === null || weeks.includes(weekOf(day)));
  const days = all.flatMap((each) => (isRefused(each) ? [] : [each.day])).sort((a, b) => a - b);
  const [from] = days;
  const to = days.at(-1);
  return {
    encoding,
    items: inOrder(wanted.flatMap((each) => (isRefused(each) ? [] : [each]))),
    refused: wanted.filter(isRefused),
    notices: notices.map((each): FileNotice => ({ ...each, uid: null })),
    span: from === undefined || to === undefined ? null : { from, to },
  };
}

function isRefused(read: Item | Refused): read is Refused {
  return 'reason' in read;
}

interface ReadRow {
  readonly item: Item | Refused;
  readonly day: CivilDay | null;
  /** The date that the row itself gives, null where it has none. */
  readonly given: CivilDay | null;
}

function readRow(row: JudgedRow, columns: Columns, above: CivilDay | null, request: TableRequest): ReadRow {
  const cell = (role: ColumnRole) =>
    columns.of
      .flatMap((each, n) => (each === role ? [row.cells[n] ?? ''] : []))
      .filter((text) => text !== '')
      .join(' ');
  const today = dayOf(request.now);
  const read = (text: string) => readDateCell(text, request.order, today, request.zone);
  const date = read(cell('day'));
  // Where a column of its own holds the date, 8.30 is a clock.
  const readClock = (text: string): DateCell => {
    const found = read(text);
    return columns.of.includes('day') && !found.hasYear && found.clock === ''
      ? { day: null, hasYear: false, clock: text.normalize('NFKC').trim() }
      : found;
  };
  const start = readClock(cell('start'));
  const end = readClock(cell('end'));
  const given = start.day ?? date.day;
  const day = given ?? above;
  const text = cleaned(cell('text'));
  const refused = (reason: RefusalReason): ReadRow => ({
    item: { uid: null, recurrenceId: null, day, text: text.text, line: row.line, reason },
    day,
    given,
  });
  if (day === null) return refused('DATE_UNREAD');
  const notices: Notice[] = [];
  if (given !== null && !(start.day === null ? date : start).hasYear)
    notices.push(notice('YEAR_ASSUMED', row.line, start.day === null ? cell('day') : cell('start')));
  if (row.fault !== null) notices.push(notice(row.fault, row.line));
  if (text.text === '') notices.push(notice('TEXT_MISSING', row.line));
  if (text.wasCleaned) notices.push(notice('TEXT_CLEANED', row.line));
  const clock = start.day === null && start.clock === '' ? date.clock : start.clock;
  const category = categoryOf(cell('category'), request.categories);
  if (category === null && cell('category') !== '')
    notices.push(notice('CATEGORY_UNKNOWN', row.line, cell('category')));
  if (codePointLength(text.text) > longest.text) return refused('TEXT_TOO_LONG');
  const said = {
    uid: null,
    recurrenceId: null,
    startInstant: null,
    endInstant: null,
    text: text.text,
    place: member('place', cell('place'), row.line, notices),
    detail: member('detail', cell('detail'), row.line, notices),
    category,
    threads: [],
    line: row.line,
  };
  if (clock === '' || isYes(cell('allDay'))) {
    const item = { ...said, allDay: true, day, start: civilAt(day, 0), end: civilAt(day + 1, 0) };
    return { item: { ...item, notices: [...notices, notice('ALL_DAY', row.line)] }, day, given };
  }
  const endDay = end.day ?? read(cell('endDay')).day;
  const span = readSpan(day, clock, end.clock, endDay, request.now);
  if (span === null) return refused('TIME_UNREAD');
  if (span.end !== null && span.end < span.start) return refused('END_BEFORE_START');
  const own = [
    ...(span.end === null ? [notice('NO_END', row.line)] : []),
    ...(span.end === span.start ? [notice('POINT', row.line)] : []),
    ...(span.asks === 'length' ? [notice('ASKS_LENGTH', row.line)] : []),
  ];
  const item = { ...said, allDay: false, day: workingDay(span.start), start: span.start, end: span.end };
  return { item: { ...item, notices: [...notices, ...own] }, day, given };
}

// Each cell as the quick-entry line reads it; a line that only names a day is the heading of those below.
function linesOf(rows: readonly Row[], column: number, { now, threads }: TableRequest): readonly (Item | Refused)[] {
  const text = rows.map(({ cells }) => (cells[column] ?? '').replaceAll('\n', ' ')).join('\n');
  return readText(text, { now, threads, nothingEndsNow: true }).flatMap(({ number, readings }) => {
    const line = rows[number - 1]?.line ?? number;
    return readings.map((reading): Item | Refused => {
      const said = { uid: null, recurrenceId: null, day: reading.day, text: reading.text, line };
      if (reading.start === null) return { ...said, reason: 'TIME_UNREAD' };
      const notices = [
        ...(reading.end === null ? [notice('NO_END', line)] : []),
        ...(reading.asks === 'day' ? [notice('ASKS_DAY', line)] : []),
        ...(reading.asks === 'length' ? [notice('ASKS_LENGTH', line)] : []),
        ...(reading.text === '' ? [notice('TEXT_MISSING', line)] : []),
      ];
      return {
        ...said,
        allDay: false,
        start: reading.start,
        end: reading.end,
        startInstant: null,
        endInstant: null,
        place: reading.place,
        detail: null,
        category: reading.category,
        threads: reading.threads,
        notices,
      };
    });
  });
}

function categoryOf(word: string, categories: readonly Category[]): string | null {
  const key = word.normalize('NFKC').trim().toLowerCase();
  return categories.find(({ id, zh, en }) => [id, zh, en].some((name) => name.toLowerCase() === key))?.id ?? null;
}

function isYes(word: string): boolean {
  return /^(?:true|yes|y|1|是|真)$/i.test(word.trim());
}
