import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { calendarParts } from '../../server/public/calendar-file.ts';
import type { DiaryView, ViewItem } from '../../server/public/diary-view.ts';

const setting = {
  origin: 'diary.example/log1',
  title: '日记',
  unitName: (unit: string) => unit,
  categoryName: (category: string) => category,
  importedMark: '从旧记录导入',
  withheld: () => '暂不公开',
  pageOf: () => null,
};

const entry = (index: number, start: string, text: string): ViewItem => ({
  index,
  kind: 'entry',
  day: start.slice(0, 10),
  start,
  end: null,
  category: null,
  mode: null,
  lateFor: null,
  corrects: null,
  prose: { text, place: null, detail: null, thinking: null, result: null, next: null, threads: [], images: [] },
  hold: null,
  released: null,
});

const diary = (zone: string, items: readonly ViewItem[]): DiaryView => ({
  draw: 'd-2026-w13',
  unit: 'u01',
  week: '2026-W13',
  zone,
  items,
  seal: 'x',
  sealed: { index: 0, rev: 1, sealedAt: 0, latestAck: null, acks: 0, drawnAt: 0 },
  imported: null,
  publishedAt: 1_775_000_000,
  changedAt: 1_775_000_000,
  position: 0,
});

/** The calendar of diaries that come one by one. */
async function calendarOf(diaries: readonly DiaryView[]): Promise<string> {
  const batches = async function* () {
    for (const each of diaries) yield [each];
  };
  let text = '';
  for await (const part of calendarParts(batches, setting)) text += part;
  return text;
}

const read = (source: string) => {
  const calendar = new ICAL.Component(ICAL.parse(source));
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') ?? undefined);
  return calendar.getAllSubcomponents('vevent').map((each) => {
    const event = new ICAL.Event(each);
    event.startDate.zone = zone;
    return { summary: event.summary, at: event.startDate.toUnixTime() };
  });
};

describe('the calendar of open data', () => {
  it.each([
    // Summer time of 2026 in Berlin begins on 29 March at 02:00 and ends on 25 October at 03:00; in New York on 8 March and 1 November.
    ['Europe/Berlin', '2026-03-28T12:00', '2026-03-28T11:00Z'],
    ['Europe/Berlin', '2026-03-29T12:00', '2026-03-29T10:00Z'],
    ['Europe/Berlin', '2026-10-26T12:00', '2026-10-26T11:00Z'],
    ['America/New_York', '2026-07-01T09:00', '2026-07-01T13:00Z'],
    ['America/New_York', '2026-11-02T09:00', '2026-11-02T14:00Z'],
    ['Asia/Shanghai', '2026-03-29T12:00', '2026-03-29T04:00Z'],
    ['Asia/Kathmandu', '2026-03-29T12:00', '2026-03-29T06:15Z'],
  ])('in %s puts %s at %s for whoever reads its zone', async (zone, start, instant) => {
    const [event] = read(await calendarOf([diary(zone, [entry(0, start, '会')])]));
    expect(event?.at).toBe(Date.parse(instant) / 1000);
  });

  it('says of each event when what is told of it changed last, so that a programme takes what was withheld or shown again', async () => {
    const ground = { ground: 'privacy', basis: '《条例》第十五条' } as const;
    const shown = entry(0, '2026-03-26T09:00', '例会');
    // 1 April 2026 00:00 UTC is 1 775 001 600; the diary was published 1 600 seconds before.
    const text = await calendarOf([
      diary('Asia/Shanghai', [
        shown,
        { ...shown, index: 1, prose: null, hold: { ...ground, by: 'seal', at: null, afterDraw: false } },
        { ...shown, index: 2, prose: null, hold: { ...ground, by: 'leader', at: 1_775_001_600, afterDraw: true } },
        { ...shown, index: 3, released: { ...ground, why: '已办结', at: 1_775_088_000 } },
      ]),
    ]);
    expect([...text.matchAll(/DTSTAMP:(\S+)/g)].map(([, stamp]) => stamp)).toEqual([
      '20260331T233320Z',
      '20260331T233320Z',
      '20260401T000000Z',
      '20260402T000000Z',
    ]);
  });

  it('keeps texts word for word through commas, backslashes, line feeds and long lines of 汉字', async () => {
    const texts = ['a,b;c\\d', '第一行\n第二行', '长'.repeat(200), '\\n 不是换行', '🙂'.repeat(40)];
    const source = await calendarOf([
      diary(
        'Asia/Shanghai',
        texts.map((text, n) => entry(n, '2026-03-29T12:00', text)),
      ),
    ]);
    expect(read(source).map(({ summary }) => summary)).toEqual(texts);
    for (const line of source.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
  });

  it('is a whole calendar when nothing is published yet', async () => {
    expect(read(await calendarOf([]))).toEqual([]);
  });
});
