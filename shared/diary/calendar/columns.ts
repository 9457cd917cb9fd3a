/** What the columns of a table hold: proposed by the words of its first row, else by what stands in them; the person has the last word. */
import type { CivilDay } from '../../time/civil.ts';
import { readText } from '../quick-entry.ts';
import type { Row, Separator } from './table.ts';
import { readDateCell, readSpan } from './table-date.ts';

/** `start` may hold the whole span or date and time; `line` is read as a quick-entry line. */
export const roles = [
  'day',
  'start',
  'endDay',
  'end',
  'text',
  'place',
  'category',
  'detail',
  'allDay',
  'line',
] as const;
export type ColumnRole = (typeof roles)[number];

/** Role of each column, null of one that is passed over. Each role but `text` and `detail` stands once. `header`: the first row names them. */
export interface Columns {
  readonly header: boolean;
  readonly of: readonly (ColumnRole | null)[];
}

const headerWords: readonly (readonly [ColumnRole, RegExp])[] = [
  ['endDay', /^(?:结束|截止|终止)日期?$|^end(?:date|day)$/],
  ['allDay', /全天|^alldayevent$|^allday$/],
  ['day', /日期|^日$|^(?:start|begin)?date$|^day$|^datum$|^(?:meeting|event)date$/],
  ['end', /结束|截止|终止|^止$|^(?:end|finish|until|to$|bis$)/],
  ['start', /开始|起始|起止|^起$|时间|时段|^(?:start|begin|from$|time|von$|clock)/],
  ['place', /地点|场所|位置|地址|会议室|^(?:place|location|venue|room|where|ort)$|location$/],
  ['category', /类别|类型|分类|^(?:category|categories|type|kind)$/],
  [
    'text',
    /内容|事项|主题|标题|议题|事由|名称|工作|活动|^(?:subject|title|titel|summary|text|event|activity|reason)$|title$/,
  ],
  ['detail', /备注|说明|详情|^(?:notes?|details?|remarks?|description|comment)$/],
];

/** The separator to begin with: none where most lines read as quick-entry lines and no first row names columns. */
export function proposeSeparator(
  text: string,
  parted: (separator: Separator) => readonly Row[],
  best: Separator,
): Separator {
  if (best === null) return null;
  const rows = parted(best);
  const named = headerOf(rows[0]);
  if (named !== null || (rows[0]?.cells.length ?? 0) > 2) return best;
  const lines = readText(text.slice(0, 4000), { now: 0 }).filter(({ heading }) => heading === null);
  const timed = lines.filter(({ readings }) => readings[0]?.start != null && readings[0].end !== null).length;
  return timed * 2 > lines.length ? null : best;
}

/** The columns of a table as they seem to be. */
export function proposeColumns(rows: readonly Row[], today: CivilDay): Columns {
  const width = Math.max(0, ...rows.slice(0, 200).map(({ cells }) => cells.length));
  if (width === 1) return { header: headerOf(rows[0]) !== null, of: ['line'] };
  const named = headerOf(rows[0]);
  const of: (ColumnRole | null)[] = Array.from({ length: width }, (_, n) => named?.[n] ?? null);
  const samples = (named === null ? rows : rows.slice(1)).slice(0, 50);
  const cellsIn = (column: number) => samples.map(({ cells }) => cells[column] ?? '').filter((cell) => cell !== '');
  const free = (column: number) => of[column] === null && named?.[column] === undefined;
  for (const [column] of of.entries()) {
    if (named !== null || !free(column)) continue;
    const kind = kindOf(cellsIn(column), today);
    if (kind === 'day' && !of.includes('day')) of[column] = 'day';
    else if (kind === 'clock') of[column] = !of.includes('start') ? 'start' : !of.includes('end') ? 'end' : null;
  }
  if (!of.includes('text')) {
    const lengths = of.map((role, n) => (role === null ? mean(cellsIn(n).map((cell) => cell.length)) : -1));
    const longest = lengths.indexOf(Math.max(...lengths));
    if ((lengths[longest] ?? -1) > 0) of[longest] = 'text';
  }
  return { header: named !== null, of };
}

// The roles that the words of a row name; null where it names none, or only one beside cells that are dates and times.
function headerOf(row: Row | undefined): readonly (ColumnRole | null)[] | null {
  if (row === undefined) return null;
  const taken = new Set<ColumnRole>();
  const found = row.cells.map((cell) => {
    const word = cell
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s_*:-]+/g, '');
    if (word.length > 24 || /\d/.test(word)) return null;
    const role = headerWords.find(([each, pattern]) => !taken.has(each) && pattern.test(word))?.[0] ?? null;
    if (role !== null) taken.add(role);
    return role;
  });
  const dates = row.cells.filter((cell) => /\d{1,4}[-/.:年点]\d{1,2}/.test(cell)).length;
  return taken.size === 0 || dates > 0 ? null : found;
}

function kindOf(cells: readonly string[], today: CivilDay): 'day' | 'clock' | null {
  let days = 0;
  let clocks = 0;
  for (const cell of cells) {
    const { day, clock } = readDateCell(cell, 'dayFirst', today, () => 0);
    if (day !== null && clock === '') days += 1;
    else if (/\d|点/.test(clock) && readSpan(day ?? today, clock, '', null, today * 1440) !== null) clocks += 1;
  }
  const most = Math.max(days, clocks);
  return most * 2 <= cells.length ? null : days === most ? 'day' : 'clock';
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}
