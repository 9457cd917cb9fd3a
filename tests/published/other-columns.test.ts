/** Tables of open data of another version: their columns may be others, what they have in common must be true (`sundial verify`). */
import { expect, test } from 'vitest';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { fromUtf8, utf8 } from '../../shared/base/bytes.ts';
import { exportedTree } from './mutant-tree.ts';

const json = 'data/diaries.json';
const csv = 'data/diaries.csv';
const later = ['releasedGround', 'releasedWhy', 'releasedAt'];

test('a tree from before a column verifies; not where one file lacks it or a row has half of it', async () => {
  const { files, pins } = await exportedTree();
  const read = (path: string): string => fromUtf8(files.get(path) ?? new Uint8Array()) ?? '';
  const rows: Record<string, unknown>[] = JSON.parse(read(json)).rows;
  const without = (names: readonly string[]) => (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name)));
  const tableOf = (some: readonly Record<string, unknown>[]): string => JSON.stringify({ v: 1, rows: some });
  // By another hand than the server's: every field in quotes where it has to be.
  const lineOf = (cells: readonly unknown[]): string =>
    cells
      .map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : (cell ?? '')))
      .join(',');
  const linesOf = (some: readonly Record<string, unknown>[]): string =>
    `\ufeff${[Object.keys(some[0] ?? {}), ...some.map((row) => Object.values(row))].map((cells) => `${lineOf(cells)}\r\n`).join('')}`;
  const failures = async (changed: Readonly<Record<string, string>>) => {
    const source = {
      read: async (path: string) => (changed[path] === undefined ? (files.get(path) ?? null) : utf8(changed[path])),
    };
    return (await verifyTree(source, { pins, seen: () => undefined, progress: () => undefined })).failures;
  };
  expect(linesOf(rows)).toBe(read(csv));
  expect(await failures({})).toEqual([]);

  const before = rows.map(without(later));
  expect(await failures({ [json]: tableOf(before), [csv]: linesOf(before) })).toEqual([]);
  expect(await failures({ [json]: tableOf(before) })).toEqual([{ code: 'TEXT_ALTERED', where: csv }]);
  expect(await failures({ [csv]: linesOf(before) })).toEqual([{ code: 'TEXT_ALTERED', where: csv }]);

  const half = rows.map(without(['releasedWhy']));
  expect(await failures({ [json]: tableOf(half), [csv]: linesOf(half) })).toEqual([
    { code: 'TEXT_ALTERED', where: json },
  ]);
  const untold = rows.map((row) =>
    row.text === null ? { ...row, ...Object.fromEntries(later.map((name) => [name, 1])) } : row,
  );
  expect(await failures({ [json]: tableOf(untold), [csv]: linesOf(untold) })).toEqual([
    { code: 'TEXT_ALTERED', where: json },
  ]);
});
