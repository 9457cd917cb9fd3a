/** The terms of reuse that an organisation sets: where they stand, that they never cover what comes from somebody else, and that nothing is
 *  said where none are set. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'parse5';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { makeDiaries } from '../../server/import/diaries.ts';
import { keep } from '../../server/import/keep.ts';
import type { Mapping } from '../../server/import/mapping.ts';
import { sourceRows } from '../../server/import/source-rows.ts';
import { publicFile, publicPaths } from '../../server/public/tree.ts';
import { writeArchive } from '../../server/public/write-archive.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { PublicIndex } from '../../shared/api/published.ts';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { knownBy, mappingOf, record } from '../import/records.ts';

const address = 'https://portal.example/reuse?v=1&lang=zh';
const licence = { name: { zh: '公共数据使用许可<一>', en: 'Open Licence 1' }, address };
/** As it stands in markup. */
const marked = 'https://portal.example/reuse?v=1&amp;lang=zh';
const quiet = (): void => undefined;

eachDatabase((name, open) => {
  /** A drawn week, and two diaries brought in from a record under the terms of its own. */
  const opened = async (more: Partial<SettingsInput>, licenceOfSource: string | null = 'MIT') => {
    const files = await open();
    const house = await openHouse(files, more);
    await must(house.setRule());
    const [unit = ''] = await house.wholeDraw();
    const mapping = mappingOf('br-president');
    const own: Mapping = {
      ...mapping,
      source: { ...mapping.source, licence: licenceOfSource },
      unit: { ...mapping.unit, constant: 'u01' },
    };
    const known = knownBy(own);
    const rows = sourceRows(record('br-president-agenda-2019-01.csv'), mapping, known.offset);
    const { diaries } = makeDiaries(rows.ok ? rows.value.rows : [], own, known);
    await keep(house.context.database, own.source, diaries, { actor: 'operator', at: 1_795_200_000 });
    return { house, unit, folder: join(files.folder, 'out') };
  };
  type House = Awaited<ReturnType<typeof opened>>['house'];
  const text = async (house: House, path: string) => (await house.get(path)).text();
  const brought = 'd/i-br-2019-01-2019-w01/u01.html';

  describe.runIf(name === 'SQLite')('terms of reuse that the organisation has set', () => {
    it('stand in the index, which an older reader goes on reading', async () => {
      const { house } = await opened({ licence });
      const index = JSON.parse(await text(house, 'index.json'));
      expect(index.licence).toEqual(licence);
      const { licence: _, ...older } = PublicIndex.entries;
      expect(v.safeParse(v.object(older), index).success).toBe(true);
    });

    it('are one name in both languages where one is given', async () => {
      const { house } = await opened({ licence: { name: 'CC BY 4.0', address } });
      expect(JSON.parse(await text(house, 'index.json')).licence.name).toEqual({ zh: 'CC BY 4.0', en: 'CC BY 4.0' });
    });

    it('are rights and a license link of the Atom feed, and of no entry but one of a source, which says its own', async () => {
      const { house } = await opened({ licence });
      const [head = '', ...entries] = (await text(house, 'feed.atom')).split('<entry>');
      expect(head).toContain('<rights>使用许可：公共数据使用许可&lt;一&gt;</rights>');
      expect(head).toContain(`<link rel="license" href="${marked}"/>`);
      const said = entries.map((entry) => [
        ...entry.matchAll(/<rights>(.*)<\/rights>\n<link rel="license" href="(.*)"\/>/g),
      ]);
      const [imported, drawn] = [said.slice(0, 2), said.slice(2)];
      // RFC 4946 section 2.1.
      for (const [one] of imported)
        expect(one?.slice(1)).toEqual(['许可：MIT', 'http://purl.org/atompub/license#unspecified']);
      expect(drawn.flat()).toEqual([]);
      expect(drawn).toHaveLength(3);
    });

    it('are not lent to a source that says nothing of its own', async () => {
      const { house } = await opened({ licence }, null);
      expect((await text(house, 'feed.atom')).match(/<rights>来源没有说明使用许可<\/rights>/g)).toHaveLength(2);
      const { items } = JSON.parse(await text(house, 'feed.json'));
      expect(items[0]._licence).toEqual({ name: '来源没有说明使用许可' });
    });

    it('are an extension of the JSON Feed, whose name begins with a low line', async () => {
      const { house } = await opened({ licence });
      const { items, ...feed } = JSON.parse(await text(house, 'feed.json'));
      expect(feed._licence).toEqual({ name: licence.name.zh, url: address });
      expect(items.map((item: { _licence?: object }) => item._licence)).toEqual([
        ...[{ name: '许可：MIT' }, { name: '许可：MIT' }],
        ...[undefined, undefined, undefined],
      ]);
    });

    it('stand at the foot of the plain pages and in the data of a diary, but for one of a source', async () => {
      const { house, unit } = await opened({ licence });
      const line = `使用许可：<a rel="license" href="${marked}">公共数据使用许可&lt;一&gt;</a>`;
      const page = await text(house, `d/d-2026-w47/${unit}.html`);
      for (const html of [page, await text(house, 'moderation.html')]) {
        expect(html).toContain(line);
        expect(JSON.stringify(parse(html), (key, value) => (key === 'parentNode' ? undefined : value))).toContain(
          address,
        );
      }
      const data = (html: string) => JSON.parse(/ld\+json">(.*)<\/script>/.exec(html)?.[1] ?? '');
      expect(data(page).license).toBe(address);
      const other = await text(house, brought);
      expect(other).not.toContain('rel="license"');
      expect(data(other)).not.toHaveProperty('license');
    });

    it('are a header of the tables and the calendar, also where these are known already', async () => {
      const { house } = await opened({ licence });
      for (const file of ['diaries.csv', 'diaries.json', 'diaries.ics']) {
        const first = await house.get(`data/${file}`);
        const again = await house.get(`data/${file}`, { 'if-none-match': first.headers.get('etag') ?? '' });
        expect([first.status, again.status]).toEqual([200, 304]);
        // RFC 8288 section 3.
        for (const { headers } of [first, again]) expect(headers.get('link')).toBe(`<${address}>; rel="license"`);
      }
    });

    it('go with an export and with the archive of a year', async () => {
      const { house, unit, folder } = await opened({ licence });
      await writeTree(house.context, join(folder, 'tree'), quiet);
      const archive = await writeArchive(house.context, '2026', join(folder, 'archive'), quiet);
      expect(archive.ok).toBe(true);
      for (const place of ['tree', 'archive/data']) {
        const read = (path: string) => readFileSync(join(folder, place, path), 'utf8');
        expect(JSON.parse(read('index.json')).licence).toEqual(licence);
        expect(read(`d/d-2026-w47/${unit}.html`)).toContain('rel="license"');
      }
      const readme = readFileSync(join(folder, 'archive', 'README.txt'), 'utf8');
      expect(readme).toContain(`\n使用许可：公共数据使用许可<一> ${address}\n`);
      expect(readme).toContain(`\nLicence for reuse: Open Licence 1 ${address}\n`);
    });
  });

  it.runIf(name === 'SQLite')('nothing is said of terms of reuse where none are set', async () => {
    const { house, folder } = await opened({});
    for (const path of await publicPaths(house.context)) {
      const file = await publicFile(house.context, path);
      if (file === null || file === 'gone') throw new Error(path);
      const body = Buffer.from(file.body).toString();
      expect([path, /rel="license"|<rights|_licence|"licen[cs]e":\{|"license"|使用许可/.exec(body)]).toEqual([
        path,
        null,
      ]);
      expect((await house.get(path)).headers.get('link')).toBeNull();
    }
    expect((await writeArchive(house.context, '2026', folder, quiet)).ok).toBe(true);
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).not.toMatch(/使用许可|Licence for reuse/);
  });
});
