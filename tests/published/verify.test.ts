import { appendFileSync, cpSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { appendLeaf } from '../../server/log/append.ts';
import { csvOf } from '../../server/public/open-data.ts';
import { folderSource } from '../../server/public/source.ts';
import { type TreeReport, verifyTree } from '../../server/public/verify-tree.ts';
import { writeTree } from '../../server/public/write-tree.ts';
import { formatVkey, type Head } from '../../shared/proof/checkpoint.ts';
import type { Pins } from '../../shared/proof/verify.ts';
import { type House, must, openHouse } from '../draws/house.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { sundial } from '../fixtures/served.ts';

const codes = (report: TreeReport): string[] => [...new Set(report.failures.map(({ code }) => code))];
const verify = (folder: string, pins: Pins, seen?: Head): Promise<TreeReport> =>
  verifyTree(folderSource(folder), { pins, seen: () => seen, progress: () => undefined });

eachDatabase((name, open) => {
  const exported = async (): Promise<{
    house: House;
    drawn: string[];
    folder: string;
    write: () => Promise<unknown>;
  }> => {
    const opened = await open();
    const house = await openHouse(opened);
    await must(house.setRule());
    const drawn = await house.wholeDraw();
    const folder = join(opened.folder, 'tree');
    const write = () => writeTree(house.context, folder, () => undefined);
    await write();
    return { house, drawn, folder, write };
  };

  describe('a tree that is as it was signed', () => {
    it('passes with pins, and names what was checked', async () => {
      const { house, folder, write } = await exported();
      const report = await verify(folder, house.pins());
      expect(report).toMatchObject({ pinned: true, diaries: 3, draws: 1, images: 3, failures: [], awaited: [] });
      expect(report.leaves).toBe((await house.leaves()).length);
      expect(report.notices.map(({ notice }) => notice)).toEqual([
        'VALUE_TO_COMPARE',
        'VALUE_TO_COMPARE',
        'VALUE_TO_COMPARE',
      ]);
      await house.wholeDraw('2026-W48');
      await write();
      expect(await verify(folder, house.pins(), report.head ?? undefined)).toMatchObject({
        diaries: 6,
        draws: 2,
        failures: [],
      });
    });

    it('passes without pins, but says so', async () => {
      const { house, folder } = await exported();
      const report = await verify(folder, {});
      expect(report).toMatchObject({ pinned: false, failures: [], keys: house.pins() });
    });

    it('passes after a hold, and while a draw waits for its publication', async () => {
      const { house, drawn, folder, write } = await exported();
      const { seal_hash } = await house.db
        .selectFrom('publication')
        .select('seal_hash')
        .where('unit', '=', drawn[0] ?? '')
        .executeTakeFirstOrThrow();
      await must(house.log('rev1', 'wd-hold+jwt', { seal: seal_hash, item: 2, ground: 'privacy', basis: '第十五条' }));
      await write();
      const report = await verify(folder, house.pins());
      expect(report).toMatchObject({ failures: [], images: 2 });
      expect(report.notices.map(({ notice }) => notice)).toContain('HELD_AFTER_DRAW');
      await house.db.updateTable('draw').set({ stage: 'drawn', published_at: null }).execute();
      await house.db.deleteFrom('publication').execute();
      await write();
      expect(await verify(folder, house.pins())).toMatchObject({ awaited: ['d-2026-w47'], failures: [], diaries: 0 });
    });
  });

  describe('a change in the database', () => {
    const disclosure = async (house: House, unit: string, item: number) => {
      const { seal_hash } = await house.db
        .selectFrom('publication')
        .select('seal_hash')
        .where('unit', '=', unit)
        .executeTakeFirstOrThrow();
      const row = await house.db
        .selectFrom('disclosure')
        .selectAll()
        .where('seal_hash', '=', seal_hash)
        .where('item', '=', item)
        .executeTakeFirstOrThrow();
      const set = (encoded: string | null) =>
        house.db
          .updateTable('disclosure')
          .set({ encoded })
          .where('seal_hash', '=', seal_hash)
          .where('item', '=', item)
          .execute();
      return { text: Buffer.from(row.encoded ?? '', 'base64url').toString('utf8'), set };
    };

    it('of one character is named TEXT_ALTERED, and the other diaries stay', async () => {
      const { house, drawn, folder, write } = await exported();
      const { text, set } = await disclosure(house, drawn[0] ?? '', 1);
      await set(Buffer.from(text.replace('例会', '例汇')).toString('base64url'));
      await write();
      const report = await verify(folder, house.pins());
      expect(report.failures).toEqual([{ code: 'TEXT_ALTERED', where: `draw/d-2026-w47/${drawn[0]}.json` }]);
      expect(JSON.parse(readFileSync(join(folder, 'feed/0.json'), 'utf8')).rows).toHaveLength(3);
    });

    it('that drops an entry is named ENTRY_MISSING', async () => {
      const { house, drawn, folder, write } = await exported();
      await (await disclosure(house, drawn[1] ?? '', 1)).set(null);
      await write();
      expect(codes(await verify(folder, house.pins()))).toEqual(['ENTRY_MISSING']);
    });

    it('that shows a later seal is named SEAL_LATE', async () => {
      const { house, drawn, folder, write } = await exported();
      const later = await house.seal(drawn[0] ?? '', { rev: 2, change: '改' });
      const size = (await house.leaves()).length;
      await house.db
        .updateTable('publication')
        .set({ seal_hash: later.hash, size })
        .where('unit', '=', drawn[0] ?? '')
        .execute();
      await write();
      expect(codes(await verify(folder, house.pins()))).toEqual(['SEAL_LATE']);
    });

    it('that puts a list into the log which nobody signed is named SIGNATURE_INVALID, and is no draw', async () => {
      const { house, folder, write } = await exported();
      const leaves = await house.leaves();
      const forged = leaves.flatMap((leaf) => {
        const [header, payload = '', signature] = leaf.split('.');
        const text = Buffer.from(payload, 'base64url').toString('utf8');
        const later = text.replace('"draw":"d-2026-w47"', '"draw":"d-2026-w48"').replace('-W47"', '-W48"');
        return text.includes('"absent":') ? `${header}.${Buffer.from(later).toString('base64url')}.${signature}` : [];
      });
      const [list = ''] = forged;
      await house.context.database.transaction((trx) => appendLeaf(trx, house.context, list));
      await write();
      const failures = [{ code: 'SIGNATURE_INVALID', where: `leaf ${leaves.length}` }];
      expect(forged).toHaveLength(1);
      expect(await verify(folder, house.pins())).toMatchObject({
        diaries: 3,
        draws: 1,
        images: 3,
        awaited: [],
        failures,
      });
    });

    it('that takes a drawn diary back is named DRAWN_NOT_PUBLISHED', async () => {
      const { house, drawn, folder, write } = await exported();
      await house.db
        .deleteFrom('publication')
        .where('unit', '=', drawn[2] ?? '')
        .execute();
      await write();
      expect(codes(await verify(folder, house.pins()))).toEqual(['DRAWN_NOT_PUBLISHED']);
    });
  });

  // What a reader does with files has no part in the database that they came from.
  if (name !== 'SQLite') return;
  let tree: Awaited<ReturnType<typeof exported>>;
  beforeAll(async () => {
    tree = await exported();
  });

  describe('a change in the files', () => {
    it.each<[string, string[], (folder: string, drawn: readonly string[]) => void]>([
      [
        'a diary in the place of another',
        ['BUNDLE_MALFORMED'],
        (folder, [a, b]) => cpSync(bundle(folder, a), bundle(folder, b)),
      ],
      ['a bundle taken away', ['DRAWN_NOT_PUBLISHED'], (folder, [a]) => rmSync(bundle(folder, a))],
      [
        'a reading page with other words',
        ['TEXT_ALTERED'],
        (folder, [a]) => edit(join(folder, `d/d-2026-w47/${a}.html`), '看便桥', '看新桥'),
      ],
      [
        'a card with other words',
        ['TEXT_ALTERED'],
        (folder, [a]) => edit(join(folder, 'feed/0.json'), `${a}2026-W47的标题`, '别的'),
      ],
      ['a card taken away', ['TREE_INCOMPLETE'], (folder) => dropCard(join(folder, 'feed/0.json'))],
      [
        'a draw page with another rule of rest',
        ['LIST_INVALID'],
        (folder) => edit(join(folder, 'draw/d-2026-w47.json'), '"rest":[]', '"rest":[1]'),
      ],
      [
        'a draw page with a number that no signed record can have',
        ['LIST_INVALID'],
        (folder) => edit(join(folder, 'draw/d-2026-w47.json'), '"rest":[]', '"rest":[1e400]'),
      ],
      [
        'a draw page with another number of acknowledgements to wait for',
        ['BUNDLE_MALFORMED'],
        (folder) => edit(join(folder, 'draw/d-2026-w47.json'), '"min_acks":3', '"min_acks":1'),
      ],
      [
        'a draw page without a device that is needed for the lock',
        ['LIST_NOT_LOCKED'],
        (folder) => dropAcks(join(folder, 'draw/d-2026-w47.json'), 3),
      ],
      [
        'an index with more pages than anybody could read',
        ['TREE_INCOMPLETE'],
        (folder) => edit(join(folder, 'index.json'), '"feed":{"pages":1', '"feed":{"pages":1e400'),
      ],
      ['another picture', ['IMAGE_ALTERED'], (folder) => editImage(folder)],
      ['a leaf exchanged', ['LOG_INCOMPLETE'], (folder) => swapLeaves(folder)],
      ['a hash in a tile exchanged', ['LOG_INCOMPLETE'], (folder) => flip(join(folder, 'tile/0/000.p/20'))],
      ['a byte behind a tile', ['LOG_INCOMPLETE'], (folder) => appendFileSync(join(folder, 'tile/0/000.p/20'), 'x')],
      [
        'a leaf behind those of the log',
        ['LOG_INCOMPLETE'],
        (folder) => appendFileSync(join(folder, 'tile/entries/000.p/20'), '\0\u0001x'),
      ],
      ...(['id', 'week', 'seal', 'sealedAt'] as const).map((name): [string, string[], (folder: string) => void] => [
        `open data with another ${name}, the same in both files`,
        ['TEXT_ALTERED'],
        (folder) => editTable(folder, name),
      ]),
      ['no tile', ['LOG_INCOMPLETE'], (folder) => rmSync(join(folder, 'tile/0/000.p/20'))],
      [
        'a checkpoint of another size',
        ['CHECKPOINT_INVALID'],
        (folder) => edit(join(folder, 'checkpoint'), '\n20\n', '\n19\n'),
      ],
      ['no index', ['TREE_INCOMPLETE'], (folder) => rmSync(join(folder, 'index.json'))],
    ])('%s is named', async (title, expected, change) => {
      const copy = `${tree.folder} with ${title}`;
      cpSync(tree.folder, copy, { recursive: true });
      change(copy, tree.drawn);
      expect(codes(await verify(copy, tree.house.pins()))).toEqual(expected);
    });
  });

  describe('a pin', () => {
    it('of another log key or another organiser is named', async () => {
      const { house, folder } = tree;
      const { vkey, organiser } = house.pins();
      expect(codes(await verify(folder, { vkey: digitChanged(vkey, 30), organiser }))).toEqual(['CHECKPOINT_INVALID']);
      const other = await verify(folder, { vkey, organiser: digitChanged(organiser, 5) });
      expect(codes(other)).toContain('KEY_NOT_VALID');
      const two = { vkey: `${(await exported()).house.pins().vkey} ${vkey}`, organiser };
      expect(codes(await verify(folder, two))).toEqual([]);
    });

    it('does not help a log that forgot what was seen', async () => {
      const { house, folder } = tree;
      const forked = { size: 12, root: `${'A'.repeat(43)}=` };
      expect(codes(await verify(folder, house.pins(), forked))).toEqual(['LOG_REWRITTEN']);
      const longer = { size: 4000, root: `${'A'.repeat(43)}=` };
      expect(codes(await verify(folder, house.pins(), longer))).toEqual(['LOG_REWRITTEN']);
    });
  });

  describe('the command', () => {
    it('exits with 0, 1, 2 or 3, and remembers the head', { timeout: 60_000 }, async () => {
      const { house, drawn, folder, write } = await exported();
      const { vkey, organiser } = house.pins();
      const pins = ['--vkey', vkey, '--organiser', organiser];
      const zh = { LC_ALL: 'zh_CN.UTF-8' };
      const seen = join(folder, '..', 'seen.json');
      const good = await sundial(zh, ['verify', folder, ...pins, '--seen', seen]);
      expect(good.output).toContain('核验了3篇日记、1次抽签、');
      expect(good).toMatchObject({ code: 0 });
      expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual({
        'diary.example/log1': { size: (await house.leaves()).length, root: expect.any(String) },
      });
      await house.seal('u01', { week: '2026-W48' });
      await write();
      expect(await sundial(zh, ['verify', folder, ...pins, '--seen', seen])).toMatchObject({ code: 0 });
      expect(JSON.parse(readFileSync(seen, 'utf8'))['diary.example/log1'].size).toBe((await house.leaves()).length);
      // Of the log before, whose key a page pins as well, nothing follows for this one, in whichever order they stand.
      const before = { 'diary.example/log0': { size: 5000, root: `${'A'.repeat(43)}=` } };
      for (const pin of [`${await keyOfBefore()} ${vkey}`, `${vkey} ${await keyOfBefore()}`]) {
        writeFileSync(seen, JSON.stringify(before));
        const both = ['--vkey', pin, '--organiser', organiser];
        expect(await sundial(zh, ['verify', folder, ...both, '--seen', seen])).toMatchObject({ code: 0 });
        const kept = { ...before, 'diary.example/log1': { size: expect.any(Number), root: expect.any(String) } };
        expect(JSON.parse(readFileSync(seen, 'utf8'))).toEqual(kept);
        writeFileSync(seen, JSON.stringify({ 'diary.example/log1': { size: 3, root: `${'A'.repeat(43)}=` } }));
        const rewritten = await sundial(zh, ['verify', folder, ...both, '--seen', seen]);
        expect(rewritten).toEqual({ code: 1, output: expect.stringContaining('LOG_REWRITTEN') });
      }
      const open_ = await sundial(zh, ['verify', folder]);
      expect(open_).toMatchObject({ code: 3 });
      expect(open_.output).toContain('未固定钥匙');
      expect(open_.output).toContain(vkey);
      edit(join(folder, `d/d-2026-w47/${drawn[0]}.html`), '看便桥', '看新桥');
      const bad = await sundial({ LC_ALL: 'en_GB.UTF-8' }, ['verify', folder, ...pins, '--json']);
      expect(bad).toMatchObject({ code: 1 });
      expect(JSON.parse(bad.output)).toMatchObject({ failures: [{ code: 'TEXT_ALTERED' }] });
      expect(await sundial(zh, ['verify'])).toMatchObject({ code: 2 });
      // A pin that was copied wrongly accuses nobody.
      const cut = await sundial(zh, [
        'verify',
        folder,
        '--vkey',
        `${vkey} ${vkey.slice(0, -5)}`,
        '--organiser',
        organiser,
      ]);
      expect(cut).toEqual({ code: 2, output: expect.stringContaining('不是存证日志的公钥') });
      const short = await sundial(zh, ['verify', folder, '--vkey', vkey, '--organiser', organiser.slice(1)]);
      expect(short).toEqual({ code: 2, output: expect.stringContaining('不是钥匙的编号') });
      const elsewhere = await sundial(zh, ['verify', join(folder, 'draw'), ...pins]);
      expect(elsewhere).toEqual({ code: 1, output: expect.stringContaining('https://…/public/') });
      expect(await sundial(zh, ['verify', 'http://127.0.0.1:1/', ...pins])).toMatchObject({ code: 2 });
      writeFileSync(seen, '{"size":1}');
      expect(await sundial(zh, ['verify', folder, ...pins, '--seen', seen])).toMatchObject({ code: 2 });
    });
  });
});

const keyOfBefore = async (): Promise<string> => {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  return formatVkey('diary.example/log0', 2, new Uint8Array(await crypto.subtle.exportKey('spki', publicKey)));
};

const bundle = (folder: string, unit: string | undefined): string => join(folder, `draw/d-2026-w47/${unit}.json`);

function edit(path: string, from: string, to: string): void {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  writeFileSync(path, text.replaceAll(from, to));
}

function dropCard(path: string): void {
  const page = JSON.parse(readFileSync(path, 'utf8'));
  writeFileSync(path, JSON.stringify({ ...page, rows: page.rows.slice(1) }));
}

function dropAcks(path: string, count: number): void {
  const page = JSON.parse(readFileSync(path, 'utf8'));
  page.proof.lock.acks.splice(0, count);
  writeFileSync(path, JSON.stringify(page));
}

function editImage(folder: string): void {
  const page = JSON.parse(readFileSync(join(folder, 'data/diaries.json'), 'utf8'));
  const path = join(folder, `blob/${page.rows[2].images}`);
  writeFileSync(path, Buffer.concat([readFileSync(path), Buffer.from('x')]));
}

/** Says something else in one column of every row, as a table and as comma-separated values alike. */
function editTable(folder: string, column: string): void {
  const path = join(folder, 'data/diaries.json');
  const table: { rows: Record<string, string | number | null>[] } = JSON.parse(readFileSync(path, 'utf8'));
  const rows = table.rows.map((row) => {
    const value = row[column] ?? null;
    return {
      ...row,
      [column]: typeof value === 'number' ? value + 60 : `${value}`.replace(/\d/, (digit) => `${9 - Number(digit)}`),
    };
  });
  writeFileSync(path, JSON.stringify({ ...table, rows }));
  writeFileSync(join(folder, 'data/diaries.csv'), csvOf(rows as Parameters<typeof csvOf>[0]));
}

/** Turns the lowest bit of the last byte. */
function flip(path: string): void {
  const bytes = readFileSync(path);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

/** Puts another leaf's signature into the entry bundle, at the same length. */
function swapLeaves(folder: string): void {
  const path = join(folder, 'tile/entries/000.p/20');
  const bytes = readFileSync(path);
  bytes[bytes.length - 3] = bytes[bytes.length - 3] === 65 ? 66 : 65;
  writeFileSync(`${path}.new`, bytes);
  renameSync(`${path}.new`, path);
}

const digitChanged = (text: string, at: number): string =>
  `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`;
