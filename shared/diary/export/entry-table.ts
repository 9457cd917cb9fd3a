/** The entries of a journal as rows of a table. */
import type { EntryBody } from '../../api/journal.ts';
import type { ZoneOffset } from '../../time/civil.ts';
import type { Mode } from '../category.ts';
import { spanOf } from '../hours.ts';
import { type Exported, textIn } from './entries.ts';

/** Words of the table in its author's language. */
export interface TableWords {
  readonly columns: readonly [
    day: string,
    start: string,
    end: string,
    minutes: string,
    category: string,
    mode: string,
    text: string,
    place: string,
    threads: string,
    detail: string,
    thinking: string,
    result: string,
    next: string,
    held: string,
    lateInto: string,
    images: string,
    id: string,
  ];
  readonly category: (id: string) => string;
  readonly mode: Readonly<Record<Mode, string>>;
  readonly held: (hold: NonNullable<EntryBody['hold']>) => string;
  readonly enumeration: string;
}

/** Column names, then a row for each entry. Times as `2026-11-20 08:30`, which every spreadsheet reads; minutes are what passed in the zone. */
export function entryTable(
  entries: readonly Exported<EntryBody>[],
  modeOf: (body: EntryBody) => Mode | null,
  words: TableWords,
  offset: ZoneOffset,
): readonly (readonly string[])[] {
  return [words.columns, ...entries.map((entry) => rowOf(entry, modeOf(entry.body), words, offset))];
}

function rowOf(
  entry: Exported<EntryBody>,
  mode: Mode | null,
  words: TableWords,
  offset: ZoneOffset,
): readonly string[] {
  const { body, id } = entry;
  const { start, end } = spanOf(body, offset);
  const threads = (body.threads ?? []).map(({ name }) => name).join(words.enumeration);
  return [
    body.day,
    body.start.replace('T', ' '),
    body.end.replace('T', ' '),
    String(end - start),
    body.category === undefined ? '' : words.category(body.category),
    mode === null ? '' : words.mode[mode],
    textIn(entry, 'text'),
    textIn(entry, 'place'),
    threads,
    textIn(entry, 'detail'),
    textIn(entry, 'thinking'),
    textIn(entry, 'result'),
    textIn(entry, 'next'),
    body.hold === undefined ? '' : words.held(body.hold),
    body.lateFor === undefined ? '' : body.week,
    (body.images ?? []).map(({ alt }) => alt).join(words.enumeration),
    id,
  ];
}
