import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { b64u } from '../../shared/base/bytes.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

const list = (more = '') => `/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100${more}`;

/** A JPEG of 8 by 6 pixels. */
const jpeg = async (): Promise<string> =>
  (
    await sharp({ create: { width: 8, height: 6, channels: 3, background: '#b33' } })
      .jpeg()
      .toBuffer()
  ).toString('base64');
const hashOf = (base64: string) => createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex');

const reader = () => b64u(crypto.getRandomValues(new Uint8Array(32)));

eachDatabase((name, open) => {
  describe(`what readers say to each other on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open());
    }, 60_000);

    const published = async (over: Parameters<Desk['comment']>[0]) => {
      const posted = await desk.comment(over);
      await desk.publish(posted.number);
      return { ...posted, id: await desk.idOf(posted.number) };
    };
    const rowOf = async (id: string, more = '') =>
      (await desk.get(list(more))).json.rows.find((row: { id: string }) => row.id === id);

    test('an answer stands under its comment, on the same entry, and is counted with the others', async () => {
      const above = await published({ text: '路灯何时修', item: 1 });
      const total = (await desk.get(list())).json.total;
      const below = await published({ text: '我也想问', parent: above.id });
      const row = await rowOf(above.id);
      expect(row).toMatchObject({ replyTotal: 1, replies: [{ id: below.id, text: '我也想问', item: 1 }] });
      const { json } = await desk.get(list());
      expect(json.total).toBe(total + 1);
      expect(json.rows.some((each: { id: string }) => each.id === below.id)).toBe(false);
      expect(json.byItem).toEqual({ 1: 2 });
    });

    test('an answer waits for review like any comment, and the moderator sees what it answers', async () => {
      const above = await published({ text: '上面的一条' });
      const below = await desk.comment({ text: '下面的一条', parent: above.id });
      expect(await rowOf(above.id)).not.toHaveProperty('replies');
      expect(await desk.waiting(below.number)).toMatchObject({ parent: above.id, context: '上面的一条' });
    });

    test('answers go one level deep, to a published comment of the same diary', async () => {
      const above = await published({});
      const below = await published({ parent: above.id });
      const waiting = await desk.comment({});
      for (const parent of [below.id, await desk.idOf(waiting.number), 'nobody'])
        expect((await desk.send({ parent })).status).toBe(404);
    });

    test('under a withdrawn comment a stub stays, and the answers stand', async () => {
      const above = await published({ text: '撤回的话' });
      await published({ text: '答过的话', parent: above.id });
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: above });
      expect(await rowOf(above.id)).toMatchObject({ state: 'withdrawn', text: null, replies: [{ text: '答过的话' }] });
      expect((await desk.send({ parent: above.id })).status).toBe(404);
    });

    test('of many answers the first ten stand there, the rest is a list of its own', async () => {
      const above = await published({});
      for (let n = 1; n <= 12; n += 1) await published({ text: `答${n}`, parent: above.id });
      const row = await rowOf(above.id);
      expect([row.replies.length, row.replyTotal, row.replies[9].text]).toEqual([10, 12, '答10']);
      const rest = `${row.replies[9].at}.${row.replies[9].id}`;
      const more = (await desk.get(list(`&parent=${above.id}&after=${rest}`))).json;
      expect(more.rows.map((each: { text: string }) => each.text)).toEqual(['答11', '答12']);
    });

    test('a comment has an address of its own, an answer that of the comment above it', async () => {
      const above = await published({ text: '有地址' });
      const below = await published({ parent: above.id });
      for (const id of [above.id, below.id])
        expect((await desk.get(list(`&only=${id}`))).json.rows.map((row: { id: string }) => row.id)).toEqual([
          above.id,
        ]);
      expect((await desk.get(list('&only=nobody'))).json.rows).toEqual([]);
      const waiting = await desk.comment({});
      expect((await desk.get(list(`&only=${await desk.idOf(waiting.number)}`))).json.rows).toEqual([]);
      const answering = await desk.comment({ text: '还在审的回应', parent: above.id });
      expect((await desk.get(list(`&only=${await desk.idOf(answering.number)}`))).json.rows).toEqual([]);
    });

    test('what hangs on one entry is a list of its own', async () => {
      const mine = await published({ item: 3, text: '只说第四条' });
      expect((await desk.get(list('&item=3'))).json.rows.map((row: { id: string }) => row.id)).toEqual([mine.id]);
      expect((await desk.get(list('&item=500'))).status).toBe(400);
    });

    test('the head of the unit answers officially as its handler does; another unit and other roles do not', async () => {
      const { id } = await published({ text: '请领导答' });
      const reply = (as: string) => desk.post(`/api/v1/comments/${id}/reply`, { text: '本人答。' }, { as });
      for (const as of ['h-cgj', 'mod-1', 'org-1', 'rev-1', 'aud-1']) expect((await reply(as)).status).toBe(403);
      expect((await reply('lead-lianpu')).status).toBe(204);
      expect(await rowOf(id)).toMatchObject({ reply: { text: '本人答。', unit: 'lianpu' } });
    });

    test('a reader reports a comment once; the moderators see how often and why, and settle it by letting it stand', async () => {
      const { id } = await published({ text: '被举报的话' });
      const me = reader();
      const flag = (who: string, reason: string) =>
        desk.post(
          `/api/v1/comments/${id}/flags`,
          { reader: who, reason },
          { headers: { origin: 'https://portal.example' } },
        );
      for (const reason of ['abuse', 'abuse', 'privacy']) expect((await flag(me, reason)).status).toBe(204);
      expect((await flag(reader(), 'privacy')).status).toBe(204);
      const flags = async () => (await desk.queue()).filter(({ why }) => why === 'flagged');
      expect(await flags()).toMatchObject([
        { id, text: '被举报的话', flags: { reasons: { abuse: 1, privacy: 1 }, unproven: 0 } },
      ]);
      const kept = await desk.db.selectFrom('comment_flag').selectAll().execute();
      expect(JSON.stringify(kept)).not.toContain(me);
      const dismissal = (as: string) => desk.post(`/api/v1/moderation/${id}/flags-dismissal`, undefined, { as });
      expect((await dismissal('h-lianpu')).status).toBe(403);
      expect((await dismissal('mod-1')).status).toBe(204);
      expect((await dismissal('mod-1')).status).toBe(404);
      const told = (await desk.audit()).filter(({ action }) => action === 'comment.flagsDismissed');
      expect(told).toMatchObject([{ actor: 'mod-1', subject: id, facts: '{"settled":2}' }]);
      expect(await flags()).toEqual([]);
      expect((await flag(me, 'abuse')).status).toBe(204);
      expect(await flags()).toEqual([]);
      expect((await flag(reader(), 'abuse')).status).toBe(204);
      expect(await flags()).toHaveLength(1);
      const version = (await desk.get(list())).json.rows.find((row: { id: string }) => row.id === id).version;
      await desk.decide({ id, version }, { decision: 'remove', reason: 'abuse', note: null });
      expect(await flags()).toEqual([]);
    });

    test('a reported comment that its author withdraws waits for nobody any more', async () => {
      const waiting = async () => (await desk.get('/api/v1/moderation/queue', { as: 'mod-1' })).json;
      const before = await waiting();
      const { id, ...receipt } = await published({ text: '举报之后撤回' });
      const headers = { origin: 'https://portal.example' };
      await desk.post(`/api/v1/comments/${id}/flags`, { reader: reader(), reason: 'abuse' }, { headers });
      expect((await waiting()).total).toBe(before.total + 1);
      expect((await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt })).status).toBe(200);
      expect(await waiting()).toEqual(before);
      const open = desk.db.selectFrom('comment_flag').select('closed_at').where('comment', '=', id);
      expect((await open.execute()).map(({ closed_at }) => closed_at)).toEqual([desk.now()]);
    });

    test('a report of what is not published, or from a page that may not post, is refused', async () => {
      const { number } = await desk.comment({});
      const { id } = await published({});
      const body = { reader: reader(), reason: 'abuse' };
      const from = { headers: { origin: 'https://portal.example' } };
      expect((await desk.post(`/api/v1/comments/${await desk.idOf(number)}/flags`, body, from)).status).toBe(404);
      expect((await desk.post(`/api/v1/comments/${id}/flags`, body)).json).toMatchObject({ code: 'ORIGIN_REFUSED' });
      expect((await desk.post(`/api/v1/comments/${id}/flags`, { ...body, reason: 'ugly' }, from)).status).toBe(400);
    });

    test('a photo is seen by the moderator, by the public once published, and by nobody after a withdrawal', async () => {
      const photo = await jpeg();
      const posted = await desk.comment({ kind: 'report', text: '坏了', place: '桥北，电话13000000009', photo });
      const id = await desk.idOf(posted.number);
      const shown = { photo: { width: 8, height: 6 }, place: '桥北，电话■■■■■■' };
      expect(await desk.waiting(posted.number)).toMatchObject(shown);
      const at = `/api/v1/comments/${id}/photo`;
      expect((await desk.get(at)).status).toBe(404);
      const inner = (as: string) => desk.get(`/api/v1/moderation/${id}/photo`, { as });
      const seen = (await inner('mod-1')).json;
      expect(seen.type).toBe('image/jpeg');
      expect(seen.bytes).not.toBe(photo);
      const meta = { ...shown.photo, sha256: hashOf(seen.bytes) };
      expect(await desk.waiting(posted.number)).toMatchObject({ photo: meta });
      expect((await inner('h-lianpu')).status).toBe(403);
      await desk.publish(posted.number);
      expect(await rowOf(id)).toMatchObject({ photo: meta, place: '桥北，电话■■■■■■' });
      expect((await desk.get(at)).json).toEqual(seen);
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: posted });
      expect((await desk.get(at)).status).toBe(404);
      expect(await desk.everything()).not.toMatch(/桥北|13000000009/);
      expect(await desk.db.selectFrom('comment_photo').selectAll().execute()).toEqual([]);
    });

    test('a moderator publishes a report without its photo; a rejection deletes it', async () => {
      const kept = await desk.comment({ kind: 'report', photo: await jpeg() });
      const refused = await desk.comment({ kind: 'report', photo: await jpeg() });
      await desk.decide(await desk.waiting(kept.number), { decision: 'publish', masks: [], photo: false });
      await desk.decide(await desk.waiting(refused.number), { decision: 'reject', reason: 'abuse', note: null });
      expect(await rowOf(await desk.idOf(kept.number))).not.toHaveProperty('photo');
      expect(await desk.db.selectFrom('comment_photo').selectAll().execute()).toEqual([]);
    });

    test('what is no photo is refused with its reason', async () => {
      const trailing = Buffer.concat([Buffer.from(await jpeg(), 'base64'), Buffer.from('PK')]).toString('base64');
      for (const [reason, photo] of [
        ['END', trailing],
        ['TYPE', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>').toString('base64')],
      ] as const)
        expect((await desk.send({ kind: 'report', photo })).json).toMatchObject({
          status: 400,
          field: 'photo',
          facts: { reason },
        });
    });

    test('who is named in a diary is answered by the reviewer, in two working days, and nobody else reads it', async () => {
      // Thursday 8 October 2026: the second working day is Saturday the 10th, which is worked, until 17:30.
      desk.set(desk.seconds('2026-10-08T10:00:00'));
      const code = '0123456789ABCDEF';
      const codeHash = createHash('sha256').update(code).digest('base64url');
      const body = { draw: 'd-2026-w39', unit: 'lianpu', item: 3, text: '里面说的王某是我，电话13000000008', codeHash };
      const headers = { origin: 'https://portal.example', 'idempotency-key': desk.key() };
      const posted = await desk.post('/api/v1/mentions', body, { headers });
      expect(posted).toMatchObject({ status: 201, json: { decidedBy: desk.seconds('2026-10-10T17:30:00') } });
      expect((await desk.post('/api/v1/mentions', body, { headers })).json).toEqual(posted.json);
      for (const as of ['mod-1', 'h-lianpu', 'lead-lianpu', 'org-1', 'aud-1'])
        expect((await desk.get('/api/v1/mentions', { as })).status).toBe(403);
      const { json } = await desk.get('/api/v1/mentions', { as: 'rev-1' });
      expect(json).toMatchObject({
        total: 1,
        rows: [{ text: body.text, item: 3, context: '喇叭的事没办好', unproven: false }],
      });
      expect((await desk.get(list())).text).not.toContain('王某是我');
      const receipt = { number: posted.json.number, code };
      expect((await desk.get('/api/v1/receipt', { receipt })).json).toMatchObject({
        kind: 'mention',
        state: 'waiting',
      });
      const answer = () =>
        desk.post(`/api/v1/mentions/${json.rows[0].id}/answer`, { text: '已隐去。' }, { as: 'rev-1' });
      expect((await answer()).status).toBe(204);
      expect((await answer()).json).toMatchObject({ code: 'ALREADY_DONE' });
      expect((await desk.get('/api/v1/receipt', { receipt })).json).toMatchObject({
        state: 'answered',
        answer: { text: '已隐去。', at: desk.now() },
      });
      expect((await desk.put('/api/v1/receipt/text', { version: 2, text: '改' }, { receipt })).status).toBe(409);
      for (let twice = 0; twice < 2; twice += 1)
        expect((await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt })).json).toMatchObject({
          state: 'withdrawn',
          text: '',
        });
      expect(await desk.everything()).not.toMatch(/王某是我|13000000008/);
      expect(
        (await desk.get('/api/v1/receipt', { receipt: { number: receipt.number, code: 'ZZZZZZZZZZZZZZZZ' } })).status,
      ).toBe(401);
    });

    test('nothing of all this was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });
});
