/** Units and heads from a table (CSV as spreadsheets write it): read, and judged line by line against what is there. */
import * as v from 'valibot';
import { Day, Id, prose } from '../api/field.ts';
import { type Term, type Unit, UnitKind } from '../api/organisation.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { RowFault } from '../diary/calendar/notice.ts';
import { columnNamed, headedTable } from '../diary/calendar/table.ts';
import { unitKind as enKinds } from '../locales/en.ts';
import { unitKind as zhKinds } from '../locales/zh.ts';
import { formatDay, parseDay } from '../time/civil.ts';
import { isActorLike } from './config.ts';

/** The columns with the headings by which each is known. */
const headings = {
  id: ['id', '编号', '单位编号'],
  kind: ['kind', '类别', '单位类别'],
  zh: ['zh', '名称', '中文名', '中文名称', '单位名称', 'chinese name'],
  en: ['en', '英文名', '英文名称', 'name', 'english name'],
  post: ['post', '职务', '一把手职务'],
  from: ['from', '任期起', '任职日期', 'term from'],
} as const;
export type UnitColumn = keyof typeof headings;

/** A line as it stands in the table; `post` and `from` empty where no term begins. */
export interface UnitLine extends Readonly<Record<UnitColumn, string>> {
  /** From 1, the heading included. */
  readonly line: number;
  /** Why its cells cannot be those of their columns. */
  readonly fault?: RowFault;
}

export type LineProblem =
  | 'ID_INVALID'
  | 'ID_RESERVED'
  | 'ID_TWICE'
  | 'KIND_UNKNOWN'
  | 'NAME_MISSING'
  | 'NAME_TOO_LONG'
  | 'POST_AND_DAY'
  | 'POST_INVALID'
  | 'DAY_INVALID'
  | 'TERMS_OVERLAP'
  | 'ID_TAKEN'
  | RowFault;

/** What a line comes to. Of one with problems the rest says nothing. */
export interface JudgedLine {
  readonly line: number;
  readonly cells: UnitLine;
  readonly problems: readonly { readonly column: UnitColumn; readonly code: LineProblem }[];
  readonly unit: Unit | null;
  readonly effect: 'add' | 'change' | 'same';
  /** The unit as it is now. */
  readonly before: Unit | null;
  /** The term that begins, and the one that ends the day before. */
  readonly begins: Term | null;
  readonly ends: Term | null;
}

/** The lines of a table. Fails without a heading for id, kind and Chinese name, or without any line. */
export function readUnitTable(text: string): Result<readonly UnitLine[], 'COLUMNS_MISSING' | 'EMPTY'> {
  const table = headedTable(text);
  const { rows } = table;
  const at = (column: UnitColumn): number => columnNamed(table, headings[column]);
  if (at('id') < 0 || at('kind') < 0 || at('zh') < 0) return fail('COLUMNS_MISSING');
  if (rows.length === 0) return fail('EMPTY');
  return ok(
    rows.map(({ line, cells, fault }) => {
      const cell = (column: UnitColumn) => cells[at(column)] ?? '';
      return {
        line,
        id: cell('id'),
        kind: cell('kind'),
        zh: cell('zh'),
        en: cell('en'),
        post: cell('post'),
        from: dayWritten(cell('from')),
        ...(fault !== null && { fault }),
      };
    }),
  );
}

/** Judges every line against the units and terms there are. The English name may be missing: then it is the Chinese one. */
export function judgeUnits(
  lines: readonly UnitLine[],
  known: { readonly units: readonly Unit[]; readonly terms: readonly Term[] },
): readonly JudgedLine[] {
  const units = new Map(known.units.map((unit) => [unit.id, unit]));
  const seen = new Set<string>();
  const holders = new Map(known.terms.map((term) => [term.id, term.unit]));
  return lines.map((cells) => {
    const { line, id, zh, post, from } = cells;
    if (cells.fault !== undefined) {
      const problems = [{ column: 'id', code: cells.fault }] as const;
      return { line, cells, problems, unit: null, effect: 'add', before: null, ...unchanged };
    }
    const problems: { column: UnitColumn; code: LineProblem }[] = [];
    const wrong = (column: UnitColumn, code: LineProblem) => problems.push({ column, code });
    const en = cells.en === '' ? zh : cells.en;
    const kind = kindNamed(cells.kind);
    if (!v.is(Id, id)) wrong('id', 'ID_INVALID');
    else if (isActorLike(id)) wrong('id', 'ID_RESERVED');
    else if (seen.has(id)) wrong('id', 'ID_TWICE');
    seen.add(id);
    if (kind === null) wrong('kind', 'KIND_UNKNOWN');
    if (zh === '') wrong('zh', 'NAME_MISSING');
    if (zh.length > 200) wrong('zh', 'NAME_TOO_LONG');
    if (en.length > 200) wrong('en', 'NAME_TOO_LONG');
    if ((post === '') !== (from === '')) wrong(post === '' ? 'post' : 'from', 'POST_AND_DAY');
    else if (post !== '' && !v.is(prose(80), post)) wrong('post', 'POST_INVALID');
    else if (from !== '' && (!v.is(Day, from) || parseDay(from) === null)) wrong('from', 'DAY_INVALID');
    const before = units.get(id) ?? null;
    const unit = kind === null ? null : { id, kind, name: { zh, en } };
    const change =
      problems.length > 0 || from === ''
        ? unchanged
        : termChange(
            known.terms.filter((term) => term.unit === id),
            { unit: id, post, from },
          );
    if (change === 'TERMS_OVERLAP') wrong('from', change);
    const { begins, ends } = change === 'TERMS_OVERLAP' ? unchanged : change;
    if (begins !== null && (holders.get(begins.id) ?? id) !== id) wrong('id', 'ID_TAKEN');
    else if (begins !== null) holders.set(begins.id, id);
    return { line, cells, problems, unit, effect: effectOf(before, unit), before, begins, ends };
  });
}

const unchanged = { begins: null, ends: null } as const;

/** A head who takes office: the term that begins, and the running one that then ends the day before. Nothing where the same term is there
 *  already. */
function termChange(
  own: readonly Term[],
  { unit, post, from }: Pick<Term, 'unit' | 'post' | 'from'>,
): { readonly begins: Term | null; readonly ends: Term | null } | 'TERMS_OVERLAP' {
  const same = own.find((term) => term.from === from);
  if (same !== undefined) return same.post === post ? unchanged : 'TERMS_OVERLAP';
  if (own.some((term) => term.from > from)) return 'TERMS_OVERLAP';
  const running = own.find((term) => term.from < from && (term.to === null || term.to >= from));
  const eve = formatDay((parseDay(from) ?? 0) - 1);
  return {
    begins: { id: termIdOf(unit, from), unit, post, from, to: null },
    ends: running === undefined ? null : { ...running, to: eve },
  };
}

/** The id of a term that begins in a unit on a day. */
export const termIdOf = (unit: string, from: string): string => `${unit.slice(0, 23)}-${from.replaceAll('-', '')}`;

function effectOf(before: Unit | null, unit: Unit | null): JudgedLine['effect'] {
  if (before === null || unit === null) return 'add';
  const isSame = before.kind === unit.kind && before.name.zh === unit.name.zh && before.name.en === unit.name.en;
  return isSame ? 'same' : 'change';
}

/** A kind by its id or by its word in either language. */
function kindNamed(text: string): UnitKind | null {
  const said = text.trim().toLowerCase();
  const named = UnitKind.options.find((kind) =>
    [kind, zhKinds[kind], enKinds[kind]].some((name) => name.toLowerCase() === said),
  );
  return named ?? null;
}

/** A day as spreadsheets write it, `2026/1/5`, `2026.01.05` or `2026年1月5日`, as `2026-01-05`; anything else as it is. */
export function dayWritten(text: string): string {
  const [, year, month = '', day = ''] = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ?? [];
  return year === undefined ? text : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
