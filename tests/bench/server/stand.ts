/** Our server on a database of comments, on its core. */
import { Device } from '../../../server/demo/device.ts';
import type { SettingsInput } from '../../../shared/organisation/config.ts';
import { openRealServer, type RealServer, realWorld } from '../../fixtures/real-server.ts';
import { freePort, startServer } from '../../fixtures/served.ts';
import { pin, servingCore } from './pinned.ts';
import { seedComments, unitOf } from './seed.ts';

const plenty = { count: 100_000_000, seconds: 60 };

/** A real configuration with budgets that no round uses up, and challenges that the bench can solve by the thousand; what the server does with
 *  a solved one does not depend on how hard it was. */
export const settings: SettingsInput = {
  name: { zh: '试验区', en: 'Test Area' },
  origin: 'bench.example/log1',
  units: Array.from({ length: 10 }, (_, n) => ({
    id: unitOf(n),
    kind: 'department',
    name: { zh: `${n}局`, en: `Bureau ${n}` },
  })),
  proofOfWork: { hashes: 1 },
  trustedProxies: ['127.0.0.1'],
  limits: { comments: plenty, commentsOfDiary: plenty, posts: plenty, challenges: plenty, unproven: plenty },
};

export interface Process {
  readonly address: string;
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

export interface Stand {
  readonly server: RealServer;
  readonly ours: Process;
  /** The same, with every answer made anew. */
  readonly cold: () => Promise<Process>;
  readonly close: () => Promise<void>;
}

/** Opens a server with so many comments, on SQLite unless the address of an empty database is given. */
export async function openStand(comments: number, database?: string): Promise<Stand> {
  const server = await openRealServer(settings, database);
  // Leaf 0: a log that published diaries can prove against.
  await Device.claim(realWorld(server.issuer), server.invitation);
  await seedComments(server.database, comments);
  const running = server.running();
  const pid = running.process.pid ?? 0;
  pin(pid, servingCore);
  return {
    server,
    ours: { address: running.address, pid, stop: running.stop },
    cold: () => beside(server, { SUNDIAL_KEEP_ANSWERS: '0' }),
    close: server.close,
  };
}

/** One more process on the same data. */
export async function beside(
  server: RealServer,
  more: Readonly<Record<string, string>> = {},
  core = servingCore,
): Promise<Process> {
  const served = await startServer({ ...server.environment, ...more, PORT: String(await freePort()) });
  const pid = served.process.pid ?? 0;
  pin(pid, core);
  return { address: served.address, pid, stop: served.stop };
}
