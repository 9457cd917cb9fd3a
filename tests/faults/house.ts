/** A real server with one leader who writes entry after entry: what was acknowledged is remembered, and held against the tables. */
import { enrol } from '../../server/demo/cast.ts';
import { Device } from '../../server/demo/device.ts';
import type { World } from '../../server/demo/world.ts';
import { getHello } from '../../shared/api/journal.ts';
import { Refusal, type RefusalCode } from '../../shared/api/refusal.ts';
import { openRealServer, type RealServer, realWorld } from '../fixtures/real-server.ts';
import { entryOf, lastWeek } from '../fixtures/showing.ts';
import { withDatabase } from './reckoning.ts';
import { reckon } from './table.ts';

export interface House {
  readonly server: RealServer;
  readonly leader: Device;
  /** Writes one entry and sends it; null where it was acknowledged, else the code of the refusal. What was refused is sent again with the next. */
  readonly write: () => Promise<RefusalCode | null>;
  /** Writes until that ends with `code`; throws where it never does. */
  readonly writeUntil: (code: RefusalCode | null) => Promise<void>;
  /** Statuses of a reader's page, a leader's own rows and the server's life. */
  readonly read: () => Promise<readonly number[]>;
  /** Whether the running server has reported a line with these words. */
  readonly reported: (words: string) => boolean;
  /** Acknowledged entries against those in the tables. */
  readonly reckoned: () => Promise<ReturnType<typeof reckon>>;
}

const settings = {
  name: { zh: '试验区', en: 'Test Area' },
  origin: 'faults.example/log1',
  units: [{ id: 'u01', kind: 'department' as const, name: { zh: 'u01', en: 'u01' } }],
  limits: { push: { count: 1_000_000, seconds: 60 } },
};
/** So that a page of the database is soon full. */
const detail = '日'.repeat(700);
const mostWrites = 3000;

export async function openHouse(
  options: {
    readonly database?: string;
    readonly parent?: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly now?: World['now'];
  } = {},
): Promise<House> {
  const server = await openRealServer(settings, options.database, options.parent, options.environment);
  const world: World = { ...realWorld(server.issuer), ...(options.now === undefined ? {} : { now: options.now }) };
  const organiser = await Device.claim(world, server.invitation);
  const leader = await enrol(world, organiser, { name: 'leader', role: 'leader', unit: 'u01' });
  const week = lastWeek(Date.now());
  const acknowledged: string[] = [];
  const write = async (): Promise<RefusalCode | null> => {
    await leader.put({ ...entryOf(week, 0, 9, `entry ${acknowledged.length}`), detail });
    try {
      for (const result of await leader.push()) {
        const isThere = result.status === 'APPLIED' || (result.status === 'REPLAYED' && result.first === 'APPLIED');
        if (!isThere) throw new Error(`an op was answered ${JSON.stringify(result)}`);
        acknowledged.push(result.op);
      }
      return null;
    } catch (error) {
      if (error instanceof Refusal) return error.code;
      throw error;
    }
  };
  return {
    server,
    leader,
    write,
    writeUntil: async (code) => {
      for (let n = 0; n < mostWrites; n += 1) if ((await write()) === code) return;
      throw new Error(`no write ended with ${code}`);
    },
    read: async () => {
      const authorization = `Bearer ${await leader.token()}`;
      const paths = ['/public/index.json', getHello.path, '/healthz'];
      const answers = await Promise.all(
        paths.map((path) => fetch(`${server.issuer}${path}`, { headers: { authorization } })),
      );
      for (const answer of answers) await answer.arrayBuffer();
      return answers.map(({ status }) => status);
    },
    reported: (words) => server.running().printed().includes(words),
    reckoned: async () =>
      reckon(
        acknowledged,
        await withDatabase(server.database, async ({ db }) =>
          (await db.selectFrom('op').select('op').execute()).map(({ op }) => op),
        ),
      ),
  };
}
