import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { daysOffIn } from '../../shared/organisation/day-file.ts';
import { takeTerms, termTable } from '../../shared/organisation/term-table.ts';
import { usageOf } from '../../shared/organisation/term-usage.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const term = (id: string, preferred: string, aliases: string[], definition = '') => ({
  id,
  preferred,
  aliases,
  definition,
});

test('a calendar of the announced days gives days off and make-up working days apart', () => {
  const file = readFileSync(createRequire(import.meta.url).resolve('chinese-days/dist/years/2026.ics'));
  const read = daysOffIn(file, 2026);
  if (!read.ok) throw new Error(read.problem);
  // 国办发明电〔2025〕7号: 33 days off, 6 made up for.
  expect(read.value.holidays).toHaveLength(33);
  expect(read.value.holidays.filter((day) => day.startsWith('2026-10'))).toEqual(
    [1, 2, 3, 4, 5, 6, 7].map((day) => `2026-10-0${day}`),
  );
  expect(read.value.makeUpWorkdays).toEqual([
    '2026-01-04',
    '2026-02-14',
    '2026-02-28',
    '2026-05-09',
    '2026-09-20',
    '2026-10-10',
  ]);
  expect(daysOffIn(file, 2031)).toEqual({ ok: false, problem: 'NO_DAYS' });
});

test('a table of dates of anywhere is read with its word for a day that is worked', () => {
  const table = 'date,name\n2027/7/14,Fête nationale\n2027年12月25日,Noël\n20270703,workday\n2026-01-01,other year\n';
  expect(daysOffIn(bytes(table), 2027)).toEqual({
    ok: true,
    value: { holidays: ['2027-07-14', '2027-12-25'], makeUpWorkdays: ['2027-07-03'] },
  });
});

test('the term base goes out as a table and comes back; a known term is changed in place, a new one stands behind', () => {
  const known = [term('t1', '工作例会', ['周例会', '例会'], '按周召开'), term('t2', '=1+1', ['加法'])];
  expect(takeTerms(known, termTable(known))).toEqual({ ok: true, value: known });
  const taken = takeTerms(known, '规范用语;别名\n工作例会;碰头会/晨会\n专题会议（主题）;专题会');
  expect(taken).toEqual({
    ok: true,
    value: [
      term('t1', '工作例会', ['碰头会', '晨会'], '按周召开'),
      known[1],
      term('t3', '专题会议（主题）', ['专题会']),
    ],
  });
  expect(takeTerms(known, '甲,乙\n1,2')).toEqual({ ok: false, problem: 'COLUMNS_MISSING' });
});

test('usage counts diaries, and a word inside a longer listed one is not found', () => {
  const terms = [term('t1', '工作例会', ['例会', '周例会']), term('t2', '专题会议（主题）', ['专题会'])];
  const diaries = [['上午工作例会，下午工作例会。'], ['开例会', '专题会议（夜市）'], ['周例会。'], ['散步']];
  expect(usageOf(terms, diaries)).toEqual([
    {
      id: 't1',
      preferred: 1,
      aliases: [
        { word: '例会', diaries: 1 },
        { word: '周例会', diaries: 1 },
      ],
    },
    { id: 't2', preferred: 1, aliases: [] },
  ]);
});
