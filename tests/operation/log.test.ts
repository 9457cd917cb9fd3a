import { mkdtempSync, rmSync } from 'node:fs';
import { IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { openDatabase } from '../../server/database/open.ts';
import { openReport, withoutValues } from '../../server/report.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { type Listening, listen } from './listening.ts';

const folder = mkdtempSync(join(tmpdir(), 'sundial-log-'));
let desk: Desk;
let server: Listening;

beforeAll(async () => {
  const address = join(folder, 'sundial.sqlite');
  desk = await openDesk(
    { database: await openDatabase(address), address, folder },
    {
      trustedProxies: ['10.0.0.1'],
      // Nobody answers there: what comes of it is reported.
      identity: {
        mode: 'oidc',
        oidc: { issuer: 'http://127.0.0.1:9', clientId: 'sundial', label: { zh: '账号', en: 'account' } },
      },
    },
  );
  server = await listen(desk.context);
});
afterAll(async () => {
  await server.running.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What must never be found, by what it is. */
const secrets = {
  bearer: 'token-of-mod-1'.padEnd(32, '0'),
  deadBearer: 'dEaDbEaReR'.repeat(4),
  receiptCode: '7K3M9QXW2ABCDEFG',
  reader: 'rEaDeRsEsSiOn'.repeat(3),
  invitation: 'INV1TE-ME7K-3M9Q-XW2A',
  oidcCode: 'oidc-code-SplxlOBeZQQYbYS6WxSbIA',
  oidcState: 'af0ifjsldkjAF0IFJSLDKJ',
  idempotency: 'iDeMpOtEnCyKeY4242424w',
  proof: 'cHJvb2Ytb2Ytd29yaw',
  contact: '13912345678',
  mail: 'reader@home.example',
  words: '楼上漏水已经三个月',
  nickname: '住在三楼的老李',
  search: '寻找某人的姓名',
  address: '203.0.113.77',
  cookie: 'session=c00k1e',
  agent: 'Mozilla/5.0 (OfOneReaderOnly)',
  requestId: 'made-up-by-a-stranger',
  moderator: '张主持',
} as const;

const json = { 'content-type': 'application/json', origin: 'https://portal.example' };

test('of real traffic with every kind of secret nothing is in the log, and every request is one line', async () => {
  const marks = {
    'x-forwarded-for': secrets.address,
    'x-request-id': secrets.requestId,
    'user-agent': secrets.agent,
    cookie: secrets.cookie,
  };
  const call = async (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const answer = await fetch(server.address + path, {
      method,
      headers: { ...marks, ...headers },
      redirect: 'manual',
      ...sent,
    });
    await answer.arrayBuffer();
    return answer;
  };
  const bearer = { authorization: `Bearer ${secrets.bearer}` };
  const posting = {
    ...desk.body({ text: secrets.words, nickname: secrets.nickname }),
    contact: { text: secrets.contact, consent: true },
  };
  const asked = [
    await call('GET', '/api/v1/moderation/queue', bearer),
    await call('GET', `/api/v1/tickets?q=${encodeURIComponent(secrets.search)}`, bearer),
    await call('GET', `/api/v1/tickets/${secrets.receiptCode}`, bearer),
    await call('GET', '/api/v1/moderation/queue', { authorization: `Bearer ${secrets.deadBearer}` }),
    await call('GET', '/api/v1/receipt', { authorization: `Receipt 123456789.${secrets.receiptCode}` }),
    await call(
      'POST',
      '/api/v1/comments',
      { ...json, 'idempotency-key': secrets.idempotency, 'sundial-proof': secrets.proof },
      posting,
    ),
    await call(
      'POST',
      '/api/v1/comments',
      { ...json, 'idempotency-key': secrets.idempotency, authorization: `Reader ${secrets.reader}` },
      posting,
    ),
    await call('POST', '/api/v1/comments', json, `{"text": "${secrets.words}", ${secrets.mail}`),
    await call('POST', '/api/v1/invitations/look', json, { code: secrets.invitation }),
    await call('POST', '/api/v1/invitations', { ...json, ...bearer }, { name: secrets.nickname, grants: [] }),
    await call('GET', `/enrol?code=${secrets.invitation}`),
    await call('GET', `/sign-in?challenge=${'A'.repeat(43)}&origin=https%3A%2F%2Fportal.example`),
    await call('GET', `/sign-in/callback?code=${secrets.oidcCode}&state=${secrets.oidcState}`),
    await call('GET', `/public/${secrets.invitation}`),
    await call('GET', `/${secrets.invitation}/${encodeURIComponent(secrets.words)}`),
    await call('POST', `/api/v1/${secrets.invitation}`, json, posting),
    await call('OPTIONS', '/api/v1/comments'),
    await call('HEAD', `/public/index.json?${secrets.search}`),
  ];
  await expect.poll(() => server.requests().length).toBe(asked.length);
  const lines = server.requests();
  expect(lines.map(({ requestId }) => requestId)).toEqual(asked.map(({ headers }) => headers.get('x-request-id')));
  expect(lines.map(({ status }) => status)).toEqual(asked.map(({ status }) => status));
  expect(lines.map(({ method, route, refusal }) => [method, route, refusal])).toEqual([
    ['GET', '/api/v1/moderation/queue', null],
    ['GET', '/api/v1/tickets', null],
    ['GET', '/api/v1/tickets/:number', 'NOT_FOUND'],
    ['GET', '/api/v1/moderation/queue', 'TOKEN_EXPIRED'],
    ['GET', '/api/v1/receipt', 'RECEIPT_INVALID'],
    ['POST', '/api/v1/comments', 'SIGN_IN_NEEDED'],
    ['POST', '/api/v1/comments', 'SIGN_IN_NEEDED'],
    ['POST', '/api/v1/comments', 'MALFORMED'],
    ['POST', '/api/v1/invitations/look', expect.anything()],
    ['POST', '/api/v1/invitations', expect.anything()],
    ['GET', '/enrol', null],
    ['GET', '/sign-in', null],
    ['GET', '/sign-in/callback', null],
    ['GET', '/public/*', 'NOT_FOUND'],
    ['GET', 'none', 'NOT_FOUND'],
    ['POST', 'none', 'NOT_FOUND'],
    ['OPTIONS', 'none', null],
    ['HEAD', '/public/*', null],
  ]);
  for (const line of lines)
    expect(Object.keys(line).sort()).toEqual(
      ['bytes', 'cut', 'level', 'method', 'ms', 'msg', 'pid', 'refusal', 'requestId', 'route', 'status', 'time'].sort(),
    );
  const log = server.reported();
  expect(log).toContain('the provider of readers’ sign-in failed');
  for (const [what, secret] of Object.entries(secrets))
    for (const form of [secret, encodeURIComponent(secret)]) expect(log.includes(form), what).toBe(false);
});

test('a bug is one more line, found by the id that the reader was given, with places and without values', async () => {
  await desk.db.schema.alterTable('comment_flag').renameTo('elsewhere').execute();
  const answer = await fetch(`${server.address}/api/v1/moderation/queue`, {
    headers: { authorization: `Bearer ${secrets.bearer}` },
  });
  await desk.db.schema.alterTable('elsewhere').renameTo('comment_flag').execute();
  const problem = await answer.json();
  const id = answer.headers.get('x-request-id');
  expect([answer.status, problem]).toEqual([
    500,
    {
      type: 'urn:sundial:refusal:INTERNAL',
      title: 'INTERNAL',
      status: 500,
      code: 'INTERNAL',
      instance: `urn:sundial:request:${id}`,
    },
  ]);
  const line = server
    .reported()
    .split('\n')
    .find((each) => each.includes('a request failed') && each.includes(`"requestId":"${id}"`));
  expect(line).toContain('no such table: comment_flag');
  expect(line).toContain('queue.ts');
  expect(line).not.toContain(secrets.bearer);
});

test('a proxy of ours names the request, anybody else does not', async () => {
  const named = async (remoteAddress: string) => {
    const app = createApp(desk.context);
    const incoming = Object.create(IncomingMessage.prototype, { socket: { value: { remoteAddress } } });
    const answer = await app.request('/healthz', { headers: { 'x-request-id': 'from-the-proxy.42' } }, { incoming });
    return answer.headers.get('x-request-id');
  };
  expect(await named('10.0.0.1')).toBe('from-the-proxy.42');
  expect(await named('10.0.0.2')).toMatch(/^[\w-]{16}$/);
});

test('of an error neither what a driver hung on it nor what its message quotes is told', () => {
  let told = '';
  const write = (line: string) => {
    told += line;
  };
  const report = openReport('error', { write });
  const pg = Object.assign(new Error('invalid input syntax for type integer: "13912345678"'), {
    code: '22P02',
    detail: 'Key (text)=(楼上漏水) already exists.',
    where: 'unnamed portal parameter $1 = 楼上漏水',
    parameters: ['楼上漏水'],
  });
  report.error('a request failed', new Error('while saving', { cause: pg }), { requestId: 'r1' });
  report.warn('too quiet to be told');
  expect(JSON.parse(told)).toMatchObject({
    level: 'error',
    msg: 'a request failed',
    requestId: 'r1',
    error: {
      message: 'while saving',
      cause: { code: '22P02', message: 'invalid input syntax for type integer: "…"' },
    },
  });
  for (const value of ['139', '楼上漏水']) expect(told).not.toContain(value);
  const table = [
    ['no such table: comment_flag', 'no such table: comment_flag'],
    [`Unexpected token '楼', "{"text": 楼上"... is not valid JSON`, `Unexpected token '…', "…"... is not valid JSON`],
    [
      'duplicate key value violates unique constraint "comment_pkey"',
      'duplicate key value violates unique constraint "…"',
    ],
    ['connect ECONNREFUSED 10.0.0.1:5432', 'connect ECONNREFUSED 10.0.0.1:5432'],
    ['550 <reader@home.example>: no such user', '550 … no such user'],
    ['fetch of https://oa.example/hook?secret=abc failed', 'fetch of … failed'],
    ['token dEaDbEaReRdEaDbEaReR42 is over', 'token … is over'],
    ['call 13912345678 now', 'call … now'],
  ];
  for (const [message, kept] of table) expect(withoutValues(message ?? '')).toBe(kept);
});
