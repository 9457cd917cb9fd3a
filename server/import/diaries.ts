/** Diaries out of the rows of an old record, by its mapping: one for each unit and week. Pure. */
import * as v from 'valibot';
import type { Mode } from '../../shared/api/organisation.ts';
import { ImportedItem } from '../../shared/api/published.ts';
import { ok } from '../../shared/base/result.ts';
import { formatDay, formatMinute } from '../../shared/time/civil.ts';
import type { Week } from '../../shared/time/week.ts';
import { columnsOf, type Field, type Mapping } from './mapping.ts';
import { type Read, type RowProblem, shown, wrong } from './row-problem.ts';
import type { SourceRow, SourceRows } from './source-rows.ts';
import { type Here, type Times, timesOf } from './times.ts';

/** `draw`: what stands in place of one, `i-<source>-<week>`. */
export interface MadeDiary {
  readonly draw: string;
  readonly unit: string;
  readonly week: Week;
  readonly zone: string;
  readonly items: readonly ImportedItem[];
}

export interface Made {
  /** By week, then unit. */
  readonly diaries: readonly MadeDiary[];
  readonly unreadable: readonly { readonly line: number; readonly code: RowProblem; readonly at: string }[];
  /** Rows that the mapping leaves out, and rows that say of an entry what another has said. */
  readonly skipped: number;
  readonly repeated: number;
}

/** What the organisation has: ids of units, and the mode of each category. `zone`: of the times. */
export interface Known extends Here {
  readonly units: ReadonlySet<string>;
  readonly modes: ReadonlyMap<string, Mode | null>;
  readonly zone: string;
}

/** Items of one diary at most, as in a seal (verification.md 4). */
const mostItems = 500;

/** Columns that the mapping names and no row has, or the heading has twice. */
export function unclearColumns(
  { rows, twice }: Pick<SourceRows, 'rows' | 'twice'>,
  mapping: Mapping,
): { readonly missing: readonly string[]; readonly twice: readonly string[] } {
  const there = new Set(rows.flatMap(({ cells }) => [...cells.keys()]));
  const named = columnsOf(mapping);
  return { missing: named.filter((name) => !there.has(name)), twice: named.filter((name) => twice.includes(name)) };
}

/** Reads every row. Rows of one unit, day, time, text, place and category are one entry: their details stand under one another. */
export function makeDiaries(rows: readonly SourceRow[], mapping: Mapping, known: Known): Made {
  const unreadable: Made['unreadable'][number][] = [];
  const entries = new Map<
    string,
    { readonly read: ReadRow; readonly lines: number[]; readonly details: Set<string> }
  >();
  let [skipped, repeated] = [0, 0];
  for (const row of rows) {
    if (row.fault !== null) {
      unreadable.push({ line: row.line, code: row.fault, at: '' });
      continue;
    }
    if (mapping.skip.some(({ column, equals }) => row.cells.get(column) === equals)) {
      skipped += 1;
      continue;
    }
    const read = readRow(row, mapping, known);
    if (!read.ok) {
      unreadable.push({ line: row.line, ...read.problem });
      continue;
    }
    const { line, unit, week, day, start, end, text, place, category, detail } = read.value;
    const key = JSON.stringify([unit, week, day, start, end, text, place, category]);
    const same = entries.get(key);
    if (same === undefined)
      entries.set(key, { read: read.value, lines: [line], details: new Set(detail === '' ? [] : [detail]) });
    else {
      repeated += 1;
      same.lines.push(line);
      if (detail !== '') same.details.add(detail);
    }
  }
  const groups = Map.groupBy(entries.values(), ({ read: { unit, week } }) => `${week} ${unit}`);
  const diaries: MadeDiary[] = [];
  for (const [, group] of [...groups].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const own = group.sort((a, b) => orderOf(a.read) - orderOf(b.read));
    const [first] = own;
    if (first === undefined) continue;
    const leaveOut = (lines: readonly number[], code: RowProblem, at: string) =>
      unreadable.push(...lines.map((line) => ({ line, code, at: shown(at) })));
    for (const { read, lines } of own.slice(mostItems)) leaveOut(lines, 'TOO_MANY', read.week);
    const { unit, week } = first.read;
    const items = own.slice(0, mostItems).flatMap(({ read, lines, details }) => {
      const item = v.safeParse(ImportedItem, itemOf(read, [...details].join('\n'), known));
      if (!item.success) leaveOut(lines, 'TOO_LONG', read.text);
      return item.success ? [item.output] : [];
    });
    if (items.length > 0)
      diaries.push({ draw: `i-${mapping.source.id}-${week.toLowerCase()}`, unit, week, zone: known.zone, items });
  }
  return { diaries, unreadable: unreadable.sort((a, b) => a.line - b.line), skipped, repeated };
}

interface ReadRow extends Times {
  readonly line: number;
  readonly unit: string;
  readonly text: string;
  readonly place: string;
  readonly detail: string;
  readonly category: string;
}

function readRow({ line, cells }: SourceRow, mapping: Mapping, known: Known): Read<ReadRow> {
  const cell = (column: string): string => {
    const text = cells.get(column) ?? '';
    return mapping.blank.includes(text) ? '' : text;
  };
  const said = (field: Field | undefined): string => (field === undefined ? '' : fieldOf(field, cell));
  const unit = said(mapping.unit);
  if (!known.units.has(unit)) return wrong('UNIT_UNKNOWN', unit);
  const text = said(mapping.text);
  if (text === '') return wrong('TEXT_MISSING', '');
  const category = said(mapping.category);
  if (category !== '' && !known.modes.has(category)) return wrong('CATEGORY_UNKNOWN', category);
  const when = timesOf(mapping, cell, known);
  if (!when.ok) return when;
  return ok({ line, unit, ...when.value, text, place: said(mapping.place), detail: said(mapping.detail), category });
}

function fieldOf(
  { column, columns, join, constant, map, else: other, tidy }: Field,
  cell: (name: string) => string,
): string {
  const found =
    constant ??
    (columns ?? [column ?? ''])
      .map(cell)
      .filter((text) => text !== '')
      .join(join);
  const plain = tidy ? found.replace(/\s+/g, ' ').trim() : found.replace(/\r\n?/g, '\n').trim();
  return map === undefined ? plain : ((Object.hasOwn(map, plain) ? map[plain] : other) ?? plain);
}

/** Timed entries of a day by their start, those without a time behind them, those without a day last. */
const orderOf = ({ day, start }: ReadRow): number =>
  day === null ? Number.MAX_SAFE_INTEGER : start === null ? day * 1440 + 2879 : Math.min(start, day * 1440 + 2878);

function itemOf(read: ReadRow, detail: string, { modes }: Known): unknown {
  const { day, start, end, category, text, place } = read;
  const mode = modes.get(category) ?? null;
  return {
    kind: 'entry',
    ...(day !== null && { day: formatDay(day) }),
    ...(start !== null && end !== null && { start: formatMinute(start), end: formatMinute(end) }),
    ...(category !== '' && { category }),
    ...(mode !== null && { mode }),
    item: { text, ...(place !== '' && { place }), ...(detail !== '' && { detail }) },
  };
}
