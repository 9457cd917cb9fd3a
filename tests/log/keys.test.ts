/** Where the key of the log may lie: a file for the server's user alone, or a command. OpenSSL stands in for an HSM and is the judge. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { configFrom } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/port.ts';
import { appendLeaf } from '../../server/log/append.ts';
import { commandKeys } from '../../server/log/key-command.ts';
import { newestHead } from '../../server/log/prove.ts';
import { contextOver } from '../../server/open-context.ts';
import { checkHead } from '../../shared/proof/verify.ts';
import { settings } from '../fixtures/app.ts';
import { sundial } from '../fixtures/served.ts';

const ends: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

function place(): { readonly folder: string; readonly environment: Record<string, string> } {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-keys-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  writeFileSync(join(folder, 'sundial.config.json'), JSON.stringify(settings));
  return { folder, environment: { SUNDIAL_DATA: folder, LC_ALL: 'en' } };
}

async function memory(): Promise<Database> {
  const database = await openDatabase(':memory:');
  ends.push(() => database.close());
  return database;
}

const opened = (database: Database, environment: Record<string, string>): Promise<Context> =>
  contextOver(configFrom(settings, environment), database);
const append = (context: Context, leaf: string) =>
  context.database.transaction((trx) => appendLeaf(trx, context, leaf));
const openssl = (...words: string[]): Buffer => execFileSync('openssl', words, { stdio: ['ignore', 'pipe', 'ignore'] });

/** The vkey of a public key by C2SP signed-note: of P-256 the key id is from the SPKI alone, of Ed25519 from name, type and 32 bytes. */
function vkeyOf(pub: string): string {
  const spki = openssl('pkey', '-pubin', '-in', pub, '-outform', 'DER');
  const isP256 = spki.length > 44;
  const typed = Buffer.concat([Buffer.from([isP256 ? 2 : 1]), isP256 ? spki : spki.subarray(12)]);
  const hash = createHash('sha256').update(isP256 ? spki : Buffer.concat([Buffer.from(`${settings.origin}\n`), typed]));
  return `${settings.origin}+${hash.digest('hex').slice(0, 8)}+${typed.toString('base64')}`;
}

/** A P-256 key made by OpenSSL, its public half and its vkey. */
function opensslKey(folder: string, name = 'hsm') {
  const [key, pub] = [join(folder, `${name}.pem`), join(folder, `${name}.pub`)];
  openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', key);
  openssl('ec', '-in', key, '-pubout', '-out', pub);
  return { key, pub, vkey: vkeyOf(pub) };
}

test('a server does not begin with a key file that others can read, and says which and what to do', async () => {
  const { folder, environment } = place();
  await opened(await memory(), environment);
  const path = join(folder, 'keys', 'checkpoint-p256.pem');
  for (const mode of [0o640, 0o604]) {
    chmodSync(path, mode);
    const problem = { code: 'FILE_OPEN', at: path, more: mode.toString(8) };
    await expect(opened(await memory(), environment)).rejects.toMatchObject({ problem });
  }
  chmodSync(path, 0o660);
  expect(await sundial(environment, ['serve'])).toEqual({
    code: 2,
    output: `sundial: others can read the secret in ${path} (mode 660). Run chmod 600 ${path}, then start again.\n`,
  });
});

test('the vkey of a public key is printed for the configuration', async () => {
  const { folder, environment } = place();
  const { pub, vkey } = opensslKey(folder);
  expect(await sundial(environment, ['log-key', 'vkey', pub])).toEqual({ code: 0, output: `${vkey}\n` });
  expect(await sundial({ ...environment, LC_ALL: 'en' }, ['log-key', 'vkey', import.meta.filename])).toEqual({
    code: 2,
    output: expect.stringMatching(/^.*keys\.test\.ts.*\n$/),
  });
});

test('OpenSSL as the signing command makes lines that readers accept and OpenSSL verifies; no P-256 key file is made', async () => {
  const { folder, environment } = place();
  const { key, pub, vkey } = opensslKey(folder);
  const keys = join(folder, 'keys', 'checkpoint-p256.pem');
  const context = await opened(await memory(), {
    ...environment,
    SUNDIAL_LOG_SIGNER: `openssl dgst -sha256 -sign ${key}`,
    SUNDIAL_LOG_VKEY: vkey,
  });
  expect(existsSync(keys)).toBe(false);
  expect(context.log.vkey).toBe(vkey);
  for (let n = 0; n < 5; n += 1) await append(context, `leaf ${n}`);
  const note = (await newestHead(context.database.db))?.note ?? '';
  expect(await checkHead(note, vkey)).toMatchObject({ ok: true, value: { size: 5 } });
  expect(await checkHead(note, context.log.vkeyEd25519)).toMatchObject({ ok: true });
  const [body, lines = ''] = note.split('\n\n');
  const line = lines.split('\n').find((one) => Buffer.from(one.split(' ')[2] ?? '', 'base64')[4] === 0x30) ?? '';
  writeFileSync(join(folder, 'body'), `${body}\n`);
  writeFileSync(join(folder, 'signature'), Buffer.from(line.split(' ')[2] ?? '', 'base64').subarray(4));
  const said = openssl(
    'dgst',
    '-sha256',
    '-verify',
    pub,
    '-signature',
    join(folder, 'signature'),
    join(folder, 'body'),
  );
  expect(said.toString()).toBe('Verified OK\n');
});

test('a command may sign with several keys by their key id, and answer r‖s as tokens do', async () => {
  const { folder, environment } = place();
  const p256 = opensslKey(folder);
  const edKey = join(folder, 'ed.pem');
  openssl('genpkey', '-algorithm', 'ed25519', '-out', edKey);
  openssl('pkey', '-in', edKey, '-pubout', '-out', join(folder, 'ed.pub'));
  const ed = vkeyOf(join(folder, 'ed.pub'));
  const script = join(folder, 'sign.sh');
  // A token gives r and s, 32 bytes each: taken here out of what asn1parse shows.
  writeFileSync(
    script,
    `#!/bin/sh
set -eu
cd ${folder}
cat > body.$$
case "$SUNDIAL_LOG_KEY_ID" in
  ${ed.split('+')[1]}) openssl pkeyutl -sign -rawin -inkey ed.pem -in body.$$ ;;
  *) openssl dgst -sha256 -sign hsm.pem body.$$ | openssl asn1parse -inform DER |
     perl -ne 'print pack "H*", substr "0" x 64 . $1, -64 if /INTEGER *:(\\w+)/' ;;
esac
rm body.$$
`,
    { mode: 0o700 },
  );
  const context = await opened(await memory(), {
    ...environment,
    SUNDIAL_LOG_SIGNER: script,
    SUNDIAL_LOG_VKEY: `${p256.vkey} ${ed}`,
  });
  expect(context.log).toMatchObject({ vkey: p256.vkey, vkeyEd25519: ed });
  expect(existsSync(join(folder, 'keys', 'checkpoint-ed25519.pem'))).toBe(false);
  await append(context, 'leaf');
  const note = (await newestHead(context.database.db))?.note ?? '';
  for (const vkey of [p256.vkey, ed]) expect(await checkHead(note, vkey)).toMatchObject({ ok: true });
});

test.each([
  ['signs with another key', (other: string) => `openssl dgst -sha256 -sign ${other}`],
  ['ends with an error', () => 'openssl dgst -sha256 -sign /nowhere.pem'],
  ['says nothing', () => 'true'],
  ['says far too much', () => 'yes'],
  ['is not there', () => '/nowhere/signer'],
])('where the command %s, nothing is appended', async (_, command) => {
  const { folder, environment } = place();
  const { vkey } = opensslKey(folder);
  const other = opensslKey(folder, 'other');
  const context = await opened(await memory(), {
    ...environment,
    SUNDIAL_LOG_SIGNER: command(other.key),
    SUNDIAL_LOG_VKEY: vkey,
  });
  await expect(append(context, 'leaf')).rejects.toMatchObject({ problem: { code: 'COMMAND_FAILED' } });
  expect(await newestHead(context.database.db)).toBeNull();
});

test.each([
  ['waits for ever', 'wait'],
  ['ends, while what it has begun keeps its output open', 'exit 0'],
])('where the command %s, it is given up after ten seconds', async (_, then) => {
  const { folder } = place();
  const { vkey } = opensslKey(folder);
  const [script, begun] = [join(folder, 'sign.sh'), join(folder, 'begun')];
  writeFileSync(script, `#!/bin/sh\nsleep 600 &\necho $! > ${begun}.new\nmv ${begun}.new ${begun}\n${then}\n`, {
    mode: 0o700,
  });
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  ends.push(() => void vi.useRealTimers());
  const [key] = await commandKeys({ command: script, vkeys: vkey }, settings.origin);
  const signing = key?.sign(new Uint8Array());
  const givenUp = expect(signing).rejects.toMatchObject({ problem: { code: 'COMMAND_FAILED', at: script } });
  while (!existsSync(begun)) await turn();
  ends.push(() => void process.kill(Number(readFileSync(begun, 'utf8'))));
  vi.advanceTimersByTime(10_000);
  await givenUp;
});

test('a vkey of another log, or no P-256 key among them, is refused', async () => {
  const { folder, environment } = place();
  const { vkey } = opensslKey(folder);
  const begin = (text: string) =>
    opened(openedLater, { ...environment, SUNDIAL_LOG_SIGNER: 'true', SUNDIAL_LOG_VKEY: text });
  const openedLater = await memory();
  await expect(begin(vkey.replace('diary', 'other'))).rejects.toMatchObject({ problem: { code: 'VKEY_INVALID' } });
  await expect(begin(`${vkey}x`)).rejects.toMatchObject({ problem: { code: 'VKEY_INVALID' } });
  expect(() => configFrom(settings, { ...environment, SUNDIAL_LOG_SIGNER: 'true' })).toThrow('SUNDIAL_LOG_VKEY');
});
