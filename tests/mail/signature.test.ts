/** What docs/for-operators.md gives to whoever receives the calls of a webhook is run as it stands there, against real calls. */
import { readFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { webhookTargetsOf } from '../../server/notices/targets.ts';
import { webhookChannel } from '../../server/notices/webhook.ts';
import { b64 } from '../../shared/base/bytes.ts';

const calls: { headers: IncomingHttpHeaders; body: string }[] = [];
const server = createServer((request, response) => {
  void text(request).then((body) => {
    calls.push({ headers: request.headers, body });
    response.writeHead(204).end();
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => new Promise<void>((resolve) => server.close(() => resolve())));
afterEach(() => vi.unstubAllEnvs());

const secretOf = (fill: number) => `whsec_${b64(new Uint8Array(32).fill(fill))}`;
const [old, next, other] = [secretOf(1), secretOf(2), secretOf(3)];

/** A real call, signed with what the variable holds. */
async function called(variable: string, at = Date.now()) {
  const { port } = server.address() as AddressInfo;
  const webhooks = [{ id: 'oa', url: `http://127.0.0.1:${port}/`, kinds: null }];
  const targets = webhookTargetsOf(webhooks, { SUNDIAL_WEBHOOK_SECRET_OA: variable });
  if (!targets.ok || targets.value[0] === undefined) throw new Error('no webhook');
  const lines = JSON.stringify([{ unit: 'cgj', subject: '2026-000001', due: 1_800_000_000, at: 1_790_000_000 }]);
  const delivery = {
    ...{ id: 'delivery-1', channel: 'webhook:oa', recipient: '', kind: 'ticketAssigned', lines, closed: 1, tries: 1 },
    ...{ at: 1_790_000_000, due_at: 0, claim: 'c', claimed_until: 1, settled_at: null, problem: null },
    state: 'waiting' as const,
  };
  expect(await webhookChannel({ now: () => at }, targets.value[0]).deliver(delivery)).toEqual({ state: 'sent' });
  const call = calls.at(-1);
  if (call === undefined) throw new Error('no call');
  return call;
}

/** The code of the page, in a language of it, with a secret. */
async function isGenuineOf(page: string, secret: string) {
  vi.stubEnv('SECRET', secret);
  const markdown = readFileSync(join(import.meta.dirname, '..', '..', 'docs', page), 'utf8');
  const [, code = ''] = /```js\n(import [^`]*?isGenuine[\s\S]*?)```/.exec(markdown) ?? [];
  const { isGenuine } = await import(`data:text/javascript,${encodeURIComponent(`${code}//${page} ${secret}`)}`);
  return isGenuine as (headers: IncomingHttpHeaders, body: string) => boolean;
}

test.each(['for-operators.md', 'for-operators.zh.md'])(
  '%s: a call is genuine under its secret, and under nothing else',
  async (page) => {
    const isGenuine = await isGenuineOf(page, old);
    const { headers, body } = await called(old);
    expect(JSON.parse(body)).toEqual({
      type: 'ticketAssigned',
      timestamp: '2026-09-21T14:13:20.000Z',
      data: { unit: 'cgj', subject: '2026-000001', due: 1_800_000_000 },
    });
    expect(isGenuine(headers, body)).toBe(true);
    expect(isGenuine(headers, body.replace('cgj', 'jfj'))).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-id': 'delivery-2' }, body)).toBe(false);
    expect(isGenuine({ ...headers, 'webhook-signature': 'v1,c2hvcnQ=' }, body)).toBe(false);
    expect((await isGenuineOf(page, other))(headers, body)).toBe(false);
    const late = await called(old, Date.now() - 301_000);
    expect((await isGenuineOf(page, old))(late.headers, late.body)).toBe(false);
  },
);

test('while a secret is changed both sign: a receiver that has the old or the new one takes the call', async () => {
  const { headers, body } = await called(`${next} ${old}`);
  for (const secret of [old, next]) expect((await isGenuineOf('for-operators.md', secret))(headers, body)).toBe(true);
  expect((await isGenuineOf('for-operators.md', other))(headers, body)).toBe(false);
});
