import * as v from 'valibot';
import { beforeAll, describe, expect, test } from 'vitest';
import { PublicModeration, PublicStubs } from '../../shared/api/public-moderation.ts';
import type { RejectionReason } from '../../shared/feedback/comment.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

eachDatabase((name, open) => {
  describe(`what moderation says of itself on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open());
    }, 60_000);

    const reject = async (text: string, reason: RejectionReason) => {
      const posted = await desk.comment({ text });
      const row = await desk.waiting(posted.number);
      return { posted, decided: (await desk.decide(row, { decision: 'reject', reason, note: '给本人的话' })).json };
    };
    const publish = async (text: string) => {
      const posted = await desk.comment({ text, nickname: '写的人', item: 1 });
      return { posted, decided: (await desk.publish(posted.number)).json };
    };
    const file = async () => v.parse(PublicModeration, JSON.parse((await desk.page('/public/moderation.json')).text));

    test('numbers by month and reason, and the places of stubs; no text, no person', async () => {
      expect((await file()).months).toEqual([]);
      await reject('十月骂人', 'abuse');
      const { posted } = await reject('十月跑题', 'offTopic');
      const withdrawn = await publish('十月撤回');
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: withdrawn.posted });
      const waiting = await desk.comment({ text: '没审就撤' });
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: waiting });
      // The last second of October in Shanghai, and the first of November.
      desk.set(desk.seconds('2026-10-31T23:59:50'));
      const last = await publish('十月末公开');
      desk.set(desk.seconds('2026-11-01T00:00:00'));
      await desk.decide(last.decided, { decision: 'remove', reason: 'privacy', note: null });
      await desk.post('/api/v1/receipt/appeal', { words: '没有跑题' }, { receipt: posted });
      const id = await desk.idOf(posted.number);
      await desk.post(
        `/api/v1/moderation/${id}/appeal`,
        { version: 2, outcome: 'granted', note: null },
        { as: 'mod-2' },
      );
      expect((await file()).months).toEqual([
        {
          month: '2026-11',
          published: 1,
          rejected: {},
          removed: { privacy: 1 },
          withdrawn: 0,
          appeals: { granted: 1, refused: 0 },
        },
        {
          month: '2026-10',
          published: 2,
          rejected: { abuse: 1 },
          removed: {},
          withdrawn: 1,
          appeals: { granted: 0, refused: 0 },
        },
      ]);
      const november = await desk.page('/public/moderation/2026-11.json');
      expect(v.parse(PublicStubs, JSON.parse(november.text)).rows).toEqual([
        {
          id: last.decided.id,
          draw: 'd-2026-w39',
          unit: 'lianpu',
          item: 1,
          state: 'removed',
          reason: 'privacy',
          at: desk.seconds('2026-11-01T00:00:00'),
        },
      ]);
      const october = await desk.page('/public/moderation/2026-10.json');
      expect(v.parse(PublicStubs, JSON.parse(october.text)).rows).toMatchObject([{ state: 'withdrawn', reason: null }]);
      for (const path of ['2026-09', '2026-12', '2026-13', '0000-00'])
        expect((await desk.page(`/public/moderation/${path}.json`)).status).toBe(404);
      const page = await desk.page('/public/moderation.html');
      expect(page.text).toContain('涉及他人隐私');
      for (const text of [page.text, november.text, october.text, JSON.stringify(await file())])
        expect(text).not.toMatch(/十月|没审|没有跑题|写的人|给本人|主持|mod-/);
      expect((await desk.page('/')).text).toContain('href="/public/moderation.html"');
      expect(desk.reported).toEqual([]);
    });
  });
});
