import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, expect, test } from 'vitest';
import { freePort, type Served, startServer, sundial } from '../fixtures/served.ts';
import { journey, lotteryMs } from './journey.ts';

let server: Served | null = null;
let folder = '';

afterEach(async () => {
  await server?.stop();
  server = null;
  rmSync(folder, { recursive: true, force: true });
});

/** A server of an organisation with one subdistrict, and the invitation that begins its log. */
async function begin(prepare: (data: string) => void = () => {}) {
  folder = mkdtempSync(join(tmpdir(), 'sundial-journey-'));
  const data = join(folder, 'data');
  const config = join(folder, 'sundial.config.json');
  writeFileSync(
    config,
    JSON.stringify({
      name: { zh: '湖东新区', en: 'Hudong' },
      origin: 'hudong.example/log1',
      units: [{ id: 'lianpu', kind: 'subdistrict', name: { zh: '莲浦街道', en: 'Lianpu' } }],
      terms: [{ id: 'lianpu-1', unit: 'lianpu', post: '莲浦街道党工委书记', from: '2021-03-01' }],
      deadlines: { reviewWorkingDays: 0 },
    }),
  );
  const environment = {
    SUNDIAL_CONFIG: config,
    SUNDIAL_DATA: data,
    PORT: String(await freePort()),
    NODE_OPTIONS: `--import=${join(import.meta.dirname, '..', 'fixtures', 'clock-ahead.ts')}`,
    CLOCK_AHEAD_MS: String(lotteryMs),
  };
  const { output } = await sundial(environment, ['init']);
  const firstLink = /http:\S+#\S+/.exec(output)?.[0];
  if (firstLink === undefined) throw new Error(output);
  prepare(data);
  const started = await startServer(environment);
  server = started;
  const waitForLottery = () => void started.process.kill('SIGUSR2');
  return { address: started.address, waitForLottery, firstLink, folder };
}

test('a day is logged, sealed, drawn, published, checked, commented, reported, answered and closed by the reader', async () => {
  await journey({ ...(await begin()), patienceMs: 30_000, pictures: 'journey' });
}, 600_000);

test('the same journey fails where the server cannot append to the log', async () => {
  const ground = await begin((data) => {
    const database = new DatabaseSync(join(data, 'sundial.sqlite'));
    database.exec("create trigger no_append before insert on log_leaf begin select raise(abort, 'no append'); end");
    database.close();
  });
  await expect(journey({ ...ground, patienceMs: 8000, pictures: 'journey-without-append' })).rejects.toThrow();
}, 300_000);
