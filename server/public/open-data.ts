/** `data/diaries.json` and `.csv`: every published diary with every item, withheld and corrected ones included, without a cap on rows. Ids are
 *  `<draw>/<unit>/<item>` and never change. `imported` names the source of what was brought in from older records, which has no seal. */
import type { DiaryView, ViewItem } from './diary-view.ts';

const columns = [
  'id',
  'draw',
  'unit',
  'week',
  'item',
  'kind',
  'day',
  'start',
  'end',
  'category',
  'mode',
  'lateFor',
  'corrects',
  'text',
  'place',
  'detail',
  'thinking',
  'result',
  'next',
  'threads',
  'images',
  'heldGround',
  'heldBasis',
  'heldBy',
  'heldAt',
  'heldAfterDraw',
  'releasedGround',
  'releasedWhy',
  'releasedAt',
  'seal',
  'sealedAt',
  'publishedAt',
  'imported',
] as const;

type Cell = string | number | boolean | null;
type Row = Readonly<Record<(typeof columns)[number], Cell>>;

/** One row for each item, in the order of publication and then as signed. */
export function openRows(diaries: readonly DiaryView[]): Row[] {
  return diaries.flatMap((diary) => diary.items.map((item) => rowOf(diary, item)));
}

function rowOf(diary: DiaryView, item: ViewItem): Row {
  const { prose, hold, released } = item;
  return {
    id: `${diary.draw}/${diary.unit}/${item.index}`,
    draw: diary.draw,
    unit: diary.unit,
    week: diary.week,
    item: item.index,
    kind: item.kind,
    day: item.day,
    start: item.start,
    end: item.end,
    category: item.category,
    mode: item.mode,
    lateFor: item.lateFor,
    corrects: item.corrects === null ? null : `${item.corrects.seal}/${item.corrects.item}`,
    text: prose?.text ?? null,
    place: prose?.place ?? null,
    detail: prose?.detail ?? null,
    thinking: prose?.thinking ?? null,
    result: prose?.result ?? null,
    next: prose?.next ?? null,
    threads: prose === null || prose.threads.length === 0 ? null : prose.threads.map(({ id }) => id).join(' '),
    images: prose === null || prose.images.length === 0 ? null : prose.images.map(({ sha256 }) => sha256).join(' '),
    heldGround: hold?.ground ?? null,
    heldBasis: hold?.basis ?? null,
    heldBy: hold?.by ?? null,
    heldAt: hold?.at ?? null,
    heldAfterDraw: hold?.afterDraw ?? null,
    releasedGround: released?.ground ?? null,
    releasedWhy: released?.why ?? null,
    releasedAt: released?.at ?? null,
    seal: diary.sealed === null ? null : diary.seal,
    sealedAt: diary.sealed?.sealedAt ?? null,
    publishedAt: diary.publishedAt,
    imported: diary.imported?.source ?? null,
  };
}

/** The JSON file in pieces: one string of a hundred thousand diaries would be longer than a string can be. */
export async function* jsonParts(batches: AsyncIterable<readonly DiaryView[]>): AsyncGenerator<string> {
  let before = '{"v":1,"rows":[';
  for await (const diaries of batches) {
    const rows = openRows(diaries);
    if (rows.length === 0) continue;
    yield `${before}${JSON.stringify(rows).slice(1, -1)}`;
    before = ',';
  }
  yield before === ',' ? ']}' : `${before}]}`;
}

/** The CSV file in pieces. */
export async function* csvParts(batches: AsyncIterable<readonly DiaryView[]>): AsyncGenerator<string> {
  yield csvOf([]);
  for await (const diaries of batches) yield csvLines(openRows(diaries));
}

/** RFC 4180 with a byte order mark, which spreadsheets need for Chinese. What a spreadsheet would take for a formula, in full width too, gets an
 *  apostrophe in front, also after what some of them part cells by (a semicolon, a tab, a quote, a line feed); the JSON has it unchanged. */
export function csvOf(rows: readonly Readonly<Record<string, Cell>>[], names: readonly string[] = columns): string {
  return `\ufeff${names.join(',')}\r\n${csvLines(rows, names)}`;
}

const csvLines = (rows: readonly Readonly<Record<string, Cell>>[], names: readonly string[] = columns): string =>
  rows.map((row) => `${names.map((name) => field(row[name] ?? null)).join(',')}\r\n`).join('');

function field(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const safe = value.replaceAll(/(^|[\r\n\t;,"|])([ \u00a0\u3000]*)(?=[=+\-@＝＋－＠])/g, "$1$2'");
  const text = /^[\t\r\n]/.test(safe) ? `'${safe}` : safe;
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
