/** The term base as a table (CSV): written for spreadsheets, and read back. */
import type { PreferredTerm } from '../api/organisation.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { RowFault } from '../diary/calendar/notice.ts';
import { columnNamed, headedTable } from '../diary/calendar/table.ts';
import { csvOf } from '../diary/export/csv.ts';

const headings = {
  preferred: ['规范用语', '规范词', 'preferred', 'preferred term', 'term'],
  aliases: ['别名', '其他说法', 'aliases', 'alias'],
  definition: ['释义', '含义', 'definition', 'meaning'],
} as const;

/** The file; several aliases stand in one cell, parted by 、. */
export const termTable = (terms: readonly PreferredTerm[]): string =>
  csvOf([
    [headings.preferred[0], headings.aliases[0], headings.definition[0]],
    ...terms.map(({ preferred, aliases, definition }) => [preferred, aliases.join('、'), definition]),
  ]);

/** The words of a cell or a field, parted by 、, comma, semicolon, slash or line break. */
export const wordsIn = (text: string): string[] => [
  ...new Set(
    text
      .split(/[、,，;；|/\n]/)
      .map((word) => word.trim())
      .filter((word) => word !== ''),
  ),
];

/** The terms that come out when a table is taken into a term base: a preferred term that is known gets what the table says of it, a new one
 *  stands behind. Fails without the two headings, or without any line. */
export function takeTerms(
  known: readonly PreferredTerm[],
  text: string,
): Result<readonly PreferredTerm[], 'COLUMNS_MISSING' | 'EMPTY'> {
  const { rows, at } = termsIn(text);
  if (at('preferred') < 0 || at('aliases') < 0) return fail('COLUMNS_MISSING');
  const terms = new Map(known.map((term) => [term.preferred, term]));
  const ids = new Set(known.map(({ id }) => id));
  let taken = 0;
  for (const { cells } of rows) {
    const preferred = plain(cells[at('preferred')]);
    if (preferred === '') continue;
    taken += 1;
    const before = terms.get(preferred);
    const id = before?.id ?? freeId('t', ids);
    ids.add(id);
    const definition = at('definition') < 0 ? (before?.definition ?? '') : plain(cells[at('definition')]);
    terms.set(preferred, { id, preferred, aliases: wordsIn(plain(cells[at('aliases')])), definition });
  }
  return taken === 0 ? fail('EMPTY') : ok([...terms.values()]);
}

function termsIn(text: string) {
  const table = headedTable(text);
  return { rows: table.rows, at: (column: keyof typeof headings): number => columnNamed(table, headings[column]) };
}

/** A line of a table that `takeTerms` takes, and what is wrong in it: the setting would refuse the whole table for it, or the line would be lost
 *  without a word. `line` from 1, the heading included. */
export interface TermLine {
  readonly line: number;
  readonly preferred: string;
  readonly mistake: 'PREFERRED_MISSING' | 'PREFERRED_TWICE' | 'TERM_TOO_LONG' | RowFault | null;
}

/** Every line of a table. */
export function termLines(text: string): readonly TermLine[] {
  const { rows, at } = termsIn(text);
  const seen = new Set<string>();
  return rows.map(({ line, cells, fault }) => {
    const cell = (column: keyof typeof headings) => plain(cells[at(column)]);
    const preferred = cell('preferred');
    const isTwice = seen.has(preferred);
    seen.add(preferred);
    const words = [preferred, cell('definition'), ...wordsIn(cell('aliases'))];
    const mistake =
      fault ??
      (preferred === ''
        ? 'PREFERRED_MISSING'
        : isTwice
          ? 'PREFERRED_TWICE'
          : words.some((word) => word.length > longestTerm)
            ? 'TERM_TOO_LONG'
            : null);
    return { line, preferred, mistake };
  });
}

/** As the setting has it (config.ts). */
const longestTerm = 200;

/** The first id of `<prefix><number>` that is free. */
export function freeId(prefix: string, taken: ReadonlySet<string>): string {
  let n = taken.size + 1;
  while (taken.has(`${prefix}${n}`)) n += 1;
  return `${prefix}${n}`;
}

/** A cell without the apostrophe that `csvOf` puts before what a spreadsheet would run. */
const plain = (cell: string | undefined): string => (cell ?? '').replace(/^'(?=[=+\-@＝＋－＠])/, '').trim();
