/** What the browser lends: storage, network, clock, chance, and a place for the access token. Tests make one of their own. */
import { browser } from 'wxt/browser';
import type { Bytes } from '../../shared/base/bytes.ts';
import { SundialDatabase } from '../store/database.ts';

/** An access token and its end in Unix seconds by the server's clock. */
export interface Token {
  readonly token: string;
  readonly expiresAt: number;
}

export interface Context {
  readonly database: SundialDatabase;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  /** Milliseconds since 1970 by this machine. */
  readonly now: () => number;
  readonly random: (length: number) => Bytes;
  /** The access token lives until the browser closes. */
  readonly token: {
    readonly read: () => Promise<Token | null>;
    readonly write: (token: Token | null) => Promise<void>;
  };
  /** Asks for a sync run; `soon` says that a person waits for it and a pause between tries is skipped. */
  readonly poke: (soon: boolean) => void;
  /** Runs one after another what bears the same name, over all pages and the worker. Null where one is already waiting its turn. */
  readonly alone: <T>(name: string, run: () => Promise<T>) => Promise<T | null>;
}

let database: SundialDatabase | undefined;

/** The browser's own. Pages and worker share the database; it is opened when first used. */
export const here: Context = {
  get database() {
    database ??= new SundialDatabase();
    return database;
  },
  fetch: (address, init) => fetch(address, init),
  now: () => Date.now(),
  random: (length) => crypto.getRandomValues(new Uint8Array(length)),
  token: {
    read: async () => {
      const { token } = await browser.storage.session.get<{ token?: Token }>('token');
      return token ?? null;
    },
    write: async (token) => {
      if (token === null) await browser.storage.session.remove('token');
      else await browser.storage.session.set({ token });
    },
  },
  alone: async (name, run) => {
    const { pending } = await navigator.locks.query();
    if (pending?.some((lock) => lock.name === name) === true) return null;
    return navigator.locks.request(name, run);
  },
  poke: (soon) => {
    browser.runtime.sendMessage({ kind: 'sync', soon }).catch((error: unknown) => {
      // The worker may be starting or being replaced: the alarm runs the sync within a minute.
      console.info('sync was not reached', error);
    });
  },
};
