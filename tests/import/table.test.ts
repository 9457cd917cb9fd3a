/** Tables: separators, encodings, columns and dates as spreadsheets and offices write them. */
import { expect, test } from 'vitest';
import { utf8 } from '../../shared/base/bytes.ts';
import { proposeColumns, proposeSeparator } from '../../shared/diary/calendar/columns.ts';
import { doubtsOf } from '../../shared/diary/calendar/proposals.ts';
import { readTable } from '../../shared/diary/calendar/read-table.ts';
import { type FileReading, whole } from '../../shared/diary/calendar/reading.ts';
import { rowsOf, separatorOf, tableText } from '../../shared/diary/calendar/table.ts';
import { orderOf } from '../../shared/diary/calendar/table-date.ts';
import { categories } from '../../shared/diary/category.ts';
import { dayOf, formatDay, parseMinute } from '../../shared/time/civil.ts';
import { codes, spans } from './read.ts';

const now = parseMinute('2026-07-20T09:00') ?? 0;

function read(text: string | Uint8Array): FileReading {
  const table = tableText(typeof text === 'string' ? utf8(text) : text);
  if (table === null) throw new Error('no text');
  const parted = (separator: ReturnType<typeof separatorOf>) => rowsOf(table.text, separator);
  const rows = parted(proposeSeparator(table.text, parted, separatorOf(table.text)));
  const columns = proposeColumns(rows, dayOf(now));
  const order = orderOf(rows.flatMap(({ cells }) => cells)) ?? 'dayFirst';
  return whole(readTable(table, rows, columns, { weeks: null, zone: () => 480, now, order, categories, threads: [] }));
}

test('a quoted cell keeps separators, quotes and line ends, and the lines below keep their numbers', () => {
  expect(rowsOf('a,"b, ""c""\nd",e\r\n\r\nf,g\rh', ',')).toEqual([
    { line: 1, cells: ['a', 'b, "c"\nd', 'e'], isBroken: false },
    { line: 4, cells: ['f', 'g'], isBroken: false },
    { line: 5, cells: ['h'], isBroken: false },
  ]);
});

test('a row into which others may have run, and one with more cells than there are names, ask to be looked at', () => {
  const { items } = read(
    '日期,开始,结束,内容\n2026-07-16,8:30,10:00,例会,二楼\n2026-07-16,10:00,11:00,"见"客商\n2026-07-16,14:00,15:00,"接访\n2026-07-17,8:30,10:00,例会\n',
  );
  expect(items.map(({ line, notices }) => [line, ...notices.map(({ code }) => code)])).toEqual([
    [2, 'CELLS_TOO_MANY'],
    [3, 'QUOTE_BROKEN'],
    [4, 'QUOTE_BROKEN'],
  ]);
  expect(items.every((item) => doubtsOf(item).length === 1)).toBe(true);
});

test.each([',', ';', '\t'] as const)('the separator %j is found, with a byte-order mark before it', (separator) => {
  const lines = [
    ['日期', '开始', '结束', '内容', '地点', '类别'],
    ['2026-07-16', '8:30', '10:00', '班子例会', '芦汀港区', '会议'],
    ['2026/7/16', '14:00', '次日00:30', '防汛值守', '', '应急值守'],
  ];
  const reading = read(`\uFEFF${lines.map((cells) => cells.join(separator)).join('\r\n')}`);
  expect(spans(reading)).toEqual(['2026-07-16T08:30–2026-07-16T10:00', '2026-07-16T14:00–2026-07-17T00:30']);
  expect(reading.items).toMatchObject([
    { text: '班子例会', place: '芦汀港区', category: 'meeting' },
    { text: '防汛值守', place: null, category: 'emergency' },
  ]);
});

test.each([
  ['2026-07-16', '08:30:00', '10:00:00'],
  ['2026年7月16日', '上午8点半', '10点'],
  ['7月16日', '0830', '1000'],
  ['16.07.2026', '8.30', '10.00'],
  ['16/07/2026', '8:30 AM', '10:00 AM'],
  ['２０２６-０７-１６', '８：３０', '１０：００'],
])('%s, %s to %s is read', (day, start, end) => {
  expect(spans(read(`日期,开始,结束,内容\n${day},${start},${end},例会\n`))).toEqual([
    '2026-07-16T08:30–2026-07-16T10:00',
  ]);
});

test('the order of day and month is proved by one date, else it must be asked', () => {
  expect(orderOf(['03/07/2026', '16/07/2026'])).toBe('dayFirst');
  expect(orderOf(['03/07/2026', '07/16/2026'])).toBe('monthFirst');
  expect(orderOf(['03/07/2026'])).toBeNull();
  expect(orderOf(['2026-07-03', '7月3日'])).toBeUndefined();
});

test('one column may hold the whole span, and an empty date is that of the row above', () => {
  const reading = read('日期,时间,事项\n2026-07-16,8:30-10:00,例会\n,14:00-15:00,调研\n');
  expect(spans(reading)).toEqual(['2026-07-16T08:30–2026-07-16T10:00', '2026-07-16T14:00–2026-07-16T15:00']);
});

test('without a row of names the columns are found by what stands in them', () => {
  const reading = read('2026-07-16,8:30,10:00,班子例会\n2026-07-17,9:00,11:30,实地调研港区\n');
  expect(spans(reading)).toEqual(['2026-07-16T08:30–2026-07-16T10:00', '2026-07-17T09:00–2026-07-17T11:30']);
  expect(reading.items.map(({ text }) => text)).toEqual(['班子例会', '实地调研港区']);
});

test('the export of Outlook, with its dates and times apart', () => {
  const head = '主题,开始日期,开始时间,结束日期,结束时间,全天事件,地点,说明,类别';
  const reading = read(
    `${head}\n值班,2026/7/16,22:00:00,2026/7/17,6:00:00,False,港区,带班,\n培训,2026/7/17,0:00:00,2026/7/18,0:00:00,True,,,\n`,
  );
  expect(spans(reading)).toEqual(['2026-07-16T22:00–2026-07-17T06:00', '2026-07-17 to 2026-07-17']);
  expect(reading.items[0]).toMatchObject({ text: '值班', place: '港区', detail: '带班' });
});

test('a published agenda with date and time in one cell; what is derived is passed over', () => {
  // The head and rows 1 and 12 of an agenda of the Brazilian presidency.
  const head =
    'MEETING_ID,BEGIN_HOUR,END_HOUR,MEETING_TITLE,MEETING_LOCATION,ROUNDED_BEGIN_HOUR,ROUNDED_END_HOUR,MEETING_DATE,MEETING_DURATION';
  const reading = read(
    `${head}\n1,2019-01-01 15:00:00,2019-01-01 18:00:00,Solenidade de Posse,Palácio do Planalto,15,18,2019-01-01,3.0\n12,2019-01-03 14:30:00,2019-01-03 15:30:00,"Embaixador; General",Palácio do Planalto,15,16,2019-01-03,1.0\n`,
  );
  expect(spans(reading)).toEqual(['2019-01-01T15:00–2019-01-01T18:00', '2019-01-03T14:30–2019-01-03T15:30']);
  expect(reading.items[0]).toMatchObject({ text: 'Solenidade de Posse', place: 'Palácio do Planalto' });
});

test('a row with a date alone is a note; one without any date or with an unread time is refused with its reason', () => {
  const reading = read('date,start,end,title\n2017-09-01,,,Vilification law\n2017-09-02,soon,,Talk\n');
  expect(spans(reading)).toEqual(['2017-09-01 to 2017-09-01']);
  expect(reading.refused).toMatchObject([{ reason: 'TIME_UNREAD', line: 3 }]);
  expect(read('day,start,end,text\n,08:30,10:00,研究部署\n').refused).toMatchObject([
    { reason: 'DATE_UNREAD', line: 2 },
  ]);
});

test('a date without a year, a missing end and an unknown category are said', () => {
  const reading = read('日期,开始,结束,内容,类别\n7月16日,8:30,,例会,打杂\n');
  expect(reading.items.map(codes)).toEqual([['YEAR_ASSUMED', 'CATEGORY_UNKNOWN', 'NO_END']]);
});

test('lines of text are read as quick-entry lines, with a heading for their day', () => {
  const reading = read('7月14日 周二\n8:30-10:00 例会，过安全 #一单到港 @芦汀港区\n14:00-15:30，走访企业\n没有时间\n');
  expect(spans(reading)).toEqual(['2026-07-14T08:30–2026-07-14T10:00', '2026-07-14T14:00–2026-07-14T15:30']);
  expect(reading.items[0]).toMatchObject({ place: '芦汀港区', threads: [{ id: null, name: '一单到港' }], line: 2 });
  expect(reading.refused).toMatchObject([{ text: '没有时间', reason: 'TIME_UNREAD', line: 4 }]);
});

test('a length alone in a file that was written before says no time', () => {
  const reading = read('7月14日 9:00-10:00 例会\n2小时改材料\n40m standup\n');
  expect(spans(reading)).toEqual(['2026-07-14T09:00–2026-07-14T10:00']);
  expect(reading.refused).toMatchObject([
    { text: '2小时改材料', reason: 'TIME_UNREAD' },
    { text: '40m standup', reason: 'TIME_UNREAD' },
  ]);
});

test('a table in GBK is read', () => {
  // 日期,内容 and 例会 in GBK.
  const bytes = Uint8Array.of(
    ...[0xc8, 0xd5, 0xc6, 0xda, 0x2c, 0xca, 0xb1, 0xbc, 0xe4, 0x2c, 0xc4, 0xda, 0xc8, 0xdd, 0x0a],
    ...utf8('2026-07-16,8:30-10:00,'),
    ...[0xc0, 0xfd, 0xbb, 0xe1],
  );
  const reading = read(bytes);
  expect(reading.items).toMatchObject([{ text: '例会' }]);
  expect(codes(reading)).toEqual(['ENCODING_GB18030']);
});

test('the day of an early hour is the one before, as everywhere', () => {
  const [item] = read('日期,开始,结束,内容\n2026-07-16,3:00,4:00,抢险\n').items;
  expect([formatDay(item?.day ?? 0), spans(read('日期,开始,结束,内容\n2026-07-16,3:00,4:00,抢险\n'))]).toEqual([
    '2026-07-15',
    ['2026-07-16T03:00–2026-07-16T04:00'],
  ]);
});
