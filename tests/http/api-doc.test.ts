/** The commands of docs/api.md, word for word, against a server. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serve } from '@hono/node-server';
import { expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { openDatabase } from '../../server/database/open.ts';
import { openDesk } from '../fixtures/desk.ts';
import { freePort } from '../fixtures/served.ts';

const run = promisify(execFile);
const page = readFileSync('docs/api.md', 'utf8');
const commands = [...page.matchAll(/```sh\n(.*?)```/gs)].map(([, command = '']) => command);
const refusal = JSON.parse(/```json\n(.*?)```/s.exec(page)?.[1] ?? 'null');

test('every command of the page does what the page says', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-api-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const desk = await openDesk({ database, address, folder });
  const port = await freePort();
  const server = serve({ fetch: createApp(desk.context).fetch, hostname: '127.0.0.1', port });
  const [document, time, list, post, code, receipt, refused, ...more] = commands;
  expect(more).toEqual([]);
  const made = await run('bash', ['-ec', `${code}printf '%s %s' "$CODE" "$CODE_HASH"`]);
  const [CODE = '', CODE_HASH = ''] = made.stdout.split(' ');
  expect(CODE).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
  let number = '';
  const ask = async (command: string | undefined) => {
    const env = {
      PATH: process.env.PATH,
      SUNDIAL: `http://127.0.0.1:${port}`,
      DRAW: 'd-2026-w39',
      UNIT: 'lianpu',
      ORIGIN: 'https://portal.example',
      CODE,
      CODE_HASH,
      NUMBER: number,
    };
    return JSON.parse((await run('sh', ['-ec', command ?? 'false'], { env })).stdout);
  };
  expect(await ask(document)).toMatchObject({ openapi: '3.1.0' });
  expect(await ask(time)).toEqual({ now: desk.context.now() });
  expect(await ask(list)).toMatchObject({ rows: [], next: null, total: 0 });
  ({ number } = await ask(post));
  expect(await ask(receipt)).toMatchObject({ number, state: 'waiting', text: '请问什么时候好' });
  expect(await ask(refused)).toEqual(refusal);
  await new Promise((resolve) => server.close(resolve));
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});
