/** Old diaries by the mappings that ship as examples: what is read of five real records. */
import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { describe, expect, test } from 'vitest';
import { makeDiaries, unclearColumns } from '../../server/import/diaries.ts';
import { Mapping } from '../../server/import/mapping.ts';
import { sourceRows } from '../../server/import/source-rows.ts';
import { readWhen } from '../../server/import/when.ts';
import { hoursOf } from '../../shared/diary/hours.ts';
import { zoneOffset } from '../../shared/time/civil.ts';
import { knownBy, mappingOf, record } from './records.ts';

function read(file: string, name: string) {
  const mapping = mappingOf(name);
  const known = knownBy(mapping);
  const rows = sourceRows(record(file), mapping, known.offset);
  if (!rows.ok) throw new Error(rows.problem);
  expect(unclearColumns(rows.value, mapping)).toEqual({ missing: [], twice: [] });
  return makeDiaries(rows.value.rows, mapping, known);
}

describe('the five records with the mappings that ship', () => {
  test('Brazil: start and end, overlaps counted once, tabs in a title tidied', () => {
    const { diaries, unreadable } = read('br-president-agenda-2019-01.csv', 'br-president');
    expect(unreadable).toEqual([]);
    expect(diaries.map(({ draw, unit, items }) => [draw, unit, items.length])).toEqual([
      ['i-br-2019-01-2019-w01', 'presidencia', 5],
      ['i-br-2019-01-2019-w02', 'presidencia', 1],
    ]);
    const first = diaries[0]?.items ?? [];
    expect(first[0]).toEqual({
      kind: 'entry',
      day: '2019-01-03',
      start: '2019-01-03T09:00',
      end: '2019-01-03T10:30',
      item: { text: 'Reunião do Conselho de Governo', place: 'Palácio do Planalto' },
    });
    // 9:00-10:30, 14:00-16:00 with 14:30-15:30 and 15:00-16:00 in it, 17:20-17:40: 90 + 120 + 20.
    expect(hoursOf(first.map(({ day = '', start = '', end = '' }) => ({ day, start, end }))).unionMinutes).toBe(230);
    expect(diaries[1]?.items[0]?.item.text).toContain('Casa Civil da Presidência da República, e Augusto Nardes');
  });

  test('France: a start without an end is a point in time, on the wall of Paris', () => {
    const { diaries } = read('fr-prime-minister-agenda-2018-07.json', 'fr-prime-minister');
    expect(diaries[0]?.items[0]).toMatchObject({
      day: '2018-07-30',
      start: '2018-07-30T09:45',
      end: '2018-07-30T09:45',
      item: { text: 'Entretien avec Mme Florence PARLY, ministre des Armées', place: 'Hôtel de Matignon' },
    });
    // Were the stamps really UTC, ZZ would say so: 11:45 in Paris.
    const paris = zoneOffset('Europe/Paris') ?? (() => 0);
    expect(readWhen('20180730T094500Z', 'YYYYMMDDThhmmssZZ', paris)).toMatchObject({ minute: 11 * 60 + 45 });
    expect(readWhen('31 Feb 2018', 'D MMM YYYY', paris)).toBeNull();
    expect(readWhen('30/07/2018', 'YYYY-MM-DD', paris)).toBeNull();
  });

  test('the Commission: no times, categories mapped, BRUSSELS and Brussels are one', () => {
    const { diaries, unreadable } = read('eu-commissioner-calendar-2021.csv', 'eu-commissioners');
    expect(unreadable).toEqual([]);
    const entries = diaries.flatMap(({ unit, items }) => items.map((item) => ({ unit, ...item })));
    expect(entries).toHaveLength(6);
    expect(entries.find(({ unit }) => unit === 'breton')).toMatchObject({
      day: '2021-03-09',
      category: 'fieldVisit',
      mode: 'collective',
      item: { place: 'Brussels' },
    });
    expect(entries.every(({ start, end }) => start === undefined && end === undefined)).toBe(true);
    expect(entries.some(({ item }) => item.place === 'BRUSSELS')).toBe(false);
  });

  test('New South Wales: bodies at one meeting are one entry, slips of the year are named by line', () => {
    const { diaries, unreadable, repeated } = read('nsw-diary-disclosures-2017-09.csv', 'nsw-ministers');
    expect(unreadable.map(({ line, code }) => [line, code])).toEqual([2, 3, 4, 5].map((line) => [line, 'DAY_OUTSIDE']));
    expect(repeated).toBe(1);
    const golf = diaries.find(({ unit }) => unit === 'deputy-premier')?.items;
    expect(golf).toEqual([
      {
        kind: 'entry',
        day: '2017-09-01',
        item: { text: 'Discuss regional sport', detail: 'Bonville Golf Resort\nGolf NSW' },
      },
    ]);
    const treasurer = diaries.find(({ unit }) => unit === 'treasurer')?.items[0];
    expect(treasurer?.item.text).toBe('Global economy and the outlook for NSW; cardiovascular research proposal');
  });

  test('Suzhou: where the day is not known, the entry belongs to its week and its times stand as text', () => {
    const { diaries } = read('sip-published-entries.csv', 'sip-published-entries');
    expect(diaries).toHaveLength(1);
    expect(diaries[0]).toMatchObject({ unit: 'jinjihu', week: '2022-W39', zone: 'Asia/Shanghai' });
    expect(diaries[0]?.items[0]).toEqual({
      kind: 'entry',
      item: { text: '研究部署社会基层治理网格化管理工作', detail: '08:30–10:00' },
    });
  });
});

test('a calendar, times in one column, and rows that say nothing that can be read', () => {
  const source = { id: 's', name: { zh: '旧档', en: 'old' } };
  const ics = v.parse(Mapping, {
    source,
    format: 'ics',
    days: { from: '2019-06-24', to: '2019-06-30' },
    unit: { constant: 'u01' },
    day: { column: 'day', format: 'YYYY-MM-DD' },
    start: { column: 'start', format: 'YYYY-MM-DDThh:mm' },
    end: { column: 'end', format: 'YYYY-MM-DDThh:mm' },
    text: { column: 'text' },
  });
  const calendar = readFileSync(new URL('../fixtures/ics/12-vendor-line-without-value.ics', import.meta.url));
  const known = knownBy(ics, ['u01']);
  const rows = sourceRows(calendar, ics, known.offset);
  // 06:30Z to 16:30Z (the table in tests/fixtures/ics).
  expect(rows.ok && makeDiaries(rows.value.rows, ics, known).diaries[0]?.items[0]).toMatchObject({
    start: '2019-06-24T14:30',
    end: '2019-06-25T00:30',
  });
  const csv = v.parse(Mapping, {
    source,
    format: 'csv',
    unit: { column: '单位' },
    day: { column: '日期', format: 'YYYY年M月D日' },
    span: { column: '时间', separator: '-' },
    text: { column: '事项' },
    category: { column: '类别', map: { 开会: 'meeting' } },
  });
  const table = [
    '单位,日期,时间,事项,类别',
    'u01,2019年6月3日,9:00-10:30,例会,开会',
    'u01,2019年6月3日,22:30-01:00,值守,',
    'u09,2019年6月3日,9:00-10:30,例会,',
    'u01,2019年6月31日,9:00-10:30,例会,',
    'u01,2019年6月3日,9点-10点,例会,',
    'u01,2019年6月3日,9:00-10:30,,',
    'u01,2019年6月3日,9:00-10:30,例会,喝茶',
    `u01,2019年6月3日,9:00-10:30,${'长'.repeat(10_001)},`,
  ].join('\n');
  const lines = sourceRows(new TextEncoder().encode(table), csv, known.offset);
  const made = makeDiaries(lines.ok ? lines.value.rows : [], csv, known);
  expect(made.diaries[0]?.items.map(({ start, end, mode }) => [start, end, mode])).toEqual([
    ['2019-06-03T09:00', '2019-06-03T10:30', 'collective'],
    ['2019-06-03T22:30', '2019-06-04T01:00', undefined],
  ]);
  expect(made.unreadable.map(({ line, code }) => [line, code])).toEqual([
    [4, 'UNIT_UNKNOWN'],
    [5, 'DAY_UNREADABLE'],
    [6, 'TIME_UNREADABLE'],
    [7, 'TEXT_MISSING'],
    [8, 'CATEGORY_UNKNOWN'],
    [9, 'TOO_LONG'],
  ]);
});
