/** A server killed in the midst of its work loses nothing that it acknowledged and does nothing twice. `SEED` repeats a schedule;
 *  `SUNDIAL_FULL=1` kills two hundred times on each database, else three times. On PostgreSQL the server, the database and both fall by turns. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import * as v from 'valibot';
import { afterEach, describe, expect, test } from 'vitest';
import { postPush, postSeal } from '../../shared/api/journal.ts';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { weekBefore } from '../../shared/time/week.ts';
import { randomOf } from '../fixtures/random.ts';
import { openRealServer, realWorld, untilSeconds } from '../fixtures/real-server.ts';
import { enrolStaff, entryOf, lastWeek, sealItems, showWeek } from '../fixtures/showing.ts';
import { aims, crowd, type Kill, killOnce } from './killer.ts';
import { comment, type Ledger, lead, newLedger } from './ledger.ts';
import { type Flight, Line } from './line.ts';
import { openOwnPostgres } from './own-postgres.ts';
import { asWritten, commentsOf, headOf, readLog, rowsOf, tablesOf, withDatabase } from './reckoning.ts';
import { medianOf, reckon, tell } from './table.ts';

const isFull = process.env.SUNDIAL_FULL === '1';
const kills = isFull ? 200 : 3;
/** A crowded machine takes its time. */
const mostMs = 240_000 + kills * 20_000;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const units = Array.from({ length: 9 }, (_, n) => `u0${n + 1}`);
const readers = ['reader-a', 'reader-b', 'reader-c', 'reader-d', 'reader-e'];
const output = join(import.meta.dirname, '..', 'output', 'faults');
const plenty = { count: 1_000_000, seconds: 60 };

const settings: SettingsInput = {
  deadlines: { reviewWorkingDays: 0 },
  name: { zh: '试验区', en: 'Test Area' },
  origin: 'killed.example/log1',
  units: units.map((id) => ({ id, kind: 'department', name: { zh: id, en: id } })),
  moderation: { reviewFirst: false },
  proofOfWork: { hashes: 0 },
  limits: { push: plenty, comments: plenty, commentsOfDiary: plenty },
};

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

describe.each(['SQLite', 'PostgreSQL'] as const)('a server on %s', (name) => {
  test(
    `killed ${kills} times under load, has everything that it acknowledged, once (SEED=${seed})`,
    async () => {
      const began = performance.now();
      const random = randomOf(seed);
      const line = new Line();
      const postgres = name === 'SQLite' ? null : await openOwnPostgres();
      if (postgres !== null) ends.push(postgres.close);
      const server = await openRealServer(settings, postgres?.address);
      ends.push(server.close);
      const world = realWorld(server.issuer, line.send);
      const staff = await enrolStaff(world, server.invitation, units);
      const week = lastWeek(Date.now());
      for (const [unit, leader] of staff.leaders)
        await sealItems(leader, week, [[entryOf(week, 0, 9, `${unit} shown`)]]);
      const { draw, drawn } = await showWeek(staff, week, {
        seats: 1,
        soon: () => Math.floor(Date.now() / 1000) + 6,
        until: untilSeconds,
      });
      const diary = { draw, unit: drawn[0] ?? '' };
      const before = await readLog(world);
      const set = new Map<string, string>();
      for (const leader of staff.leaders.values()) for (const { id, head } of await rowsOf(leader)) set.set(id, head);

      const ready = performance.now();
      let isOver = false;
      const ledger = newLedger(units);
      const work = { ledger, below: (n: number) => Math.floor(random() * n), isOver: () => isOver };
      const open = weekBefore(week);
      const working = Promise.all([
        ...[...staff.leaders].map(([unit, leader]) => lead(leader, unit, open, work)),
        ...readers.map((reader) => comment(world, reader, diary, work)),
      ]);
      // A worker that fails ends the test at once, not after the last kill.
      const failed = working.then(() => new Promise<never>(() => undefined));
      const struck: Struck[] = [];
      for (const [n, aim] of aims(kills, random).entries()) {
        const fallen = victims(postgres, n);
        const kill = killOnce(aim, {
          line,
          kill: async () => {
            if (fallen !== 'server') await postgres?.kill();
            if (fallen !== 'database') await server.running().kill();
          },
          revive: async () => {
            if (fallen !== 'server') await postgres?.revive();
            if (fallen !== 'database') await server.revive();
            await untilReady(server.issuer);
          },
          doneOf: (flights) => doneOf(server.database, flights),
          random,
        });
        struck.push({ ...(await Promise.race([failed, kill])), fallen });
      }
      isOver = true;
      await working;

      const log = await readLog(world);
      const tables = await tablesOf(server.database);
      const restartMs = struck.flatMap(({ fallen, backMs }) => (fallen === 'server' ? [backMs] : []));
      const many = (which: Victim): number => struck.filter(({ fallen }) => fallen === which).length;
      tell({
        fault: `SIGKILL under load, ${name}`,
        times: struck.length,
        ...reckon(
          [
            ...[...ledger.ops.values()].flat().map(({ op }) => `op ${op}`),
            ...ledger.seals.map(({ receipt }) => `leaf ${receipt.index} ${receipt.seal}`),
            ...pairs(ledger.comments),
          ],
          [
            ...tables.ops.map(({ op }) => `op ${op}`),
            ...[...log.seals].map(([index, seal]) => `leaf ${index} ${seal}`),
            ...pairs(tables.comments),
          ],
        ),
        restartMs,
        said:
          postgres === null
            ? 'clients: no answer, and send again'
            : `server ${many('server')}, database ${many('database')}, both ${many('both')}; without the database clients: 503`,
      });
      report(name, struck, ledger, line.again, { setUp: ready - began, siege: performance.now() - ready });
      expect(struck.every(({ underway, fell }) => underway - (fell === 'after' ? 0 : 1) >= crowd)).toBe(true);
      if (isFull) expect(medianOf(restartMs), 'a killed server is back within two seconds').toBeLessThan(2000);
      expect(struck.filter(({ fell }) => fell === 'between').length).toBeGreaterThanOrEqual(kills / 3);

      for (const [unit, leader] of staff.leaders) {
        const rows = await rowsOf(leader);
        const seqs = rows.map(({ seq }) => seq);
        expect(seqs, `${unit}: rows come in order`).toEqual([...seqs].sort((a, b) => a - b));
        const written = asWritten(rows.filter(({ id }) => !set.has(id)));
        expect(written.size, `${unit}: no row stands twice`).toBe(rows.length - 1);
        expect(written, `${unit}: rows are as their author left them`).toEqual(ledger.rows.get(unit));
      }

      expect(log.leaves).toBe(log.size);
      expect(log.root, 'the root of all leaves is the checkpoint').toBe(log.stated);
      const acknowledged = new Map(ledger.seals.map(({ receipt }) => [receipt.index, receipt.seal]));
      expect(acknowledged.size, 'no two receipts name one leaf').toBe(ledger.seals.length);
      const later = new Map([...log.seals].filter(([index]) => index >= before.size));
      expect(later, 'each acknowledged seal is one leaf, and there is no other').toEqual(acknowledged);
      for (const { receipt } of ledger.seals) {
        const { size, root } = headOf(receipt.checkpoint);
        expect(await log.rootAt(size), `the head of ${size} leaves that a receipt shows is a prefix`).toBe(root);
      }

      expect((await commentsOf(world, diary)).sort()).toEqual(ledger.comments.map(({ text }) => text).sort());
      expect(pairs(tables.comments)).toEqual(pairs(ledger.comments));
      expect(tables.leaves, 'no gap between leaves').toEqual(counted(log.size, 0));
      expect(tables.heads, 'one head for each leaf').toEqual(counted(log.size, 1));
      const acks = [...ledger.ops.values()].flat().map(({ op }) => op);
      expect(new Set(acks).size, 'no op was answered twice').toBe(acks.length);
      // One op of each leader was pushed for the diary that is shown.
      expect(tables.ops.length, 'each op is stored once').toBe(acks.length + units.length);
      for (const author of new Set(tables.ops.map((row) => row.author))) {
        const own = tables.ops.filter((row) => row.author === author);
        expect(sorted(own.map(({ n }) => n)), 'no gap in the counter of a device').toEqual(counted(own.length, 1));
        expect(sorted(own.map(({ seq }) => seq ?? 0)), 'no gap in what an author wrote').toEqual(
          counted(own.length, 1),
        );
      }
    },
    mostMs,
  );
});

type Victim = 'server' | 'database' | 'both';
type Struck = Kill & { readonly fallen: Victim };

const victims = (postgres: object | null, n: number): Victim =>
  postgres === null ? 'server' : ((['server', 'both', 'database'] as const)[n % 3] ?? 'both');

async function untilReady(issuer: string): Promise<void> {
  while ((await fetch(`${issuer}/readyz`)).status !== 200) await sleep(5);
}

/** How many pushes, seals and comments of these the tables have. */
const doneOf = (address: string, flights: readonly Flight[]): Promise<number> =>
  withDatabase(address, async ({ db }) => {
    const isDone = async ({ body: text, key }: Flight): Promise<boolean> => {
      const body: unknown = text === '' ? null : JSON.parse(text);
      if (v.is(postPush.body, body)) {
        const ops = body.ops.map(({ op }) => op);
        return (await db.selectFrom('op').select('op').where('op', 'in', ops).execute()).length > 0;
      }
      if (v.is(postSeal.body, body))
        return (await db.selectFrom('log_leaf').select('idx').where('jws', '=', body.jws).execute()).length > 0;
      if (key === null) return false;
      return (await db.selectFrom('idempotency').select('key').where('key', 'like', `% ${key}`).execute()).length > 0;
    };
    let done = 0;
    for (const flight of flights) if (await isDone(flight)) done += 1;
    return done;
  });

const pairs = (rows: readonly { readonly number: string; readonly text: string }[]): string[] =>
  rows.map(({ number, text }) => `${number} ${text}`).sort();
const counted = (n: number, from: number): number[] => Array.from({ length: n }, (_, i) => i + from);
const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

function report(
  name: string,
  struck: readonly Struck[],
  ledger: Ledger,
  again: number,
  took: { readonly setUp: number; readonly siege: number },
): void {
  const ops = [...ledger.ops.values()].flat();
  const fell = (aim: Kill['fell']): number => struck.filter((kill) => kill.fell === aim).length;
  const sum = (of: (kill: Kill) => number): number => struck.reduce((total, kill) => total + of(kill), 0);
  const lines = [
    `${name}, SEED=${seed}: ${struck.length} kills`,
    '   #  killed    fell      at                       under way  sent  done without answer  back ms',
    ...struck.map(({ fallen, fell: where, path, underway, sent, done, backMs }, n) =>
      [
        String(n + 1).padStart(4),
        fallen.padEnd(8),
        where.padEnd(8),
        path.replace('/api/v1/', '').padEnd(23),
        String(underway).padStart(10),
        String(sent).padStart(5),
        String(done).padStart(19),
        String(Math.round(backMs)).padStart(7),
      ].join('  '),
    ),
    `before send ${fell('before')}, between send and answer ${fell('between')}, after answer ${fell('after')}`,
    `requests without answer at the kills: ${sum((kill) => kill.underway)}, sent ${sum((kill) => kill.sent)}, of these done ${sum((kill) => kill.done)}; sent again ${again}`,
    `acknowledged: ${ops.length} ops (${ops.filter(({ replayed }) => replayed).length} as replays), ${ledger.seals.length} seals, ${ledger.comments.length} comments`,
    `set-up ${(took.setUp / 1000).toFixed(1)} s, kills and drain ${(took.siege / 1000).toFixed(1)} s`,
  ];
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, `killed-${name.toLowerCase()}.txt`), `${lines.join('\n')}\n`);
  console.log(`\n${lines.join('\n')}\n`);
}
