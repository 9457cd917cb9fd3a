import { beforeAll, describe, expect, test } from 'vitest';
import { b64u } from '../../shared/base/bytes.ts';
import { leaseSeconds, undoSeconds } from '../../shared/feedback/moderation.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

const list = '/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100';
const loud = '莲浦路夜市凌晨还在放大喇叭，睡不着，请你们来管一管，电话打了三次都没人来';

eachDatabase((name, open) => {
  describe(`moderation on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open());
    }, 60_000);

    const moderation = (path: string, body?: object, as = 'mod-1') =>
      desk.post(`/api/v1/moderation/${path}`, body, { as });
    const undo = (decided: { id: string; version: number }, as = 'mod-1') =>
      moderation('undo', { items: [{ id: decided.id, version: decided.version }] }, as);
    const shown = async (id: string) =>
      (await desk.get(list)).json.rows.find((row: { id: string }) => row.id === id) ?? null;
    const total = async (): Promise<number> => (await desk.get(list)).json.total;
    const appeal = (receipt: { number: string; code: string }, words: string) =>
      desk.post('/api/v1/receipt/appeal', { words }, { receipt });

    test('copies stand in the queue once and are decided once, each with its own version and audit row', async () => {
      const receipts = [];
      for (const text of [loud, `转发：${loud}`, `${loud}！！`]) receipts.push(await desk.comment({ text }));
      const [first] = (await desk.queue()).filter((row) => row.text.includes('大喇叭'));
      expect(first).toMatchObject({ text: loud, copies: 3 });
      const { wave } = (await desk.get(`/api/v1/moderation/${first?.id}/beside`, { as: 'mod-1' })).json;
      expect(wave.map((row: { text: string }) => row.text)).toEqual([loud, `转发：${loud}`, `${loud}！！`]);
      const [, second] = receipts;
      if (second === undefined) throw new Error('no receipt');
      await desk.put('/api/v1/receipt/text', { version: 1, text: '改成另外一件事：路灯不亮' }, { receipt: second });
      const items = wave.map(({ id, version }: { id: string; version: number }) => ({ id, version }));
      const done = await moderation('wave-decision', { decision: 'reject', items, reason: 'duplicate', note: null });
      expect(done.json.done).toHaveLength(2);
      expect(done.json.failed).toMatchObject([{ id: items[1].id, code: 'VERSION_STALE', facts: { state: 'waiting' } }]);
      const audit = (await desk.audit()).filter(({ action }) => action === 'comment.reject');
      expect(audit.map(({ subject }) => subject)).toEqual([items[0].id, items[2].id]);
      expect(await desk.waiting(second.number)).toMatchObject({ copies: 1, text: '改成另外一件事：路灯不亮' });
    });

    test('copies that come at once are one wave, and what comes with them is none of it', async () => {
      const dark = '瑶池路第三个路口的路灯坏了两个星期，晚上孩子放学看不见路，请尽快派人来修一下';
      const texts = [dark, `转发：${dark}`, '谢谢！', dark, `${dark}！！`, '谢谢'];
      await Promise.all(texts.map((text) => desk.comment({ text })));
      const found = await desk.db.selectFrom('comment').select(['text', 'wave']).where('text', 'in', texts).execute();
      const waves = (has: string) => new Set(found.filter(({ text }) => text.includes(has)).map(({ wave }) => wave));
      expect(found).toHaveLength(6);
      expect([waves('路灯').size, waves('谢谢').size, waves('').size]).toEqual([1, 1, 2]);
      const begun = await desk.db
        .selectFrom('comment_wave')
        .select('wave')
        .where('wave', 'in', [...waves('')])
        .execute();
      expect(begun).toHaveLength(2);
    });

    test('what was just decided is taken back by whoever decided it, for two minutes', async () => {
      const before = await total();
      const posted = await desk.comment({ text: '撤销一次' });
      const published = (await desk.publish(posted.number)).json;
      expect(published.undoUntil).toBe(desk.now() + undoSeconds);
      expect((await undo(published, 'mod-2')).json.failed).toMatchObject([{ code: 'MOVE_NOT_ALLOWED' }]);
      expect(await total()).toBe(before + 1);
      desk.advance(undoSeconds);
      expect((await undo(published)).json.done).toMatchObject([{ state: 'waiting', version: 3, undoUntil: null }]);
      expect(await shown(published.id)).toBeNull();
      expect(await total()).toBe(before);
      const rejected = (
        await desk.decide(await desk.waiting(posted.number), { decision: 'reject', reason: 'abuse', note: null })
      ).json;
      desk.advance(undoSeconds + 1);
      expect((await undo(rejected)).json.failed).toMatchObject([{ code: 'MOVE_NOT_ALLOWED' }]);
    });

    test('nothing is taken back once something was built on it, nor what was erased', async () => {
      const answered = (await desk.publish((await desk.comment({})).number)).json;
      await desk.comment({ parent: answered.id });
      const withTicket = (await desk.publish((await desk.ticket({})).number)).json;
      const erased = await desk.decide(await desk.waiting((await desk.comment({})).number), {
        decision: 'reject',
        reason: 'privacy',
        note: null,
      });
      expect(withTicket.undoUntil).toBeNull();
      expect(erased.json.undoUntil).toBeNull();
      for (const one of [answered, withTicket, erased.json])
        expect((await undo(one)).json).toMatchObject({ done: [], failed: [{ code: 'MOVE_NOT_ALLOWED' }] });
    });

    test('a removal leaves a stub and can be put back; one that erased the text cannot', async () => {
      const { id, version } = (await desk.publish((await desk.comment({ text: '放回来' })).number)).json;
      const removed = (await desk.decide({ id, version }, { decision: 'remove', reason: 'offTopic', note: null })).json;
      expect(await shown(id)).toMatchObject({ state: 'removed', text: null, reason: 'offTopic', endedAt: desk.now() });
      const restored = (await desk.decide(removed, { decision: 'restore' }, 'mod-2')).json;
      expect(await shown(id)).toMatchObject({ state: 'published', text: '放回来', reason: null });
      const erased = (await desk.decide(restored, { decision: 'remove', reason: 'privacy', note: null })).json;
      expect((await desk.decide(erased, { decision: 'restore' })).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
    });

    test('who has an item open is shown to the others for a minute, and to nobody once another is opened', async () => {
      const [a, b] = [await desk.comment({}), await desk.comment({})];
      const [idA, idB] = [await desk.idOf(a.number), await desk.idOf(b.number)];
      const openBy = async (number: string, as: string) =>
        (await desk.get('/api/v1/moderation/queue', { as })).json.rows.find(
          (row: { id: string }) => row.id === (number === a.number ? idA : idB),
        ).openBy;
      expect((await moderation(`${idA}/lease`)).json.openBy).toBeNull();
      expect((await moderation(`${idA}/lease`, undefined, 'mod-2')).json.openBy).toBe('张主持');
      expect([await openBy(a.number, 'mod-1'), await openBy(a.number, 'mod-2')]).toEqual([null, '张主持']);
      await moderation(`${idB}/lease`);
      expect([await openBy(a.number, 'mod-2'), await openBy(b.number, 'mod-2')]).toEqual([null, '张主持']);
      desk.advance(leaseSeconds);
      expect(await openBy(b.number, 'mod-2')).toBeNull();
      expect((await moderation('nobody/lease')).status).toBe(404);
    });

    test('where one person is the whole desk, who rejected judges the appeal, and the audit says so', async () => {
      for (const [more, as, own] of [
        [{ onePerson: true }, 'mod-1', true],
        [{ onePerson: true }, 'mod-2', undefined],
      ] as const) {
        const alone = await openDesk(await open(), more);
        const posted = await alone.comment({ text: '不该不发' });
        const row = await alone.waiting(posted.number);
        const rejected = (await alone.decide(row, { decision: 'reject', reason: 'offTopic', note: null })).json;
        await alone.post('/api/v1/receipt/appeal', { words: '和日记有关' }, { receipt: posted });
        const decision = { version: rejected.version, outcome: 'refused', note: '与日记无关' };
        const judged = await alone.post(`/api/v1/moderation/${row.id}/appeal`, decision, { as });
        expect(judged.json).toMatchObject({ state: 'rejected' });
        const said = (await alone.audit()).findLast(({ action }) => action === 'comment.appealRefused');
        expect(JSON.parse(said?.facts ?? '').ownDecision).toBe(own);
      }
    });

    test('an author appeals once; another moderator decides, and a granted comment is public', async () => {
      const posted = await desk.comment({ text: '不该不发' });
      const row = await desk.waiting(posted.number);
      expect((await appeal(posted, '还没决定')).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
      const rejected = (await desk.decide(row, { decision: 'reject', reason: 'offTopic', note: null })).json;
      const made = await appeal(posted, '和日记有关，打13000000000问我');
      expect(made.json).toMatchObject({
        state: 'rejected',
        appeal: { state: 'waiting', words: '和日记有关，打■■■■■■问我' },
        mayAppeal: false,
      });
      expect((await appeal(posted, '再来一次')).json).toMatchObject({ code: 'ALREADY_DONE' });
      expect((await undo(rejected)).json.failed).toMatchObject([{ code: 'MOVE_NOT_ALLOWED' }]);
      const queued = async (as: string) =>
        (await desk.get('/api/v1/moderation/queue', { as })).json.rows.find(({ id }: { id: string }) => id === row.id);
      expect(await queued('mod-1')).toMatchObject({ why: 'appeal', appeal: { reason: 'offTopic', mine: true } });
      expect(await queued('mod-2')).toMatchObject({ appeal: { mine: false } });
      const decision = { version: rejected.version, outcome: 'granted', note: '确与日记有关' };
      expect((await moderation(`${row.id}/appeal`, decision)).json).toMatchObject({ code: 'NOT_ALLOWED' });
      expect((await moderation(`${row.id}/appeal`, decision, 'mod-2')).json).toMatchObject({ state: 'published' });
      expect(await shown(row.id)).toMatchObject({ state: 'published', text: '不该不发' });
      const again = { ...decision, version: rejected.version + 1, outcome: 'refused' };
      expect((await moderation(`${row.id}/appeal`, again, 'mod-2')).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
      expect((await desk.get('/api/v1/receipt', { receipt: posted })).json).toMatchObject({
        state: 'published',
        appeal: { state: 'granted', note: '确与日记有关' },
      });
    });

    test('of two decisions the second is told the first and by whom', async () => {
      const row = await desk.waiting((await desk.comment({})).number);
      await desk.decide(row, { decision: 'reject', reason: 'abuse', note: null }, 'mod-2');
      expect((await desk.decide(row, { decision: 'publish', masks: [] })).json).toMatchObject({
        code: 'VERSION_STALE',
        facts: { state: 'rejected', reason: 'abuse', by: '李主持' },
      });
    });

    test('beside an item stands what the same nickname wrote before, and what is public on the same entry', async () => {
      await desk.publish((await desk.comment({ text: '先说的', nickname: '同一人', item: 3 })).number);
      const posted = await desk.comment({ text: '后说的', nickname: '同一人 ', item: 3 });
      const id = await desk.idOf(posted.number);
      const { json } = await desk.get(`/api/v1/moderation/${id}/beside`, { as: 'mod-1' });
      expect(json).toMatchObject({
        before: { sure: false, rows: [{ text: '先说的', state: 'published' }] },
        thread: [{ text: '先说的' }],
        wave: [{ text: '后说的' }],
      });
      const anonymous = await desk.comment({ nickname: '群众' });
      const other = await desk.get(`/api/v1/moderation/${await desk.idOf(anonymous.number)}/beside`, { as: 'mod-1' });
      expect(other.json.before.rows).toEqual([]);
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: posted });
      expect(await desk.everything()).not.toContain('后说的');
    });

    test('what was published is found by words of its text or by its nickname', async () => {
      await desk.publish((await desk.comment({ text: '路灯 100% 亮了', nickname: '老街坊' })).number);
      await desk.publish((await desk.comment({ text: 'The Lamp is out', nickname: '夜班' })).number);
      await desk.comment({ text: '还没有审的路灯' });
      const found = async (words: string) => {
        const query = `?find=${encodeURIComponent(words)}`;
        const { json } = await desk.get(`/api/v1/moderation/published${query}`, { as: 'mod-1' });
        return json.rows.map(({ text }: { text: string }) => text);
      };
      expect(await found(' 路灯')).toEqual(['路灯 100% 亮了']);
      expect(await found('lamp')).toEqual(['The Lamp is out']);
      expect(await found('街坊')).toEqual(['路灯 100% 亮了']);
      expect(await found('0%')).toEqual(['路灯 100% 亮了']);
      expect(await found('没有这样的话')).toEqual([]);
      expect((await found('')).length).toBeGreaterThanOrEqual(2);
    });

    test('what is left of a deadline is working time: nothing passes from the closing on Friday to the opening on Monday', async () => {
      desk.set(desk.seconds('2026-10-16T13:30:00'));
      const posted = await desk.comment({});
      const left = async () => {
        const row = await desk.waiting(posted.number);
        return row.minutesLeft;
      };
      expect(await left()).toBe(240);
      desk.set(desk.seconds('2026-10-16T17:30:00'));
      expect(await left()).toBe(1);
      desk.set(desk.seconds('2026-10-19T09:01:00'));
      expect(await left()).toBe(0);
    });

    test('a flood of copies is one row, and pages go on behind it', async () => {
      const one = await desk.db.selectFrom('comment').selectAll().limit(1).executeTakeFirstOrThrow();
      const copies = Array.from({ length: 230 }, (_, n) => ({
        ...one,
        id: `flood-${String(n).padStart(3, '0')}`,
        number: `9${String(n).padStart(8, '0')}`,
        state: 'waiting' as const,
        text: '刷屏',
        wave: 'flood',
        parent: null,
        original: null,
        published_at: null,
        ended_at: null,
        decide_by: 1,
      }));
      await desk.db.insertInto('comment').values(copies).execute();
      const page = (await desk.get('/api/v1/moderation/queue', { as: 'mod-1' })).json;
      expect(page.rows.map((row: { id: string }) => row.id)).toEqual(['flood-000']);
      expect(page.rows[0].copies).toBe(100);
      const rows = await desk.queue();
      expect(rows.filter(({ id }) => id.startsWith('flood-'))).toHaveLength(1);
      expect(rows.length).toBeGreaterThan(5);
      expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
    });

    test('a removal that is taken back leaves its reports waiting as before, and none that was settled earlier', async () => {
      const published = (await desk.publish((await desk.comment({ text: '删错了' })).number)).json;
      const report = (reason: string) => {
        const flag = { reader: b64u(crypto.getRandomValues(new Uint8Array(32))), reason };
        const headers = { origin: 'https://portal.example' };
        return desk.post(`/api/v1/comments/${published.id}/flags`, flag, { headers });
      };
      const flags = async () => (await desk.queue()).filter(({ id }) => id === published.id);
      await report('advertising');
      expect((await moderation(`${published.id}/flags-dismissal`)).status).toBe(204);
      desk.advance(1);
      for (const reason of ['abuse', 'privacy']) await report(reason);
      const before = await flags();
      expect(before).toMatchObject([{ why: 'flagged', flags: { reasons: { abuse: 1, privacy: 1 } } }]);
      const removed = (await desk.decide(published, { decision: 'remove', reason: 'abuse', note: null })).json;
      expect(await flags()).toEqual([]);
      desk.advance(60);
      expect((await undo(removed)).json.done).toMatchObject([{ state: 'published' }]);
      expect((await flags()).map(({ why, decideBy }) => [why, decideBy])).toEqual([['flagged', before[0]?.decideBy]]);
      expect(await flags()).toMatchObject([{ flags: { reasons: { abuse: 1, privacy: 1 } } }]);
    });

    test('a report is in the queue beside what waits', async () => {
      const { id } = (await desk.publish((await desk.comment({ text: '被举报' })).number)).json;
      const flag = { reader: b64u(crypto.getRandomValues(new Uint8Array(32))), reason: 'abuse' };
      const headers = { origin: 'https://portal.example' };
      await desk.post(`/api/v1/comments/${id}/flags`, flag, { headers });
      expect((await desk.queue()).find((row) => row.id === id)).toMatchObject({
        why: 'flagged',
        flags: { reasons: { abuse: 1 }, unproven: 0 },
      });
      expect(desk.reported).toEqual([]);
    });
  });
});
