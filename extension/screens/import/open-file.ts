/** A chosen file made ready for reading; pure. */
import { fail, ok, type Result } from '../../../shared/base/result.ts';
import { type Columns, proposeColumns, proposeSeparator } from '../../../shared/diary/calendar/columns.ts';
import { decodeText } from '../../../shared/diary/calendar/decode.ts';
import { kindOf } from '../../../shared/diary/calendar/file-kind.ts';
import { readJournalItems } from '../../../shared/diary/calendar/journal-items.ts';
import type { FileReading } from '../../../shared/diary/calendar/reading.ts';
import {
  type Row,
  rowsOf,
  type Separator,
  separatorOf,
  type TableText,
  tableText,
} from '../../../shared/diary/calendar/table.ts';
import { type DateOrder, orderOf } from '../../../shared/diary/calendar/table-date.ts';
import type { JournalFileProblem } from '../../../shared/diary/journal-file.ts';
import type { CivilDay } from '../../../shared/time/civil.ts';
import { type Week, weekBefore, weekOf } from '../../../shared/time/week.ts';

export type OpenProblem = JournalFileProblem | 'NOT_TEXT' | 'TOO_LARGE';

/** How a table is cut and understood; its person may change it. `order` null: it must be asked, undefined: nothing depends on it. */
export interface Cut {
  readonly separator: Separator;
  readonly rows: readonly Row[];
  readonly columns: Columns;
  readonly order: DateOrder | null | undefined;
}

/** Weeks asked for, both included. */
export interface Weeks {
  readonly from: Week;
  readonly to: Week;
}

/** Of a calendar the weeks are asked for, because it may have no end; of the others all is read. */
export type Opened =
  | { readonly kind: 'calendar'; readonly name: string; readonly bytes: Uint8Array; readonly weeks: Weeks }
  | { readonly kind: 'table'; readonly name: string; readonly table: TableText; readonly cut: Cut }
  | { readonly kind: 'journal'; readonly name: string; readonly reading: FileReading };

const mostBytes = 50 * 1024 * 1024;

/** What a file is, or why it cannot be read; a calendar is first asked for last week and this one. */
export function openFile(name: string, bytes: Uint8Array, today: CivilDay): Result<Opened, OpenProblem> {
  if (bytes.length > mostBytes) return fail('TOO_LARGE');
  switch (kindOf(bytes)) {
    case 'calendar': {
      const week = weekOf(today);
      return ok({ kind: 'calendar', name, bytes, weeks: { from: weekBefore(week), to: week } });
    }
    case 'journal': {
      const reading = readJournalItems(decodeText(bytes)?.content ?? '');
      return reading.ok ? ok({ kind: 'journal', name, reading: reading.value }) : reading;
    }
    case 'table': {
      const table = tableText(bytes);
      return table === null ? fail('NOT_TEXT') : ok({ kind: 'table', name, table, cut: firstCut(table.text, today) });
    }
    case null:
      return fail('NOT_TEXT');
  }
}

/** The table cut anew, with the columns and the order of dates that then seem right. */
export function cutBy(text: string, separator: Separator, today: CivilDay): Cut {
  const rows = rowsOf(text, separator);
  const order = orderOf(rows.flatMap(({ cells }) => cells));
  return { separator, rows, columns: proposeColumns(rows, today), order };
}

function firstCut(text: string, today: CivilDay): Cut {
  return cutBy(
    text,
    proposeSeparator(text, (separator) => rowsOf(text, separator), separatorOf(text)),
    today,
  );
}
