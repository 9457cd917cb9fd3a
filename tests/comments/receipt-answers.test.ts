/** What a receipt answers over HTTP, and to whom it answers nothing (closed-loop.md "Contact and receipt"). */
import { beforeAll, describe, expect, test } from 'vitest';
import { receiptNumber } from '../../shared/feedback/receipt.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk, type Receipt } from '../fixtures/desk.ts';

/** Every call under a receipt. */
const calls = [
  ['GET', '/api/v1/receipt', undefined],
  ['GET', '/api/v1/receipt/export', undefined],
  ['PUT', '/api/v1/receipt/text', { version: 1, text: '改' }],
  ['POST', '/api/v1/receipt/withdrawal', undefined],
  ['POST', '/api/v1/receipt/erasure', undefined],
  ['POST', '/api/v1/receipt/appeal', { words: '申诉' }],
  ['POST', '/api/v1/receipt/follow-up', { solved: true, rating: 5, words: null }],
] as const;

eachDatabase((name, open) => {
  describe(`receipts on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open());
    }, 60_000);

    const call = (method: (typeof calls)[number][0], path: string, body: unknown, receipt: Receipt) =>
      method === 'GET'
        ? desk.get(path, { receipt })
        : method === 'PUT'
          ? desk.put(path, body, { receipt })
          : desk.post(path, body, { receipt });

    test('a code opens in any case, in fours or whole, with O for 0 and I or L for 1', async () => {
      let posted = await desk.comment({});
      while (!/[01]/.test(posted.code) || !/[A-Z]/.test(posted.code)) posted = await desk.comment({});
      const { number, code } = posted;
      const fours = code.match(/.{4}/g)?.join('-') ?? '';
      const typed = [
        fours,
        fours.toLowerCase(),
        code.replaceAll('0', 'O'),
        code.replaceAll('0', 'o'),
        code.replaceAll('1', 'I'),
        code.replaceAll('1', 'l'),
      ];
      for (const each of typed)
        expect([each, (await desk.get('/api/v1/receipt', { receipt: { number, code: each } })).status]).toEqual([
          each,
          200,
        ]);
    });

    test('each call answers a wrong code, an unknown number and one with a slip in it alike, and no answer is stored', async () => {
      const posted = await desk.comment({ text: '只有我看' });
      const wrong = 'ZZZZZZZZZZZZZZZZ';
      const slip = `${posted.number.slice(0, 8)}${(Number(posted.number[8]) + 1) % 10}`;
      for (const [method, path, body] of calls) {
        const answers = await Promise.all(
          [posted.number, receiptNumber(87654321), slip].map((number) =>
            call(method, path, body, { number, code: wrong }),
          ),
        );
        const first = answers[0];
        expect([path, first?.status, first?.json.code]).toEqual([path, 401, 'RECEIPT_INVALID']);
        for (const { status, text, headers } of answers) {
          expect([path, status, text]).toEqual([path, 401, first?.text]);
          expect([path, headers.get('cache-control'), headers.get('etag')]).toEqual([path, 'no-store', null]);
        }
      }
      expect((await desk.get('/api/v1/receipt', { receipt: posted })).json).toMatchObject({
        state: 'waiting',
        text: '只有我看',
        version: 1,
      });
    });

    test('a number in the address instead of the header opens nothing', async () => {
      const { number, code } = await desk.comment({});
      for (const query of [`number=${number}&code=${code}`, `receipt=${number}.${code}`])
        expect([query, (await desk.get(`/api/v1/receipt?${query}`)).status]).not.toEqual([query, 200]);
    });
  });
});
