/** A table of text in cells (RFC 4180), with the separators and encodings that spreadsheets write. */
import { decodeText, type Encoding } from './decode.ts';
import type { Notice } from './notice.ts';

/** What stands between cells; null: the lines are not parted. */
export type Separator = ',' | ';' | '\t' | null;

/** A record; `line` is where it begins in the file, from 1. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
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
  let begun = 1;
  let line = 1;
  const endRow = () => {
    cells.push(cell.trim());
    if (cells.some((each) => each !== '')) rows.push({ line: begun, cells });
    cells = [];
    cell = '';
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
      } else quoted = false;
    } else if (sign === '"' && separator !== null && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (isEnd) {
      endRow();
      begun = line;
    } else if (sign === separator) {
      cells.push(cell.trim());
      cell = '';
    } else if (sign !== '\r') cell += sign;
  }
  endRow();
  return rows;
}
