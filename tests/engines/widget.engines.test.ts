/** The first rooms of the widget, as far as that with prototype.js, in Firefox and in WebKit: the diary's text stands there letter for letter, it is checked, and a
 *  reader's draft is kept over a reload. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureFirefox, launchFirefox } from '../fixtures/firefox.ts';
import { bringWebKit, openWebKit } from '../fixtures/webkit.ts';
import { openPortal, type Portal } from '../widget/rooms/portal.ts';
import { rooms } from '../widget/rooms/rooms.ts';
import { bring, type Supply } from '../widget/rooms/supplies.ts';
import { signedTexts } from '../widget/rooms/texts.ts';

const isThere: Readonly<Record<Supply, boolean>> = { packages: bring('packages'), prototype: bring('prototype') };
const first = rooms.slice(0, 6).filter(({ needs }) => needs === undefined || isThere[needs]);
const pictures = join(import.meta.dirname, '..', 'output', 'rooms');
mkdirSync(pictures, { recursive: true });
const draft = '夜里还是黑 <b>两盏灯</b>';

/** A page that can be led somewhere and asked by script; the least that two drivers have in common. */
interface Driven {
  goto(address: string): Promise<void>;
  run(script: string): Promise<unknown>;
  picture(): Promise<Uint8Array>;
  close(): Promise<void>;
}

/** Functions of the page: `root` the diary's shadow, `form` that of its form. */
const inPage = `const root = document.querySelector('sundial-diary')?.shadowRoot;
const deep = (name) => { const find = (from) => from && (from.querySelector(name) ?? [...from.querySelectorAll('*')].reduce((found, one) => found ?? find(one.shadowRoot), null)); return find(root); };
const button = () => { const find = (from) => from && ([...from.querySelectorAll('button')].find((one) => one.textContent.trim() === '写留言') ?? [...from.querySelectorAll('*')].reduce((found, one) => found ?? find(one.shadowRoot), null)); return find(root); };`;

/** A form comes where the reader is: its button is in view. */
const near = '(button()?.scrollIntoView(), button())';

async function until(driven: Driven, script: string): Promise<void> {
  await expect.poll(() => driven.run(`${inPage} return Boolean(${script});`), { timeout: 20_000 }).toBe(true);
}

async function readAndWrite(driven: Driven, address: string): Promise<void> {
  await driven.goto(address);
  await until(driven, "deep('details.verify:not(.idle)')");
  expect(await driven.run(`${inPage} return deep('details.verify').className.trim();`)).toBe('verify ok');
  expect(
    await driven.run(`${inPage} return [...root.querySelectorAll('.title, .text')].map((one) => one.textContent);`),
  ).toEqual(signedTexts);
  await until(driven, near);
  await driven.run(`${inPage} button().click();`);
  await until(driven, "deep('textarea')");
  await driven.run(
    `${inPage} const field = deep('textarea'); field.value = ${JSON.stringify(draft)}; field.dispatchEvent(new InputEvent('input', { bubbles: true, composed: true }));`,
  );
  await until(driven, "Object.keys(localStorage).some((name) => name.includes('draft'))");
  await driven.goto(address);
  await until(driven, near);
  await driven.run(`${inPage} if (!deep('textarea')) button().click();`);
  await until(driven, "deep('textarea')");
  expect(await driven.run(`${inPage} return deep('textarea').value;`)).toBe(draft);
  await driven.run('localStorage.clear();');
}

async function firefox(): Promise<Driven> {
  ensureFirefox();
  const browser = await launchFirefox();
  const page = await browser.newPage();
  return {
    goto: async (address) => {
      await page.goto(address, { waitUntil: 'domcontentloaded' });
    },
    run: (script) => page.evaluate(`(() => { ${script} })()`),
    picture: () => page.screenshot(),
    close: () => browser.close(),
  };
}

const engines: readonly (readonly [name: string, isThere: boolean, open: () => Promise<Driven>])[] = [
  ['Firefox', true, firefox],
  ['WebKit', bringWebKit(), () => openWebKit(20_000 + (process.pid % 20_000))],
];

for (const [engine, isThere, open] of engines) {
  describe.skipIf(!isThere)(`in ${engine} the diary is read, checked, and a draft is kept,`, () => {
    let portal: Portal;
    let driven: Driven;
    beforeAll(async () => {
      portal = await openPortal();
      driven = await open();
    });
    afterAll(async () => {
      await driven.close();
      await portal.stop();
    });
    for (const { name, where } of first) {
      it(where, async () => {
        await readAndWrite(driven, portal.address(name));
        writeFileSync(join(pictures, `${engine}-${name}.png`), await driven.picture());
        // Both ask for the portal's own favicon, which the strict page forbids.
        const ours = portal.site.violations.filter((one) => !JSON.stringify(one).includes('/favicon.ico'));
        expect(ours).toEqual([]);
      });
    }
  });
}
