import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeAlone } from '../../server/alone.ts';
import { lockOf } from '../../server/commands/export.ts';
import { checkBag } from '../../server/public/bag.ts';
import { verifyArchive } from '../../server/public/verify-archive.ts';
import { writeArchive } from '../../server/public/write-archive.ts';
import { Settings } from '../../shared/organisation/config.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import { type House, must, openHouse, units } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { sundial } from '../fixtures/served.ts';

const january = Date.UTC(2027, 0, 5) / 1000;
const quiet = (): void => undefined;
const verify = (house: House, folder: string, seen?: Head) =>
  verifyArchive(folder, { pins: house.pins(), seen: () => seen, progress: quiet });
const found = async (house: House, folder: string) =>
  (await verify(house, folder)).failures.map(({ code, where }) => `${code} ${where}`);

eachDatabase((name, open) => {
  /** Two draws of 2026 and one of 2027. */
  const twoYears = async () => {
    const opened = await open();
    const house = await openHouse(opened);
    await must(house.setRule());
    const drawn = [await house.wholeDraw('2026-W47'), await house.wholeDraw('2026-W48')] as const;
    const leaves = (await house.leaves()).length;
    house.at(january);
    const next = await house.wholeDraw('2027-W01');
    const archive = async (year: string, folder = join(opened.folder, `archive-${year}`)) => {
      const done = await writeArchive(house.context, year, folder, quiet);
      if (!done.ok) throw new Error(done.problem.code);
      return { folder, ...done.value };
    };
    return { house, drawn, leaves, next, archive, opened };
  };

  describe('the archive of a year', () => {
    it('fits together where an item was released while it was written', async () => {
      const { house, drawn, opened } = await twoYears();
      const [unit = ''] = drawn[0];
      // Marked before the seal (house-week.ts).
      const offer = { item: 3, why: '已经解密' };
      const disclosure = house.disclosureOf(unit, '2026-W47', offer.item);
      await must(house.ask(unit, 'POST', `diaries/mine/d-2026-w47/${unit}/held/offer`, { ...offer, disclosure }));
      const folder = join(opened.folder, 'archive');
      const deeds: Promise<unknown>[] = [];
      const done = await writeArchive(house.context, '2026', folder, (files) => {
        if (deeds.length === 0 && files === 2)
          deeds.push(must(house.ask('rev1', 'POST', `reviews/d-2026-w47/${unit}/release`, { ...offer, pass: true })));
      });
      await Promise.all(deeds);
      expect(done.ok).toBe(true);
      expect(await found(house, folder)).toEqual([]);
    });

    it('has every draw, diary, page and image of the year and the log up to its end, and nothing else', async () => {
      const { drawn, leaves, archive, house } = await twoYears();
      const { folder, ...counts } = await archive('2026');
      expect(counts).toMatchObject({ year: '2026', diaries: 6, draws: 2, leaves, isOver: true });
      expect((await archive('2027')).isOver).toBe(false);
      const images = (await house.db.selectFrom('public_image').selectAll().execute()).filter(({ draw }) =>
        draw.startsWith('d-2026-'),
      );
      expect(images).toHaveLength(6);
      const diaries = drawn.flatMap((each, n) => each.map((unit) => `d-2026-w${47 + n}/${unit}`));
      expect(filesIn(join(folder, 'data'))).toEqual(
        [
          'archive.json',
          'checkpoint',
          'index.json',
          'feed/0.json',
          'data/diaries.csv',
          'data/diaries.json',
          'draw/d-2026-w47.json',
          'draw/d-2026-w48.json',
          ...diaries.flatMap((diary) => [`draw/${diary}.json`, `d/${diary}.html`]),
          ...images.map(({ sha256 }) => `blob/${sha256}`),
          `tile/0/000.p/${leaves}`,
          `tile/entries/000.p/${leaves}`,
        ].sort(),
      );
      expect(filesIn(folder).filter((path) => !path.startsWith('data/'))).toEqual([
        'FORMAT.md',
        'HOW-TO-CHECK.md',
        'README.txt',
        'bag-info.txt',
        'bagit.txt',
        'manifest-sha256.txt',
        'tagmanifest-sha256.txt',
      ]);
      for (const path of filesIn(folder))
        expect([path, read(folder, path).includes('2027-')]).toEqual([path, path === 'bag-info.txt']);
    });

    it('lists the SHA-256 of every file as BagIt and sha256sum have it', async () => {
      const { archive } = await twoYears();
      const { folder, files, bytes } = await archive('2026');
      const line = (path: string) =>
        `${createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex')}  ${path}\n`;
      const payload = filesIn(folder).filter((path) => path.startsWith('data/'));
      expect(read(folder, 'manifest-sha256.txt')).toBe(payload.map(line).join(''));
      const tags = ['FORMAT.md', 'HOW-TO-CHECK.md', 'README.txt', 'bag-info.txt', 'bagit.txt', 'manifest-sha256.txt'];
      expect(read(folder, 'tagmanifest-sha256.txt')).toBe(tags.map(line).join(''));
      expect(read(folder, 'bagit.txt')).toBe('BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n');
      const sizes = payload.map((path) => readFileSync(join(folder, path)).length);
      expect([files, bytes]).toEqual([payload.length, sizes.reduce((sum, size) => sum + size, 0)]);
      expect(read(folder, 'bag-info.txt')).toContain(`Payload-Oxum: ${bytes}.${files}\n`);
    });

    it('has no text or image that was not drawn or was withheld, also when it was withheld in a later year', async () => {
      const { house, drawn, leaves, archive } = await twoYears();
      const [unit = ''] = drawn[0];
      const { seal_hash } = await house.db
        .selectFrom('seal')
        .selectAll()
        .where('unit', '=', unit)
        .where('week', '=', '2026-W47')
        .executeTakeFirstOrThrow();
      await must(
        house.log('rev1', 'wd-hold+jwt', { seal: seal_hash, item: 2, ground: 'privacy', basis: '《条例》第十五条' }),
      );
      const { folder, leaves: size } = await archive('2026');
      expect(size).toBeGreaterThan(leaves);
      expect(size).toBe((await house.leaves()).length);
      const undrawn = units.filter((one) => !drawn[0].includes(one)).map((one) => `${one}2026-W47`);
      const secrets = [...undrawn, '涉密文字', `${unit}2026-W47看便桥`, `${unit}2026-W47护栏`];
      for (const path of filesIn(folder))
        for (const secret of secrets)
          expect([path, secret, said(read(folder, path)).includes(secret)]).toEqual([path, secret, false]);
      expect(filesIn(join(folder, 'data', 'blob'))).toHaveLength(5);
      const report = await verify(house, folder);
      expect(report).toMatchObject({ failures: [], diaries: 6, draws: 2, images: 5, leaves: size });
      expect(report.notices).toContainEqual({
        notice: 'HELD_AFTER_DRAW',
        where: `data/draw/d-2026-w47/${unit}.json`,
      });
    });

    it('is refused for a year without a draw and for a folder with something in it', async () => {
      const { house, archive, opened } = await twoYears();
      const other = join(opened.folder, 'other');
      expect(await writeArchive(house.context, '2025', other, quiet)).toMatchObject({
        problem: { code: 'YEAR_EMPTY' },
      });
      const { folder } = await archive('2026');
      const again = await writeArchive(house.context, '2026', folder, quiet);
      expect(again).toMatchObject({ problem: { code: 'NOT_EMPTY' } });
    });
  });

  describe('verifying an archive', () => {
    it('passes by the pins, one year after the other, and the log only grew', async () => {
      const { house, archive, leaves } = await twoYears();
      const first = await verify(house, (await archive('2026')).folder);
      expect(first).toMatchObject({
        pinned: true,
        failures: [],
        diaries: 6,
        images: 6,
        leaves,
        archive: { year: '2026' },
      });
      const { folder } = await archive('2027');
      const second = await verify(house, folder, first.head ?? undefined);
      expect(second).toMatchObject({ failures: [], diaries: 3, draws: 1, archive: { year: '2027' } });
      expect(second.leaves).toBe((await house.leaves()).length);
      const forked = { size: leaves, root: `${'A'.repeat(43)}=` };
      expect((await verify(house, folder, forked)).failures).toEqual([
        { code: 'LOG_REWRITTEN', where: 'data/checkpoint' },
      ]);
    });

    it('names the file in which a byte is another, whichever it is', async () => {
      const { archive } = await twoYears();
      const { folder } = await archive('2026');
      expect(await checkBag(folder)).toMatchObject({ failures: [] });
      const paths = filesIn(folder).filter((path) => path !== 'tagmanifest-sha256.txt');
      expect(paths.length).toBeGreaterThan(25);
      for (const path of paths) {
        const whole = readFileSync(join(folder, path));
        const bytes = Buffer.from(whole);
        const at = Math.floor(bytes.length / 2);
        bytes[at] = (bytes[at] ?? 0) ^ 1;
        writeFileSync(join(folder, path), bytes);
        const { failures } = await checkBag(folder);
        expect(failures.map(({ where }) => where)).toContain(path);
        writeFileSync(join(folder, path), whole);
      }
      const list = join(folder, 'tagmanifest-sha256.txt');
      writeFileSync(
        list,
        readFileSync(list, 'utf8').replace(/^./, (digit) => (digit === '0' ? '1' : '0')),
      );
      expect((await checkBag(folder)).failures).toHaveLength(1);
    });

    it('names what is missing and what does not belong there', async () => {
      const { house, archive, drawn } = await twoYears();
      const { folder } = await archive('2026');
      const page = `data/d/d-2026-w47/${drawn[0][0]}.html`;
      rmSync(join(folder, page));
      writeFileSync(join(folder, 'data', 'note.txt'), 'x');
      writeFileSync(join(folder, 'stamp-of-the-archive.txt'), 'x');
      expect(await found(house, folder)).toEqual([
        `ARCHIVE_INCOMPLETE ${page}`,
        'ARCHIVE_SURPLUS data/note.txt',
        `TREE_INCOMPLETE ${page}`,
      ]);
    });

    it('takes no link for a file, wherever it leads: what it leads to is not in the archive', async () => {
      const { archive, opened } = await twoYears();
      const { folder } = await archive('2026');
      const moved = (path: string): string => {
        const to = join(opened.folder, 'elsewhere');
        renameSync(join(folder, path), to);
        symlinkSync(to, join(folder, path));
        return to;
      };
      const first = (path: string): string => filesIn(join(folder, path))[0] ?? '';
      const cases: readonly (readonly [string, string])[] = [
        ['data/index.json', 'ARCHIVE_INCOMPLETE data/index.json'],
        ['bag-info.txt', 'ARCHIVE_INCOMPLETE bag-info.txt'],
        ['manifest-sha256.txt', 'ARCHIVE_MALFORMED manifest-sha256.txt'],
        ['data/tile', `ARCHIVE_INCOMPLETE data/tile/${first('data/tile')}`],
        ['data', 'ARCHIVE_INCOMPLETE data/index.json'],
      ];
      for (const [path, failure] of cases) {
        const to = moved(path);
        const { failures } = await checkBag(folder);
        expect(failures.map(({ code, where }) => `${code} ${where}`)).toContain(failure);
        rmSync(join(folder, path));
        renameSync(to, join(folder, path));
      }
      expect((await checkBag(folder)).failures).toEqual([]);
      symlinkSync(join(folder, 'data/index.json'), join(folder, 'data/copy.json'));
      expect((await checkBag(folder)).failures).toEqual([{ code: 'ARCHIVE_SURPLUS', where: 'data/copy.json' }]);
    });

    it('names a file whose letters are of the other case, under both names', async () => {
      const { archive } = await twoYears();
      const { folder } = await archive('2026');
      renameSync(join(folder, 'data/index.json'), join(folder, 'data/Index.json'));
      expect((await checkBag(folder)).failures).toEqual([
        { code: 'ARCHIVE_INCOMPLETE', where: 'data/index.json' },
        { code: 'ARCHIVE_SURPLUS', where: 'data/Index.json' },
      ]);
    });

    it('fails when a file is changed and the lists are made to fit', async () => {
      const { house, archive, drawn, opened } = await twoYears();
      const { folder } = await archive('2026');
      const [unit] = drawn[0];
      const cases: readonly (readonly [string, (copy: string) => void, string])[] = [
        [
          'bundle',
          (copy) => rmSync(join(copy, `data/draw/d-2026-w47/${unit}.json`)),
          `DRAWN_NOT_PUBLISHED data/draw/d-2026-w47/${unit}.json`,
        ],
        [
          'page',
          (copy) => edit(join(copy, `data/d/d-2026-w47/${unit}.html`), '看便桥', '看新桥'),
          `TEXT_ALTERED data/d/d-2026-w47/${unit}.html`,
        ],
        [
          'table',
          (copy) => edit(join(copy, 'data/data/diaries.json'), '看便桥', '看新桥'),
          'TEXT_ALTERED data/data/diaries.json',
        ],
        [
          'csv',
          (copy) => edit(join(copy, 'data/data/diaries.csv'), '看便桥', '看新桥'),
          'TEXT_ALTERED data/data/diaries.csv',
        ],
        [
          'year',
          (copy) => edit(join(copy, 'data/archive.json'), '"root":"', '"root":"A'),
          'ARCHIVE_MALFORMED data/archive.json',
        ],
      ];
      for (const [label, change, failure] of cases) {
        const copy = join(opened.folder, label);
        cpSync(folder, copy, { recursive: true });
        change(copy);
        relist(copy);
        expect((await checkBag(copy)).failures).toEqual([]);
        expect(await found(house, copy)).toContain(failure);
      }
    });
  });

  if (name === 'SQLite')
    describe('on the command line', () => {
      it('export --archive writes and verify prints the figures and ends with 0', async () => {
        const { house, opened } = await twoYears();
        const { databaseAddress, dataFolder, file, ...rest } = house.context.config;
        // What comes from the environment has no place in the file.
        const settings = Object.entries({ ...rest, ...file }).filter(([member]) => member in Settings.entries);
        const config = join(opened.folder, 'config.json');
        writeFileSync(config, JSON.stringify(Object.fromEntries(settings)));
        const environment = {
          SUNDIAL_CONFIG: config,
          SUNDIAL_DATA: dataFolder,
          DATABASE_URL: databaseAddress,
          LC_ALL: 'zh_CN.UTF-8',
        };
        const folder = join(opened.folder, 'out');
        const { vkey, organiser } = house.pins();
        const made = await sundial(environment, ['export', '--archive', '2026', folder]);
        expect(made).toMatchObject({ code: 0, output: expect.stringContaining('2026年度归档，28个文件') });
        expect(made.output).toContain(`--vkey '${vkey}'`);
        const list = readFileSync(join(folder, 'tagmanifest-sha256.txt'));
        expect(made.output).toContain(createHash('sha256').update(list).digest('hex'));
        const good = await sundial(environment, ['verify', folder, '--vkey', vkey, '--organiser', organiser]);
        expect(good.output).toMatch(
          /^2026年度归档，28个文件，\d+字节。\n核验了6篇日记、2次抽签、\d+条存证。\n核对了6张图片。/,
        );
        expect(good.code).toBe(0);
        expect(await sundial(environment, ['verify', folder])).toMatchObject({ code: 3 });
        edit(join(folder, 'data/data/diaries.csv'), '看便桥', '看新桥');
        const bad = await sundial({ ...environment, LC_ALL: 'en_GB.UTF-8' }, [
          'verify',
          folder,
          '--vkey',
          vkey,
          '--organiser',
          organiser,
        ]);
        expect(bad.output).toContain(
          'ARCHIVE_ALTERED The file differs from the list of the archive data/data/diaries.csv',
        );
        expect(bad.code).toBe(1);
        const release = takeAlone(lockOf(dataFolder, folder));
        const beside = await sundial(environment, ['export', folder]);
        release?.();
        expect(beside).toEqual({ code: 2, output: expect.stringContaining('另一个 sundial export 正在写') });
        for (const words of [
          ['--archive', '26', folder],
          ['--archive', '2026'],
          ['--archive', '2025', join(folder, 'x')],
          ['--archive', '2026', folder],
        ])
          expect([words, (await sundial(environment, ['export', ...words])).code]).toEqual([words, 2]);
      });
    });
});

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const read = (folder: string, path: string): string => readFileSync(join(folder, path), 'utf8');

/** A text with what is base64url in it spelt out, so that words within disclosures are seen. */
const said = (text: string): string =>
  text + [...text.matchAll(/[\w-]{40,}/g)].map(([part]) => Buffer.from(part, 'base64url').toString('utf8')).join('\n');

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  writeFileSync(path, text.replaceAll(from, to));
}

/** Makes both lists of a bag anew, as a forger would. */
function relist(folder: string): void {
  const line = (path: string) =>
    `${createHash('sha256')
      .update(readFileSync(join(folder, path)))
      .digest('hex')}  ${path}\n`;
  const paths = filesIn(folder);
  const payload = paths.filter((path) => path.startsWith('data/'));
  writeFileSync(join(folder, 'manifest-sha256.txt'), payload.map(line).join(''));
  const tags = paths.filter((path) => !path.startsWith('data/') && path !== 'tagmanifest-sha256.txt');
  writeFileSync(join(folder, 'tagmanifest-sha256.txt'), tags.map(line).join(''));
}
