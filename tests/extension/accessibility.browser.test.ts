/** Every screen of a leader's extension by axe against WCAG 2.2 AA, at 320 pixels and with wide text; and the main way by keyboard alone. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { evening, fillStore, putRows } from '../fixtures/filled-store.ts';
import { emptyScreens, leaderScreens, type Screen } from '../fixtures/leader-screens.ts';
import { cutOffWhenSpaced, findingsIn, moved, tooWide } from '../fixtures/page-checks.ts';
import { openProfile, type Profile } from '../fixtures/profile.ts';

let folder: string;
let profile: Profile;
/** A page of the settings in another tab: the language is changed there, as its person would. */
let settings: Page;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-accessibility-'));
  profile = await openProfile(folder);
  await profile.context.clock.setFixedTime(evening);
  settings = await profile.open('desk.html#/settings');
});
afterAll(async () => {
  await profile.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Entries and blanks of the grid, as high as their time, which unfold beside it; rows of the popup, which unfold below. */
const shortened = '.blk, .gp, .line.one';

/** Looks at a screen in Chinese and light, then, without leaving it, in English and dark. */
async function look(screen: Screen): Promise<void> {
  const { name, ready, reach } = screen;
  await speak('中文');
  const page = await pageAt(screen);
  await page.emulateMedia({ colorScheme: 'light' });
  await reach?.(page);
  await page.locator(ready).first().waitFor();
  // What is done to a page may move what it will.
  if (reach === undefined) expect.soft(await moved(page), `${name}: moved`).toEqual([]);
  for (const { language, tag, scheme } of looks) {
    await speak(language);
    await page.locator(`html[lang=${tag}]`).waitFor({ state: 'attached' });
    const { failed, advised } = await findingsIn(page, scheme);
    if (advised.length > 0) console.info(`${name}, ${tag}: ${advised.join(' | ')}`);
    expect.soft(failed, `${name}, ${tag}`).toEqual([]);
    expect.soft(await cutOffWhenSpaced(page, shortened), `${name}, ${tag}: cut off`).toEqual([]);
    expect.soft(await tooWide(page), `${name}, ${tag}: too wide`).toEqual([]);
  }
  // The popup is as wide as it says; the browser makes its window for it. English words are the longer ones.
  for (const narrow of screen.address.startsWith('popup') ? [] : [400, 320]) {
    await page.setViewportSize({ width: narrow, height: 800 });
    expect.soft(await tooWide(page), `${name}: too wide at ${narrow}`).toEqual([]);
  }
}

/** One tab for each kind of page, loaded anew for each screen. */
async function pageAt({ address, width = 1280, stored }: Screen): Promise<Page> {
  const [file = ''] = address.split('#');
  const page = tabs.get(file) ?? (await profile.open(address));
  tabs.set(file, page);
  page.setDefaultTimeout(30_000);
  await page.setViewportSize({ width, height: 800 });
  if (stored !== undefined) await putRows(page, stored);
  await page.goto(`chrome-extension://${profile.extensionId}/${address}`);
  await page.reload();
  return page;
}
const tabs = new Map<string, Page>();

/** A tab in the background draws once a second, so its radio button is not waited for. */
const speak = (language: string) => settings.getByRole('radio', { name: language }).dispatchEvent('click');
const looks = [
  { language: '中文', tag: 'zh-CN', scheme: 'light' },
  { language: 'English', tag: 'en', scheme: 'dark' },
] as const;

describe('before anything is written', () => {
  test.each(emptyScreens)('$name', look);
});

describe('with three weeks written', () => {
  beforeAll(async () => {
    for (const tab of tabs.values()) await tab.close();
    tabs.clear();
    await fillStore(settings);
    await settings.reload();
  });

  let tries = 0;
  test('a leader logs, moves, finds and sets by keyboard alone', async () => {
    tries += 1;
    const stall = tries === 1 ? '东门菜场商户' : '西门菜场商户';
    // A try before may have ended anywhere: with its pages open, in English, with words in the line.
    for (const left of profile.context.pages()) if (left !== settings) await left.close();
    await speak('中文');
    const popup = await profile.open('popup.html');
    await popup.locator('.read').waitFor();
    await expect.poll(() => focused(popup)).toBe('记一条');
    await popup.keyboard.press('Control+a');
    await popup.keyboard.type(`20:00-20:40 走访石埠${stall}`);
    await expect.poll(() => popup.getByRole('combobox', { name: '类别' }).inputValue()).toBe('enterpriseService');
    await popup.keyboard.press('Alt+c');
    await expect.poll(() => popup.getByRole('combobox', { name: '类别' }).inputValue()).toBe('publicService');
    await popup.keyboard.press('Enter');
    await popup.getByRole('button', { name: `20:00–20:40 走访石埠${stall}` }).waitFor();

    const opened = profile.context.waitForEvent('page');
    await tabTo(popup, '本周');
    await popup.keyboard.press('Enter');
    const desk = await opened;
    await desk.locator('.blk').first().waitFor();
    await tabTo(desk, /^9月23日 周三 /);
    await goOn(desk, 'ArrowDown', new RegExp(stall));
    expect(await focused(desk)).toContain('20:00–20:40');
    await desk.keyboard.press('Alt+ArrowDown');
    await expect.poll(() => focused(desk)).toContain('20:05–20:45');

    await tabTo(desk, '查找', 'Shift+Tab');
    await desk.keyboard.press('Enter');
    await desk.locator('#search-box').waitFor();
    await desk.keyboard.press('/');
    await desk.keyboard.type(stall);
    // The list of the whole word, not of its beginning.
    await expect.poll(() => desk.locator('.hit').allTextContents()).toEqual([expect.stringContaining(stall)]);
    await desk.keyboard.press('ArrowDown');
    await expect.poll(() => focused(desk)).toContain(`走访石埠${stall}`);
    // On a busy machine one press was once lost; a person presses again as long as nothing opens.
    const entry = desk.getByRole('dialog').getByRole('textbox', { name: '内容' });
    const openEntry = async () => {
      if (await entry.isVisible()) return true;
      if ((await focused(desk)).includes(stall)) await desk.keyboard.press('Enter');
      return false;
    };
    await expect.poll(openEntry, { interval: 2000, timeout: 20_000 }).toBe(true);
    await desk.keyboard.press('Escape');
    await expect.poll(() => focused(desk)).toBe(`走访石埠${stall}`);

    await tabTo(desk, '设置', 'Shift+Tab');
    await desk.keyboard.press('Enter');
    await desk.getByRole('radio', { name: '中文' }).waitFor();
    await expect.poll(() => desk.evaluate(() => document.activeElement?.id)).toBe('main');
    await tabTo(desk, '中文');
    await desk.keyboard.press('ArrowDown');
    await desk.getByRole('heading', { name: 'Settings' }).waitFor();
    await popup.close();
    await desk.close();
    // A page opened now offers no way back from what was done before it.
    await profile.context.clock.setFixedTime(new Date(evening.getTime() + 60_000));
  });

  test.each(leaderScreens)('$name', look);
});

/** The accessible name of what has the focus: as it is told, by its label, or its text. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const element = document.activeElement;
    const label =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? element.labels?.[0] : null;
    return (element?.getAttribute('aria-label') ?? (label ?? element)?.textContent ?? '').trim();
  });

/** Presses a key until what is named has the focus. */
async function goOn(page: Page, key: string, name: string | RegExp): Promise<void> {
  for (let pressed = 0; pressed < 120; pressed += 1) {
    await page.keyboard.press(key);
    const now = await focused(page);
    if (typeof name === 'string' ? now === name : name.test(now)) return;
  }
  throw new Error(`${key} leads nowhere near ${name}`);
}

const tabTo = (page: Page, name: string | RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab') => goOn(page, key, name);
