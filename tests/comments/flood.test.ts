import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { createApp } from '../../server/app.ts';
import type { Context } from '../../server/context.ts';
import { hashesUnder } from '../../server/feedback/proof-of-work.ts';
import { receiptNumber } from '../../shared/feedback/receipt.ts';
import type { SettingsInput } from '../../shared/organisation/config.ts';
import { issuer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { incomingFrom } from '../fixtures/incoming.ts';

/** The same app with a count of statements and transactions that it begins. */
function counted({ context }: Desk) {
  const count = { statements: 0 };
  const { database } = context;
  const db = database.db.withPlugin({
    transformQuery: ({ node }) => {
      count.statements += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const watched: Context = {
    ...context,
    database: {
      ...database,
      db,
      transaction: (act) => {
        count.statements += 1;
        return database.transaction(act);
      },
      grouped: (act) => {
        count.statements += 1;
        return database.grouped(act);
      },
    },
  };
  return { app: createApp(watched), count };
}

function poster(desk: Desk) {
  const { app, count } = counted(desk);
  const post = async (remoteAddress: string, more: object = {}, headers: Record<string, string> = {}) => {
    const answer = await app.request(
      '/api/v1/comments',
      {
        method: 'POST',
        headers: { origin: issuer, 'content-type': 'application/json', 'idempotency-key': desk.key(), ...headers },
        body: JSON.stringify(desk.body({ text: `第${desk.key()}条`, ...more })),
      },
      { incoming: incomingFrom(remoteAddress) },
    );
    return { status: answer.status, retryAfter: Number(answer.headers.get('retry-after') ?? 0) };
  };
  const statuses = async (address: string, times: number) => {
    const seen: number[] = [];
    for (let n = 0; n < times; n += 1) seen.push((await post(address)).status);
    return seen;
  };
  return { post, statuses, count };
}

test('the work stays what was set while few post, doubles with their number, and ends at three seconds on a telephone', () => {
  // 490,000 hashes a second on a CPU of which a telephone has a quarter.
  const onTelephone = (hashes: number) => hashes / (490_000 / 4);
  expect([0, 30, 59, 60, 119, 120, 1_000_000].map((load) => hashesUnder(load, 90_112))).toEqual([
    90_112, 90_112, 90_112, 180_224, 180_224, 360_448, 360_448,
  ]);
  expect(onTelephone(90_112)).toBeLessThan(1);
  expect(onTelephone(hashesUnder(1_000_000, 90_112))).toBeLessThan(3);
  // What an organisation sets higher stays, and is not raised.
  expect(hashesUnder(1_000_000, 1_000_000)).toBe(1_000_000);
});

eachDatabase((name, open) => {
  describe(`a flood on ${name}`, () => {
    let desk: Desk;
    const limits: SettingsInput['limits'] = {
      posts: { count: 3, seconds: 60 },
      comments: { count: 8, seconds: 60 },
    };
    beforeAll(async () => {
      desk = await openDesk(await open(), { limits });
    }, 60_000);

    test('one address has a share of its own; an IPv6 line is one address; a refusal says when to come back', async () => {
      const { post, statuses } = poster(desk);
      desk.advance(60);
      expect(await statuses('2001:db8:1:2::1', 2)).toEqual([201, 201]);
      expect((await post('2001:db8:1:2:ffff::9')).status).toBe(201);
      const refused = await post('2001:db8:1:2::77');
      expect(refused.status).toBe(429);
      expect(refused.retryAfter).toBeGreaterThan(0);
      expect((await post('2001:db8:1:3::1')).status).toBe(201);
      expect((await post('198.51.100.1')).status).toBe(201);
      desk.advance(refused.retryAfter);
      expect((await post('2001:db8:1:2::1')).status).toBe(201);
    });

    test('the last quarter of the budget is for those who have sent nothing else', async () => {
      const { post, statuses } = poster(desk);
      desk.advance(120 - (desk.now() % 60));
      expect(await statuses('198.51.100.1', 3)).toEqual([201, 201, 201]);
      expect(await statuses('198.51.100.2', 3)).toEqual([201, 201, 201]);
      expect(await statuses('198.51.100.3', 2)).toEqual([201, 429]);
      expect(await statuses('198.51.100.4', 1)).toEqual([201]);
      expect(await statuses('198.51.100.5', 1)).toEqual([429]);
      desk.advance(60);
      expect((await post('198.51.100.3')).status).toBe(201);
      desk.advance(60);
      // Readers behind a proxy that the configuration does not name share the whole budget, not one reader's.
      expect(await statuses('127.0.0.1', 5)).toEqual([201, 201, 201, 201, 201]);
    });

    test('of posts that come at once exactly as many are taken as there is room for, whatever else is refused', async () => {
      const { post } = poster(desk);
      desk.advance(120 - (desk.now() % 60));
      const orphan = { parent: '01k00000000000000000000000' };
      const taken = async (...sent: (readonly [address: string, more?: object])[]) => {
        const answers = await Promise.all(sent.map(([address, more]) => post(address, more)));
        return answers.map(({ status }) => status).sort();
      };
      // Eight are taken in a minute, three from one address.
      expect(await taken(['192.0.2.1', orphan], ['192.0.2.1'], ['192.0.2.1', orphan], ['192.0.2.1'])).toEqual([
        201, 201, 404, 404,
      ]);
      expect(await taken(['192.0.2.1', orphan], ['192.0.2.1'])).toEqual([201, 404]);
      expect(await taken(['192.0.2.1'])).toEqual([429]);
      const many = Array.from({ length: 9 }, (_, n) => [`192.0.2.${n + 2}`] as const);
      expect(await taken(...many)).toEqual([...Array(5).fill(201), ...Array(4).fill(429)]);
    });

    test('what is known to be full is refused without a statement, before its body is read', async () => {
      const { post, statuses, count } = poster(desk);
      desk.advance(120 - (desk.now() % 60));
      expect(await statuses('203.0.113.9', 4)).toEqual([201, 201, 201, 429]);
      count.statements = 0;
      const rounds = 200;
      for (let n = 0; n < rounds; n += 1)
        expect((await post('203.0.113.9', { kind: 'no such kind' })).status).toBe(429);
      expect(count.statements).toBe(0);
      expect((await post('203.0.113.10')).status).toBe(201);
      expect(count.statements).toBeGreaterThan(0);
    });

    test('no address stands in the database, and an hour later not even its mark', async () => {
      const rows = async () => desk.db.selectFrom('rate').selectAll().where('name', '=', 'posts').execute();
      expect((await rows()).length).toBeGreaterThan(3);
      expect(JSON.stringify(await desk.db.selectFrom('rate').selectAll().execute())).not.toMatch(/198\.51|2001:db8/);
      desk.advance(3660);
      await desk.runJobs();
      expect(await rows()).toEqual([]);
    });

    test('one address that asks for challenges keeps no other from one, and makes nobody’s work harder', async () => {
      const asked = await openDesk(await open(), {
        proofOfWork: { hashes: 256 },
        limits: { challenges: { count: 80, seconds: 60 } },
      });
      const app = createApp(asked.context);
      const ask = async (address: string) => {
        const incoming = incomingFrom(address);
        const answer = await app.request('/api/v1/challenges', { method: 'POST' }, { incoming });
        return { status: answer.status, retryAfter: answer.headers.get('retry-after'), json: await answer.json() };
      };
      asked.advance(120 - (asked.now() % 60));
      const statuses: number[] = [];
      for (let n = 0; n < 100; n += 1) statuses.push((await ask('198.51.100.1')).status);
      expect(statuses).toEqual([...Array(40).fill(201), ...Array(60).fill(429)]);
      expect((await ask('198.51.100.1')).retryAfter).toBe('60');
      const other = await ask('198.51.100.2');
      expect(other.status).toBe(201);
      const solution = await solveChallenge({ challenge: other.json.challenge, deriveKey });
      // 256 hashes at 64 a counter: 4 counters, of which the upper half is used.
      expect([2, 3]).toContain(solution?.counter);
      // 42 are counted; the last quarter, from the 61st on, is for those that have asked for nothing else.
      for (let n = 42; n < 60; n += 1) expect((await ask('198.51.100.2')).status).toBe(201);
      expect((await ask('198.51.100.2')).status).toBe(429);
      expect((await ask('198.51.100.3')).status).toBe(201);
      expect(asked.reported).toEqual([]);
    });

    test('an address that tries receipts at random is soon refused without a statement; others use theirs', async () => {
      const tried = await openDesk(await open(), { limits: { wrongReceiptsFor: { count: 3, seconds: 60 } } });
      const { app, count } = counted(tried);
      let serial = 0;
      const look = async (address: string, held?: { readonly number: string; readonly code: string }) => {
        serial += 1;
        const { number, code } = held ?? { number: receiptNumber(serial), code: 'A'.repeat(16) };
        const headers = { authorization: `Receipt ${number}.${code}` };
        return (await app.request('/api/v1/receipt', { headers }, { incoming: incomingFrom(address) })).status;
      };
      const own = await tried.comment({});
      tried.advance(120 - (tried.now() % 60));
      const statuses: number[] = [];
      for (let n = 0; n < 4; n += 1) statuses.push(await look('198.51.100.1'));
      expect(statuses).toEqual([401, 401, 401, 429]);
      expect(await look('198.51.100.2', own)).toBe(200);
      count.statements = 0;
      for (let n = 0; n < 50; n += 1) expect(await look('198.51.100.1')).toBe(429);
      expect(count.statements).toBe(0);
      tried.advance(60);
      // What fits is never counted.
      for (let n = 0; n < 5; n += 1) expect(await look('198.51.100.1', own)).toBe(200);
    });

    test('photos that an address sends are counted although their posts are refused: drawing them anew costs most', async () => {
      const drawn = await openDesk(await open(), { limits: { photosFor: { count: 2, seconds: 60 } } });
      const { post } = poster(drawn);
      const bytes = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#b33' } })
        .jpeg()
        .toBuffer();
      const refused = { kind: 'report', photo: bytes.toString('base64'), parent: '01k00000000000000000000000' };
      drawn.advance(120 - (drawn.now() % 60));
      const statuses: number[] = [];
      for (let n = 0; n < 4; n += 1) statuses.push((await post('198.51.100.1', refused)).status);
      expect(statuses).toEqual([404, 404, 429, 429]);
      expect((await post('198.51.100.1')).status).toBe(201);
      expect((await post('198.51.100.2', { ...refused, parent: null })).status).toBe(201);
    });

    test('posts without proof fill their own small budget and are then refused without a statement', async () => {
      const strict = await openDesk(await open(), {
        proofOfWork: { hashes: 256 },
        limits: { unproven: { count: 4, seconds: 60 } },
      });
      const { post, count } = poster(strict);
      const seen: number[] = [];
      for (let n = 1; n <= 5; n += 1) seen.push((await post(`198.51.100.${n}`)).status);
      expect(seen).toEqual([201, 201, 201, 201, 429]);
      count.statements = 0;
      for (let n = 6; n < 100; n += 1) expect((await post(`198.51.100.${n}`)).status).toBe(429);
      expect(count.statements).toBe(0);
      // A proof that is none lets its body be read, and no more.
      expect((await post('198.51.100.200', {}, { 'sundial-proof': 'AAAA' })).status).toBe(429);
      expect(count.statements).toBeLessThanOrEqual(1);
      expect(strict.reported).toEqual([]);
    });
  });
});
