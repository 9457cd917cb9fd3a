/** What a mapping may say (docs/import/README.md): which columns of an old record become which members of a diary. */
import * as v from 'valibot';
import { Day } from '../../shared/api/field.ts';
import { Words } from '../../shared/api/organisation.ts';
import { zoneOffset } from '../../shared/time/civil.ts';

const text = v.pipe(v.string(), v.maxLength(300));
const column = v.pipe(text, v.minLength(1));

/** A text out of a row: of one column, of several joined, or always the same. `map` turns what stands there into something else, `else` is taken
 *  for what `map` does not name; `tidy` makes every run of blanks and line breaks one blank. */
const Field = v.pipe(
  v.strictObject({
    column: v.optional(column),
    columns: v.optional(v.pipe(v.array(column), v.minLength(1))),
    join: v.optional(text, '\n'),
    constant: v.optional(v.string()),
    map: v.optional(v.record(v.string(), v.string())),
    else: v.optional(v.string()),
    tidy: v.optional(v.boolean(), false),
  }),
  v.check(
    ({ column: one, columns, constant }) =>
      [one, columns, constant].filter((given) => given !== undefined).length === 1,
    'ONE_OF_COLUMN_COLUMNS_CONSTANT',
  ),
);
export type Field = v.InferOutput<typeof Field>;

/** A day or time in a column: YYYY, MM or M, DD or D, MMM (Jan to Dec), hh or h, mm, ss, ZZ (`Z` or an offset); every other sign stands for
 *  itself. */
const When = v.strictObject({ column, format: v.pipe(text, v.minLength(1)) });
export type When = v.InferOutput<typeof When>;

export const Mapping = v.strictObject({
  $schema: v.optional(v.string()),
  source: v.strictObject({
    id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{1,16}$/, 'SOURCE_ID')),
    name: v.strictObject(Words.entries),
    address: v.optional(v.nullable(text), null),
    licence: v.optional(v.nullable(text), null),
  }),
  format: v.picklist(['csv', 'json', 'ics']),
  /** Names of the members that lead to the list of a JSON file; none: the file is the list. */
  rows: v.optional(v.array(v.string()), []),
  /** Of the times in the file; none: the organisation's. */
  zone: v.optional(
    v.pipe(
      v.string(),
      v.check((zone) => zoneOffset(zone) !== null, 'ZONE_UNKNOWN'),
    ),
  ),
  /** What stands in a cell that is empty. */
  blank: v.optional(v.array(v.string()), []),
  /** The first and the last day that can be; of a calendar, what is read. */
  days: v.optional(v.strictObject({ from: Day, to: Day })),
  /** Rows that are left out without a word. */
  skip: v.optional(v.array(v.strictObject({ column, equals: v.string() })), []),
  /** Gives the id of a unit. */
  unit: Field,
  day: v.optional(When),
  /** A day of the week that the entry belongs to, where the day itself is not known. */
  week: v.optional(When),
  start: v.optional(When),
  end: v.optional(When),
  /** Both times in one column, `09:00-10:30`. */
  span: v.optional(v.strictObject({ column, separator: v.pipe(v.string(), v.minLength(1)) })),
  text: Field,
  place: v.optional(Field),
  detail: v.optional(Field),
  /** Gives the id of a category. */
  category: v.optional(Field),
});
export type Mapping = v.InferOutput<typeof Mapping>;

/** The columns that a mapping names, each once. */
export function columnsOf(mapping: Mapping): readonly string[] {
  const { unit, text, place, detail, category, day, week, start, end, span, skip } = mapping;
  const fields = [unit, text, place, detail, category].flatMap((field) => field?.columns ?? field?.column ?? []);
  const others = [day, week, start, end, span, ...skip].flatMap((one) => one?.column ?? []);
  return [...new Set([...fields, ...others])];
}
