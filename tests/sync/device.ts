/** A browser profile of the model: the extension's real store, commands and sync runner, a clock that can be moved, a network that can
 *  fail, and a power switch. */
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb';
import type { Context, Token } from '../../extension/device/context.ts';
import { SundialDatabase } from '../../extension/store/database.ts';
import type { Chance } from './chance.ts';

/** Everything that a profile keeps on its disk, and its session's token. */
export interface Disk {
  readonly tables: ReadonlyMap<string, readonly unknown[]>;
  readonly token: Token | null;
}

export interface Device {
  readonly context: Context;
  readonly chance: Chance;
  /** True of a device with the leader's log key. */
  readonly signs: boolean;
  /** Milliseconds by which its clock is off. */
  clockMs: number;
  /** Kills the device before its n-th writing transaction from now; null: never. */
  writesLeft: number | null;
  /** Dead until somebody starts it again: nothing is read or written. */
  dead: boolean;
  /** What stands between it and the server. */
  fetch: Context['fetch'];
  readonly disk: () => Promise<Disk>;
  readonly close: () => void;
}

/** Said by everything on a device whose power went. */
export class Killed extends Error {
  constructor() {
    super('the device was killed');
    this.name = 'Killed';
  }
}

/** Starts a device from its disk. `now` is the server's time. */
export async function startDevice(
  disk: Disk | null,
  { chance, signs, now, fetch }: { chance: Chance; signs: boolean; now: () => number; fetch: Context['fetch'] },
): Promise<Device> {
  const database = new SundialDatabase('sundial', { indexedDB: new IDBFactory(), IDBKeyRange });
  let token = disk?.token ?? null;
  let turn: Promise<unknown> = Promise.resolve();
  const context: Context = {
    database,
    fetch: (address, init) => device.fetch(address, init),
    now: () => now() + device.clockMs,
    random: chance.bytes,
    token: {
      read: async () => token,
      write: async (next) => {
        token = next;
      },
    },
    poke: () => {},
    alone: (_, run) => {
      const mine = turn.then(run, run);
      turn = mine.catch(() => undefined);
      return mine;
    },
  };
  const device: Device = {
    context,
    chance,
    signs,
    clockMs: 0,
    writesLeft: null,
    dead: false,
    fetch,
    disk: async () => {
      const tables = new Map<string, readonly unknown[]>();
      for (const table of database.tables) tables.set(table.name, await table.toArray());
      return { tables, token };
    },
    close: () => database.close(),
  };
  // A dead device does nothing more; a transaction that it never began leaves nothing behind.
  database.use({
    stack: 'dbcore',
    name: 'power',
    create: (core) => ({
      ...core,
      transaction: (tables, mode, options) => {
        if (mode === 'readwrite' && device.writesLeft !== null) {
          if (device.writesLeft === 0) device.dead = true;
          else device.writesLeft -= 1;
        }
        if (device.dead) throw new Killed();
        return core.transaction(tables, mode, options);
      },
    }),
  });
  if (disk !== null)
    await database.transaction('rw', database.tables, async () => {
      for (const [name, rows] of disk.tables) if (rows.length > 0) await database.table(name).bulkPut([...rows]);
    });
  return device;
}

/** The sync runner prints what it did not expect; that the power went is expected here. */
export function quietPower(): void {
  const print = console.error.bind(console);
  console.error = (...said: readonly unknown[]) => {
    if (!said.some((each) => each instanceof Killed)) print(...said);
  };
}
