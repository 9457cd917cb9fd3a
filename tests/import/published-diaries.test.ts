/** Old diaries once they are brought in: kept, changed and taken out, and never looking sealed. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { run } from '../../server/commands/import.ts';
import { makeDiaries } from '../../server/import/diaries.ts';
import { keep, remove } from '../../server/import/keep.ts';
import type { Mapping } from '../../server/import/mapping.ts';
import { sourceRows } from '../../server/import/source-rows.ts';
import { storeSegments } from '../../server/public/search-store.ts';
import { folderSource } from '../../server/public/source.ts';
import { publicFile, publicPaths } from '../../server/public/tree.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import type { Week } from '../../shared/time/week.ts';
import { must, openHouse } from '../draws/house.ts';
import { settings } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { writeDiary } from '../fixtures/published-diary.ts';
import { knownBy, mappingAt, mappingOf, record, unitsIn } from './records.ts';

/** What is changed of a bundle or of the table of open data. */
interface Told {
  readonly diary: { readonly items: readonly { readonly item: object }[] };
  readonly imported: object;
  readonly rows: readonly object[];
}

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

eachDatabase((name, open) => {
  test('a second import changes nothing, a different record changes its diary, and what is taken out leaves no gap', async () => {
    const opened = await open();
    const { db } = opened.database;
    await writeDiary(db, 'd-2026-w40', 'u01', 0, [{ kind: 'entry', text: '一' }]);
    const mapping = mappingOf('br-president');
    const known = knownBy(mapping);
    const rows = sourceRows(record('br-president-agenda-2019-01.csv'), mapping, known.offset);
    const { diaries } = makeDiaries(rows.ok ? rows.value.rows : [], mapping, known);
    const deed = { actor: 'operator', at: 1_795_200_000 };
    const bring = (some: typeof diaries) => keep(opened.database, mapping.source, some, deed);
    expect(await bring(diaries)).toEqual({ added: 2, changed: 0 });
    expect(await bring(diaries)).toEqual({ added: 0, changed: 0 });
    const [first, ...others] = diaries;
    if (first === undefined) throw new Error('nothing was read');
    expect(await bring([{ ...first, items: first.items.slice(1) }, ...others])).toEqual({ added: 0, changed: 1 });
    await writeDiary(db, 'd-2026-w41', 'u01', 3, [{ kind: 'entry', text: '二' }]);
    await db.insertInto('public_facet').values({ facet: 'month', value: '2026-10', position: 3 }).execute();
    expect(await remove(opened.database, mapping.source.id, deed)).toBe(2);
    expect(await remove(opened.database, mapping.source.id, deed)).toBe(0);
    const left = await db.selectFrom('publication').select(['position', 'draw']).orderBy('position').execute();
    expect(left).toEqual([
      { position: 0, draw: 'd-2026-w40' },
      { position: 1, draw: 'd-2026-w41' },
    ]);
    expect(await db.selectFrom('public_facet').selectAll().execute()).toEqual([
      { facet: 'month', value: '2026-10', position: 1 },
    ]);
    expect(await db.selectFrom('imported_diary').selectAll().execute()).toEqual([]);
  });

  if (name === 'PostgreSQL') return;

  test('an entry that the file no longer has, and a source that is taken out, are gone from every file of the database', async () => {
    const { database, folder } = await open();
    const mapping = mappingOf('br-president');
    const deed = { actor: 'operator', at: 1_795_200_000 };
    const entry = (text: string) => ({ kind: 'entry' as const, item: { text } });
    const bring = (...texts: string[]) =>
      keep(
        database,
        mapping.source,
        [{ draw: 'i-x-2019-w01', unit: 'u', week: '2019-W01' as Week, zone: 'Asia/Shanghai', items: texts.map(entry) }],
        deed,
      );
    const inFiles = (words: string): boolean =>
      readdirSync(folder).some(
        (file) => file.startsWith('sundial.sqlite') && readFileSync(join(folder, file)).includes(words),
      );
    await bring('本来不该公开的一条', '可以公开的一条');
    expect(inFiles('本来不该公开的一条')).toBe(true);
    await storeSegments(database);
    await bring('可以公开的一条');
    expect(inFiles('本来不该公开的一条')).toBe(false);
    expect(await database.db.selectFrom('search_shard').select('segment').execute()).toEqual([]);
    expect(inFiles('可以公开的一条')).toBe(true);
    await remove(database, mapping.source.id, deed);
    expect(inFiles('可以公开的一条')).toBe(false);
  });

  test('what is brought in stands in every list with its mark, proves nothing, and can be taken out without a trace', async () => {
    const opened = await open();
    const house = await openHouse(opened);
    await must(house.setRule());
    await house.wholeDraw();
    const { context } = house;
    const whole = async () => {
      const paths = await publicPaths(context);
      const files = await Promise.all(paths.map(async (path) => [path, await publicFile(context, path)] as const));
      return new Map(
        files.map(([path, file]) => [
          path,
          file === null || file === 'gone' ? file : Buffer.from(file.body).toString(),
        ]),
      );
    };
    const before = [...(await whole())];

    const mapping = mappingOf('br-president');
    const known = knownBy({ ...mapping, unit: { ...mapping.unit, constant: 'u01' } });
    const rows = sourceRows(record('br-president-agenda-2019-01.csv'), mapping, known.offset);
    const own: Mapping = { ...mapping, unit: { ...mapping.unit, constant: 'u01' } };
    const { diaries } = makeDiaries(rows.ok ? rows.value.rows : [], own, known);
    const deed = { actor: 'operator', at: 1_795_200_000 };
    expect(await keep(context.database, mapping.source, diaries, deed)).toEqual({ added: 2, changed: 0 });
    const leaves = (await house.leaves()).length;

    const tree = await whole();
    const said = (path: string) => tree.get(path) ?? '';
    const id = 'i-br-2019-01-2019-w01';
    const [newest, next] = JSON.parse(said('index.json')).newest;
    expect([newest.draw, next.draw]).toEqual(['i-br-2019-01-2019-w02', id]);
    expect(next).toMatchObject({ unit: 'u01', minutes: 230, imported: { source: 'br-2019-01', at: deed.at } });
    expect(JSON.parse(said(`draw/${id}/u01.json`))).toMatchObject({
      imported: { source: 'br-2019-01' },
      diary: { week: '2019-W01' },
    });
    const page = said(`d/${id}/u01.html`);
    expect(page).toContain('从旧记录导入，未经封存');
    expect(page).toContain('github.com/butkeraites/agenda-presidencial');
    for (const seal of ['本人设备标注的签名时间', '封存摘要', 'sundial verify']) expect(page).not.toContain(seal);
    const open5 = JSON.parse(said('data/diaries.json')).rows.filter(({ draw }: { draw: string }) => draw === id);
    expect(open5).toHaveLength(5);
    expect(open5[0]).toMatchObject({ seal: null, sealedAt: null, imported: 'br-2019-01' });
    for (const path of [
      'feed.atom',
      'feed.json',
      'fragment/feed.html',
      'fragment/carousel.html',
      `article/${id}/u01.html`,
      'data/diaries.ics',
    ])
      expect(said(path), path).toContain('从旧记录导入，未经封存');
    expect(JSON.parse(said(`beside/${id}/u01.json`))).toMatchObject({ previous: null, next: { week: '2019-W02' } });
    expect(said('facet/month/2019-01/0.json')).toContain(id);
    expect(JSON.parse(said('draw/history.json')).draws).toHaveLength(1);
    expect(said('sitemap/0.xml')).toContain(`${id}/u01.html`);

    const folder = join(opened.folder, 'tree');
    await writeTree(context, folder, () => undefined);
    const check = () =>
      verifyTree(folderSource(folder), { pins: house.pins(), seen: () => undefined, progress: () => undefined });
    expect(await check()).toMatchObject({ diaries: 3, imported: 2, failures: [] });
    // Nothing can be proved of it, but every place that tells of it must tell the same.
    const bundle = join(folder, `draw/${id}/u01.json`);
    const table = join(folder, 'data/diaries.json');
    const changes: readonly (readonly [file: string, where: (told: Told) => readonly object[], change: object])[] = [
      [bundle, ({ diary }) => diary.items.map(({ item }) => item), { text: 'Outra coisa' }],
      [bundle, ({ imported }) => [imported], { source: 'other' }],
      [bundle, ({ imported }) => [imported], { licence: 'all rights reserved' }],
      [table, ({ rows }) => rows, { imported: null }],
      [table, ({ rows }) => rows, { imported: mapping.source.id }],
    ];
    for (const [file, where, change] of changes) {
      const before = readFileSync(file, 'utf8');
      const told: Told = JSON.parse(before);
      for (const one of where(told)) Object.assign(one, change);
      writeFileSync(file, JSON.stringify(told));
      expect(
        (await check()).failures.map(({ code }) => code),
        JSON.stringify(change),
      ).toContain('TEXT_ALTERED');
      writeFileSync(file, before);
    }
    expect(await check()).toMatchObject({ failures: [] });

    const comment = { draw: id, unit: 'u01', item: null, kind: 'opinion', text: '好', nickname: '甲' };
    const answer = await house.send('/api/v1/comments', {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: 'https://portal.example' },
      body: JSON.stringify(comment),
    });
    expect(answer.status).toBeGreaterThanOrEqual(400);

    // A draw after it takes the next place; then the gap is closed.
    await house.wholeDraw('2026-W48');
    const both = await whole();
    expect(await remove(context.database, mapping.source.id, deed)).toBe(2);
    expect(await remove(context.database, mapping.source.id, deed)).toBe(0);
    const after = await whole();
    expect([...after.keys()].some((path) => path.includes('/i-br'))).toBe(false);
    expect(JSON.parse(after.get('index.json') ?? '').feed).toMatchObject({ total: 6 });
    const cards = JSON.parse(after.get('feed/0.json') ?? '').rows.map(
      ({ draw, unit }: Record<string, string>) => `${draw}/${unit}`,
    );
    const sealed = JSON.parse(both.get('feed/0.json') ?? '').rows.flatMap(
      ({ draw, unit, imported }: Record<string, unknown>) => (imported === undefined ? [`${draw}/${unit}`] : []),
    );
    expect(cards).toEqual(sealed);
    for (const [path, body] of before.filter(
      ([path]) => /^(draw|d|article|beside)\//.test(path) && path.includes('2026-w47'),
    ))
      if (!path.startsWith('beside/') && path !== 'draw/history.json') expect(after.get(path), path).toBe(body);
    expect((await house.leaves()).length).toBeGreaterThan(leaves);
  });

  test('the command shows first what it would do, leaves unreadable lines out only when told, and changes nothing the second time', async () => {
    const opened = await open();
    const units = unitsIn(mappingOf('nsw-ministers'));
    const config = join(opened.folder, 'sundial.config.json');
    const kinds = [...new Set(units)].map((id) => ({ id, kind: 'department', name: { zh: id, en: id } }));
    writeFileSync(config, JSON.stringify({ ...settings, units: kinds, terms: [] }));
    vi.stubEnv('SUNDIAL_CONFIG', config);
    vi.stubEnv('SUNDIAL_DATA', opened.folder);
    const command = async (...args: string[]) => {
      const said: string[] = [];
      for (const stream of [process.stdout, process.stderr])
        vi.spyOn(stream, 'write').mockImplementation((chunk) => said.push(String(chunk)) > 0);
      const code = await run(['diaries', ...args]);
      vi.restoreAllMocks();
      return { code, said: said.join('') };
    };
    const file = new URL('../fixtures/old-diaries/nsw-diary-disclosures-2017-09.csv', import.meta.url).pathname;
    const mapping = mappingAt('nsw-ministers').pathname;
    const count = async () => (await opened.database.db.selectFrom('publication').select('draw').execute()).length;
    const refused = await command(file, '--mapping', mapping, '--apply');
    expect(refused.code).toBe(1);
    expect(refused.said).toContain('第4行  日期不在对照文件写明的范围内');
    expect(await count()).toBe(0);
    const first = await command(file, '--mapping', mapping, '--leave-unreadable', '--apply');
    expect(first).toMatchObject({ code: 0 });
    expect(await count()).toBe(3);
    const again = await command(file, '--mapping', mapping, '--leave-unreadable', '--apply', '--json');
    expect(JSON.parse(again.said)).toMatchObject({ applied: false, absent: 0, repeated: 1 });
    // A licence that was wrong is put right without any entry being touched, once.
    const described = JSON.parse(readFileSync(mapping, 'utf8'));
    const licensed = join(opened.folder, 'licensed.json');
    writeFileSync(licensed, JSON.stringify({ ...described, source: { ...described.source, licence: 'CC BY 4.0' } }));
    const relicensed = () => command(file, '--mapping', licensed, '--leave-unreadable', '--apply');
    expect((await relicensed()).said).toContain('来源的名称、地址或许可与现在公开的不同');
    const { said } = await opened.database.db.selectFrom('imported_source').select('said').executeTakeFirstOrThrow();
    expect(JSON.parse(said)).toMatchObject({ licence: 'CC BY 4.0' });
    expect((await relicensed()).said).toContain('和现有的一样，没有要写的');
    await command(file, '--mapping', mapping, '--leave-unreadable', '--apply');
    // An occurrence of a calendar that ends before it begins is no entry, and is named.
    const dated = join(opened.folder, 'calendar.json');
    const [unit = ''] = units;
    const column = (name: string) => ({ column: name, format: 'YYYY-MM-DDThh:mm' });
    const calendar = {
      source: { id: 'calendar', name: { zh: '日历', en: 'calendar' } },
      format: 'ics',
      days: { from: '2015-07-01', to: '2015-07-31' },
      unit: { constant: unit },
      day: { column: 'day', format: 'YYYY-MM-DD' },
      ...{ start: column('start'), end: column('end'), text: { column: 'text' } },
    };
    writeFileSync(dated, JSON.stringify(calendar));
    const ics = new URL('../fixtures/ics/08-override-end-before-start.ics', import.meta.url).pathname;
    const named = await command(ics, '--mapping', dated, '--json');
    expect(JSON.parse(named.said)).toMatchObject({ unreadable: [{ line: 11, code: 'ROW_REFUSED' }] });
    expect(named.code).toBe(1);
    // Of one diary the corrected file has nothing any more.
    const corrected = join(opened.folder, 'corrected.csv');
    const text = readFileSync(file, 'utf8');
    writeFileSync(corrected, text.slice(0, text.indexOf('2017-09-14,')));
    const still = await command(corrected, '--mapping', mapping, '--leave-unreadable', '--apply');
    expect(still.said).toContain('仍公开  2017-W37  family-community-services\n');
    expect(still.said).toMatch(/另有1篇不在文件里，没有撤下，仍然公开；要去掉，先用 --remove 撤出这个来源再导入。\n$/);
    expect(await count()).toBe(3);
    expect((await command('--remove', 'nsw-2017-q3')).said).toContain('3篇');
    expect(await count()).toBe(3);
    await command('--remove', 'nsw-2017-q3', '--apply');
    expect(await count()).toBe(0);
    const audit = await opened.database.db.selectFrom('audit').select(['actor', 'action', 'subject']).execute();
    expect(audit.map(({ actor, action, subject }) => `${actor} ${action} ${subject}`)).toEqual([
      ...Array(3).fill('operator diaries.import nsw-2017-q3'),
      'operator diaries.remove nsw-2017-q3',
    ]);
    expect((await command('--remove', 'nsw-2017-q3')).code).toBe(1);
    expect((await command(file)).code).toBe(2);
  });
});
