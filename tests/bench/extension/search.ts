/** How long a search takes from a key to the painted hits, with 10,000 and with 100,000 entries, in real Chromium with the built extension. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openProfile } from '../../fixtures/profile.ts';

/** Medians in milliseconds, and how many times longer it takes with ten times as many entries. */
export interface SearchFigures {
  readonly searchKeystroke100kMs: number;
  readonly searchKeystroke10kMs: number;
  readonly searchGrowth: number;
}

/** What is typed, key by key: words that many entries have, few, and none; initials; a word beginning. */
const queries = ['研究', '台风', '三期腾退', '量子', 'fdyj', 'yjbs', 'zzz', '12', 'GDP'] as const;

/** Fills two profiles with the demonstration's entries over ten years, then types. */
export async function measureSearch(): Promise<SearchFigures> {
  const small = await keystroke(10_000);
  const large = await keystroke(100_000);
  return {
    searchKeystroke100kMs: rounded(large),
    searchKeystroke10kMs: rounded(small),
    searchGrowth: Math.round((large / small) * 100) / 100,
  };
}

async function keystroke(entries: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-search-'));
  const profile = await openProfile(folder);
  try {
    const page = await profile.open('desk.html#/week');
    await page.waitForSelector('main h1');
    await fill(page, entries);
    await page.goto(page.url().replace(/#.*/, '#/search'));
    await page.reload();
    await page.waitForSelector('.unasked');
    await page.waitForSelector('.reading-on', { state: 'detached', timeout: 120_000 });
    const spent: number[] = [];
    for (const query of queries) {
      await page.fill('input[type=search]', '');
      await page.waitForSelector('.unasked');
      for (const character of query) spent.push(await timeOf(page, character));
    }
    return median(spent);
  } finally {
    await profile.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Types one character into the box; gives the milliseconds until its hits, or that there are none, were painted. */
async function timeOf(page: Page, character: string): Promise<number> {
  const watched = await page.evaluateHandle(() => {
    const spent = new Promise<number>((resolve) => {
      const time = () => {
        const begun = performance.now();
        const watch = new MutationObserver(() => {
          if (document.querySelector('.found')?.getAttribute('aria-busy') !== 'false') return;
          watch.disconnect();
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - begun)));
        });
        watch.observe(document.body, { subtree: true, childList: true, attributeFilter: ['aria-busy'] });
      };
      document.addEventListener('beforeinput', time, { once: true, capture: true });
    });
    return { spent };
  });
  await page.keyboard.insertText(character);
  return watched.evaluate(({ spent }) => spent);
}

/** Rows as a sync would leave them, 192 a week or as many as fill ten years. */
async function fill(page: Page, entries: number): Promise<void> {
  const bodies = demoEntries();
  await page.evaluate(
    async ({ bodies, entries }) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('sundial');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const firstMonday = Date.UTC(2016, 0, 4);
      const dayMs = 86_400_000;
      const weekOf = (at: number) => {
        const thursday = at + (3 - ((new Date(at).getUTCDay() + 6) % 7)) * dayMs;
        const year = new Date(thursday).getUTCFullYear();
        const number = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * dayMs)) + 1;
        return `${year}-W${String(number).padStart(2, '0')}`;
      };
      for (let from = 0; from < entries; from += 5000) {
        const transaction = database.transaction('rows', 'readwrite', { durability: 'relaxed' });
        const rows = transaction.objectStore('rows');
        for (let n = from; n < Math.min(entries, from + 5000); n += 1) {
          const at = firstMonday + Math.floor((n * 3640) / entries) * dayMs;
          const day = new Date(at).toISOString().slice(0, 10);
          const body = bodies[(n * 7919) % bodies.length] ?? {};
          const id = `01${String(n).padStart(24, '0')}`;
          const clock = `${String(6 + (n % 15)).padStart(2, '0')}`;
          const week = weekOf(at);
          const own = { ...body, kind: 'entry', week, day, start: `${day}T${clock}:00`, end: `${day}T${clock}:50` };
          rows.put({ id, head: id, seq: n, schema: 1, del: false, week, epoch: 1, body: own });
        }
        await new Promise<void>((resolve, reject) => {
          transaction.oncomplete = () => resolve();
          transaction.onerror = () => reject(transaction.error);
        });
      }
      database.close();
    },
    { bodies, entries },
  );
}

function demoEntries(): readonly Readonly<Record<string, unknown>>[] {
  const folder = join(import.meta.dirname, '..', '..', '..', 'server', 'demo', 'data', 'weeks');
  return readdirSync(folder).flatMap((name) => {
    const week: { items: readonly { kind: string }[] } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return week.items.filter(({ kind }) => kind === 'entry');
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function rounded(ms: number): number {
  return Math.round(ms * 10) / 10;
}
