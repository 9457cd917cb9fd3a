// @vitest-environment happy-dom
// What an update, an older page, a closed connection and a browser without storage do to the extension's pages and worker.
import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import { h, render } from 'preact';
import { act } from 'preact/test-utils';
import { beforeEach, expect, test, vi } from 'vitest';
import { fakeBrowser } from 'wxt/testing/fake-browser';
import { addEntries } from '../../extension/commands/journal.ts';
import { type StoreState, useStore } from '../../extension/screens/use-store.ts';
import { SundialDatabase } from '../../extension/store/database.ts';
import { listenToUpdates, updateIfAlone } from '../../extension/worker/update.ts';
import { wakeAgain } from '../../extension/worker/wake-again.ts';
import { openProfile } from '../extension/profile-double.ts';
import { ServerDouble } from '../extension/server-double.ts';

const said = vi.hoisted(() => ({ title: '', badge: { text: '', color: '' }, reloads: 0, contexts: ['BACKGROUND'] }));
vi.mock('wxt/browser', () => ({
  browser: {
    ...fakeBrowser,
    action: {
      setBadgeText: async ({ text }: { text: string }) => void Object.assign(said.badge, { text }),
      setBadgeBackgroundColor: async ({ color }: { color: string }) => void Object.assign(said.badge, { color }),
      setBadgeTextColor: async () => {},
      setTitle: async ({ title }: { title: string }) => void Object.assign(said, { title }),
    },
    runtime: {
      onUpdateAvailable: fakeBrowser.runtime.onUpdateAvailable,
      getContexts: async () => said.contexts.map((contextType) => ({ contextType })),
      reload: () => {
        said.reloads += 1;
      },
    },
  },
}));

beforeEach(() => {
  fakeBrowser.reset();
  Object.assign(said, { title: '', reloads: 0, contexts: ['BACKGROUND'] });
});

/** A page over this engine; gives what it has of the store, now and later. */
async function page(indexedDB: IDBFactory): Promise<{ readonly state: () => StoreState | undefined }> {
  let state: StoreState | undefined;
  const database = new SundialDatabase('sundial', { indexedDB, IDBKeyRange });
  function Page() {
    state = useStore(database);
    return null;
  }
  await act(async () => {
    render(h(Page, {}), document.createElement('div'));
    await new Promise((resolve) => setTimeout(resolve, 50));
  });
  return { state: () => state };
}

/** A connection of a later or earlier version of the extension, without Dexie. */
async function connect(indexedDB: IDBFactory, version: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open('sundial', version);
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** The default of one second is short on a crowded machine. */
const eventually = (look: () => void) => vi.waitFor(look, 15_000);

test('a page gives its store to a newer version and asks to be opened again', async () => {
  const engine = new IDBFactory();
  const old = await page(engine);
  await eventually(() => expect(old.state()).toBe('ready'));
  const newer = await connect(engine, 100_000);
  await eventually(() => expect(old.state()).toBe('outdated'));
  newer.close();
});

test('a page that an older one keeps waiting says so, and opens once that is closed', async () => {
  const engine = new IDBFactory();
  const older = await connect(engine, 1);
  const newer = await page(engine);
  await eventually(() => expect(newer.state()).toBe('blocked'));
  older.close();
  await eventually(() => expect(newer.state()).toBe('ready'));
});

test('where the browser lets nothing be stored the page says so', async () => {
  const print = vi.spyOn(console, 'error').mockImplementation(() => {});
  const engine = new IDBFactory();
  engine.open = () => {
    throw new DOMException('A mutation operation was attempted on a database', 'InvalidStateError');
  };
  expect((await page(engine)).state()).toBe('refused');
  expect(print).toHaveBeenCalled();
  print.mockRestore();
});

const entry = { day: '2026-11-20', start: '2026-11-20T08:30', end: '2026-11-20T10:00', text: '研究部署' };

test('a worker that wakes on a closed connection opens it again and delivers', async () => {
  const server = new ServerDouble();
  const { context } = await openProfile(server.fetch);
  await addEntries([entry], null, context);
  context.database.close({ disableAutoOpen: true });
  await expect(context.database.outbox.count()).rejects.toBeInstanceOf(Dexie.DatabaseClosedError);
  expect(await wakeAgain(true, context)).toBe(true);
  expect(server.rows.size).toBe(1);
});

test('the button tells how long the oldest unsent entry has waited, and turns red after a day', async () => {
  const clock = { ms: Date.UTC(2026, 10, 20, 8) };
  const { context, network } = await openProfile(new ServerDouble().fetch, { now: () => clock.ms });
  network.on = false;
  await addEntries([entry], null, context);
  clock.ms += 42 * 60_000;
  await wakeAgain(true, context);
  expect(said.title).toMatch(/1.*42/);
  expect(said.badge).toEqual({ text: '1', color: '#855300' });
  clock.ms += 24 * 60 * 60_000;
  await wakeAgain(true, context);
  expect(said.badge).toEqual({ text: '1', color: '#b0241c' });
});

test('an update waits while a page is open and is installed once none is', async () => {
  listenToUpdates();
  await updateIfAlone();
  expect(said.reloads).toBe(0);
  await fakeBrowser.runtime.onUpdateAvailable.trigger({ version: '2.0.0' });
  said.contexts = ['BACKGROUND', 'POPUP'];
  await updateIfAlone();
  expect(said.reloads).toBe(0);
  said.contexts = ['BACKGROUND'];
  await updateIfAlone();
  expect(said.reloads).toBe(1);
});
