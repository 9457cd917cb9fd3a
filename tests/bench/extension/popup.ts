/** How soon the popup can be typed into with 100,000 entries, against an empty store. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile, type Profile } from '../../fixtures/profile.ts';
import { entriesUntil, median, numbered, put, rounded } from './store.ts';

export interface PopupFigures {
  readonly popupReady100kVsEmpty: number;
  readonly popupReady100kMs: number;
  readonly popupReadyEmptyMs: number;
}

const times = 15;

/** Opens the popup in turn in a full and in an empty profile. */
export async function measurePopup(): Promise<PopupFigures> {
  const folders = [
    mkdtempSync(join(tmpdir(), 'sundial-full-')),
    mkdtempSync(join(tmpdir(), 'sundial-empty-')),
  ] as const;
  const full = await openProfile(folders[0]);
  const empty = await openProfile(folders[1]);
  try {
    await fill(full);
    for (const profile of [full, empty]) await profile.context.addInitScript(watchLine);
    const [fullMs, emptyMs]: [number[], number[]] = [[], []];
    for (let n = 0; n <= times; n += 1)
      for (const [profile, spent] of [
        [full, fullMs],
        [empty, emptyMs],
      ] as const) {
        const ms = await ready(profile);
        if (n > 0) spent.push(ms);
      }
    return {
      popupReady100kVsEmpty: rounded(median(fullMs) / median(emptyMs)),
      popupReady100kMs: rounded(median(fullMs)),
      popupReadyEmptyMs: rounded(median(emptyMs)),
    };
  } finally {
    await full.close();
    await empty.close();
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(profile: Profile): Promise<void> {
  const page = await profile.open('popup.html');
  await page.getByRole('textbox', { name: '记一条' }).waitFor();
  const rows = entriesUntil(new Date(), 100_000).map((body, n) => ({
    id: numbered('a', n),
    head: numbered('b', n),
    seq: n + 1,
    schema: 1,
    del: false,
    week: body.week,
    body,
    epoch: 1,
  }));
  await put(page, { rows });
  await page.close();
}

async function ready(profile: Profile): Promise<number> {
  const page = await profile.open('popup.html');
  const ms = await page.evaluate(() => window.sundialReady);
  await page.close();
  return ms;
}

declare global {
  interface Window {
    /** Milliseconds from the navigation until the line took a letter and showed what it read. */
    sundialReady: Promise<number>;
  }
}

/** Runs in the page before its own scripts: types a line as soon as there is one, and waits until its reading was painted. */
function watchLine(): void {
  window.sundialReady = new Promise((resolve) => {
    let typed = false;
    const look = () => {
      const line = document.querySelector('textarea');
      if (line === null) return;
      if (!typed) {
        typed = true;
        line.value = '8:30-10:00 研究';
        line.dispatchEvent(new InputEvent('input', { bubbles: true }));
      }
      if (document.querySelector('.read')?.textContent?.includes('08:30') !== true) return;
      watch.disconnect();
      requestAnimationFrame(() => setTimeout(() => resolve(performance.now())));
    };
    const watch = new MutationObserver(look);
    watch.observe(document, { subtree: true, childList: true, characterData: true });
  });
}
