/** Terms of office from a table (CSV as spreadsheets write it): read, and judged line by line against what is there. */
import * as v from 'valibot';
import { Day, prose } from '../api/field.ts';
import type { Term, Unit } from '../api/organisation.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { RowFault } from '../diary/calendar/notice.ts';
import { columnNamed, headedTable } from '../diary/calendar/table.ts';
import { formatDay, parseDay } from '../time/civil.ts';
import { dayWritten, termIdOf } from './unit-table.ts';

/** The columns with the headings by which each is known. */
const headings = {
  unit: ['unit', '单位编号', '单位'],
  post: ['post', '职务', '一把手职务'],
  from: ['from', '任期起', '任职日期'],
  to: ['to', '任期止', '离任日期'],
} as const;
export type OfficeColumn = keyof typeof headings;

export type OfficeProblem =
  | 'UNIT_UNKNOWN'
  | 'POST_INVALID'
  | 'DAY_INVALID'
  | 'DAY_ORDER'
  | 'TERM_TWICE'
  | 'TERMS_OVERLAP'
  | 'ID_TAKEN'
  | RowFault;

/** What a line comes to; `line` from 1, the heading included. `ends`: the running term that then ends the day before. Of one with problems
 *  the rest says nothing. */
export interface JudgedOffice {
  readonly line: number;
  readonly problems: readonly { readonly column: OfficeColumn; readonly code: OfficeProblem }[];
  readonly effect: 'add' | 'change' | 'same';
  readonly term: Term;
  readonly ends: Term | null;
}

/** Judges every line of a table against the units and terms there are and the lines before it. A day of end that is missing: the term lasts.
 *  Fails without the first three headings, or without any line. */
export function judgeOffices(
  text: string,
  known: { readonly units: readonly Unit[]; readonly terms: readonly Term[] },
): Result<readonly JudgedOffice[], 'COLUMNS_MISSING' | 'EMPTY'> {
  const table = headedTable(text);
  const { rows } = table;
  const at = (column: OfficeColumn): number => columnNamed(table, headings[column]);
  if (at('unit') < 0 || at('post') < 0 || at('from') < 0) return fail('COLUMNS_MISSING');
  if (rows.length === 0) return fail('EMPTY');
  const units = new Set(known.units.map(({ id }) => id));
  const terms = new Map(known.terms.map((term) => [term.id, term]));
  const seen = new Set<string>();
  return ok(
    rows.map(({ line, cells, fault }) => {
      const cell = (column: OfficeColumn) => cells[at(column)] ?? '';
      const [unit, post, from, end] = [cell('unit'), cell('post'), dayWritten(cell('from')), dayWritten(cell('to'))];
      const to = end === '' ? null : end;
      const problems: { column: OfficeColumn; code: OfficeProblem }[] = [];
      const wrong = (column: OfficeColumn, code: OfficeProblem) => problems.push({ column, code });
      const before = [...terms.values()].find((one) => one.unit === unit && one.from === from);
      const term: Term = { id: before?.id ?? termIdOf(unit, from), unit, post, from, to };
      const none = { line, problems, effect: 'add', term, ends: null } as const;
      if (fault !== null) {
        wrong('unit', fault);
        return none;
      }
      if (!units.has(unit)) wrong('unit', 'UNIT_UNKNOWN');
      if (!v.is(prose(80), post)) wrong('post', 'POST_INVALID');
      if (!isDay(from)) wrong('from', 'DAY_INVALID');
      if (to !== null && !isDay(to)) wrong('to', 'DAY_INVALID');
      else if (to !== null && to < from) wrong('to', 'DAY_ORDER');
      if (problems.length > 0) return none;
      if (seen.has(term.id)) wrong('from', 'TERM_TWICE');
      else if (before === undefined && terms.has(term.id)) wrong('unit', 'ID_TAKEN');
      seen.add(term.id);
      const others = [...terms.values()].filter((one) => one.unit === unit && one.id !== term.id);
      const running = others.find((one) => one.to === null && one.from < from);
      const ends = running === undefined ? null : { ...running, to: formatDay((parseDay(from) ?? 0) - 1) };
      if (
        others.some((one) => one !== running && (to === null || one.from <= to) && (one.to === null || one.to >= from))
      )
        wrong('from', 'TERMS_OVERLAP');
      if (problems.length > 0) return none;
      if (ends !== null) terms.set(ends.id, ends);
      terms.set(term.id, term);
      const isSame = before?.post === post && before.to === to;
      return { line, problems, effect: before === undefined ? 'add' : isSame ? 'same' : 'change', term, ends };
    }),
  );
}

const isDay = (text: string): boolean => v.is(Day, text) && parseDay(text) !== null;
