/** The table of faults. Each test of a fault tells one row; `tests/run.ts` prints them all at its end. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';

/** The list, in the order in which it is printed. */
const faults = [
  'SIGKILL under load, SQLite',
  'SIGKILL under load, PostgreSQL',
  'SIGKILL of one of two servers',
  'disk full: file system',
  'disk full: file size limit',
  'disk full: max_page_count',
  'disk turns read-only',
  'start on a read-only disk',
  'database gone and back',
  'database slow, then silent',
  'clock set back a day',
  'clock a day behind, libfaketime',
  'image damaged in the database',
  'database file damaged',
  'backup killed half-way',
  'backup cut short',
  'certificate expired',
] as const;
export type Fault = (typeof faults)[number];

const Row = v.union([
  v.object({
    fault: v.picklist(faults),
    /** How often it was done. */
    times: v.number(),
    /** What clients were told is done, how much of that was not there afterwards, and how much was there twice. */
    acknowledged: v.number(),
    lost: v.number(),
    doubled: v.number(),
    /** From the start of the process until /readyz says yes, of each restart; empty where none was needed. */
    restartMs: v.array(v.number()),
    /** What was said, and to whom. */
    said: v.string(),
  }),
  v.object({ fault: v.picklist(faults), skipped: v.string() }),
]);
export type Row = v.InferOutput<typeof Row>;

const folder = join(import.meta.dirname, '..', 'output', 'faults', 'rows');

/** Puts a row into the table, in the place of an earlier one of the same fault. */
export function tell(row: Row): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${faults.indexOf(row.fault)}.json`), JSON.stringify(row));
}

/** Compares what was acknowledged with what is there; each thing by a name of its own. */
export function reckon(
  acknowledged: readonly string[],
  found: readonly string[],
): { readonly acknowledged: number; readonly lost: number; readonly doubled: number } {
  const there = new Set(found);
  const lost = acknowledged.filter((each) => !there.has(each)).length;
  return { acknowledged: acknowledged.length, lost, doubled: found.length - there.size };
}

/** The value in the middle; NaN of none. */
export const medianOf = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Forgets the rows of earlier runs. */
export const clearTable = (): void => rmSync(folder, { recursive: true, force: true });

/** The rows told since `clearTable`. */
const toldRows = (): readonly Row[] =>
  existsSync(folder)
    ? readdirSync(folder).map((name) => v.parse(Row, JSON.parse(readFileSync(join(folder, name), 'utf8'))))
    : [];

/** Faults of the list that told no row: what a full run must not have. */
export function untoldFaults(): readonly Fault[] {
  const rows = toldRows();
  return faults.filter((fault) => rows.every((row) => row.fault !== fault));
}

/** The table as lines, with `untold` beside a fault without a row; empty where no fault told one. */
export function tableLines(untold: string): string[] {
  const rows = toldRows();
  if (rows.length === 0) return [];
  const head = ['fault', 'times', 'acknowledged', 'lost', 'doubled', 'restart ms', 'said'];
  const cells = [head, ...faults.map((fault) => cellsOf(fault, rows, untold))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function cellsOf(fault: Fault, rows: readonly Row[], untold: string): string[] {
  const row = rows.find((each) => each.fault === fault);
  const none = ['', '', '', '', ''];
  if (row === undefined) return [fault, ...none, untold];
  if ('skipped' in row) return [fault, ...none, `skipped: ${row.skipped}`];
  const { times, acknowledged, lost, doubled, restartMs, said } = row;
  const restart =
    restartMs.length === 0 ? '-' : `${Math.round(medianOf(restartMs))} (most ${Math.round(Math.max(...restartMs))})`;
  return [fault, ...[times, acknowledged, lost, doubled].map(String), restart, said];
}
