import { Hono } from 'hono';
import * as v from 'valibot';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { refuse } from '../../server/http/refuse.ts';
import { route } from '../../server/http/route.ts';
import { endpoint } from '../../shared/api/endpoint.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';

const postThing = endpoint({
  method: 'POST',
  path: '/api/v1/things',
  group: 'test',
  summary: 'Do a thing once',
  access: 'public',
  idempotent: true,
  body: v.strictObject({ name: v.string() }),
  answer: v.object({ row: v.number() }),
  status: 201,
});

/** An app whose one route writes a row each time it really acts; `fail` refuses after writing, `isClosed` before. */
async function appOver(opened: OpenedDatabase, kind: 'transaction' | 'grouped' = 'transaction') {
  const server = await openServer(opened);
  const app = new Hono();
  app.onError((error) => refuse(error, (each) => server.reported.push(each)));
  const state = { fail: false, isClosed: false };
  route(app, server.context, postThing, ({ context, body }) => {
    if (state.isClosed) throw new Refusal('NOT_ALLOWED');
    return context.database[kind](async (trx) => {
      const { id } = await trx
        .insertInto('audit')
        .values({ at: 1, actor: 'x', action: 'thing.do', subject: body.name, facts: '{}' })
        .returning('id')
        .executeTakeFirstOrThrow();
      if (state.fail) throw new Refusal('NOT_FOUND');
      return { row: id };
    });
  });
  const post = async (key: string | null, name = 'a') => {
    const answer = await app.request('/api/v1/things', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }) },
      body: JSON.stringify({ name }),
    });
    const body = await answer.json();
    return [answer.status, body.row ?? body.code];
  };
  const done = async () =>
    (await server.context.database.db.selectFrom('audit').select('id').where('action', '=', 'thing.do').execute())
      .length;
  return { server, post, done, state };
}

const key = 'abcdefghijklmnopqrstuv';

eachDatabase((name, open) => {
  test('the same request twice is done once and answered alike; another body under its key is refused', async () => {
    const { post, done } = await appOver(await open());
    const first = await post(key);
    expect(first[0]).toBe(201);
    expect(await post(key)).toEqual(first);
    expect(await post(key, 'b')).toEqual([422, 'IDEMPOTENCY_REUSED']);
    expect(await done()).toBe(1);
    expect(await post(`${key}2`)).not.toEqual(first);
  });

  test('a key is mandatory and has 128 bits', async () => {
    const { post, done } = await appOver(await open());
    for (const bad of [null, '', 'short', 'x'.repeat(65), `${key}!`])
      expect(await post(bad)).toEqual([400, 'FIELD_INVALID']);
    expect(await done()).toBe(0);
  });

  test('what was refused may be tried again, and a key is forgotten after a day', async () => {
    const { server, post, done, state } = await appOver(await open());
    state.fail = true;
    expect(await post(key)).toEqual([404, 'NOT_FOUND']);
    state.fail = false;
    const first = await post(key);
    expect(await done()).toBe(1);
    server.clock.ms += 86_400_000;
    expect(await post(key, 'b')).not.toEqual(first);
    expect(await done()).toBe(2);
  });

  test.each(['transaction', 'grouped'] as const)(
    'the same request at the same time, at two servers, is done once: %s',
    async (kind) => {
      const opened = await open();
      const another = name === 'PostgreSQL' ? await openDatabase(opened.address) : null;
      const apps = [
        await appOver(opened, kind),
        await appOver({ ...opened, database: another ?? opened.database }, kind),
      ];
      const answers = await Promise.all(Array.from({ length: 8 }, (_, i) => apps[i % 2]?.post(key)));
      expect(new Set(answers.map(String)).size).toBe(1);
      expect(await apps[0]?.done()).toBe(1);
      await another?.close();
    },
  );

  test('what was done is answered alike although it would be refused now', async () => {
    const { post, done, state } = await appOver(await open());
    const first = await post(key);
    state.isClosed = true;
    expect(await post(key)).toEqual(first);
    expect(await post(key, 'b')).toEqual([422, 'IDEMPOTENCY_REUSED']);
    expect(await post(`${key}2`)).toEqual([403, 'NOT_ALLOWED']);
    expect(await done()).toBe(1);
  });
});
