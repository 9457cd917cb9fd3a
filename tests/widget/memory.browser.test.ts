/** What the reader's memory of the log does where the browser lends none, where it was spoilt, and where a page knows two logs. */
import { expect, it } from 'vitest';
import { formatVkey } from '../../shared/proof/checkpoint.ts';
import { openPage, withBrowser } from './browser.ts';
import { openSite, type Tree } from './site.ts';
import { draw, treeWith, unit, vectors } from './vector-tree.ts';

const sites = withBrowser();
const { vkey, orgKid } = vectors.pin;
const log = 'diary.example/log1';
const note = String(vectors.base.checkpoint).split('\n');
const head = { size: Number(note[1]), root: note[2] };

/** Opens the diary; `before` runs in the page before anything else. Gives the look of the line once the check has ended. */
async function visit(before: { readonly content: string }, tree: Tree = treeWith(vectors.base), pin = vkey) {
  const body = `<sundial-diary src="/public/" draw="${draw}" unit="${unit}" vkey="${pin}" organiser="${orgKid}"></sundial-diary>`;
  const site = await openSite({ tree, body });
  sites.push(site);
  const { page, errors } = await openPage();
  await page.addInitScript(before);
  await page.goto(site.address);
  const line = page.locator('details.verify:not(.idle)');
  await line.waitFor();
  const look = (await line.getAttribute('class'))?.replace('verify ', '').trim();
  const failure = look === 'bad' ? await line.textContent() : null;
  const kept = (): Promise<Record<string, unknown>> =>
    page.evaluate(() =>
      Object.fromEntries(Object.entries({ ...localStorage }).map(([name, text]) => [name, JSON.parse(text)])),
    );
  return { look, failure, errors, kept };
}

it.each([
  [
    'is refused',
    `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('', 'SecurityError'); } });`,
  ],
  ['is switched off', `Object.defineProperty(window, 'localStorage', { get: () => null });`],
  ['is full', `Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError'); };`],
  ['cannot be read', `Storage.prototype.getItem = () => { throw new DOMException('', 'NS_ERROR_FILE_CORRUPTED'); };`],
])('the diary is checked all the same where storage %s', async (_, content) => {
  const { look, errors } = await visit({ content });
  expect(errors).toEqual([]);
  expect(look).toBe('ok');
});

it.each(['x', '{}', 'null', '[]', '{"size":-1,"root":"x"}', '{"size":1e400}', '{"size":43,"root":"short"}'])(
  'a memory that reads %s is none, and is replaced',
  async (text) => {
    const { look, kept } = await visit({ content: `localStorage.setItem('sundial:head:${log}', '${text}')` });
    expect(look).toBe('ok');
    expect(await kept()).toEqual({ [`sundial:head:${log}`]: head });
  },
);

/** A key of the log that was before, or is beside: of its heads nothing follows for this one. */
const otherKey = async (): Promise<string> => {
  const { publicKey } = await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign']);
  const spki = new Uint8Array(await crypto.subtle.exportKey('spki', publicKey));
  return formatVkey('diary.example/log0', 2, spki);
};
const other = { size: 500, root: `${'A'.repeat(43)}=` };
const rememberOther = {
  content: `localStorage.setItem('sundial:head:diary.example/log0', '${JSON.stringify(other)}')`,
};

it.each([
  ['first', true, {}],
  ['last', false, {}],
  ['first, while the checkpoint is not there', true, { checkpoint: null }],
])('a page that pins the log before %s remembers each log apart', async (_, first, files) => {
  const pins = [await otherKey(), vkey];
  const { look, failure, kept } = await visit(
    rememberOther,
    treeWith(vectors.base, files),
    (first ? pins : pins.reverse()).join(' '),
  );
  expect(failure).toBeNull();
  expect(look).toBe('ok');
  expect(await kept()).toEqual({ 'sundial:head:diary.example/log0': other, [`sundial:head:${log}`]: head });
});

it('and recognises by its own memory that one of them was rewritten', async () => {
  const seen = JSON.stringify({ ...head, root: `${'A'.repeat(43)}=` });
  const { look, failure } = await visit(
    { content: `localStorage.setItem('sundial:head:${log}', '${seen}')` },
    treeWith(vectors.base),
    `${await otherKey()} ${vkey}`,
  );
  expect([look, failure]).toEqual(['bad', expect.stringContaining('存证日志被改写过')]);
});
