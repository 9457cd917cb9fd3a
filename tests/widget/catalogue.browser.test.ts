/** A further language comes by one catalogue file: the build makes a part of it, and every element speaks it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openPage, withBrowser } from './browser.ts';
import { listTree } from './list-tree.ts';
import { openSite, strictPolicy, type Tree } from './site.ts';
import { commentsTag, diaryTag, treeWith, vectors } from './vector-tree.ts';
import { voices } from './voices.ts';

const root = join(import.meta.dirname, '..', '..');
const sites = withBrowser();
let built = '';
beforeAll(() => {
  built = mkdtempSync(join(tmpdir(), 'sundial-widget-'));
  const env = { ...process.env, SUNDIAL_WIDGET: built, SUNDIAL_CATALOGUES: join(import.meta.dirname, 'catalogues') };
  execFileSync(join(root, 'node_modules', '.bin', 'rollup'), ['-c', '--silent'], { cwd: root, env, stdio: 'pipe' });
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

async function opened(body: string, lang: string, tree: Tree = treeWith(vectors.base)) {
  const loaded: string[] = [];
  const site = await openSite({
    tree,
    body,
    lang,
    policy: strictPolicy,
    serve: (path, response) => {
      if (!/^\/sundial[-.\w]*\.js$/.test(path)) return false;
      loaded.push(path);
      response.writeHead(200, { 'content-type': 'text/javascript' });
      response.end(readFileSync(join(built, basename(path))));
      return true;
    },
    api: () => ({ status: 200, body: { rows: voices.slice(0, 1), next: null, total: 1, byItem: {} } }),
  });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.goto(site.address);
  return { page, site, errors, loaded };
}

it('in a page of that language, or of a region of it: below a diary, in its forms, beside a check that passes', async () => {
  const { page, site, errors, loaded } = await opened(diaryTag(), 'fr-CA');
  await page.getByRole('heading', { name: 'Commentaires et suites 1 commentaire' }).waitFor();
  await page.locator('.verify.ok').waitFor();
  await page.getByRole('button', { name: 'Écrire un commentaire' }).click();
  await page.getByLabel('Votre texte').waitFor();
  expect(await page.locator('sundial-diary .s').first().getAttribute('lang')).toBe('fr');
  expect(loaded.filter((path) => /-(fr|en)\.js$/.test(path)).map((path) => path.slice(-6))).toEqual(['-fr.js']);
  expect([errors, site.violations]).toEqual([[], []]);
});

it('beside another: each element speaks its own, and what has no catalogue is told in English', async () => {
  const more = ['fr', 'zh-CN', 'de'].map((lang) => commentsTag(`lang="${lang}"`)).join('');
  const { page, errors } = await opened(more, 'zh-CN');
  for (const heading of ['Commentaires et suites', '留言与办理', 'Comments and cases'])
    await page.getByRole('heading', { name: heading }).waitFor();
  expect(errors).toEqual([]);
});

it('in elements of other parts, and in what is said when nothing comes', async () => {
  const { page } = await opened('<sundial-rates src="/public/"></sundial-rates>', 'fr', listTree());
  await page.getByRole('heading', { name: 'Ce qui est devenu des signalements' }).waitFor();
  const { page: without } = await opened('<sundial-rates src="/public/"></sundial-rates>', 'fr', {});
  await without.getByRole('button', { name: 'Réessayer' }).waitFor();
});
