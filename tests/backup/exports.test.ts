import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import type { EntryBody } from '../../shared/api/journal.ts';
import { csvOf } from '../../shared/diary/export/csv.ts';
import { entriesIn } from '../../shared/diary/export/entries.ts';
import { entryTable, type TableWords } from '../../shared/diary/export/entry-table.ts';
import { type IcsEvent, icsOf } from '../../shared/diary/export/ics.ts';
import { parseDay, zoneOffset } from '../../shared/time/civil.ts';
import { weekOf } from '../../shared/time/week.ts';

/** RFC 4180 read by itself, one character after another. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (quoted) {
      if (sign !== '"') cell += sign;
      else if (text[at + 1] === '"') {
        cell += '"';
        at += 1;
      } else quoted = false;
    } else if (sign === '"') quoted = true;
    else if (sign === ',') {
      row.push(cell);
      cell = '';
    } else if (sign === '\r' && text[at + 1] === '\n') {
      rows.push([...row, cell]);
      row = [];
      cell = '';
      at += 1;
    } else cell += sign;
  }
  return rows;
}

test('a table comes back cell by cell, and begins with the mark by which spreadsheets know UTF-8', () => {
  const rows = [
    ['内容', '备注'],
    ['有“引号”和"quotes"，逗号,', '第一行\n第二行'],
    ['', ' 前后有空白 '],
  ];
  const text = csvOf(rows);
  expect(text.charCodeAt(0)).toBe(0xfeff);
  expect(parseCsv(text.slice(1))).toEqual(rows);
});

test.each(['=1+1', '+86', '-5', '@SUM(A1)', '\t=1', '＝1', '＋1', '－1', '＠a'])(
  '%j does not run as a formula',
  (text) => {
    expect(parseCsv(csvOf([[text]]).slice(1))).toEqual([[`'${text}`]]);
  },
);

const words: TableWords = {
  columns: ['日', '始', '终', '分', '类', '式', '文', '地', '脉', '详', '思', '果', '下', '隐', '补', '图', '号'],
  category: (id) => `类${id}`,
  mode: { collective: '集', focused: '静', oneToOne: '谈', emergency: '急', neutral: '其' },
  held: ({ ground, basis }) => `${ground} ${basis}`,
  enumeration: '、',
};

test('an entry stands in its row with everything it has; a withheld one without its text unless that was asked for', () => {
  const night: EntryBody = {
    kind: 'entry',
    week: '2026-W48',
    lateFor: '2026-W47',
    day: '2026-11-20',
    start: '2026-11-20T23:30',
    end: '2026-11-21T01:00',
    text: '值守',
    category: 'duty',
    threads: [
      { id: 'a', name: '防汛' },
      { id: 'b', name: '便桥' },
    ],
    next: '换班',
  };
  const held: EntryBody = {
    kind: 'entry',
    week: '2026-W47',
    day: '2026-11-20',
    start: '2026-11-20T09:00',
    end: '2026-11-20T09:00',
    hold: { ground: 'privacy', basis: '第十五条' },
    digest: 'A'.repeat(43),
  };
  const rows = (prose: { text: string } | null) =>
    entryTable(
      entriesIn([
        { id: 'n', body: night, prose: null },
        { id: 'h', body: held, prose },
        { id: 'r', body: { kind: 'review', week: '2026-W47', text: '复盘' }, prose: null },
      ]),
      () => 'emergency',
      words,
      () => 480,
    ).slice(1);
  const blank = ['', '', '', ''];
  const late = ['2026-11-20', '2026-11-20 23:30', '2026-11-21 01:00', '90', '类duty', '急', '值守', '', '防汛、便桥'];
  expect(rows(null)).toEqual([
    [
      '2026-11-20',
      '2026-11-20 09:00',
      '2026-11-20 09:00',
      '0',
      '',
      '急',
      '',
      ...blank,
      '',
      '',
      'privacy 第十五条',
      '',
      '',
      'h',
    ],
    [...late, '', '', '', '换班', '', '2026-W48', '', 'n'],
  ]);
  expect(rows({ text: '谈话' })[0]?.[6]).toBe('谈话');
});

test.each([
  ['in March, when the clock is put forward', '2026-03-28T22:00', '2026-03-29T06:00', '420'],
  ['in October, when it is put back', '2026-10-24T22:00', '2026-10-25T06:00', '540'],
  ['of another week', '2026-11-20T22:00', '2026-11-21T06:00', '480'],
])('the minutes of a night in Berlin are those that passed, %s', (_, start, end, minutes) => {
  const day = start.slice(0, 10);
  const body: EntryBody = { kind: 'entry', week: weekOf(parseDay(day) ?? 0), day, start, end, text: '值守' };
  const offset = zoneOffset('Europe/Berlin') ?? (() => 0);
  const [, row] = entryTable([{ id: 'n', body, prose: null }], () => null, words, offset);
  expect(row?.slice(1, 4)).toEqual([start.replace('T', ' '), end.replace('T', ' '), minutes]);
});

const event = (more: Partial<IcsEvent> = {}): IcsEvent => ({
  id: '01k000000000000000000000aa',
  start: '2026-11-20T08:30',
  end: '2026-11-20T10:00',
  summary: '例会',
  description: '',
  location: '',
  category: '会议',
  isPrivate: false,
  ...more,
});

function read(text: string) {
  const calendar = new ICAL.Component(ICAL.parse(text));
  const [given] = calendar.getAllSubcomponents('vtimezone');
  if (given === undefined) throw new Error('no zone');
  const zone = new ICAL.Timezone(given);
  return calendar.getAllSubcomponents('vevent').map((component) => {
    const { uid, summary, description, location, startDate, endDate } = new ICAL.Event(component);
    expect(component.getFirstProperty('dtstart')?.getParameter('tzid')).toBe(zone.tzid);
    const instant = (time: typeof startDate) => {
      const local = time.clone();
      local.zone = zone;
      return local.toUnixTime() * 1000;
    };
    return { uid, summary, description, location, start: instant(startDate), end: instant(endDate) };
  });
}

test('events are read back by another reader with the same text and at the same instant', () => {
  const long = `研究、部署；“网格化”\\治理, 逐条\n${'长句子𠮷👨‍👩‍👧，'.repeat(40)}`;
  const events = [
    event({ summary: long, description: '思考; 成果, 一\n二', location: '3号楼, 二层' }),
    event({ id: '01k000000000000000000000bb', start: '2026-11-20T23:30', end: '2026-11-21T00:30' }),
    event({ id: '01k000000000000000000000cc', start: '2026-11-20T12:00', end: '2026-11-20T12:00' }),
  ];
  const text = icsOf(events, 'Asia/Shanghai', Date.UTC(2026, 10, 22, 1, 2, 3));
  // Shanghai is eight hours ahead of UTC all year.
  expect(read(text)).toEqual([
    {
      uid: events[0]?.id,
      summary: long,
      description: '思考; 成果, 一\n二',
      location: '3号楼, 二层',
      start: Date.UTC(2026, 10, 20, 0, 30),
      end: Date.UTC(2026, 10, 20, 2),
    },
    expect.objectContaining({ start: Date.UTC(2026, 10, 20, 15, 30), end: Date.UTC(2026, 10, 20, 16, 30) }),
    expect.objectContaining({ start: Date.UTC(2026, 10, 20, 4), end: Date.UTC(2026, 10, 20, 4) }),
  ]);
  expect(text).toContain('DTSTAMP:20261122T010203Z\r\n');
});

test.each(['一\r二', '一\r\n二', '一\n二'])(
  'a line that ends as in %j is a line of its own, and ends no line of the file',
  (detail) => {
    const text = icsOf([event({ description: detail })], 'Asia/Shanghai', 0);
    expect(text).toContain('DESCRIPTION:一\\n二\r\n');
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  },
);

test('no line is longer than 75 octets and none is cut inside a character', () => {
  const text = icsOf([event({ summary: '𠮷'.repeat(200), description: 'é'.repeat(300) })], 'Asia/Shanghai', 0);
  const bytes = Buffer.from(text, 'utf8');
  const lines: Buffer[] = [];
  for (let from = 0; from < bytes.length; ) {
    const to = bytes.indexOf('\r\n', from);
    lines.push(bytes.subarray(from, to));
    from = to + 2;
  }
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(75);
  for (const line of lines) expect(() => new TextDecoder('utf-8', { fatal: true }).decode(line)).not.toThrow();
});

test('a zone whose clocks change is told with its changes', () => {
  // Europe/Berlin goes back at 2026-10-25T01:00Z from +02:00 to +01:00.
  const text = icsOf(
    [
      event({ start: '2026-10-24T12:00', end: '2026-10-24T13:00' }),
      event({ start: '2026-10-26T12:00', end: '2026-10-26T13:00' }),
    ],
    'Europe/Berlin',
    0,
  );
  expect(read(text).map(({ start }) => start)).toEqual([Date.UTC(2026, 9, 24, 10), Date.UTC(2026, 9, 26, 11)]);
  expect(text).toContain('BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n');
});
