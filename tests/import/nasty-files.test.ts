/** Old records as they really come: nothing of them is doubled, and nothing is dropped without being named with its line. */
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { makeDiaries, unclearColumns } from '../../server/import/diaries.ts';
import { Mapping } from '../../server/import/mapping.ts';
import { sourceRows } from '../../server/import/source-rows.ts';
import { knownBy } from './records.ts';

const mapped = (more: object = {}) =>
  v.parse(Mapping, {
    source: { id: 's', name: { zh: '旧档', en: 'old' } },
    format: 'csv',
    unit: { column: 'unit' },
    day: { column: 'day', format: 'YYYY-MM-DD' },
    start: { column: 'start', format: 'h:mm' },
    end: { column: 'end', format: 'h:mm' },
    text: { column: 'text' },
    place: { column: 'place' },
    ...more,
  });

function made(content: string | Uint8Array, mapping = mapped()) {
  const known = knownBy(mapping, ['u01', 'u02']);
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const read = sourceRows(bytes, mapping, known.offset);
  if (!read.ok) throw new Error(read.problem);
  const { diaries, unreadable, repeated } = makeDiaries(read.value.rows, mapping, known);
  return {
    items: diaries.flatMap(({ items }) => items.map(({ start, item }) => [start?.slice(11), item.text, item.place])),
    unreadable: unreadable.map(({ line, code }) => [line, code]),
    repeated,
  };
}

const head = 'unit,day,start,end,text,place';

test('a comma that nobody quoted moves no word into the next column: the line is named', () => {
  const { items, unreadable } = made(
    `${head}\nu01,2026-01-05,9:00,10:00,见甲,乙公司,二楼\nu01,2026-01-05,9:00,10:00,例会,,\n`,
  );
  expect(unreadable).toEqual([[2, 'CELLS_TOO_MANY']]);
  expect(items).toEqual([['09:00', '例会', undefined]]);
});

test('words that have moved into an empty last cell are seen as well, and a comma at the end of every line is none', () => {
  const good = 'u01,2026-01-05,9:00,10:00,例会,一楼';
  expect(made(`${head}\n${good}\nu01,2026-01-05,10:00,11:00,见甲,乙公司,\n${good}\n`).unreadable).toEqual([
    [3, 'CELLS_TOO_MANY'],
  ]);
  expect(made(`${head}\n${good},\n${good},\n`)).toMatchObject({ unreadable: [], repeated: 1 });
});

test('a quote that is never closed, or is followed by more text, swallows no line in silence', () => {
  const open = made(
    `${head},note\nu01,2026-01-05,9:00,10:00,一,,"说\nu01,2026-01-06,9:00,10:00,二,,\nu01,2026-01-07,9:00,10:00,三,,\n`,
  );
  expect(open).toMatchObject({ items: [], unreadable: [[2, 'QUOTE_BROKEN']] });
  const across = made(
    `${head},note\nu01,2026-01-05,9:00,10:00,一,,"说\nu01,2026-01-06,9:00,10:00,"二",,x\nu01,2026-01-07,9:00,10:00,三,,\n`,
  );
  expect(across.unreadable).toEqual([[2, 'QUOTE_BROKEN']]);
  expect(across.items).toEqual([['09:00', '三', undefined]]);
});

test('quotes, line ends and blanks within cells, a byte-order mark and CR LF are read, and the lines below keep their numbers', () => {
  const { items, unreadable } = made(
    `\ufeff${head}\r\nu01,2026-01-05,9:00,10:00,"说""好"",\r\n再议" , \r\n\r\nu01,2026-13-05,9:00,10:00,错,\r\n`,
  );
  expect(items).toEqual([['09:00', '说"好",\n再议', undefined]]);
  expect(unreadable).toEqual([[5, 'DAY_UNREADABLE']]);
});

test('two entries that differ in place or category alone are two; a line that stands twice is one, and counted', () => {
  const line = 'u01,2026-01-05,,,会议';
  expect(made(`${head}\n${line},甲厅\n${line},乙厅\n${line},甲厅\n`)).toEqual({
    items: [
      [undefined, '会议', '甲厅'],
      [undefined, '会议', '乙厅'],
    ],
    unreadable: [],
    repeated: 1,
  });
  const kinds = made(`${head},kind\n${line},,meeting\n${line},,fieldVisit\n`, mapped({ category: { column: 'kind' } }));
  expect(kinds.items).toHaveLength(2);
});

test('what lies in the future is no record, and an end without a start is not lost', () => {
  const { items, unreadable } = made(
    `${head}\nu01,2026-11-20,9:00,10:00,今天,\nu01,2026-11-21,9:00,10:00,明天,\nu01,2062-01-05,9:00,10:00,笔误,\nu01,2026-01-05,,10:00,只有止,\n`,
  );
  expect(items).toEqual([['09:00', '今天', undefined]]);
  expect(unreadable).toEqual([
    [3, 'DAY_FUTURE'],
    [4, 'DAY_FUTURE'],
    [5, 'START_MISSING'],
  ]);
});

test('of an entry that cannot be, every line that it was made of is named', () => {
  const long = '长'.repeat(6_000);
  const { unreadable } = made(
    `${head},who\n${['甲', '乙', '丙'].map((who) => `u01,2026-01-05,9:00,10:00,会,,${who}${long}`).join('\n')}\nu01,2026-01-05,9:00,10:00,好,,\n`,
    mapped({ detail: { column: 'who' } }),
  );
  expect(unreadable).toEqual([
    [2, 'TOO_LONG'],
    [3, 'TOO_LONG'],
    [4, 'TOO_LONG'],
  ]);
});

test('a member of a JSON list that is no text is named, not left empty; null is empty', () => {
  const row = { unit: 'u01', day: '2026-01-05', start: '9:00', end: '10:00', text: '会', place: null };
  const list = [row, { ...row, text: ['甲', '乙'] }, { ...row, place: { room: 1 } }, 'u01', { ...row, note: [1] }];
  const { items, unreadable } = made(JSON.stringify(list), mapped({ format: 'json' }));
  expect(items).toHaveLength(1);
  expect(unreadable).toEqual([
    [2, 'CELL_NOT_TEXT'],
    [3, 'CELL_NOT_TEXT'],
    [4, 'CELL_NOT_TEXT'],
  ]);
});

test('a heading that stands twice is ambiguous where the mapping names it', () => {
  const bytes = new TextEncoder().encode('unit,day,start,end,text,text,x,x\nu01,2026-01-05,9:00,10:00,甲,乙,1,2\n');
  const read = sourceRows(bytes, mapped(), () => 0);
  expect(read.ok && unclearColumns(read.value, mapped())).toEqual({ missing: ['place'], twice: ['text'] });
});
