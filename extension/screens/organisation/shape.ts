/** Settings as rows of text cells, as an editor shows them and a draft keeps them; pure. A setting that is one thing is one row. */
import * as v from 'valibot';
import { type DeskSettings, deskSettings } from '../../../shared/organisation/config.ts';
import { dateIn } from '../../../shared/organisation/day-file.ts';
import { mostGroups } from '../../../shared/organisation/plan.ts';
import { freeId, wordsIn } from '../../../shared/organisation/term-table.ts';
import type { Words } from '../../locales/use-words.ts';

export type Cells = Readonly<Record<string, string>>;

export interface Column {
  readonly key: string;
  readonly label: string;
  readonly hint?: string;
  /** `lines`: many lines; `tick`: yes where it is not empty. */
  readonly kind: 'text' | 'number' | 'lines' | 'select' | 'tick';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly required?: boolean;
}

/** Where a row cannot be what the setting needs. */
export interface Wrong {
  readonly row: number;
  readonly key: string;
}

/** How a setting becomes rows and back. `kind`: a list whose rows come and go, or fields of one row. */
export interface Shape<Name extends keyof DeskSettings> {
  readonly name: Name;
  readonly kind: 'list' | 'fields';
  readonly columns: readonly Column[];
  readonly rows: (value: DeskSettings[Name]) => readonly Cells[];
  /** The rows of a value as the server kept it. */
  readonly read: (given: unknown) => readonly Cells[];
  readonly value: (rows: readonly Cells[]) => { readonly value: unknown; readonly wrong: readonly Wrong[] };
  /** A new row of a list. */
  readonly blank: (rows: readonly Cells[]) => Cells;
  /** What a row is called. */
  readonly called: (cells: Cells) => string;
}

/** A shape that reads what the server kept. */
const shaped = <Name extends keyof DeskSettings>(
  parse: (given: unknown) => DeskSettings[Name],
  shape: Omit<Shape<Name>, 'read'>,
): Shape<Name> => ({ ...shape, read: (given) => shape.rows(parse(given)) });

const fieldsOnly = { kind: 'fields', blank: () => ({}), called: () => '' } as const;
const cell = (cells: Cells, key: string): string => cells[key]?.trim() ?? '';
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
const idsOf = (rows: readonly Cells[]): ReadonlySet<string> => new Set(rows.map((row) => cell(row, 'id')));

/** Required cells that are empty. */
function missing(rows: readonly Cells[], columns: readonly Column[]): Wrong[] {
  return rows.flatMap((row, n) =>
    columns.flatMap(({ key, required }) => (required === true && cell(row, key) === '' ? [{ row: n, key }] : [])),
  );
}

/** What the schema of a list finds wrong beyond empty cells. */
function checked(
  schema: v.GenericSchema,
  value: readonly unknown[],
  rows: readonly Cells[],
  columns: readonly Column[],
): { readonly value: unknown; readonly wrong: readonly Wrong[] } {
  const empty = missing(rows, columns);
  const parsed = v.safeParse(schema, value);
  if (parsed.success || empty.length > 0) return { value, wrong: empty };
  const found = parsed.issues.map(({ path }): Wrong => {
    const [at, member] = (path ?? []).map(({ key }) => key);
    const key = columns.find((column) => column.key === member)?.key ?? columns[0]?.key ?? '';
    return { row: typeof at === 'number' ? at : 0, key };
  });
  return { value, wrong: found };
}

export function categoriesShape(words: Words): Shape<'categories'> {
  const text = words.organisation;
  const columns: readonly Column[] = [
    { key: 'zh', label: text.column.zh, kind: 'text', required: true },
    { key: 'en', label: text.column.en, kind: 'text', required: true },
    {
      key: 'mode',
      label: text.column.mode,
      kind: 'select',
      options: [
        { value: '', label: text.byHow },
        ...Object.entries(words.domain.mode).map(([value, label]) => ({ value, label })),
      ],
    },
    { key: 'mark', label: text.column.mark, kind: 'text', required: true },
    { key: 'letter', label: text.column.letter, kind: 'text', required: true },
  ];
  return shaped(v.parser(deskSettings.categories), {
    name: 'categories',
    kind: 'list',
    columns,
    rows: (value) => value.map((row) => ({ ...row, mode: row.mode ?? '' })),
    value: (rows) => {
      const value = rows.map((row) => ({
        id: cell(row, 'id'),
        zh: cell(row, 'zh'),
        en: cell(row, 'en'),
        mode: cell(row, 'mode') === '' ? null : cell(row, 'mode'),
        mark: cell(row, 'mark'),
        letter: cell(row, 'letter'),
      }));
      const long = rows.flatMap((row, n) =>
        ['mark', 'letter'].flatMap((key) => ([...cell(row, key)].length > 1 ? [{ row: n, key }] : [])),
      );
      const { wrong } = checked(deskSettings.categories, value, rows, columns);
      return { value, wrong: [...wrong, ...long] };
    },
    blank: (rows) => ({ id: freeId('own', idsOf(rows)), zh: '', en: '', mode: '', mark: '', letter: '' }),
    called: (row) => cell(row, 'zh'),
  });
}

export function themesShape(words: Words): Shape<'themes'> {
  const text = words.organisation.column;
  const columns: readonly Column[] = [
    { key: 'zh', label: text.zh, kind: 'text', required: true },
    { key: 'en', label: text.en, kind: 'text', required: true },
  ];
  return shaped(v.parser(deskSettings.themes), {
    name: 'themes',
    kind: 'list',
    columns,
    rows: (value) => value.map((row) => ({ ...row })),
    value: (rows) =>
      checked(
        deskSettings.themes,
        rows.map((row) => ({ id: cell(row, 'id'), zh: cell(row, 'zh'), en: cell(row, 'en') })),
        rows,
        columns,
      ),
    blank: (rows) => ({ id: freeId('theme', idsOf(rows)), zh: '', en: '' }),
    called: (row) => cell(row, 'zh'),
  });
}

export function threadsShape(
  words: Words,
  themes: readonly { readonly value: string; readonly label: string }[],
): Shape<'threads'> {
  const text = words.organisation;
  const columns: readonly Column[] = [
    { key: 'name', label: text.column.name, kind: 'text', required: true },
    { key: 'aliases', label: text.column.aliases, kind: 'text' },
    {
      key: 'theme',
      label: text.column.theme,
      kind: 'select',
      options: [{ value: '', label: text.noTheme }, ...themes],
    },
    { key: 'incident', label: text.column.incident, kind: 'tick' },
  ];
  return shaped(v.parser(deskSettings.threads), {
    name: 'threads',
    kind: 'list',
    columns,
    rows: (value) =>
      value.map(({ id, name, aliases, theme, incident }) => ({
        id,
        name,
        aliases: aliases.join('、'),
        theme: theme ?? '',
        incident: incident ? '1' : '',
      })),
    value: (rows) =>
      checked(
        deskSettings.threads,
        rows.map((row) => ({
          id: cell(row, 'id'),
          name: cell(row, 'name'),
          aliases: wordsIn(cell(row, 'aliases')),
          theme: cell(row, 'theme') === '' ? null : cell(row, 'theme'),
          incident: cell(row, 'incident') !== '',
        })),
        rows,
        columns,
      ),
    blank: (rows) => ({ id: freeId('thread', idsOf(rows)), name: '', aliases: '', theme: '', incident: '' }),
    called: (row) => cell(row, 'name'),
  });
}

export function termsShape(words: Words): Shape<'termBase'> {
  const text = words.organisation.column;
  const columns: readonly Column[] = [
    { key: 'preferred', label: text.preferred, kind: 'text', required: true },
    { key: 'aliases', label: text.aliases, kind: 'text' },
    { key: 'definition', label: text.definition, kind: 'text' },
  ];
  return shaped(v.parser(deskSettings.termBase), {
    name: 'termBase',
    kind: 'list',
    columns,
    rows: (value) => value.map((row) => ({ ...row, aliases: row.aliases.join('、') })),
    value: (rows) =>
      checked(
        deskSettings.termBase,
        rows.map((row) => ({
          id: cell(row, 'id'),
          preferred: cell(row, 'preferred'),
          aliases: wordsIn(cell(row, 'aliases')),
          definition: cell(row, 'definition'),
        })),
        rows,
        columns,
      ),
    blank: (rows) => ({ id: freeId('t', idsOf(rows)), preferred: '', aliases: '', definition: '' }),
    called: (row) => cell(row, 'preferred'),
  });
}

export function secrecyShape(words: Words): Shape<'secrecyWords'> {
  return shaped(v.parser(deskSettings.secrecyWords), {
    ...fieldsOnly,
    name: 'secrecyWords',
    columns: [{ key: 'words', label: words.organisation.column.words, kind: 'lines' }],
    rows: (value) => [{ words: value.join('\n') }],
    value: ([row = {}]) => {
      const value = [...new Set(linesOf(cell(row, 'words')))];
      return { value, wrong: v.is(deskSettings.secrecyWords, value) ? [] : [{ row: 0, key: 'words' }] };
    },
  });
}

export function moderationShape(words: Words): Shape<'moderation'> {
  const text = words.organisation;
  return shaped(v.parser(deskSettings.moderation), {
    ...fieldsOnly,
    name: 'moderation',
    columns: [{ key: 'reviewFirst', label: text.column.reviewFirst, hint: text.reviewFirstHint, kind: 'tick' }],
    rows: ({ reviewFirst }) => [{ reviewFirst: reviewFirst ? '1' : '' }],
    value: ([row = {}]) => ({ value: { reviewFirst: cell(row, 'reviewFirst') !== '' }, wrong: [] }),
  });
}

export function deadlinesShape(words: Words): Shape<'deadlines'> {
  const text = words.organisation;
  const columns = Object.entries(text.deadline).map(
    ([key, label]): Column => ({ key, label, kind: 'number', required: true }),
  );
  return shaped(v.parser(deskSettings.deadlines), {
    ...fieldsOnly,
    name: 'deadlines',
    columns,
    rows: (value) => [Object.fromEntries(Object.entries(value).map(([key, number]) => [key, String(number)]))],
    value: ([row = {}]) => {
      const value = Object.fromEntries(columns.map(({ key }) => [key, Number(cell(row, key))]));
      const parsed = v.safeParse(deskSettings.deadlines, value);
      const found = parsed.success ? [] : parsed.issues.map(({ path }) => ({ row: 0, key: String(path?.[0]?.key) }));
      return { value, wrong: [...missing([row], columns), ...found] };
    },
  });
}

export function calendarShape(words: Words): Shape<'calendar'> {
  const text = words.organisation;
  return shaped(v.parser(deskSettings.calendar), {
    ...fieldsOnly,
    name: 'calendar',
    columns: [
      { key: 'holidays', label: text.column.holidays, hint: text.dayHint, kind: 'lines' },
      { key: 'makeUpWorkdays', label: text.column.makeUpWorkdays, hint: text.dayHint, kind: 'lines' },
      { key: 'hours', label: text.column.hours, hint: text.hoursHint, kind: 'lines', required: true },
      { key: 'receiptCutoff', label: text.column.receiptCutoff, kind: 'text', required: true },
    ],
    rows: ({ holidays, makeUpWorkdays, hours, receiptCutoff }) => [
      {
        holidays: holidays.map(({ date }) => date).join('\n'),
        makeUpWorkdays: makeUpWorkdays.map(({ date }) => date).join('\n'),
        hours: hours.map((span) => span.join('-')).join('\n'),
        receiptCutoff,
      },
    ],
    value: ([row = {}]) => {
      const days = (key: string) => [...new Set(linesOf(cell(row, key)).map((line) => dateIn(line) ?? line))].sort();
      const value = {
        holidays: days('holidays'),
        makeUpWorkdays: days('makeUpWorkdays'),
        hours: linesOf(cell(row, 'hours')).map((line) => line.split(/\s*[-–—~至]\s*/)),
        receiptCutoff: cell(row, 'receiptCutoff'),
      };
      const notDates = ['holidays', 'makeUpWorkdays'].filter((key) => days(key).some((day) => dateIn(day) === null));
      const parsed = v.safeParse(deskSettings.calendar, value);
      const found = parsed.success ? [] : parsed.issues.map(({ path }) => String(path?.[0]?.key));
      return { value, wrong: [...new Set([...notDates, ...found])].map((key) => ({ row: 0, key })) };
    },
  });
}

/** One field for each unit: in which group it writes. Turns of units that are gone are dropped with the next change. */
export function planShape(
  words: Words,
  units: readonly { readonly id: string; readonly label: string }[],
): Shape<'plan'> {
  const text = words.plan;
  const groups = Array.from({ length: mostGroups }, (_, n) => ({ value: String(n + 1), label: text.groupOf(n + 1) }));
  const options = [{ value: '', label: text.eachWeek }, ...groups];
  return shaped(v.parser(deskSettings.plan), {
    ...fieldsOnly,
    name: 'plan',
    columns: units.map(({ id, label }) => ({ key: id, label, kind: 'select', options })),
    rows: (value) => [Object.fromEntries(value.map(({ id, group }) => [id, String(group)]))],
    value: ([row = {}]) => ({
      value: units.flatMap(({ id }) => (cell(row, id) === '' ? [] : [{ id, group: Number(cell(row, id)) }])),
      wrong: [],
    }),
  });
}
