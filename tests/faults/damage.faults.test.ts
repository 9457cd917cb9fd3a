/** An image whose bytes rotted, and a certificate that expired. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { b64, hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { openDesk } from '../fixtures/desk.ts';
import { freePort, sundial } from '../fixtures/served.ts';
import { openHouse } from './house.ts';
import { reckon, tell } from './table.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

test('an image that is damaged in the database is not shown, and is reported; the others are', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-rot-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  ends.push(async () => {
    await database.close();
    rmSync(folder, { recursive: true });
  });
  const desk = await openDesk({ database, address, folder });
  const names: string[] = [];
  for (const n of [1, 2, 3]) {
    const bytes = new Uint8Array(5000).fill(n);
    const name = hex(await sha256(bytes));
    names.push(name);
    const image = {
      author: 'a',
      sha256: name,
      type: 'image/png',
      size: bytes.length,
      bytes: b64(bytes),
      at: desk.now(),
    };
    await desk.db.insertInto('blob').values(image).execute();
    const shown = { sha256: name, draw: 'd-2026-w39', unit: 'lianpu', item: 1, type: 'image/png' };
    await desk.db.insertInto('public_image').values(shown).execute();
  }
  const [rotten = '', ...sound] = names;
  const damaged = b64(new Uint8Array(5000).fill(1).with(2500, 0));
  await desk.db.updateTable('blob').set({ bytes: damaged }).where('sha256', '=', rotten).execute();
  const statusOf = async (name: string) => (await desk.page(`/public/blob/${name}`)).status;
  expect(await statusOf(rotten)).toBe(404);
  const readable: string[] = [];
  for (const name of sound) if ((await statusOf(name)) === 200) readable.push(name);
  expect((await desk.get('/public/index.json')).status).toBe(200);
  const reckoned = reckon(sound, readable);
  const said = 'reader: 404 for this image; report: bring it back from a backup; all else is read';
  tell({ fault: 'image damaged in the database', times: 1, ...reckoned, restartMs: [], said });
  expect(reckoned).toEqual({ acknowledged: 2, lost: 0, doubled: 0 });
});

test.runIf(process.env.SUNDIAL_FULL === '1')(
  'an expired certificate is what doctor says, and the server behind it goes on',
  async () => {
    const house = await openHouse();
    ends.push(house.server.close);
    await house.write();
    const { folder, environment } = house.server;
    const [key, request, cert] = ['key', 'request', 'cert'].map((name) => join(folder, `tls-${name}.pem`)) as [
      string,
      string,
      string,
    ];
    const ask = (...words: string[]) => execFileSync('openssl', words, { stdio: 'ignore' });
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-subj', '/CN=localhost'];
    ask('req', '-new', ...curve, '-keyout', key, '-out', request);
    ask('x509', '-req', '-in', request, '-signkey', key, '-days', '-1', '-out', cert);
    const port = await freePort();
    const front = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_, answer) => answer.end());
    await new Promise<void>((resolve) => {
      front.listen(port, '127.0.0.1', resolve);
    });
    ends.push(() => front.close());
    const behind = { ...environment, SUNDIAL_ISSUER: `https://127.0.0.1:${port}`, LC_ALL: 'en' };
    const doctor = await sundial(behind, ['doctor']);
    expect(doctor).toMatchObject({ code: 2, output: expect.stringMatching(/certificate .*It ended [12] days ago/) });
    expect(await house.write()).toBeNull();
    const reckoned = await house.reckoned();
    const said = 'doctor: the certificate and since when, exit 2; inside all goes on';
    tell({ fault: 'certificate expired', times: 1, ...reckoned, restartMs: [], said });
    expect(reckoned).toMatchObject({ lost: 0, doubled: 0 });
  },
);
