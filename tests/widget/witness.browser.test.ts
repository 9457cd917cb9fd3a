/** Who saw the log from outside, and what a reader is told when a file of the proof is not to be had. The log is a real one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { appendLeaf } from '../../server/log/append.ts';
import { publicFile, publicPaths } from '../../server/public/tree.ts';
import { type House, must, openHouse } from '../draws/house.ts';
import { bodyOf, outsideWitness } from '../witness/outside.ts';
import { closePages, openPage, startBrowser, stopBrowser } from './browser.ts';
import { openSite, type Site, type Tree } from './site.ts';

const draw = 'd-2026-w47';
const witness = outsideWitness('archive.example');
/** 2026-11-25 14:30 in Asia/Shanghai. */
const seenAt = Date.UTC(2026, 10, 25, 6, 30) / 1000;
const folder = mkdtempSync(join(tmpdir(), 'sundial-seen-'));
let house: House;
let unit = '';
let site: Site;
/** The tree as it is at the publication, and after three more leaves. */
let early: Tree;
let late: Tree;

beforeAll(async () => {
  await startBrowser();
  const address = join(folder, 'sundial.sqlite');
  house = await openHouse({ database: await openDatabase(address), address, folder });
  await must(house.setRule());
  [unit = ''] = await house.wholeDraw();
  early = await treeOf();
  for (const leaf of ['x', 'y', 'z'])
    await house.context.database.transaction((trx) => appendLeaf(trx, house.context, leaf));
  late = await treeOf();
});
afterEach(async () => {
  await closePages();
  await site.stop();
});
afterAll(async () => {
  await stopBrowser();
  await house.context.database.close();
  rmSync(folder, { recursive: true, force: true });
});

async function treeOf(): Promise<Tree> {
  const files: Record<string, unknown> = {};
  for (const path of await publicPaths(house.context)) {
    const file = await publicFile(house.context, path, { isStatic: true });
    if (file !== null && file !== 'gone')
      files[path] = file.type.startsWith('application/json')
        ? JSON.parse(Buffer.from(file.body).toString())
        : file.body;
  }
  return files;
}

const textIn = (tree: Tree, path: string): string => Buffer.from(tree[path] as Uint8Array).toString();
const sizeIn = (tree: Tree): number => Number(textIn(tree, 'checkpoint').split('\n')[1]);
const lineFor = (tree: Tree): string => witness.line(bodyOf(textIn(tree, 'checkpoint')), seenAt);
const witnessed = (tree: Tree): string => textIn(tree, 'checkpoint') + lineFor(tree);

/** Opens the diary over a tree; `asked` are the paths that were fetched. */
async function read(tree: Tree, pin = `witness="${witness.vkey}"`) {
  const { vkey, organiser } = house.pins();
  site = await openSite({
    tree,
    body: `<sundial-diary src="/public/" draw="${draw}" unit="${unit}" vkey="${vkey}" organiser="${organiser}" ${pin}></sundial-diary>`,
  });
  const { page, errors } = await openPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(site.address);
  return { page, asked, errors };
}

/** The look of the line once the check has ended. */
async function look(page: Page): Promise<string> {
  const line = page.locator('details.verify:not(.idle)');
  await line.waitFor();
  return (await line.getAttribute('class'))?.replace('verify ', '').trim() ?? '';
}

/** Name, words and colour of each witness line. */
async function witnesses(
  page: Page,
): Promise<{ readonly name: string; readonly says: string; readonly grey: boolean }[]> {
  await page.locator('details.verify > summary').click();
  return page.locator('sundial-proof .facts').evaluate((facts) => {
    const names = [...facts.querySelectorAll('dt')].filter((one) => one.textContent?.startsWith('旁证'));
    return names.map((one) => ({
      name: one.textContent ?? '',
      says: one.nextElementSibling?.textContent ?? '',
      grey: one.nextElementSibling?.classList.contains('none') ?? false,
    }));
  });
}

const nothing = { name: '旁证 archive.example', says: '没有能在这里核对的签名', grey: true };

describe('a witness that the page pins', () => {
  it('is named with the record up to which it saw the log, and when', async () => {
    const { page, asked } = await read({ ...early, checkpoint: witnessed(early) });
    expect(await look(page)).toBe('ok');
    const [line, ...more] = await witnesses(page);
    expect(more).toEqual([]);
    expect(line).toMatchObject({ name: '旁证 archive.example', grey: false });
    expect(line?.says).toMatch(new RegExp(`^见证到第${sizeIn(early)}条，.*11月25日.*14:30`));
    expect(asked.filter((path) => path.includes('/witness/'))).toEqual([]);
  });

  it('is shown with an earlier head while the newest has no line of it, once tiles prove that to be a part of the same log', async () => {
    const { page } = await read({ ...late, [`witness/${witness.id}`]: witnessed(early) });
    expect(await look(page)).toBe('ok');
    const [line] = await witnesses(page);
    expect(line?.says).toContain(`见证到第${sizeIn(early)}条`);
    expect(sizeIn(late)).toBe(sizeIn(early) + 3);
  });

  const other = (): string => {
    const [origin, size, root = ''] = textIn(early, 'checkpoint').split('\n');
    const body = `${origin}\n${size}\n${root.startsWith('A') ? 'B' : 'A'}${root.slice(1)}\n`;
    return `${body}\n${witness.line(body, seenAt)}`;
  };
  it.each<readonly [string, () => Tree]>([
    ['has no line', () => ({})],
    [
      'has a line by another key',
      () => ({
        checkpoint:
          textIn(late, 'checkpoint') +
          outsideWitness('archive.example').line(bodyOf(textIn(late, 'checkpoint')), seenAt),
      }),
    ],
    ['has the line of another head', () => ({ checkpoint: textIn(late, 'checkpoint') + lineFor(early) })],
    ['saw another log', () => ({ [`witness/${witness.id}`]: other() })],
    ['is answered with something else', () => ({ [`witness/${witness.id}`]: '<html>' })],
  ])('is a grey line and never red where it %s; the tick needs no witness', async (_, files) => {
    const { page, errors } = await read({ ...late, ...files() });
    expect(await look(page)).toBe('ok');
    expect(await witnesses(page)).toEqual([nothing]);
    expect(errors).toEqual([]);
  });

  it('is told apart from another of the same name, and with the time that it states, whatever that is', async () => {
    const namesake = outsideWitness('archive.example');
    const body = bodyOf(textIn(late, 'checkpoint'));
    // 2099-01-01 00:00 in Asia/Shanghai.
    const future = Date.UTC(2098, 11, 31, 16) / 1000;
    const checkpoint = textIn(late, 'checkpoint') + witness.line(body, future);
    const pin = `witness="${namesake.vkey} ${witness.vkey}"`;
    const { page, errors } = await read({ ...late, checkpoint }, pin);
    expect(await look(page)).toBe('ok');
    const [first, second, ...more] = await witnesses(page);
    expect([first, more]).toEqual([nothing, []]);
    expect(second?.says).toMatch(new RegExp(`^见证到第${sizeIn(late)}条，.*2099年1月1日.*00:00`));
    expect(errors).toEqual([]);
  });

  it('is not asked for by a page that pins none', async () => {
    const { page, asked } = await read({ ...late, [`witness/${witness.id}`]: witnessed(early) }, '');
    expect(await look(page)).toBe('ok');
    expect(await witnesses(page)).toEqual([]);
    expect(asked.filter((path) => path.includes('witness'))).toEqual([]);
  });
});

describe('a reader who remembers a smaller head', () => {
  /** Reads the early tree, then the late one; `tiles` says what becomes of tiles. */
  async function again(tiles: (page: Page) => Promise<unknown>) {
    const { page, errors } = await read(early, '');
    expect(await look(page)).toBe('ok');
    site.put(late);
    await tiles(page);
    await page.reload();
    return { page, errors };
  }

  it.each([
    ['the server is in trouble', { status: 503 }],
    ['too much was asked', { status: 429 }],
    ['the network is gone', null],
  ])(
    'is told that the check is unfinished where a tile cannot be fetched because %s, and may try again',
    async (_, answer) => {
      const { page, errors } = await again((one) =>
        one.route('**/tile/**', (route) => (answer === null ? route.abort() : route.fulfill(answer))),
      );
      expect(await look(page)).toBe('amber');
      const line = page.locator('details.verify');
      expect(await line.textContent()).toContain('核验没有做完');
      expect(await line.textContent()).toContain('不说明日志有问题');
      expect(await page.locator('sundial-diary .text').count()).toBeGreaterThan(0);
      expect(errors).toEqual([]);
      await page.unroute('**/tile/**');
      await line.getByRole('button', { name: '再试一次' }).click();
      await page.locator('details.verify.ok').waitFor();
    },
  );

  it.each([
    ['is not there', { status: 404 }],
    ['is another one', { status: 200, body: Buffer.alloc(32 * 256, 7) }],
    ['ends too soon', { status: 200, body: Buffer.alloc(31) }],
  ])('is told that the log was rewritten where a tile %s', async (_, answer) => {
    const { page } = await again((one) => one.route('**/tile/**', (route) => route.fulfill(answer)));
    expect(await look(page)).toBe('bad');
    expect(await page.locator('details.verify').textContent()).toContain('存证日志被改写过');
  });
});
