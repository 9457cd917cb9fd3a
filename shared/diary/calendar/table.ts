/** A table of text in cells (RFC 4180), with the separators and encodings that spreadsheets write. */
import { decodeText, type Encoding } from './decode.ts';
import type { Notice, RowFault } from './notice.ts';

/** What stands between cells; null: the lines are not parted. */
export type Separator = ',' | ';' | '\t' | null;

/** A record; `line` is where it begins in the file, from 1. `isBroken`: a quote in it is never closed, or text follows one that was, so that
 *  lines below may have run into its cells. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
  readonly isBroken: boolean;
}

/** A record and why its cells cannot be those of their columns, null where they can. */
export interface JudgedRow extends Row {
  readonly fault: RowFault | null;
}

/** A table whose first record has the headings. */
export interface HeadedTable {
  readonly names: readonly string[];
  readonly rows: readonly JudgedRow[];
}

/** An empty cell too many tells that others have moved, unless every record ends with one. */
export function headed([head, ...body]: readonly Row[]): HeadedTable {
  const names = head?.cells ?? [];
  const width = body.reduce((least, { cells }) => Math.min(least, cells.length), Number.POSITIVE_INFINITY);
  const isWide = ({ cells }: Row) =>
    cells.length > Math.max(names.length, width) || cells.slice(names.length).some((cell) => cell !== '');
  return {
    names,
    rows: unheaded(body).map((row) => (isWide(row) ? { ...row, fault: row.fault ?? 'CELLS_TOO_MANY' } : row)),
  };
}

/** Records without headings: only a quote can be wrong in them. */
export const unheaded = (rows: readonly Row[]): readonly JudgedRow[] =>
  rows.map((row) => ({ ...row, fault: row.isBroken ? 'QUOTE_BROKEN' : null }));

/** A text as a table with headings. */
export const headedTable = (text: string): HeadedTable => headed(rowsOf(text, separatorOf(text)));

/** Where the column stands that has one of these lower-case headings; -1 where none has. */
export const columnNamed = ({ names }: HeadedTable, headings: readonly string[]): number =>
  names.findIndex((name) => headings.includes(name.toLowerCase()));

export interface TableText {
  readonly encoding: Encoding;
  readonly text: string;
  readonly notices: readonly Notice[];
}

/** The text of a table; null where its encoding is not known. */
export function tableText(bytes: Uint8Array): TableText | null {
  const decoded = decodeText(bytes);
  return decoded === null ? null : { encoding: decoded.encoding, text: decoded.content, notices: decoded.notices };
}

/** The separator that parts the first records into most columns of one number; null where none parts them. */
export function separatorOf(text: string): Separator {
  const head = text.slice(0, 100_000);
  let best: { readonly separator: Separator; readonly score: number } = { separator: null, score: 0 };
  for (const separator of ['\t', ';', ','] as const) {
    const counts = rowsOf(head, separator)
      .slice(0, 50)
      .map(({ cells }) => cells.length);
    const width = [...counts].sort((a, b) => a - b)[Math.floor(counts.length / 2)] ?? 1;
    const alike = counts.filter((count) => count === width).length / Math.max(1, counts.length);
    const score = width < 2 || alike < 0.6 ? 0 : width * alike;
    if (score > best.score) best = { separator, score };
  }
  return best.separator;
}

/** The records of a text, blank ones left out, their cells without outer blanks. A quote that is never closed ends with the file. */
export function rowsOf(text: string, separator: Separator): readonly Row[] {
  const rows: Row[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let closed = false;
  let isBroken = false;
  let begun = 1;
  let line = 1;
  const endCell = () => {
    cells.push(cell.trim());
    cell = '';
    closed = false;
  };
  const endRow = () => {
    isBroken ||= quoted;
    endCell();
    if (isBroken || cells.some((each) => each !== '')) rows.push({ line: begun, cells, isBroken });
    cells = [];
    isBroken = false;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    const isEnd = sign === '\n' || (sign === '\r' && text[at + 1] !== '\n');
    if (isEnd) line += 1;
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else {
        quoted = false;
        closed = true;
      }
    } else if (sign === '"' && separator !== null && !closed && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (isEnd) {
      endRow();
      begun = line;
    } else if (sign === separator) {
      endCell();
    } else if (sign !== '\r') {
      isBroken ||= closed && sign.trim() !== '';
      cell += sign;
    }
  }
  endRow();
  return rows;
}
