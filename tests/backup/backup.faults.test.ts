/** Backups through the command line on a server that runs: killed in the middle, on a full disk, while others write. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { enrol } from '../../server/demo/cast.ts';
import { Device } from '../../server/demo/device.ts';
import { weekBefore } from '../../shared/time/week.ts';
import { withDatabase } from '../faults/reckoning.ts';
import { reckon, tell } from '../faults/table.ts';
import { settings } from '../fixtures/app.ts';
import { newPostgres } from '../fixtures/databases.ts';
import { openRealServer, type RealServer, realWorld } from '../fixtures/real-server.ts';
import { sundial } from '../fixtures/served.ts';
import { entryOf, lastWeek, sealItems } from '../fixtures/showing.ts';

const main = join(import.meta.dirname, '..', '..', 'server', 'main.ts');
const images = 20;
const isFull = process.env.SUNDIAL_FULL === '1';
/** Bytes that lie there when it is killed. */
const kills = isFull ? [0, 1, 2_000_000, 6_000_000] : [1, 6_000_000];
const rounds = isFull ? 2 : 1;
const folder = mkdtempSync(join(tmpdir(), 'sundial-faults-'));
const secret = join(folder, 'passphrase');
writeFileSync(secret, 'five words that nobody knows\n', { mode: 0o600 });
const environmentOf = (server: RealServer) => ({
  ...server.environment,
  SUNDIAL_BACKUP_PASSPHRASE_FILE: secret,
  LC_ALL: 'en',
});

const plenty = { count: 1_000_000, seconds: 60 };
const house = { ...settings, limits: { push: plenty } };

let server: RealServer;
let organiser: Device;
beforeAll(async () => {
  server = await openRealServer(house);
  organiser = await Device.claim(realWorld(server.issuer), server.invitation, true);
  const database = await openDatabase(server.database);
  // Fresh: images that nothing names are forgotten after a month.
  const at = Math.floor(Date.now() / 1000);
  for (let n = 0; n < images; n += 1) {
    const bytes = Buffer.from(crypto.getRandomValues(new Uint8Array(60_000)))
      .toString('base64')
      .repeat(16);
    const row = { author: 'a', sha256: `${n}`, type: 'image/png', size: 1, bytes: bytes + n, at };
    await database.db.insertInto('blob').values(row).execute();
  }
  await database.close();
}, 120_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a backup killed at any moment leaves nothing that a restore takes, and the next one goes well', async () => {
  let killed = 0;
  for (const [round, least] of kills.entries()) {
    const path = join(folder, `killed-${round}.age`);
    const child = spawn(process.execPath, [main, 'backup', path], {
      env: { ...process.env, ...environmentOf(server) },
      stdio: 'ignore',
    });
    const ended = once(child, 'exit');
    while (child.exitCode === null && (!existsSync(`${path}.part`) || statSync(`${path}.part`).size < least))
      await new Promise((resolve) => setTimeout(resolve, 2));
    child.kill('SIGKILL');
    await ended;
    if (existsSync(path)) continue;
    killed += 1;
    const left = `${path}.part`;
    const target = { ...environmentOf(server), SUNDIAL_DATA: join(folder, `none-${round}`), DATABASE_URL: '' };
    const { code } = await sundial({ ...target, DATABASE_URL: join(target.SUNDIAL_DATA, 'x.sqlite') }, [
      'restore',
      left,
      '--unseen',
    ]);
    expect(code).toBe(1);
    expect(existsSync(target.SUNDIAL_DATA) ? readdirSync(target.SUNDIAL_DATA) : []).toEqual([]);
  }
  console.log(`killed in the middle: ${killed} of ${kills.length}; taken by a restore: 0`);
  expect(killed).toBeGreaterThan(0);
  const whole = join(folder, 'whole.age');
  expect(await sundial(environmentOf(server), ['backup', whole])).toMatchObject({ code: 0 });
  expect(await sundial(environmentOf(server), ['restore', '--check', whole])).toMatchObject({ code: 0 });
  if (!isFull) return;
  const target = join(folder, 'restored');
  const restored = { ...environmentOf(server), SUNDIAL_DATA: target, DATABASE_URL: join(target, 'sundial.sqlite') };
  expect(await sundial(restored, ['restore', whole, '--unseen'])).toMatchObject({ code: 0 });
  const imagesIn = (address: string) =>
    withDatabase(address, async ({ db }) =>
      (await db.selectFrom('blob').select('sha256').execute()).map((row) => row.sha256),
    );
  const reckoned = reckon(await imagesIn(server.database), await imagesIn(restored.DATABASE_URL));
  const told = { ...reckoned, restartMs: [] };
  expect(reckoned).toEqual({ acknowledged: images, lost: 0, doubled: 0 });
  const said = 'restore: refused and nothing put in place; the next backup is whole';
  tell({ fault: 'backup killed half-way', times: killed, ...told, said });

  const cut = join(folder, 'cut.age');
  copyFileSync(whole, cut);
  truncateSync(cut, Math.floor(statSync(whole).size / 2));
  const { code, output } = await sundial(environmentOf(server), ['restore', '--check', cut]);
  expect({ code, output }).toEqual({ code: 1, output: expect.stringMatching(/^.+\.\n$/) });
  tell({ fault: 'backup cut short', times: 1, ...told, said: `restore: exit 1, ${output.trim()}` });
}, 240_000);

test('a full disk is said, and no half backup is left', async () => {
  const path = join(folder, 'full.age');
  const child = spawn('bash', ['-c', `ulimit -f 4096; exec "$0" "$@"`, process.execPath, main, 'backup', path], {
    env: { ...process.env, ...environmentOf(server) },
  });
  let said = '';
  child.stderr.on('data', (part: Buffer) => {
    said += part.toString('utf8');
  });
  const [code] = (await once(child, 'close')) as [number | null];
  expect({ code, said }).toMatchObject({ code: 1, said: expect.stringContaining('cannot be written') });
  expect(existsSync(path) || existsSync(`${path}.part`)).toBe(false);
}, 120_000);

test.each(['SQLite', 'PostgreSQL'])(
  'a backup under writes is of one moment: %s',
  async (kind) => {
    const own = kind === 'SQLite' ? server : await openRealServer(house, await newPostgres());
    const desk = kind === 'SQLite' ? organiser : await Device.claim(realWorld(own.issuer), own.invitation, true);
    const leader = await enrol(realWorld(own.issuer), desk, { name: 'leader', role: 'leader', unit: 'u01' });
    const stop = { asked: false };
    const writer = sealWeeks(leader, stop);
    const sizes: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const path = join(folder, `${kind}-${round}.age`);
      const made = await sundial(environmentOf(own), ['backup', '--json', path]);
      expect(made, made.output).toMatchObject({ code: 0 });
      // Proves the log against its heads, seals against leaves, every table's count, the chain of the audit.
      const checked = await sundial(environmentOf(own), ['restore', '--check', '--json', path]);
      expect(checked, checked.output).toMatchObject({ code: 0 });
      sizes.push(Number(/"size":(\d+)/.exec(checked.output)?.[1]));
    }
    stop.asked = true;
    const sealed = await writer;
    console.log(`${kind}: ${sealed} weeks sealed meanwhile; leaves in the backups: ${sizes.join(', ')}`);
    expect(sealed).toBeGreaterThan(0);
    if (own !== server) await own.close();
  },
  240_000,
);

/** Writes and seals one week after the other, back in time; gives how many. */
async function sealWeeks(leader: Device, stop: { asked: boolean }): Promise<number> {
  let week = lastWeek(Date.now());
  let sealed = 0;
  for (; !stop.asked; sealed += 1) {
    await sealItems(leader, week, [[entryOf(week, 0, 9, `第 ${sealed} 周`)]]);
    week = weekBefore(week);
  }
  return sealed;
}
