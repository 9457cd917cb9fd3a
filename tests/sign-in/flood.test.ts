import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { incomingFrom } from '../fixtures/incoming.ts';
import { openGateway } from './gateway.ts';

const portal = 'https://portal.example';
const random = (): string => randomBytes(32).toString('base64url');

eachDatabase((name, open) => {
  describe(`a flood of sign-ins on ${name}`, () => {
    const opened = async () => {
      const desk = await openDesk(await open(), {
        identity: { mode: 'phone', phone: { gateway: 'https://sms.example/send' } },
        limits: {
          signIns: { count: 8, seconds: 60 },
          signInsFor: { count: 3, seconds: 60 },
          readerSessions: { count: 8, seconds: 60 },
          readerSessionsFor: { count: 3, seconds: 60 },
        },
      });
      const app = createApp(desk.context);
      desk.advance(120 - (desk.now() % 60));
      const window = async (address: string): Promise<number> => {
        const path = `/sign-in?challenge=${random()}&origin=${encodeURIComponent(portal)}`;
        return (await app.request(path, {}, { incoming: incomingFrom(address) })).status;
      };
      const exchange = async (address: string): Promise<number> => {
        const sent = {
          method: 'POST',
          headers: { origin: portal, 'content-type': 'application/json' },
          body: JSON.stringify({ verifier: random(), code: '12345678' }),
        };
        return (await app.request('/api/v1/reader-sessions', sent, { incoming: incomingFrom(address) })).status;
      };
      return { desk, window, exchange };
    };
    const times = async (count: number, act: () => Promise<number>): Promise<number[]> => {
      const seen: number[] = [];
      for (let n = 0; n < count; n += 1) seen.push(await act());
      return seen;
    };

    test('one address opens no more windows than its share; the last quarter is for whoever opened none', async () => {
      const { desk, window } = await opened();
      expect(await times(20, () => window('198.51.100.1'))).toEqual([200, 200, 200, ...Array(17).fill(429)]);
      expect(await times(2, () => window('198.51.100.2'))).toEqual([200, 200]);
      // The seventh of eight: the one that was refused at the share's end is counted as well.
      expect(await window('198.51.100.2')).toBe(429);
      expect(await window('198.51.100.3')).toBe(200);
      expect(await window('198.51.100.4')).toBe(429);
      desk.advance(60);
      expect(await window('198.51.100.1')).toBe(200);
      expect(desk.reported).toEqual([]);
    });

    test('one address tries no more codes than its share, and no address stands in the database', async () => {
      const { desk, exchange } = await opened();
      expect(await times(20, () => exchange('198.51.100.1'))).toEqual([401, 401, 401, ...Array(17).fill(429)]);
      expect(await exchange('198.51.100.2')).toBe(401);
      const kept = await desk.db.selectFrom('rate').selectAll().execute();
      expect(kept.filter((row) => row.name === 'readerSessionsFor')).toHaveLength(2);
      expect(JSON.stringify(kept)).not.toContain('198.51');
    });

    test('one address has no more messages sent than its share, and the last quarter is for whoever had none', async () => {
      const gateway = await openGateway();
      const desk = await openDesk(await open(), {
        identity: { mode: 'phone', phone: { gateway: gateway.address } },
        limits: { messages: { count: 8, seconds: 3600 }, messagesFor: { count: 3, seconds: 3600 } },
      });
      const app = createApp(desk.context);
      desk.advance(7200 - (desk.now() % 3600));
      let last = 13_800_138_000;
      const isSent = async (address: string): Promise<boolean> => {
        const bindings = { incoming: incomingFrom(address) };
        const path = `/sign-in?challenge=${random()}&origin=${encodeURIComponent(portal)}`;
        const opened = await (await app.request(path, {}, bindings)).text();
        const state = /name="state" value="([\w-]{43})"/.exec(opened)?.[1] ?? '';
        last += 1;
        const body = new URLSearchParams({ state, number: String(last) });
        await app.request('/sign-in/number', { method: 'POST', body }, bindings);
        return gateway.sent.at(-1)?.body.to === `+86${last}`;
      };
      const sent: boolean[] = [];
      for (let n = 0; n < 9; n += 1) sent.push(await isSent('198.51.100.1'));
      expect(sent).toEqual([true, true, true, ...Array(6).fill(false)]);
      expect([await isSent('198.51.100.2'), await isSent('198.51.100.2')]).toEqual([true, true]);
      expect([await isSent('198.51.100.2'), await isSent('198.51.100.3')]).toEqual([false, true]);
      expect(await isSent('198.51.100.4')).toBe(false);
      await gateway.stop();
    });
  });
});
