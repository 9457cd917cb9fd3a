/** From Enter in the popup's line to the completed transaction, against one bare strict transaction on the same page. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openProfile } from '../../fixtures/profile.ts';
import { median, quantile, rounded } from './store.ts';

export interface SavedFigures {
  /** Median of Enter to complete over the median of the bare transaction. */
  readonly entrySavedVsRawPut: number;
  /** 95 of 100 are saved within this many milliseconds. */
  readonly entrySavedMs: number;
  readonly entrySavedMedianMs: number;
  readonly rawPutMedianMs: number;
}

const times = 200;
const warmUp = 10;

/** Saves `times` lines in turn with as many bare transactions. */
export async function measureSaved(): Promise<SavedFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-saved-'));
  const profile = await openProfile(folder);
  try {
    await profile.context.addInitScript(watchSaves);
    const page = await profile.open('popup.html');
    const line = page.getByRole('textbox', { name: '记一条' });
    await line.waitFor();
    const saved: number[] = [];
    const raw: number[] = [];
    for (let n = 0; n < warmUp + times; n += 1) {
      const minute = String(n % 60).padStart(2, '0');
      await line.fill(`8:${minute}-9:${minute} 研究部署社会基层治理网格化管理工作${n}`);
      await page.evaluate(whenIdle);
      const done = page.evaluate(() => window.sundialSaved());
      await line.press('Enter');
      const ms = await done;
      await page.waitForFunction(() => document.querySelector('textarea')?.value === '');
      await page.evaluate(whenIdle);
      const bare = await page.evaluate(bareTransaction);
      if (n >= warmUp) {
        saved.push(ms);
        raw.push(bare);
      }
    }
    return {
      entrySavedVsRawPut: rounded(median(saved) / median(raw)),
      entrySavedMs: rounded(quantile(saved, 0.95)),
      entrySavedMedianMs: rounded(median(saved)),
      rawPutMedianMs: rounded(median(raw)),
    };
  } finally {
    await profile.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

declare global {
  interface Window {
    /** Milliseconds from the next Enter to the completion of the transaction that wrote the outbox. */
    sundialSaved: () => Promise<number>;
  }
}

/** Runs in the page: comes back when it has drawn what it had to draw, as it has when a person presses a key. */
function whenIdle(): Promise<void> {
  return new Promise((resolve) => requestIdleCallback(() => resolve()));
}

/** Runs in the page before its own scripts: notes Enter, and when a transaction over the outbox is complete. */
function watchSaves(): void {
  let pressedAt = 0;
  let heard: ((ms: number) => void) | null = null;
  window.sundialSaved = () =>
    new Promise((resolve) => {
      heard = resolve;
    });
  window.addEventListener(
    'keydown',
    ({ key }) => {
      if (key === 'Enter') pressedAt = performance.now();
    },
    { capture: true },
  );
  const begin = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    const transaction = begin.call(this, stores, mode, options);
    const named = typeof stores === 'string' ? [stores] : [...stores];
    if (mode === 'readwrite' && named.includes('outbox'))
      transaction.addEventListener('complete', () => {
        heard?.(performance.now() - pressedAt);
        heard = null;
      });
    return transaction;
  };
}

/** Runs in the page: reads one record and puts three, as an entry's are, into tables with the same keys and indexes. */
async function bareTransaction(): Promise<number> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('bench', 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('progress', { keyPath: 'id' });
      for (const name of ['outbox', 'log']) {
        const store = request.result.createObjectStore(name, { keyPath: 'n' });
        for (const index of ['op', 'id']) store.createIndex(index, index);
      }
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const op = {
    op: `01kb${String(performance.now()).replace('.', '').padStart(22, '0').slice(-22)}`,
    id: '01kb0000000000000000000001',
    parent: null,
    kind: 'put',
    schema: 1,
    at: new Date().toISOString(),
    body: {
      kind: 'entry',
      week: '2026-W47',
      day: '2026-11-20',
      start: '2026-11-20T08:00',
      end: '2026-11-20T09:00',
      text: '研究部署社会基层治理网格化管理工作',
      category: 'meeting',
      mode: 'collective',
    },
  };
  const began = performance.now();
  const transaction = database.transaction(['progress', 'outbox', 'log'], 'readwrite', { durability: 'strict' });
  const read = transaction.objectStore('progress').get('main');
  read.onsuccess = () => {
    const n = (read.result?.counter ?? 0) + 1;
    transaction.objectStore('progress').put({ id: 'main', epoch: 1, cursor: 0, counter: n, state: 'idle' });
    transaction.objectStore('outbox').put({ ...op, n, sent: false });
    transaction.objectStore('log').put({ ...op, n, blanked: false });
  };
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onerror = () => reject(transaction.error);
  });
  const ms = performance.now() - began;
  database.close();
  return ms;
}
