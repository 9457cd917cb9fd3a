import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/sha';
import { beforeAll, describe, expect, test } from 'vitest';
import { b64u, utf8 } from '../../shared/base/bytes.ts';
import { solved } from '../../widget/remote/solve.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

/** 64 rounds a counter, at most 4 counters. */
const hashes = 256;

const headerOf = (challenge: unknown, solution: { counter: number; derivedKey: string }): string =>
  b64u(utf8(JSON.stringify({ challenge, solution })));

eachDatabase((name, open) => {
  describe(`proof of work on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open(), { proofOfWork: { hashes }, moderation: { reviewFirst: false } });
    }, 60_000);

    const challenge = async () => (await desk.post('/api/v1/challenges', {})).json.challenge;
    /** By altcha's own solver, so that ours and the server cannot agree on an error. */
    const work = async (given: Awaited<ReturnType<typeof challenge>>): Promise<string> => {
      const solution = await solveChallenge({ challenge: given, deriveKey });
      if (solution === null) throw new Error('no solution');
      return headerOf(given, { counter: solution.counter, derivedKey: solution.derivedKey });
    };
    const unprovenOf = async (number: string) =>
      (await desk.db.selectFrom('comment').select('unproven').where('number', '=', number).executeTakeFirstOrThrow())
        .unproven;

    test('a challenge solved by altcha itself proves a comment; ours finds the same counter', async () => {
      const given = await challenge();
      const ours = await solved(given);
      const theirs = await solveChallenge({ challenge: given, deriveKey });
      expect(ours).toEqual({ counter: theirs?.counter, derivedKey: theirs?.derivedKey });
      const posted = await desk.send({ proof: headerOf(given, ours ?? { counter: 0, derivedKey: '' }) });
      expect([posted.json.state, await unprovenOf(posted.json.number)]).toEqual(['published', 0]);
    });

    test('a challenge works once: the second comment under it waits for review, marked', async () => {
      const proof = await work(await challenge());
      expect((await desk.send({ proof })).json.state).toBe('published');
      const again = await desk.send({ proof, text: '第二条' });
      expect([again.status, again.json.state]).toEqual([201, 'waiting']);
      expect((await desk.queue()).filter((row) => row.text === '第二条')).toMatchObject([{ unproven: true }]);
    });

    test('the same comment sent again under another proof is the same comment', async () => {
      const key = desk.key();
      const first = await desk.send({ text: '再发一次', proof: await work(await challenge()) }, key);
      const second = await desk.send({ text: '再发一次', proof: await work(await challenge()) }, key);
      expect(second.json).toEqual(first.json);
    });

    test('a challenge works for ten minutes and no longer', async () => {
      const [late, inTime] = [await work(await challenge()), await work(await challenge())];
      desk.advance(600);
      expect((await desk.send({ proof: inTime })).json.state).toBe('published');
      desk.advance(1);
      expect((await desk.send({ proof: late })).json.state).toBe('waiting');
    });

    test('what was not signed here, was changed, or is no solution proves nothing and breaks nothing', async () => {
      const given = await challenge();
      const solution = await solveChallenge({ challenge: given, deriveKey });
      const right = { counter: solution?.counter ?? 0, derivedKey: solution?.derivedKey ?? '' };
      const easier = { ...given, parameters: { ...given.parameters, keyPrefix: '00'.repeat(16) } };
      const longer = { ...given, parameters: { ...given.parameters, data: { until: desk.now() + 9_999_999 } } };
      const other = await challenge();
      const forged = [
        '',
        'AAAA',
        '{}',
        headerOf(easier, right),
        headerOf(longer, right),
        headerOf(other, right),
        headerOf({ ...given, signature: 'f'.repeat(64) }, right),
        headerOf(given, { ...right, derivedKey: '0'.repeat(64) }),
        headerOf(given, { counter: right.counter, derivedKey: 'zz' }),
        b64u(utf8(`{"challenge":${'['.repeat(2000)}`)),
      ];
      for (const proof of forged) {
        const posted = await desk.send({ proof });
        expect([posted.status, posted.json.state], proof).toEqual([201, 'waiting']);
      }
      expect((await desk.send({ proof: headerOf(given, right) })).json.state).toBe('published');
    });

    test('the work doubles each time the number of challenges in a minute does', async () => {
      desk.advance(60 - (desk.now() % 60));
      const counterOf = async () => {
        const solution = await solveChallenge({ challenge: await challenge(), deriveKey });
        return solution?.counter ?? -1;
      };
      // 256 hashes at 64 a counter are 4 counters, of which the upper half is used.
      expect([2, 3]).toContain(await counterOf());
      for (let n = 0; n < 238; n += 1) await challenge();
      // The 240th of the minute: 240 / 30 = 8 times 4 counters.
      const busy = await counterOf();
      expect(busy).toBeGreaterThanOrEqual(16);
      expect(busy).toBeLessThan(32);
    });

    test('used challenges are forgotten once they are too old anyway', async () => {
      desk.advance(1200);
      await desk.runJobs();
      expect(await desk.db.selectFrom('used_challenge').selectAll().execute()).toEqual([]);
    });

    test('unproven comments have a budget of their own and leave that of proven ones alone', async () => {
      const small = await openDesk(await open(), {
        proofOfWork: { hashes },
        limits: { unproven: { count: 2, seconds: 60 }, comments: { count: 1, seconds: 60 } },
      });
      const given = (await small.post('/api/v1/challenges', {})).json.challenge;
      expect(
        (await Promise.all([small.send({}), small.send({}), small.send({})])).map((each) => each.status).sort(),
      ).toEqual([201, 201, 429]);
      expect((await small.send({ proof: await work(given) })).status).toBe(201);
    });

    test('an organisation may ask for no proof', async () => {
      const off = await openDesk(await open(), { proofOfWork: { hashes: 0 } });
      expect((await off.post('/api/v1/challenges', {})).json).toEqual({ challenge: null });
    });

    test('nothing of all this was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });
});
