/** Words of `sundial import`, in English. */
import { notice as notices, refusal } from '../../../shared/locales/calendar-en.ts';
import { many } from '../../../shared/locales/plain-en.ts';
import type { ImportWords } from '../zh/import.ts';

const shape = {
  CELLS_TOO_MANY: 'It has more cells than there are headings: text with commas stands in quotes',
  QUOTE_BROKEN: 'A quote is never closed, or text follows it, and lines below may have run into this one: correct it',
};

export const imports: ImportWords = {
  usage: `Usage:
  sundial import units FILE.csv [--apply] [--json]             units (id, kind, name; post and term from as well)
  sundial import terms-of-office FILE.csv [--apply] [--json]   terms of office (unit, post, from, to)
  sundial import terms FILE.csv [--apply] [--json]             term base (preferred, aliases, definition)
  sundial import diaries FILE --mapping MAP.json [--leave-unreadable] [--apply] [--json]   old diaries (CSV, JSON, ICS)
  sundial import diaries --remove SOURCE [--apply] [--json]    takes the diaries of a source out again
  sundial import --dry-run [--json] FILE.ics [--weeks 2015-W28,2015-W30..2015-W31] [--zone Asia/Shanghai]

Without --apply it lists what would be done; with it a table is written as a whole or not at all, and old
diaries in parts: broken off, the same command goes on from there and ends the same. Tables are UTF-8 or GB 18030.
Old diaries are published by week, marked everywhere as imported and not sealed; docs/import/README.md says what a mapping may have.
A calendar is only read: it lists what the extension would offer to the author, who imports on their device. Without --weeks: last week and
this week. Exit codes: 0 done, 1 mistakes in the file, 2 wrong usage.`,
  onlyDryRun:
    'Add --dry-run. A journal is imported by its author in the extension; the server can only show what is in a file.',
  zoneUnknown: (zone) => `There is no zone “${zone}”. Write it like Asia/Shanghai.`,
  weeksUnread: (weeks, most) =>
    `“${weeks}” names no weeks. Write 2015-W28,2015-W29 or 2015-W28..2015-W30, at most ${most} weeks.`,
  unreadable: (file) => `${file} cannot be opened. Check the path.`,
  noCalendar: (file) => `${file} is no calendar file (.ics).`,
  allDay: 'all day',
  refused: 'left out',
  refusal,
  notice: 'notice',
  line: (number) => `line ${number}`,
  member: (number) => `item ${number}`,
  notText: (file) => `${file} is in no encoding that is known here. Save it as CSV in UTF-8.`,
  encoding: (encoding) => `Read as ${encoding}: see whether the text looks right.`,
  columns: {
    units: 'id, kind, zh',
    'terms-of-office': 'unit, post, from',
    terms: 'preferred, aliases',
  },
  table: {
    COLUMNS_MISSING: (columns) => `The first line must have these headings: ${columns}.`,
    EMPTY: (columns) => `The table is empty. The first line has the headings (${columns}), each line below one thing.`,
  },
  effect: { add: 'new', change: 'changed', same: 'unchanged', absent: 'still public' },
  mistake: {
    ID_INVALID: 'An id has lower-case letters, digits and hyphens only, at most 32.',
    ID_RESERVED: 'This id is kept for roles (org, rev, mod, aud, h-…): take another.',
    ID_TWICE: 'This id stands twice in the table: keep one line.',
    KIND_UNKNOWN: 'No such kind. Write department, functionalZone, subdistrict, soe or institution.',
    NAME_MISSING: 'The name is missing: fill it in.',
    NAME_TOO_LONG: 'The name is longer than 200 characters: shorten it.',
    POST_AND_DAY: 'Fill in both post and first day, or neither.',
    POST_INVALID: 'A post has 1 to 80 characters and no control characters.',
    DAY_INVALID: 'Write a day like 2026-01-05; it must exist.',
    DAY_ORDER: 'The term ends before it begins: correct it.',
    TERMS_OVERLAP: 'It overlaps another term of the same unit: change the days.',
    TERM_TWICE: 'Two terms of this unit begin on the same day in the table: keep one line.',
    CELLS_TOO_MANY: `${shape.CELLS_TOO_MANY}.`,
    QUOTE_BROKEN: `${shape.QUOTE_BROKEN}.`,
    ID_TAKEN: 'A term of another unit has the same id: give the unit a shorter id, or add the term at the desk.',
    UNIT_UNKNOWN: 'No such unit. Import units first: sundial import units.',
    PREFERRED_MISSING: 'The preferred term is missing: fill it in, or take the line out.',
    PREFERRED_TWICE: 'This preferred term stands twice in the table: make it one line.',
    TERM_TOO_LONG: 'A word or definition is longer than 200 characters: shorten it.',
  },
  tableCounted: (add, change, same, wrong) => `${add} new, ${change} changed, ${same} unchanged, ${wrong} mistakes.`,
  onlyPreview: 'This is a preview; nothing was written. When it is right, run it again with --apply.',
  written: 'Everything was written.',
  writtenBut: (left) => `Written; ${many(left, 'line')} named above ${left === 1 ? 'was' : 'were'} left out.`,
  broughtIn: (done, all) =>
    done < all
      ? `${done} of ${all} diaries are in. If it breaks off here, run the same command again and it goes on.`
      : `All ${all} diaries are in; the search is being made ready.`,
  nothingToDo: 'All of it is there already; nothing to write.',
  nothingWritten: 'Nothing was written. Correct the lines above and run it again.',
  refusedLate: (code) => `The server did not take it (${code}); nothing was written. Run the preview again.`,
  mappingUnread: (file, at, reason) =>
    `The mapping ${file} cannot be used: ${at === '' ? '' : `${at}: `}${reason}. Correct it by docs/import/README.md.`,
  mapping: {
    NOT_JSON: 'it is not valid JSON',
    MISSING: 'it is missing',
    UNKNOWN: 'there is no such member',
    INVALID: 'it is written wrongly',
    SOURCE_ID: '1 to 16 lower-case letters, digits and hyphens',
    ZONE_UNKNOWN: 'there is no such zone',
    ONE_OF_COLUMN_COLUMNS_CONSTANT: 'give one of column, columns and constant, and only one',
  },
  notices,
  fileProblem: {
    NOT_TEXT: (file) => `${file} is in no encoding that is known here. Save it in UTF-8.`,
    NOT_JSON: (file) => `${file} is not valid JSON.`,
    NO_LIST: (file) => `There is no list in ${file} where the mapping looks. Name its place in \`rows\`.`,
    DAYS_MISSING: () =>
      'A calendar is read for certain days: give the mapping `days`, like {"from":"2019-01-01","to":"2019-12-31"}, at most a hundred years.',
    EMPTY: (file) => `${file} is empty.`,
  },
  columnsUnknown: (columns) => `The file has no such columns: ${columns}. Correct the mapping.`,
  columnsTwice: (columns) => `Several columns have the same heading: ${columns}. Give them different ones in the file.`,
  comma: ', ',
  row: {
    UNIT_UNKNOWN: 'No such unit: import units first, or name the id in unit.map',
    DAY_UNREADABLE: 'The day cannot be read: compare the format in the mapping',
    DAY_FUTURE: 'The day is still to come, which no old record tells of: check the year',
    DAY_OUTSIDE: 'The day is outside those of the mapping, perhaps a slip of the record',
    TIME_UNREADABLE: 'The time cannot be read: compare the format in the mapping',
    TIME_ORDER: 'It ends before it begins, or lasts more than a day',
    START_MISSING: 'It has an end and no start',
    TEXT_MISSING: 'There is no text',
    TOO_LONG: 'Text, place or the joined details are too long, or have control characters',
    CATEGORY_UNKNOWN: 'No such category: name the id in category.map',
    TOO_MANY: 'This week has 500 entries; this one is left out',
    ROW_REFUSED: 'This item of the calendar cannot be read',
    CELL_NOT_TEXT: 'A member that the mapping uses is no text or number',
    ...shape,
  },
  entries: (count) => many(count, 'entry', 'entries'),
  diariesCounted: (add, change, same, wrong) =>
    `${add} new diaries, ${change} changed, ${same} unchanged, ${wrong} lines unreadable.`,
  rowsCounted: (repeated, skipped) => `${repeated} repeated lines were joined, ${skipped} left out by the mapping.`,
  sourceRenamed:
    'Name, address or licence of the source differ from what is public, and are brought up to date as well.',
  absent: (count) =>
    `${count} diaries of this source are not in the file and stay public; to take them out use --remove, then import again.`,
  unreadableFirst: 'Nothing was written. Correct the lines above, or leave them out with --leave-unreadable.',
  sourceUnknown: (source) => `Nothing was imported from “${source}”.`,
  wouldRemove: (source, count) => `${count} diaries of “${source}” would be taken out. Add --apply to do it.`,
  removed: (source, count) => `${count} diaries of “${source}” were taken out.`,
  counted: (items, refused, notices) => `${items} items, ${refused} left out, ${notices} notices.`,
};
