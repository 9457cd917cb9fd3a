/** A record of many diaries: written part by part, so that what breaks off goes on, and corrected many at a time. */
import { expect, test } from 'vitest';
import type { Db } from '../../server/database/port.ts';
import type { MadeDiary } from '../../server/import/diaries.ts';
import { keep, remove } from '../../server/import/keep.ts';
import { diaryBatches } from '../../server/public/load.ts';
import { csvParts, jsonParts } from '../../server/public/open-data.ts';
import { unitFile } from '../../server/public/unit-file.ts';
import type { Week } from '../../shared/time/week.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { writeDiary } from '../fixtures/published-diary.ts';
import { mappingOf } from './records.ts';

const { source } = mappingOf('br-president');
const deed = { actor: 'operator', at: 1_795_200_000 };

/** `count` diaries of as many units in each of 50 weeks, each entry with a text that begins so. */
const diaries = (count: number, text: string): MadeDiary[] =>
  Array.from({ length: 50 * count }, (_, n) => {
    const week = `2018-W${String(Math.floor(n / count) + 1).padStart(2, '0')}` as Week;
    const items = [{ kind: 'entry' as const, category: 'meeting', item: { text: `${text}${n}` } }];
    return { draw: `i-x-${week.toLowerCase()}`, unit: `u${n % count}`, week, zone: 'Asia/Shanghai', items };
  });

const named = ({ draw, unit }: { draw: string; unit: string }): string => `${draw}/${unit}`;

const published = (db: Db) => db.selectFrom('publication').selectAll().orderBy('position').execute();
const facets = (db: Db) => db.selectFrom('public_facet').selectAll().orderBy('position').orderBy('facet').execute();

eachDatabase((_, open) => {
  test('a record of many diaries stands in its order, each under its month and category', async () => {
    const { database } = await open();
    const { db } = database;
    expect(await keep(database, source, diaries(5, '甲'), deed)).toEqual({ added: 250, changed: 0 });
    const rows = (await published(db)).map(({ position, draw, unit }) => ({ position, draw, unit }));
    expect(rows).toEqual(diaries(5, '甲').map(({ draw, unit }, position) => ({ position, draw, unit })));
    // The last is of week 50: Thursday 13 December 2018.
    expect((await facets(db)).slice(-2)).toEqual([
      { facet: 'category', value: 'meeting', position: 249 },
      { facet: 'month', value: '2018-12', position: 249 },
    ]);
    expect(await facets(db)).toHaveLength(500);
  });

  test('the open data have every row of many diaries, in their order', async () => {
    const { database } = await open();
    await keep(database, source, diaries(5, '甲'), deed);
    const ids = diaries(5, '甲').map((diary) => `${named(diary)}/0`);
    const whole = async (parts: AsyncIterable<string>) => {
      let text = '';
      for await (const part of parts) text += part;
      return text;
    };
    const { rows } = JSON.parse(await whole(jsonParts(diaryBatches(database.db))));
    expect(rows.map(({ id }: { id: string }) => id)).toEqual(ids);
    const [, ...lines] = (await whole(csvParts(diaryBatches(database.db)))).trimEnd().split('\r\n');
    expect(lines.map((line) => line.split(',')[0])).toEqual(ids);
  });

  test('the file of a unit lists every diary of it, newest first', async () => {
    const desk = await openDesk(await open());
    await desk.db.insertInto('unit').values({ id: 'u0', kind: 'soe', zh: '甲', en: 'A', position: 9 }).execute();
    await keep(desk.context.database, source, diaries(5, '甲'), deed);
    const file = await unitFile(desk.context, 'u0');
    const weeks = Array.from({ length: 50 }, (_, n) => `2018-W${String(50 - n).padStart(2, '0')}`);
    expect(file?.diaries.map(({ week }) => week)).toEqual(weeks);
  });

  test('a correction leaves each diary in its place and with its day of publication, under another hash', async () => {
    const { database } = await open();
    const { db } = database;
    await keep(database, source, diaries(5, '甲'), deed);
    const before = await published(db);
    const corrected = diaries(5, '甲').map((diary, n) => (n < 100 ? diary : { ...diary, items: [] }));
    const later = { ...deed, at: deed.at + 86_400 };
    expect(await keep(database, source, corrected, later)).toEqual({ added: 0, changed: 150 });
    const after = await published(db);
    expect(after.map(({ seal_hash, ...row }) => row)).toEqual(before.map(({ seal_hash, ...row }) => row));
    expect(
      after.filter(({ seal_hash }, n) => seal_hash !== before[n]?.seal_hash).map(({ position }) => position),
    ).toEqual(Array.from({ length: 150 }, (_, n) => 100 + n));
    // Without items a diary has its month alone.
    expect(await facets(db)).toHaveLength(100 * 2 + 150);
    const items = await db.selectFrom('imported_diary').select('items').where('items', '=', '[]').execute();
    expect(items).toHaveLength(150);
  });

  test('an import that breaks off keeps what it has written, and the same call goes on from there', async () => {
    const { database } = await open();
    const { db } = database;
    const record = diaries(24, '甲');
    const heard: number[] = [];
    const breaking = keep(database, source, record, deed, (done) => {
      heard.push(done);
      throw new Error('the machine stopped');
    });
    await expect(breaking).rejects.toThrow('the machine stopped');
    const [written = 0] = heard;
    expect((await published(db)).map(named)).toEqual(record.slice(0, written).map(named));
    expect(written).toBeGreaterThan(0);
    // Meanwhile a draw is published.
    await writeDiary(db, 'd-2026-w40', 'u1', written, [{ kind: 'entry', text: '一' }]);
    heard.length = 0;
    const again = await keep(database, source, record, deed, (done) => heard.push(done));
    expect(again).toEqual({ added: 1200 - written, changed: 0 });
    expect(heard.at(-1)).toBe(1200);
    const rows = await published(db);
    expect(rows.map(({ position }) => position)).toEqual(Array.from({ length: 1201 }, (_, n) => n));
    expect(rows.map(named)).toEqual([
      ...record.slice(0, written).map(named),
      'd-2026-w40/u1',
      ...record.slice(written).map(named),
    ]);
    expect(await keep(database, source, record, deed)).toEqual({ added: 0, changed: 0 });
    const audit = await db.selectFrom('audit').select('facts').where('action', '=', 'diaries.import').execute();
    const added = audit.map(({ facts }) => JSON.parse(facts).added);
    expect(added.reduce((sum, count) => sum + count, 0)).toBe(1200);
    expect(added).not.toContain(0);
  });

  test('a source is taken out from between others, and each of those keeps its own month', async () => {
    const { database } = await open();
    const { db } = database;
    const other = { ...source, id: 'other' };
    const others = (from: number, to: number) =>
      diaries(1, '乙')
        .slice(from, to)
        .map((diary) => ({ ...diary, draw: diary.draw.replace('i-x', 'i-other') }));
    await keep(database, other, others(0, 2), deed);
    await keep(database, source, diaries(1, '甲').slice(0, 20), deed);
    await keep(database, other, others(0, 4), deed);
    await keep(database, source, diaries(1, '甲'), deed);
    await keep(database, other, others(0, 6), deed);
    await db.insertInto('public_thread').values({ thread: 't', position: 22, item: 0, at: '2018' }).execute();
    expect(await remove(database, source.id, deed)).toBe(50);
    const rows = await published(db);
    expect(rows.map(({ position, draw }) => [position, draw])).toEqual(others(0, 6).map(({ draw }, n) => [n, draw]));
    // Weeks 1 to 5 of 2018 have their Thursday in January but the last: 1 February; week 6 has 8 February.
    const months = (await facets(db)).filter(({ facet }) => facet === 'month').map(({ value }) => value);
    expect(months).toEqual(['2018-01', '2018-01', '2018-01', '2018-01', '2018-02', '2018-02']);
    // It stood at the third of the others.
    expect(await db.selectFrom('public_thread').select('position').execute()).toEqual([{ position: 2 }]);
  });
});
