import { request } from 'node:http';
import { afterAll, describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { openReadsOf } from '../../server/http/route.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { type Listening, listen } from '../operation/listening.ts';

interface Answer {
  readonly status: number | undefined;
  readonly headers: Record<string, unknown>;
  readonly body: string;
}

/** One request as it is written, without what differs between any two answers. */
const ask = (port: number, path: string, headers: Record<string, string>): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ port, path, headers }, async (incoming) => {
      const parts: Buffer[] = [];
      for await (const part of incoming) parts.push(part);
      const { date: _, 'x-request-id': id, ...rest } = incoming.headers;
      expect(id).toMatch(/^[\w-]{16}$/);
      resolve({ status: incoming.statusCode, headers: rest, body: Buffer.concat(parts).toString('utf8') });
    });
    outgoing.once('error', reject).end();
  });

eachDatabase((name, open) => {
  describe(`what everybody may read at one path, on ${name}`, () => {
    const servers: Listening[] = [];
    afterAll(async () => {
      for (const { running } of servers) await running.close();
    });

    test('is answered before the app as by the app: status, headers, body, and the line about it', async () => {
      const desk = await openDesk(await open(), { trustedProxies: ['127.0.0.1'] });
      const { number } = await desk.comment({ text: '桥下积水，“半米”深' });
      await desk.publish(number);
      const server = await listen({ ...desk.context, now: () => 1_795_000_000_000 });
      servers.push(server);
      const list = '/api/v1/comments';
      const diary = `${list}?draw=d-2026-w39&unit=lianpu`;
      const paths = [
        ...openReadsOf(createApp(desk.context)).keys(),
        diary,
        `${diary}&limit=1&item=3`,
        `${diary}&limit=0`,
        `${diary}&limit=2&limit=x`,
        `${diary}&after=1.a+b`,
        `${diary}&after=%00`,
        `${diary}&&=&x`,
        `${list}?draw=d-2026-w39&unit=nobody`,
        `${list}/?draw=d-2026-w39&unit=lianpu`,
        '/api/v1/time?',
        '/api//v1/time',
      ];
      expect(paths).toContain('/api/v1/time');
      const known = async (path: string): Promise<Record<string, string>[]> => {
        const { etag } = (await ask(server.port, path, {})).headers;
        return [{}, ...(typeof etag === 'string' ? [{ 'if-none-match': `"x", W/${etag}` }] : [])];
      };
      for (const path of paths)
        for (const headers of await known(path)) {
          const [before, again] = [await ask(server.port, path, headers), await ask(server.port, path, headers)];
          // A coding that changes nothing is for the app to read.
          const byApp = await ask(server.port, path, { ...headers, 'content-encoding': 'identity' });
          expect({ path, headers, before, again }).toEqual({ path, headers, before: byApp, again: byApp });
          const lines = server.requests().slice(-3);
          const told = lines.map(({ method, route, status, refusal, cut }) => ({
            method,
            route,
            status,
            refusal,
            cut,
          }));
          expect(told.slice(1)).toEqual([told[0], told[0]]);
        }
    });

    test('whoever names no host that could be is refused as before', async () => {
      const desk = await openDesk(await open());
      const server = await listen(desk.context);
      servers.push(server);
      const told = await new Promise((resolve, reject) => {
        const outgoing = request({ port: server.port, path: '/api/v1/time', headers: { host: 'a b' } }, (incoming) => {
          incoming.resume();
          resolve(incoming.statusCode);
        });
        outgoing.once('error', reject).end();
      });
      expect(told).toBe(400);
    });
  });
});
