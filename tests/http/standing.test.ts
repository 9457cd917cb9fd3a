import { afterAll, describe, expect, test } from 'vitest';
import { writeAudit } from '../../server/database/audit.ts';
import { awayBy } from '../../server/database/away.ts';
import { openDatabase } from '../../server/database/open.ts';
import { together } from '../../server/http/standing.ts';
import { issuer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { type Listening, listen } from '../operation/listening.ts';

const list = '/api/v1/comments?draw=d-2026-w39&unit=lianpu';

test('a question that is not answered holds nobody: all who put it are told, and the next is put anew', async () => {
  let asked = 0;
  const ask = together(() => {
    asked += 1;
    return asked === 1 ? new Promise<string>(() => undefined) : Promise.resolve('here');
  }, 10);
  const told = await Promise.allSettled([ask(), ask(), ask()]);
  expect(told.map((each) => (each.status === 'rejected' ? awayBy(each.reason) : each.value))).toEqual(
    Array.from({ length: 3 }, () => 'AWAY'),
  );
  expect([await ask(), asked]).toEqual(['here', 2]);
});

eachDatabase((name, open) => {
  describe(`answers that stand ready on ${name}`, () => {
    const servers: Listening[] = [];
    afterAll(async () => {
      for (const { running } of servers) await running.close();
    });

    /** Two server processes on one database; what the desk does is done at neither of them. */
    async function two() {
      const opened = await open();
      const desk = await openDesk(opened);
      const pair: Listening[] = [];
      for (let n = 0; n < 2; n += 1)
        pair.push(await listen({ ...desk.context, database: await openDatabase(opened.address) }));
      servers.push(...pair);
      const texts = async ({ address }: Listening): Promise<string[]> => {
        const { rows }: { rows: { text: string }[] } = await (await fetch(address + list)).json();
        return rows.map(({ text }) => text);
      };
      const [one, other] = pair;
      if (one === undefined || other === undefined) throw new Error('two servers');
      return { desk, one, other, texts };
    }

    test('a list that was read before shows at every server what was published a moment ago at another', async () => {
      const { desk, one, other, texts } = await two();
      for (let n = 1; n <= 3; n += 1) {
        const posted = await desk.comment({ text: `第${n}条留言` });
        await desk.publish(posted.number);
        const wanted = Array.from({ length: n }, (_, at) => `第${at + 1}条留言`);
        for (const server of [one, other, one, other]) expect(await texts(server)).toEqual(wanted);
      }
    });

    test('what a moderator removes is gone from the next answer of every server', async () => {
      const { desk, one, other, texts } = await two();
      const posted = await desk.comment({ text: '要撤下的话' });
      await desk.publish(posted.number);
      for (const server of [one, one, other, other]) expect(await texts(server)).toEqual(['要撤下的话']);
      const { id, version } = await desk.db
        .selectFrom('comment')
        .select(['id', 'version'])
        .where('number', '=', posted.number)
        .executeTakeFirstOrThrow();
      const removed = await desk.decide({ id, version }, { decision: 'remove', reason: 'abuse', note: null });
      expect(removed.status, removed.text).toBe(200);
      for (const server of [one, other]) expect(await texts(server)).toEqual([null]);
    });

    test('a post that finds no room is refused before the app as by the app, and told of; who has room is heard', async () => {
      const limits = { posts: { count: 2, seconds: 60 } };
      const desk = await openDesk(await open(), { trustedProxies: ['127.0.0.1'], limits });
      const server = await listen(desk.context);
      servers.push(server);
      const post = (address: string, text = `第${desk.key()}条`) =>
        fetch(`${server.address}/api/v1/comments`, {
          method: 'POST',
          headers: {
            origin: issuer,
            'content-type': 'application/json',
            'idempotency-key': desk.key(),
            'x-forwarded-for': address,
          },
          body: JSON.stringify(desk.body({ text })),
        });
      const told: object[] = [];
      const statuses: number[] = [];
      for (let n = 0; n < 6; n += 1) {
        const answer = await post('198.51.100.1');
        statuses.push(answer.status);
        const { 'x-request-id': id, date: _, ...head } = Object.fromEntries(answer.headers);
        expect(id).toMatch(/^[\w-]{16}$/);
        if (n > 2) told.push({ head, body: await answer.json() });
      }
      expect(statuses).toEqual([201, 201, 429, 429, 429, 429]);
      expect(told).toEqual([told[0], told[0], told[0]]);
      expect(told[0]).toMatchObject({ body: { code: 'RATE_LIMITED', facts: { retryAfter: expect.any(Number) } } });
      expect((await post('198.51.100.1', '长'.repeat(10_000))).status).toBe(429);
      expect((await post('198.51.100.2')).status).toBe(201);
      const refused = server.requests().filter(({ refusal }) => refusal === 'RATE_LIMITED');
      expect(refused).toHaveLength(5);
      for (const line of refused)
        expect(line).toMatchObject({ method: 'POST', route: '/api/v1/comments', status: 429 });
      desk.advance(60);
      expect((await post('198.51.100.1')).status).toBe(201);
    });

    test('an answer given again has the same headers but an id of its own, is told like any other, and 304 to who has it', async () => {
      const { one } = await two();
      const read = (headers: Record<string, string> = {}) => fetch(one.address + list, { headers });
      const answers = [await read(), await read(), await read()];
      const heads = answers.map((answer) => {
        const own = Object.fromEntries(answer.headers);
        const { 'x-request-id': id, date: _, ...rest } = own;
        return { id, rest };
      });
      expect(new Set(heads.map(({ id }) => id)).size).toBe(3);
      expect(heads[1]?.rest).toEqual(heads[0]?.rest);
      expect(heads[2]?.rest).toEqual(heads[0]?.rest);
      const bodies = await Promise.all(answers.map((answer) => answer.text()));
      expect(bodies[1]).toBe(bodies[0]);
      const known = await read({ 'if-none-match': answers[0]?.headers.get('etag') ?? '' });
      expect([known.status, await known.text()]).toEqual([304, '']);
      // A body with a coding is refused also where the answer stands ready.
      expect((await read({ 'content-encoding': 'gzip' })).status).toBe(415);
      await expect.poll(() => one.requests().length).toBe(5);
      const told = one.requests().map(({ requestId, route, status, refusal }) => [requestId, route, status, refusal]);
      expect(told.slice(0, 4)).toEqual([
        ...heads.map(({ id }) => [id, '/api/v1/comments', 200, null]),
        [known.headers.get('x-request-id'), '/api/v1/comments', 304, null],
      ]);
    });

    test('a file of the tree is given again until the trail has grown, at every server', async () => {
      const { desk, one, other } = await two();
      const read = async ({ address }: Listening) => (await fetch(`${address}/public/index.json`)).text();
      const before = await read(one);
      for (const server of [one, other, one, other]) expect(await read(server)).toBe(before);
      await desk.context.database.transaction(async (trx) => {
        await trx.updateTable('unit').set({ zh: '改了名' }).where('id', '=', 'lianpu').execute();
        await writeAudit(trx, { at: desk.now(), actor: 'org-1', action: 'setting.change', subject: 'units' });
      });
      const after = await read(other);
      expect(after).not.toBe(before);
      expect(after).toContain('改了名');
      expect(await read(one)).toBe(after);
    });
  });
});
