/** A server on a real port with something of everything in it, and tokens of every role. */
import { once } from 'node:events';
import { type ServerType, serve } from '@hono/node-server';
import type { Hono } from 'hono';
import { createApp } from '../../server/app.ts';
import { configFrom } from '../../server/config.ts';
import { declarationsOf } from '../../server/http/route.ts';
import { tokenHash } from '../../server/http/session.ts';
import type { Endpoint } from '../../shared/api/endpoint.ts';
import { can } from '../../shared/organisation/role.ts';
import type { OpenedDatabase } from '../fixtures/databases.ts';
import { openDesk, tokenOf } from '../fixtures/desk.ts';
import type { Known } from './from-schema.ts';
import type { Askers } from './requests.ts';

const roles = [
  ['organiser', 'org-1'],
  ['moderator', 'mod-1'],
  ['handler', 'h-lianpu'],
  ['reviewer', 'rev-1'],
  ['leader', 'lead-lianpu'],
  ['auditor', 'aud-1'],
] as const;

const plenty = { count: 2_000_000_000, seconds: 86_400 };
const { limits: named } = configFrom({ name: { zh: '区', en: 'Area' }, origin: 'desk.example/log1' }, {});
const limits = Object.fromEntries(Object.keys(named).map((name) => [name, plenty]));

/** Answers in the place of the app, for a test that wraps it. */
type Wrap = (fetch: Hono['fetch']) => Hono['fetch'];

export async function openWorld(opened: OpenedDatabase, wrap: Wrap = (fetch) => fetch) {
  const desk = await openDesk(opened, { limits });
  const reported: unknown[] = [];
  const app = createApp(desk.context, { failed: (error) => reported.push(error) });
  // As an enrolled key has it: the hash of the key.
  for (const { id } of await desk.db.selectFrom('device').select('id').execute())
    await desk.db
      .updateTable('device')
      .set({ kid: await tokenHash(id) })
      .where('id', '=', id)
      .execute();
  const { ticket } = await desk.ticket({ kind: 'report' });
  const receipts = [];
  for (let n = 0; n < 4; n += 1) receipts.push(await desk.comment({ kind: n % 2 === 0 ? 'report' : 'question' }));
  const published = await desk.comment({});
  await desk.publish(published.number);
  const ids = await Promise.all([...receipts, published].map(({ number }) => desk.idOf(number)));
  const known: Known = {
    draw: ['d-2026-w39'],
    unit: ['lianpu', 'cgj', 'undrawn'],
    number: [ticket],
    ticket: [ticket],
    comment: ids,
    parent: ids,
    only: ids,
    id: [...ids, 'lianpu', 'd-mod-1'],
    week: ['2026-W39', '2026-W40'],
    into: [ticket],
    name: ['moderation', 'categories', 'themes', 'threads', 'termBase', 'deadlines'],
    author: ['lead-lianpu'],
    person: ['p-mod-1', 'p-lead-lianpu'],
    sha256: ['a'.repeat(64)],
  };
  const tokens = roles.map(([role, actor]) => [role, `Bearer ${tokenOf(actor)}`] as const);
  const receiptsShown = receipts.map(({ number, code }) => `Receipt ${number}.${code}`);
  const askers: Askers = ({ access }: Endpoint) => {
    const all = [
      '',
      ...tokens.map(([, token]) => token),
      ...receiptsShown,
      `Bearer ${'A'.repeat(32)}`,
      'Bearer',
      'Basic eDp4',
    ];
    if (access === 'public') return all;
    if (access === 'receipt') return [...receiptsShown, ...all];
    const right = tokens.filter(([role]) => access === 'device' || can(role, access)).map(([, token]) => token);
    return [...right, ...all];
  };
  const server = await new Promise<ServerType>((resolve) => {
    const begun = serve({ fetch: wrap(app.fetch), hostname: '127.0.0.1', port: 0 }, () => resolve(begun));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return {
    address: `http://127.0.0.1:${address.port}`,
    endpoints: declarationsOf(app),
    known,
    askers,
    reported,
    /** From now on whatever was counted before finds its window full. */
    exhaust: () => desk.db.updateTable('rate').set({ count: plenty.count }).execute(),
    close: async () => {
      server.close();
      if ('closeAllConnections' in server) server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export type World = Awaited<ReturnType<typeof openWorld>>;
