/** Two servers on one PostgreSQL append at once while one of the two is killed at random: there is one log. `SEED` repeats a schedule;
 *  `SUNDIAL_FULL=1` kills two hundred times and fills two tiles, else six times and one. */
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { enrol } from '../../server/demo/cast.ts';
import type { PublicIndex } from '../../shared/api/published.ts';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { auditLog } from '../../shared/proof/audit.ts';
import { parseNote, parseVkey } from '../../shared/proof/checkpoint.ts';
import { tilePath, tileWidth } from '../../shared/proof/tiles.ts';
import { newPostgres } from '../fixtures/databases.ts';
import { readPublicLog } from '../fixtures/public-log.ts';
import { randomOf } from '../fixtures/random.ts';
import { openRealServer, realWorld } from '../fixtures/real-server.ts';
import { enrolStaff, lastWeek } from '../fixtures/showing.ts';
import { withDatabase } from './reckoning.ts';
import { reckon, tell } from './table.ts';
import {
  changeKeys,
  changeRule,
  enrolAndEnd,
  type Memory,
  nodesSeen,
  provePrefix,
  sealOnAndOn,
  watch,
} from './two-servers-clients.ts';
import { openPair, type Pair, type Side } from './two-servers-pair.ts';

const isFull = process.env.SUNDIAL_FULL === '1';
const rounds = isFull ? 200 : 6;
/** A crowded machine takes its time. */
const mostMs = 120_000 + rounds * 10_000;
const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);
const writing = ['u01', 'u02', 'u03', 'u04', 'u05', 'u06', 'u07', 'u08'];
const changing = ['k01', 'k02', 'k03'];
const output = join(import.meta.dirname, '..', 'output', 'faults');
const plenty = { count: 1_000_000, seconds: 60 };
const leastLeaves = isFull ? 512 : 256;
const origin = 'two.example/log1';

const settings: SettingsInput = {
  name: { zh: '试验区', en: 'Test Area' },
  origin,
  units: [...writing, ...changing].map((id) => ({ id, kind: 'department', name: { zh: id, en: id } })),
  limits: { push: plenty, token: plenty, invitation: plenty },
};
const rule = {
  roll: writing.map((unit) => ({ unit, stratum: 'all' })),
  strata: [{ id: 'all', seats: 1 }],
  window: 0,
  min_acks: 5,
  close: 0,
  zone: 'Asia/Shanghai',
  sources: [{ kind: 'lottery', name: 'ssq' } as const],
};

interface Round {
  readonly side: Side;
  readonly afterMs: number;
  /** Requests without an answer at the killed server, and at the other. */
  readonly underway: number;
  readonly other: number;
  /** Leaves of the log: at the kill, when the server was back, and what the other appended alone. */
  readonly size: number;
  readonly grown: number;
  readonly backMs: number;
}

const ends: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test(
  `two servers on one PostgreSQL, one killed ${rounds} times, keep one log without a gap (SEED=${seed})`,
  async () => {
    const began = performance.now();
    const random = randomOf(seed);
    const first = await openRealServer(settings, await newPostgres());
    ends.push(first.close);
    const pair = await openPair(first, random);
    ends.push(pair.close);
    const world = realWorld(first.issuer, pair.send);
    const staff = await enrolStaff(world, first.invitation, [...writing, ...changing]);
    const spare = await enrol(world, staff.organiser, { name: 'spare', role: 'organiser', unit: null });
    const index: PublicIndex = await (await pair.ask(0, '/public/index.json')).json();
    const vkey = await parseVkey(index.pins.vkey);
    if (vkey === null) throw new Error('no verifier key');

    const ready = performance.now();
    let isOver = false;
    const siege = { world, isOver: () => isOver, below: (n: number) => Math.floor(random() * n) };
    const memories = [0, 1, 2].map((): Memory => ({ heads: new Map(), tiles: new Map() }));
    const organisers = [staff.organiser, spare];
    const working = Promise.all([
      ...leadersOf(staff, writing).map((leader) => sealOnAndOn(leader, lastWeek(Date.now()), siege)),
      ...leadersOf(staff, changing).map((leader) => changeKeys(leader, organisers, siege)),
      enrolAndEnd(spare, siege),
      changeRule(staff.organiser, rule, siege),
      ...memories.map((memory) => watch(vkey, memory, siege)),
    ]);
    // A client that fails ends the test at once, not after the last kill.
    const failed = working.then(() => new Promise<never>(() => undefined));
    const struck: Round[] = [];
    for (let n = 0; n < rounds; n += 1) struck.push(await Promise.race([failed, killOne(pair, random)]));
    while ((await sizeAt(pair, 0)) <= leastLeaves) await Promise.race([failed, sleep(100)]);
    isOver = true;
    await working;
    const ended = performance.now();

    const { note, leaves } = await readPublicLog(world);
    const roots = rootsOf(leaves);
    const tables = await withDatabase(first.database, async ({ db }) => ({
      leaves: await db.selectFrom('log_leaf').selectAll().orderBy('idx').execute(),
      heads: await db.selectFrom('log_head').selectAll().orderBy('size').execute(),
      keys: await db.selectFrom('log_key').select(['kid', 'sub', 'role', 'added_index', 'ended_index']).execute(),
    }));
    const { seen } = pair;
    tell({
      fault: 'SIGKILL of one of two servers',
      times: struck.length,
      ...reckon([...seen.acknowledged.keys()], leaves),
      restartMs: struck.map(({ backMs }) => backMs),
      said: 'clients: no answer, and send again to either; one log',
    });
    report(struck, pair, leaves.length, { setUp: ready - began, siege: ended - ready, memories });

    expect(
      tables.leaves.map(({ idx }) => idx),
      'no gap between leaves',
    ).toEqual(leaves.map((_, i) => i));
    expect(
      tables.leaves.map(({ jws }) => jws),
      'what is served is what is stored',
    ).toEqual(leaves);
    expect(
      tables.heads.map(({ size }) => size),
      'one head for each size',
    ).toEqual(leaves.map((_, i) => i + 1));
    expect(
      tables.heads.map(({ root }) => root),
      'each head has the root of its leaves',
    ).toEqual(roots.slice(1));
    const publicKey = createPublicKey({ key: Buffer.from(vkey.key), format: 'der', type: 'spki' });
    for (const head of tables.heads) {
      const signed = parseNote(head.note);
      const line = signed?.signatures.find(({ id }) => id === vkey.id);
      expect([signed?.size, signed?.root]).toEqual([head.size, head.root]);
      expect(line && verify('sha256', Buffer.from(signed?.body ?? ''), publicKey, line.signature)).toBe(true);
    }
    expect([note.size, note.root]).toEqual([leaves.length, roots.at(-1)]);

    expect(new Set(leaves).size, 'no leaf stands twice').toBe(leaves.length);
    expect(
      leaves.filter((leaf) => !seen.sent.has(leaf)),
      'no leaf that nobody sent',
    ).toEqual([]);
    const places = new Map(leaves.map((leaf, i) => [leaf, i]));
    for (const [leaf, at] of seen.acknowledged)
      expect(places.get(leaf), 'what was acknowledged is there').toEqual(at ?? expect.any(Number));

    const shown = new Map<number, string>();
    for (const text of seen.notes) {
      const one = parseNote(text);
      if (one === null) throw new Error('a receipt has no checkpoint');
      expect(shown.get(one.size) ?? one.root, 'never two roots for a size').toBe(one.root);
      shown.set(one.size, one.root);
    }
    const final = { size: note.size, root: note.root };
    const memory: Memory = { heads: shown, tiles: new Map() };
    const nodes = nodesSeen(world, memory, final.size);
    for (const { heads } of [memory, ...memories])
      for (const [size, root] of heads) {
        expect(root).toBe(roots[size]);
        await provePrefix({ size, root }, final, nodes);
      }

    expect(leaves.length, 'tiles have filled').toBeGreaterThan(leastLeaves);
    const right = tilesOf(leaves);
    for (const { tiles } of [memory, ...memories])
      for (const [path, bytes] of tiles) {
        const whole = right(path);
        expect(Buffer.from(bytes).equals(whole), `${path} as a reader saw it`).toBe(true);
      }
    for (const side of [0, 1] as const)
      for (let level = 0; tileWidth(level, 0, note.size) > 0; level += 1)
        for (let n = 0; tileWidth(level, n, note.size) > 0; n += 1) {
          const path = tilePath(level, n, tileWidth(level, n, note.size));
          const bytes = Buffer.from(await (await pair.ask(side, `/public/${path}`)).arrayBuffer());
          expect(bytes.equals(right(path)), `${path} of server ${side}`).toBe(true);
        }

    const audit = await auditLog(leaves, final, { origin, organisers: [index.pins.organiser ?? ''] });
    expect(audit.findings).toEqual([]);
    const { added, ended: endedAt } = audit.keys;
    const known = [...added.values()].map(({ kid, sub, role, from }) => [
      kid,
      sub,
      role,
      from,
      endedAt.get(kid) ?? null,
    ]);
    const stored = tables.keys.map((key) => [key.kid, key.sub, key.role, key.added_index, key.ended_index]);
    expect(byIndex(stored), 'the index of keys is what the log says').toEqual(byIndex(known));
  },
  mostMs,
);

const byIndex = (keys: readonly (readonly unknown[])[]) => [...keys].sort((a, b) => Number(a[3]) - Number(b[3]));

const leadersOf = (staff: Awaited<ReturnType<typeof enrolStaff>>, units: readonly string[]) =>
  [...staff.leaders].flatMap(([unit, leader]) => (units.includes(unit) ? [leader] : []));

/** Lets both work for a moment, kills one, lets the other go on, and starts the killed one again. */
async function killOne(pair: Pair, random: () => number): Promise<Round> {
  const afterMs = Math.round(30 + random() * 470);
  await sleep(afterMs);
  const side = random() < 0.5 ? 0 : 1;
  const other = side === 0 ? 1 : 0;
  const at = { underway: pair.underway(side), other: pair.underway(other) };
  await pair.kill(side);
  const size = await sizeAt(pair, other);
  const fell = performance.now();
  await pair.revive(side);
  const grown = (await sizeAt(pair, other)) - size;
  return { side, afterMs, ...at, size, grown, backMs: performance.now() - fell };
}

async function sizeAt(pair: Pair, side: Side): Promise<number> {
  const note = parseNote(await (await pair.ask(side, '/public/checkpoint')).text());
  if (note === null) throw new Error('the checkpoint is no note');
  return note.size;
}

const sha = (...parts: readonly Uint8Array[]): Buffer => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafOf = (leaf: string): Buffer => sha(Uint8Array.of(0), Buffer.from(leaf));
const nodeOf = (a: Uint8Array, b: Uint8Array): Buffer => sha(Uint8Array.of(1), a, b);

/** The root of every size by RFC 6962 2.1 with `node:crypto` alone: complete subtrees as they arise, folded from the right. Base64. */
function rootsOf(leaves: readonly string[]): string[] {
  const subtrees: { readonly size: number; readonly hash: Buffer }[] = [];
  const roots = [sha().toString('base64')];
  for (const leaf of leaves) {
    let grown = { size: 1, hash: leafOf(leaf) };
    for (let last = subtrees.at(-1); last?.size === grown.size; last = subtrees.at(-1)) {
      subtrees.pop();
      grown = { size: 2 * grown.size, hash: nodeOf(last.hash, grown.hash) };
    }
    subtrees.push(grown);
    const root = subtrees.map(({ hash }) => hash).reduceRight((right, left) => nodeOf(left, right));
    roots.push(root.toString('base64'));
  }
  return roots;
}

/** What must lie at a tile's path (C2SP tlog-tiles): hashes of complete subtrees of 256^level leaves. */
function tilesOf(leaves: readonly string[]): (path: string) => Buffer {
  const levels: Buffer[][] = [leaves.map(leafOf)];
  for (let below = levels[0] ?? []; below.length >= 256; ) {
    const next = Array.from({ length: Math.floor(below.length / 256) }, (_, n) => {
      let row = below.slice(n * 256, n * 256 + 256);
      while (row.length > 1) row = pairs(row).map(([a, b]) => nodeOf(a, b));
      return row[0] ?? Buffer.alloc(0);
    });
    levels.push(next);
    below = next;
  }
  return (path) => {
    const [, level, number = '', partial] = /^tile\/(\d+)\/([x\d/]+?)(?:\.p\/(\d+))?$/.exec(path) ?? [];
    const from = Number(number.replaceAll(/[x/]/g, '')) * 256;
    return Buffer.concat(levels[Number(level)]?.slice(from, from + Number(partial ?? 256)) ?? []);
  };
}

const pairs = (row: readonly Buffer[]): [Buffer, Buffer][] =>
  row.flatMap((left, i): [Buffer, Buffer][] => {
    const right = row[i + 1];
    return i % 2 === 0 && right !== undefined ? [[left, right]] : [];
  });

function report(
  struck: readonly Round[],
  { seen }: Pair,
  size: number,
  took: { readonly setUp: number; readonly siege: number; readonly memories: readonly Memory[] },
): void {
  const columns = (cells: readonly (string | number)[]): string =>
    cells.map((cell) => String(cell).padStart(9)).join('');
  const heads = took.memories.reduce((sum, { heads: { size: count } }) => sum + count, 0);
  const lines = [
    `two servers on PostgreSQL, SEED=${seed}: ${struck.length} kills`,
    columns(['#', 'killed', 'after ms', 'under way', 'other', 'leaves', 'alone +', 'back ms']),
    ...struck.map((round, n) =>
      columns([
        n + 1,
        round.side === 0 ? 'first' : 'second',
        round.afterMs,
        round.underway,
        round.other,
        round.size,
        round.grown,
        Math.round(round.backMs),
      ]),
    ),
    `${size} leaves; ${seen.acknowledged.size} acknowledged; ${seen.again} requests sent again, ${seen.doneBefore} of them done already`,
    `${seen.notes.size} checkpoints in answers and ${heads} heads seen by readers, each held against the last one`,
    `set-up ${(took.setUp / 1000).toFixed(1)} s, siege ${(took.siege / 1000).toFixed(1)} s`,
  ];
  mkdirSync(output, { recursive: true });
  writeFileSync(join(output, 'two-servers.txt'), `${lines.join('\n')}\n`);
  console.log(`\n${lines.join('\n')}\n`);
}
