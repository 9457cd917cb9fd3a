/** A browser profile of the extension without a browser: its real store, commands and sync over an IndexedDB in memory. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Context, Token } from '../../extension/device/context.ts';
import { keepKey, makeKey } from '../../extension/device/key.ts';
import { changeProfile, SundialDatabase } from '../../extension/store/database.ts';

export interface ProfileDouble {
  readonly context: Context;
  /** The network switch. */
  readonly network: { on: boolean };
  /** How often sync was asked for. */
  readonly pokes: boolean[];
}

/** A profile that talks to `fetch`. Enrolled with a device key; `signs`: with a leader's log key too. */
export async function openProfile(
  fetch: Context['fetch'],
  {
    signs = true,
    enrolled = true,
    now = () => Date.now(),
  }: { signs?: boolean; enrolled?: boolean; now?: () => number } = {},
): Promise<ProfileDouble> {
  const network = { on: true };
  const pokes: boolean[] = [];
  let token: Token | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const database = new SundialDatabase(`sundial-${crypto.randomUUID()}`, { indexedDB: new IDBFactory(), IDBKeyRange });
  const context: Context = {
    database,
    fetch: async (address, init) => {
      if (!network.on) throw new TypeError('Failed to fetch');
      return fetch(address, init);
    },
    now,
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    token: {
      read: async () => token,
      write: async (next) => {
        token = next;
      },
    },
    poke: (soon) => pokes.push(soon),
    alone: async (_, run) => {
      const mine = turn.then(run, run);
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
  if (enrolled) {
    const key = await makeKey('device', null, context);
    await keepKey(key, context);
    if (signs) await keepKey(await makeKey('leader', 'u01', context), context);
    await changeProfile(database, {
      server: { address: 'https://diary.example', origin: 'diary.example/log1' },
      device: { id: 'device-1', kid: key.kid, state: 'active' },
      grants: [{ role: 'leader', unit: 'u01', actor: 'u01' }],
    });
  }
  return { context, network, pokes };
}
