import { beforeAll, describe, expect, test } from 'vitest';
import { feedbackCounts } from '../../server/public/feedback-counts.ts';
import { codeHashOf, receiptNumber } from '../../shared/feedback/receipt.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

const page = (n = 25, after?: string | null) =>
  `/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=${n}${typeof after === 'string' ? `&after=${after}` : ''}`;

eachDatabase((name, open) => {
  describe(`comments on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open());
    }, 60_000);

    test('a comment waits for review, unseen, and is shown word for word once published', async () => {
      const text = `<script>alert('晴湖')</script> =HYPERLINK("http://example.invalid","点我") '; DROP TABLE comments;-- \\n👨‍👩‍👧‍👦`;
      const posted = await desk.comment({ text, nickname: '=1+1<b>' });
      expect(posted.answer).toMatchObject({ state: 'waiting' });
      expect((await desk.get(page(100))).text).not.toContain('HYPERLINK');
      await desk.publish(posted.number);
      const shown = (await desk.get(page(100))).json.rows.at(-1);
      expect(shown).toMatchObject({ text, nickname: '=1+1<b>', state: 'published', item: null });
      expect((await desk.get('/api/v1/receipt', { receipt: posted })).json).toMatchObject({ text, state: 'published' });
    });

    test('a page that the organisation does not list cannot post', async () => {
      for (const origin of [undefined, 'https://copied.example', 'null', 'https://portal.example.evil'])
        expect((await desk.send({ origin })).json).toMatchObject({ status: 403, code: 'ORIGIN_REFUSED' });
    });

    test('a diary that was sealed but not published answers like one that does not exist', async () => {
      const unknown = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=nobody');
      const undrawn = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=undrawn');
      expect(unknown.status).toBe(404);
      expect(undrawn).toMatchObject({ status: 404, text: unknown.text });
      const posted = await Promise.all(['nobody', 'undrawn'].map((unit) => desk.send({ unit, item: 999 % 500 })));
      expect(posted.map((each) => each.status)).toEqual([404, 404]);
      expect(posted[0]?.text).toBe(posted[1]?.text);
    });

    test('an item that the cover does not have is refused', async () => {
      expect((await desk.send({ item: 3 })).status).toBe(201);
      expect((await desk.send({ item: 4 })).json).toMatchObject({ code: 'FIELD_INVALID', field: 'item' });
    });

    test('2,000 characters as a person counts them, and 20 of a nickname', async () => {
      expect((await desk.send({ text: 'e\u0301'.repeat(2000), nickname: '👍🏽'.repeat(20) })).status).toBe(201);
      expect((await desk.send({ text: 'e\u0301'.repeat(2001) })).json).toMatchObject({ field: 'text' });
      expect((await desk.send({ nickname: '👍🏽'.repeat(21) })).json).toMatchObject({ field: 'nickname' });
      expect((await desk.send({ text: ' \n　' })).json).toMatchObject({ field: 'text' });
      expect((await desk.send({ text: 'bad \ud800' })).status).toBe(400);
    });

    test('private numbers are masked before anything public is stored, and the original is gone at the decision', async () => {
      const text = '户主电话13000000000，身份证999999190001019999，你们去找他，他叫王某';
      const posted = await desk.comment({ text, nickname: '打13000000000' });
      const waiting = await desk.waiting(posted.number);
      expect(waiting).toMatchObject({
        text,
        masks: [
          [4, 15],
          [19, 37],
        ],
        nickname: '打■■■■■■',
      });
      const at = text.indexOf('王某');
      await desk.publish(posted.number, [[at, at + 2]]);
      const shown = (await desk.get(page(100))).json.rows.at(-1);
      expect(shown.text).toBe('户主电话■■■■■■，身份证■■■■■■，你们去找他，他叫■■■■■■');
      expect(await desk.everything()).not.toMatch(/13000000000|999999190001019999|王某/);
      expect((await desk.get('/api/v1/receipt', { receipt: posted })).json.text).toBe(shown.text);
    });

    test('an original that nobody decides on is masked for good after seven days, and a decision begun on it is stale', async () => {
      const posted = await desk.comment({ text: '电话13000000001' });
      const before = await desk.waiting(posted.number);
      desk.advance(7 * 86400 - 1);
      expect(await desk.runJobs()).toMatchObject({ eraseOriginals: 0 });
      desk.advance(1);
      expect((await desk.runJobs()).eraseOriginals).toBe(1);
      expect(await desk.everything()).not.toContain('13000000001');
      expect((await desk.decide(before, { decision: 'publish', masks: [] })).json).toMatchObject({
        code: 'VERSION_STALE',
      });
      expect(await desk.waiting(posted.number)).toMatchObject({ text: '电话■■■■■■', masks: [] });
    });

    test('masks outside the text or through a character are refused', async () => {
      const posted = await desk.comment({ text: '😀好' });
      const waiting = await desk.waiting(posted.number);
      for (const mask of [
        [0, 1],
        [1, 2],
        [-1, 2],
        [2, 4],
        [2, 2],
        [0.5, 2],
      ])
        expect((await desk.decide(waiting, { decision: 'publish', masks: [mask] })).json).toMatchObject({
          field: 'masks',
        });
      expect((await desk.decide(waiting, { decision: 'publish', masks: [[0, 2]] })).status).toBe(200);
    });

    test('of two decisions on one version one counts, and the other is told the first', async () => {
      const posted = await desk.comment({});
      const waiting = await desk.waiting(posted.number);
      const both = await Promise.all([
        desk.decide(waiting, { decision: 'publish', masks: [] }),
        desk.decide(waiting, { decision: 'reject', reason: 'abuse', note: null }, 'mod-2'),
      ]);
      expect(both.map((each) => each.status).sort()).toEqual([200, 409]);
      const won = both.find((each) => each.status === 200)?.json;
      const lost = both.find((each) => each.status === 409)?.json;
      expect(lost).toMatchObject({ code: 'VERSION_STALE', facts: { state: won.state, version: waiting.version + 1 } });
      expect(lost.facts.decidedBy).toMatch(/^mod-[12]$/);
      const again = await desk.decide({ ...waiting, version: waiting.version + 1 }, { decision: 'publish', masks: [] });
      expect(again.json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    });

    test('an edit puts the comment back to the end and makes a begun decision stale; after the decision it is too late', async () => {
      const posted = await desk.comment({ text: '第一稿' });
      const seen = await desk.waiting(posted.number);
      desk.advance(60);
      const edited = await desk.put('/api/v1/receipt/text', { version: 1, text: '第二稿' }, { receipt: posted });
      expect(edited.json).toMatchObject({ text: '第二稿', version: 2 });
      expect(
        (await desk.put('/api/v1/receipt/text', { version: 1, text: '第三稿' }, { receipt: posted })).json,
      ).toMatchObject({ code: 'VERSION_STALE', facts: { version: 2 } });
      expect((await desk.decide(seen, { decision: 'publish', masks: [] })).json).toMatchObject({
        code: 'VERSION_STALE',
      });
      const rows = await desk.queue();
      expect(rows.at(-1)?.number).toBe(posted.number);
      await desk.publish(posted.number);
      expect(
        (await desk.put('/api/v1/receipt/text', { version: 3, text: '第四稿' }, { receipt: posted })).json,
      ).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    });

    test('a rejection keeps its reason for the author; of privacy or secrets not even masked text is kept', async () => {
      const kept = await desk.comment({ text: '你们这帮东西甲' });
      await desk.decide(await desk.waiting(kept.number), { decision: 'reject', reason: 'abuse', note: '含辱骂' });
      expect((await desk.get('/api/v1/receipt', { receipt: kept })).json).toMatchObject({
        state: 'rejected',
        reason: 'abuse',
        note: '含辱骂',
        text: '你们这帮东西甲',
      });
      for (const reason of ['privacy', 'classified']) {
        const who = { text: '那个游客住三零五', nickname: '三零五的邻居', place: '三零五门口' };
        const erased = await desk.comment(who);
        expect(await desk.everything()).toContain('三零五');
        await desk.decide(await desk.waiting(erased.number), { decision: 'reject', reason, note: null });
        expect(await desk.everything()).not.toContain('三零五');
      }
      expect((await desk.get(page(100))).text).not.toContain('你们这帮东西甲');
    });

    test('a removal leaves a stub with reason and date, a withdrawal one without words', async () => {
      const removed = await desk.comment({ text: '同文转发甲' });
      const withdrawn = await desk.comment({ text: '撤回甲', nickname: '隔壁香味' });
      await desk.publish(removed.number);
      await desk.publish(withdrawn.number);
      const total = (await desk.get(page(100))).json.total;
      const seen = await desk.get('/api/v1/receipt', { receipt: removed });
      desk.advance(100);
      const done = await desk.decide(
        { id: await desk.idOf(removed.number), version: seen.json.version },
        { decision: 'remove', reason: 'duplicate', note: '与甲同文' },
      );
      expect(done.json).toMatchObject({ state: 'removed' });
      for (let twice = 0; twice < 2; twice += 1)
        expect((await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: withdrawn })).json).toMatchObject({
          state: 'withdrawn',
          text: '',
        });
      const list = (await desk.get(page(100))).json;
      const stubs = list.rows.slice(-2);
      const nothing = { text: null, nickname: null, endedAt: desk.now() };
      expect(stubs).toEqual([
        expect.objectContaining({ ...nothing, state: 'removed', reason: 'duplicate' }),
        expect.objectContaining({ ...nothing, state: 'withdrawn', reason: null }),
      ]);
      expect(list.total).toBe(total);
      expect(JSON.stringify(list)).not.toContain('与甲同文');
      expect(await desk.everything()).not.toContain('撤回甲');
    });

    test('what waits, was rejected, removed or withdrawn is in no count that a card shows', async () => {
      const own = await openDesk(await open());
      const posted = [];
      for (let n = 0; n < 5; n += 1) posted.push(await own.comment({}));
      const [shown, rejected, removed, withdrawn] = posted;
      if (!shown || !rejected || !removed || !withdrawn) throw new Error('five were posted');
      for (const { number } of [shown, removed, withdrawn]) await own.publish(number);
      await own.decide(await own.waiting(rejected.number), { decision: 'reject', reason: 'abuse', note: null });
      const taken = { id: await own.idOf(removed.number), version: 2 };
      expect((await own.decide(taken, { decision: 'remove', reason: 'abuse', note: null })).status).toBe(200);
      await own.post('/api/v1/receipt/withdrawal', undefined, { receipt: withdrawn });
      const diary = { draw: 'd-2026-w39', unit: 'lianpu' };
      expect((await feedbackCounts(own.db, [diary]))(diary)).toEqual({ comments: 1, tickets: 0, closedLoop: 0 });
    });

    test('what is withdrawn while it waits is never listed nor queued', async () => {
      const posted = await desk.comment({ text: '算了' });
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: posted });
      expect((await desk.queue()).some((row) => row.number === posted.number)).toBe(false);
      expect((await desk.get(page(100))).text).not.toContain('算了');
    });

    test('the same key twice counts once; with another text it is refused', async () => {
      const key = desk.key();
      const body = desk.body({ text: '只算一次', codeHash: await codeHashOf('0123456789ABCDEF') });
      const both = await Promise.all([desk.send(body, key), desk.send(body, key)]);
      const later = await desk.send(body, key);
      const numbers = [...both, later].flatMap((each) => (each.status === 201 ? [each.json.number] : []));
      expect(new Set(numbers).size).toBe(1);
      expect(later.status).toBe(201);
      expect((await desk.queue()).filter((row) => row.text === '只算一次').length).toBe(1);
      expect((await desk.send({ ...body, text: '改了' }, key)).json).toMatchObject({ code: 'IDEMPOTENCY_REUSED' });
      expect((await desk.send(body, null)).status).toBe(400);
    });

    test('whoever knows a number alone keeps its holder from nothing, however many codes are tried; an unknown number answers alike', async () => {
      const posted = await desk.comment({});
      const wrong = { ...posted, code: 'ZZZZZZZZZZZZZZZZ' };
      const unknown = { number: receiptNumber(12345678), code: 'ZZZZZZZZZZZZZZZZ' };
      for (let tries = 0; tries < 70; tries += 1) {
        const [a, b] = await Promise.all([
          desk.get('/api/v1/receipt', { receipt: wrong }),
          desk.get('/api/v1/receipt', { receipt: unknown }),
        ]);
        expect([a.status, a.text]).toEqual([401, b.text]);
        expect(b.status).toBe(401);
      }
      const open = await desk.get('/api/v1/receipt', { receipt: posted });
      expect([open.status, open.headers.get('cache-control')]).toEqual([200, 'no-store']);
      expect((await desk.get('/api/v1/receipt')).status).toBe(401);
    });

    test('pages follow by time and id without doubles, with the total as a number and an ETag', async () => {
      const numbers = [];
      for (let n = 0; n < 12; n += 1) numbers.push((await desk.comment({ text: `第${n}条` })).number);
      for (const number of numbers) await desk.publish(number);
      const seen: string[] = [];
      let after: string | null = null;
      let total = 0;
      do {
        const { json } = await desk.get(page(5, after));
        expect(json.rows.length).toBeLessThanOrEqual(5);
        seen.push(...json.rows.map((row: { id: string }) => row.id));
        after = json.next;
        total = json.total;
      } while (after !== null);
      expect(new Set(seen).size).toBe(seen.length);
      expect(seen.length).toBe(total);
      expect((await desk.get(page(101))).json).toMatchObject({ code: 'FIELD_INVALID', field: 'limit' });
      const first = await desk.get(page(5));
      const etag = first.headers.get('etag') ?? '';
      expect((await desk.get(page(5), { headers: { 'If-None-Match': etag } })).status).toBe(304);
      expect((await desk.get(page(5, "1' or 1=1"))).json).toMatchObject({ code: 'FIELD_INVALID', field: 'after' });
    });

    test('the queue is most urgent first and shows what the comment hangs on, but not what is withheld', async () => {
      const rows = await desk.queue();
      expect(rows.map((row) => row.decideBy)).toEqual(rows.map((row) => row.decideBy).sort((a, b) => a - b));
      const onEntry = await desk.comment({ item: 1 });
      const onHeld = await desk.comment({ item: 2 });
      const onAll = await desk.comment({ item: null });
      expect(await desk.waiting(onEntry.number)).toMatchObject({ context: '夜市巡查到零点', item: 1 });
      expect(await desk.waiting(onHeld.number)).toMatchObject({ context: null });
      expect(await desk.waiting(onAll.number)).toMatchObject({ context: '有风度' });
      for (const who of ['h-lianpu', 'org-1', 'aud-1'])
        expect((await desk.get('/api/v1/moderation/queue', { as: who })).status).toBeGreaterThanOrEqual(403);
      expect((await desk.get('/api/v1/moderation/queue')).status).toBe(401);
    });

    test('the unit of the diary answers once, in public; another unit and a waiting comment are refused', async () => {
      const posted = await desk.comment({ text: '几点封的路' });
      const id = await desk.idOf(posted.number);
      const reply = (as: string) => desk.post(`/api/v1/comments/${id}/reply`, { text: '22时50分。' }, { as });
      expect((await reply('h-lianpu')).status).toBe(404);
      await desk.publish(posted.number);
      expect((await reply('h-cgj')).json).toMatchObject({ code: 'NOT_ALLOWED' });
      // Another person leads the unit by now: whoever led it before has the device still, and speaks for it no more.
      const led = (person: string) =>
        desk.db.updateTable('actor').set({ person }).where('actor', '=', 'lead-lianpu').execute();
      await led('p-aud-1');
      expect((await reply('lead-lianpu')).json).toMatchObject({ code: 'NOT_ALLOWED' });
      await led('p-lead-lianpu');
      expect((await reply('h-lianpu')).status).toBe(204);
      expect((await reply('h-lianpu')).json).toMatchObject({ code: 'ALREADY_DONE' });
      const list = await desk.get(page(100));
      const given = { text: '22时50分。', unit: 'lianpu', at: desk.now() };
      expect(list.json.rows.find((row: { id: string }) => row.id === id)).toMatchObject({ reply: given });
      expect(list.text).not.toContain('h-lianpu');
      expect((await desk.get('/api/v1/receipt', { receipt: posted })).json).toMatchObject({ reply: given });
    });

    test('everything that a moderator did is an audit row without the words of the comment', async () => {
      const rows = await desk.audit();
      expect(new Set(rows.map((row) => row.action))).toEqual(
        new Set(['comment.publish', 'comment.reject', 'comment.remove', 'comment.withdraw', 'comment.reply']),
      );
      expect(JSON.stringify(rows)).not.toContain('22时50分');
    });

    test('where review is off a comment is public at once, its numbers masked and the original never kept', async () => {
      const open24 = await openDesk(await open(), { moderation: { reviewFirst: false } });
      const posted = await open24.comment({ text: '电话13000000002' });
      expect(posted.answer.state).toBe('published');
      expect((await open24.get(page())).json).toMatchObject({ total: 1, rows: [{ text: '电话■■■■■■', version: 1 }] });
      expect(await open24.everything()).not.toContain('13000000002');
      const removal = { decision: 'remove', reason: 'privacy', note: null };
      expect((await open24.decide({ id: await open24.idOf(posted.number), version: 1 }, removal)).status).toBe(200);
      expect((await open24.get(page())).json).toMatchObject({ total: 1, rows: [{ state: 'removed', text: null }] });
    });

    test('a kept page is never stale, whichever process answers', async () => {
      const other = await desk.twin();
      const posted = await desk.comment({ text: '两台服务器', kind: 'report' });
      await desk.publish(posted.number);
      const seen = () => Promise.all([desk.get(page(100)).then(({ text }) => text), other.get(page(100))]);
      const steps = [
        async () => {},
        async () =>
          void (await desk.post(
            `/api/v1/comments/${await desk.idOf(posted.number)}/reply`,
            { text: '已到' },
            { as: 'h-lianpu' },
          )),
        async () =>
          void (await desk.post(
            '/api/v1/tickets',
            { comment: await desk.idOf(posted.number), clock: 'standard', note: null },
            { as: 'mod-1' },
          )),
        async () => {
          const row = await desk.db
            .selectFrom('ticket')
            .select('number')
            .orderBy('serial', 'desc')
            .executeTakeFirstOrThrow();
          await desk.move(row.number, 'org-1', { to: 'assigned', unit: 'lianpu' });
        },
        async () => void (await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: posted })),
      ];
      let before = '';
      for (const step of steps) {
        await step();
        const [here, there] = await seen();
        expect(here).toBe(there);
        expect(here).not.toBe(before);
        before = here;
      }
      await other.close();
    });

    test('nothing of all this was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });
});
