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

/** What judges the records below the first, which has the headings: why the cells of one cannot be those under them, null where they can. An
 *  empty cell too many tells that others have moved, unless every record ends with one. */
export function faultsUnder([head, ...body]: readonly Row[]): (row: Row) => RowFault | null {
  const named = head?.cells.length ?? 0;
  const width = body.reduce((least, { cells }) => Math.min(least, cells.length), Number.POSITIVE_INFINITY);
  return ({ cells, isBroken }) => {
    if (isBroken) return 'QUOTE_BROKEN';
    const isWide = cells.length > Math.max(named, width) || cells.slice(named).some((cell) => cell !== '');
    return isWide ? 'CELLS_TOO_MANY' : null;
  };
}

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
