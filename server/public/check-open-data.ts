/** Whether the tables of open data say of each diary what its proof says: no more, no less, no other word. */
import * as v from 'valibot';
import { type Bytes, equalParts, fromUtf8, utf8 } from '../../shared/base/bytes.ts';
import type { ShownItem } from '../../shared/proof/seal.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { bundlePath, dataCsvPath, dataJsonPath } from '../records/occurrences.ts';
import { csvOf } from './open-data.ts';
import { readText } from './read-tree.ts';
import type { TreeSource } from './source.ts';

const Cell = v.nullable(v.union([v.string(), v.number(), v.boolean()]));
const Table = v.object({
  v: v.literal(1),
  rows: v.array(v.objectWithRest({ draw: v.string(), unit: v.string(), item: v.number() }, Cell)),
});

export type TableFailure = { readonly code: 'TEXT_ALTERED' | 'TREE_INCOMPLETE'; readonly where: string };

/** A diary as its file tells it; `imported` where it was brought in from older records. */
interface Told {
  readonly week: string;
  readonly items: readonly ShownItem[];
  readonly seal?: string;
  readonly sealedAt?: number;
  readonly imported?: { readonly source: string };
}

/** Compares the tables with the diaries that were looked at, by the path of their bundle; null stands for one that does not verify. Nobody can
 *  judge the rows of a bundle in `failed`, where it is too. */
export async function checkOpenData(
  source: TreeSource,
  diaries: ReadonlyMap<string, Told | null>,
  failed: ReadonlySet<string>,
): Promise<readonly TableFailure[]> {
  const table = v.safeParse(Table, parseJson((await readText(source, dataJsonPath)) ?? ''));
  if (!table.success) return [{ code: 'TREE_INCOMPLETE', where: dataJsonPath }];
  const { rows } = table.output;
  const failures: TableFailure[] = [];
  const told = new Map<string, number>();
  let isTrue = true;
  for (const row of rows) {
    const where = bundlePath(row.draw, row.unit);
    const n = told.get(where) ?? 0;
    told.set(where, n + 1);
    if (failed.has(where)) continue;
    const diary = diaries.get(where);
    const item = diary?.items[n];
    isTrue &&= item !== undefined && row.item === n && repeats(row, proved(item)) && repeats(row, proofOf(row, diary));
    isTrue &&= isReleaseWhole(row);
  }
  if (!isTrue) failures.push({ code: 'TEXT_ALTERED', where: dataJsonPath });
  const isWhole = [...diaries].every(([where, diary]) => diary === null || told.get(where) === diary.items.length);
  if (!isWhole) failures.push({ code: 'TREE_INCOMPLETE', where: dataJsonPath });
  const csv = await source.read(dataCsvPath);
  if (csv === null) failures.push({ code: 'TREE_INCOMPLETE', where: dataCsvPath });
  else if (!isSameTable(csv, rows)) failures.push({ code: 'TEXT_ALTERED', where: dataCsvPath });
  return failures;
}

type Row = Readonly<Record<string, v.InferOutput<typeof Cell>>>;
type Columns = readonly (readonly [string, string | number | undefined])[];

/** A tree of another version has other columns, in both files the same; those of a table without rows are told by nothing. */
function isSameTable(csv: Bytes, rows: readonly Row[]): boolean {
  const names = /^\ufeff([A-Za-z,]+)\r\n/.exec(fromUtf8(csv) ?? '')?.[1]?.split(',') ?? [];
  const isWhole = rows.every((row) => new Set([...names, ...Object.keys(row)]).size === names.length);
  return isWhole && equalParts(csv, utf8(csvOf(rows, names)));
}

const repeats = (row: Row, columns: Columns): boolean =>
  columns.every(([name, value]) => row[name] === (value ?? null));

/** When and why an item is shown again is the server's word: all of it stands or nothing, and only beside a text. A tree of before has no
 *  such columns. */
function isReleaseWhole(row: Row): boolean {
  const [ground, ...others] = [row.releasedGround, row.releasedWhy, row.releasedAt];
  return ground == null
    ? others.every((value) => value === ground)
    : row.text !== null && !others.some((value) => value == null);
}

/** The columns that are the same in all rows of a diary; what was brought in has no seal. */
const proofOf = ({ draw, unit, item }: Row, diary?: Told | null): Columns => [
  ['id', `${draw}/${unit}/${item}`],
  ['week', diary?.week],
  ['seal', diary?.seal],
  ['sealedAt', diary?.sealedAt],
  ['imported', diary?.imported?.source],
];

/** What the proof says of the columns of an item. */
function proved({ item, withheld, ...cover }: ShownItem): Columns {
  const hold = item === undefined ? withheld : undefined;
  const joined = (values: readonly string[] | undefined) => (values?.length ? values.join(' ') : undefined);
  return [
    ['kind', cover.kind],
    ['day', cover.day],
    ['start', cover.start],
    ['end', cover.end],
    ['category', cover.category],
    ['mode', cover.mode],
    ['lateFor', cover.lateFor],
    ['corrects', cover.corrects && `${cover.corrects.seal}/${cover.corrects.item}`],
    ['text', item?.text],
    ['place', item?.place],
    ['detail', item?.detail],
    ['thinking', item?.thinking],
    ['result', item?.result],
    ['next', item?.next],
    ['threads', joined(item?.threads?.map(({ id }) => id))],
    ['images', joined(item?.images?.map(({ sha256 }) => sha256))],
    ['heldGround', hold?.ground],
    ['heldBasis', hold?.basis],
  ];
}
