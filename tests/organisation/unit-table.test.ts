import { expect, test } from 'vitest';
import type { Term, Unit } from '../../shared/api/organisation.ts';
import { judgeUnits, readUnitTable } from '../../shared/organisation/unit-table.ts';

const units: readonly Unit[] = [{ id: 'u01', kind: 'department', name: { zh: '一局', en: 'One' } }];
const terms: readonly Term[] = [{ id: 'u01-1', unit: 'u01', post: '局长', from: '2026-01-01', to: null }];

function judged(text: string) {
  const read = readUnitTable(text);
  if (!read.ok) throw new Error(read.problem);
  return judgeUnits(read.value, { units, terms });
}

test('a table is read by its headings in either language, with dates as spreadsheets write them', () => {
  const [one, two] = judged(
    '单位名称,类别,编号,任职日期,职务\n城投公司,国有企业,soe-1,2026/3/1,董事长\n河西街道,subdistrict,s2,,',
  );
  expect(one).toMatchObject({
    line: 2,
    problems: [],
    effect: 'add',
    unit: { id: 'soe-1', kind: 'soe', name: { zh: '城投公司', en: '城投公司' } },
    begins: { id: 'soe-1-20260301', post: '董事长', from: '2026-03-01', to: null },
  });
  expect(two).toMatchObject({ problems: [], begins: null, unit: { kind: 'subdistrict' } });
  expect(judged('id\tkind\tzh\ten\r\nu01\tDepartment\t一局\tOne\r\n')).toMatchObject([{ effect: 'same' }]);
});

test('a new head ends the running term the day before; a date in the past of another term overlaps', () => {
  const [line] = judged('id,kind,zh,en,post,from\nu01,部门,一局,One,局长,2026-10-14');
  expect(line).toMatchObject({ effect: 'same', ends: { id: 'u01-1', to: '2026-10-13' }, begins: { unit: 'u01' } });
  const [early] = judged('id,kind,zh,en,post,from\nu01,部门,一局,One,局长,2025-10-14');
  expect(early?.problems).toEqual([{ column: 'from', code: 'TERMS_OVERLAP' }]);
});

test('each line says what is wrong in which column', () => {
  const codes = judged(
    [
      'id,kind,zh,en,post,from',
      'A1,部门,甲,,,',
      'org2,部门,乙,,,',
      'b,股份公司,丙,,,',
      'b,部门,,,,',
      'c,部门,丁,,局长,',
      'd,部门,戊,,局长,2026-02-31',
    ].join('\n'),
  ).map(({ line, problems }) => [line, ...problems.map(({ column, code }) => `${column} ${code}`)]);
  expect(codes).toEqual([
    [2, 'id ID_INVALID'],
    [3, 'id ID_RESERVED'],
    [4, 'kind KIND_UNKNOWN'],
    [5, 'id ID_TWICE', 'zh NAME_MISSING'],
    [6, 'from POST_AND_DAY'],
    [7, 'from DAY_INVALID'],
  ]);
  // Cells that a comma or a quote has moved are not those of their columns.
  expect(
    judged('id,kind,zh\nb,部门,甲,乙\nc,部门,"丙\nd,部门,丁\n').map(({ line, problems }) => [line, problems[0]?.code]),
  ).toEqual([
    [2, 'CELLS_TOO_MANY'],
    [3, 'QUOTE_BROKEN'],
  ]);
  expect(readUnitTable('甲,乙\n1,2')).toEqual({ ok: false, problem: 'COLUMNS_MISSING' });
  expect(readUnitTable('id,kind,zh\n')).toEqual({ ok: false, problem: 'EMPTY' });
});

test('two units whose ids begin alike do not take each other the term: the second is named', () => {
  const id = 'deputy-premier-minister-for'; // 27 characters, of which an id of a term has the first 23
  const [one, two] = judged(
    `id,kind,zh,en,post,from\n${id}-a,部门,甲,A,局长,2026-03-01\n${id}-b,部门,乙,B,局长,2026-03-01\n`,
  );
  expect(one).toMatchObject({ problems: [], begins: { unit: `${id}-a` } });
  expect(two?.problems).toEqual([{ column: 'id', code: 'ID_TAKEN' }]);
});
