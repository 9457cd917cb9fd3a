/** The public tree as `sundial export` writes it into a folder. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderSource } from '../../server/public/source.ts';
import { publicFile, publicPaths } from '../../server/public/tree.ts';
import { verifyTree } from '../../server/public/verify-tree.ts';
import { ForeignFolder, writeTree } from '../../server/public/write-tree.ts';
import { type House, must } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { imagesOf, published, said, week } from './published-house.ts';

eachDatabase((_, open) => {
  describe('an export', () => {
    it('writes the same files that are served, without the dynamic part, and only what changed the next time', async () => {
      const opened = await open();
      const { house, drawn } = await published(opened);
      const folder = join(opened.folder, 'tree');
      const first = await writeTree(house.context, folder, () => undefined);
      expect(first).toEqual({ files: first.files, written: first.files, removed: 0 });
      const paths = await publicPaths(house.context, { isStatic: true });
      expect(listed(folder)).toEqual([...paths].sort());
      for (const path of paths) {
        const file = await publicFile(house.context, path, { isStatic: true });
        expect(file !== null && file !== 'gone' && Buffer.compare(readFileSync(join(folder, path)), file.body)).toBe(0);
      }
      expect(JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'))).toMatchObject({ api: null });
      expect(await writeTree(house.context, folder, () => undefined)).toMatchObject({ written: 0, removed: 0 });
      const { image } = (await imagesOf(house)).find((one) => one.unit === drawn[0]) ?? { image: '' };
      const seal = await house.db
        .selectFrom('publication')
        .select('seal_hash')
        .where('unit', '=', drawn[0] ?? '')
        .executeTakeFirstOrThrow();
      await must(
        house.log('rev1', 'wd-hold+jwt', { seal: seal.seal_hash, item: 2, ground: 'privacy', basis: '第十五条' }),
      );
      await writeTree(house.context, folder, () => undefined);
      expect(listed(folder)).not.toContain(`blob/${image}`);
      const everything = listed(folder)
        .map((path) => readFileSync(join(folder, path), 'utf8'))
        .join('\n');
      expect(everything).not.toContain(`${drawn[0]}${week}看便桥`);
    });

    it('has no text that was withheld while it was written, however busy the log is', async () => {
      const opened = await open();
      const { house, drawn } = await published(opened);
      const folder = join(opened.folder, 'tree');
      const seal_hash = await sealOf(house, drawn[0]);
      const half = (await publicPaths(house.context, { isStatic: true })).length / 2;
      const deeds: Promise<unknown>[] = [];
      let round = 0;
      await writeTree(house.context, folder, (files) => {
        if (files === 1) {
          round += 1;
          if (round <= 5) deeds.push(must(house.setRule({ close: 700 + round })));
        }
        // The last round of all, were it not for the hold.
        if (round === 5 && files === Math.ceil(half))
          deeds.push(
            must(house.log('rev1', 'wd-hold+jwt', { seal: seal_hash, item: 2, ground: 'privacy', basis: '第十五条' })),
          );
      });
      await Promise.all(deeds);
      expect(round).toBeGreaterThan(5);
      const everything = listed(folder).map((path) => said(readFileSync(join(folder, path), 'utf8')));
      expect(everything.join('\n')).not.toContain(`${drawn[0]}${week}看便桥`);
    });

    it('has no text of a released item that was withheld again while it was written, and all of one that was released', async () => {
      const opened = await open();
      const { house, drawn } = await published(opened);
      const folder = join(opened.folder, 'tree');
      const [unit = ''] = drawn;
      // Marked before the seal (house-week.ts).
      const item = 3;
      const hold = { seal: await sealOf(house, unit), item, ground: 'privacy', basis: '第十五条' } as const;
      const why = '当事人同意';
      const disclosure = house.disclosureOf(unit, week, item);
      const offer = { item, disclosure, why };
      await must(house.ask(unit, 'POST', `diaries/mine/d-2026-w47/${unit}/held/offer`, offer));
      const pass = { item, why, pass: true };
      const release = () => must(house.ask('rev1', 'POST', `reviews/d-2026-w47/${unit}/release`, pass));
      const half = Math.ceil((await publicPaths(house.context, { isStatic: true })).length / 2);
      const showing = () =>
        listed(folder).filter((path) =>
          said(readFileSync(join(folder, path), 'utf8')).includes(`${unit}${week}涉密文字`),
        );
      const write = async (
        at: number,
        deed: () => Promise<unknown>,
        other: (round: number) => Promise<unknown> | null,
      ) => {
        const deeds: (Promise<unknown> | null)[] = [];
        let round = 0;
        await writeTree(house.context, folder, (files) => {
          if (files === 1) round += 1;
          if (files === 1) deeds.push(other(round));
          if (round === at && files === half) deeds.push(deed());
        });
        await Promise.all(deeds);
        const read = folderSource(folder);
        const settings = { pins: house.pins(), seen: () => undefined, progress: () => undefined };
        expect((await verifyTree(read, settings)).failures).toEqual([]);
      };
      await write(1, release, () => null);
      const files: string[] = [];
      for (const path of await publicPaths(house.context, { isStatic: true }))
        if (said(await (await house.get(path)).text()).includes(`${unit}${week}涉密文字`)) files.push(path);
      expect(showing()).toEqual(files.sort());
      // The last round of all, were it not for the hold.
      await write(
        5,
        () => must(house.log('rev1', 'wd-hold+jwt', hold)),
        (round) => (round <= 5 ? must(house.setRule({ close: 700 + round })) : null),
      );
      expect(showing()).toEqual([]);
    });

    it('leaves nothing in any of its folders that the tree does not have any more', async () => {
      const opened = await open();
      const { house } = await published(opened);
      const folder = join(opened.folder, 'tree');
      await writeTree(house.context, folder, () => undefined);
      const kept = listed(folder);
      const folders = new Set(kept.flatMap((path) => (path.includes('/') ? [path.split('/')[0] ?? ''] : [])));
      for (const own of folders) writeFileSync(join(folder, own, 'taken-back.html'), '收回的周记');
      expect(await writeTree(house.context, folder, () => undefined)).toMatchObject({ removed: folders.size });
      expect(listed(folder)).toEqual(kept);
    });

    it('that was killed while it wrote leaves no draft of a page behind the next one, and nothing of others is touched', async () => {
      const opened = await open();
      const { house } = await published(opened);
      const folder = join(opened.folder, 'tree');
      await writeTree(house.context, folder, () => undefined);
      const kept = listed(folder);
      const [draft, foreign] = [`feed.atom.${crypto.randomUUID()}.tmp`, 'portal.tmp'];
      for (const name of [draft, foreign]) writeFileSync(join(folder, name), '收回的周记');
      expect(await writeTree(house.context, folder, () => undefined)).toMatchObject({ removed: 1 });
      expect(listed(folder)).toEqual([...kept, foreign].sort());
    });

    it.each([
      ['the data of a server', 'data/sundial.sqlite', null],
      ['an index of something else', 'index.json', '{"title":"portal"}'],
      ['pages beside the index of another log', 'd/2019/photo.jpg', '{"pins":{"origin":"other.example/log1"}}'],
    ])('writes and deletes nothing in a folder with %s', async (_what, file, index) => {
      const opened = await open();
      const { house } = await published(opened);
      const folder = join(opened.folder, 'portal');
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), 'of somebody else');
      if (index !== null) writeFileSync(join(folder, 'index.json'), index);
      const before = listed(folder);
      await expect(writeTree(house.context, folder, () => undefined)).rejects.toThrow(ForeignFolder);
      expect(listed(folder)).toEqual(before);
    });

    it('goes on where a first one was killed, and beside files of others at the top', async () => {
      const opened = await open();
      const { house } = await published(opened);
      const [whole, folder] = [join(opened.folder, 'tree'), join(opened.folder, 'half')];
      await writeTree(house.context, whole, () => undefined);
      const half = [
        'feed.atom',
        `data/diaries.csv.${crypto.randomUUID()}.tmp`,
        'robots.txt',
        '.well-known/security.txt',
      ];
      for (const file of half) {
        mkdirSync(dirname(join(folder, file)), { recursive: true });
        writeFileSync(join(folder, file), '');
      }
      await writeTree(house.context, folder, () => undefined);
      expect(listed(folder)).toEqual([...listed(whole), '.well-known/security.txt', 'robots.txt'].sort());
    });

    it('that breaks off leaves the open data of the one before, whole, and nothing half made', async () => {
      const opened = await open();
      const { house } = await published(opened);
      const folder = join(opened.folder, 'tree');
      await writeTree(house.context, folder, () => undefined);
      const [files, csv] = [listed(folder), readFileSync(join(folder, 'data/diaries.csv'))];
      await house.db.updateTable('draw').set({ record: '{' }).where('record', 'is not', null).execute();
      await expect(writeTree(house.context, folder, () => undefined)).rejects.toThrow();
      expect([listed(folder), readFileSync(join(folder, 'data/diaries.csv')).equals(csv)]).toEqual([files, true]);
    });
  });
});

const sealOf = async (house: House, unit = ''): Promise<string> =>
  (await house.db.selectFrom('publication').select('seal_hash').where('unit', '=', unit).executeTakeFirstOrThrow())
    .seal_hash;

const listed = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .flatMap((entry) => (entry.isFile() ? [join(entry.parentPath, entry.name).slice(folder.length + 1)] : []))
    .sort();
