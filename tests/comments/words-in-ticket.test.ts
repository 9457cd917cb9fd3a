/** What a reader wrote goes from the ticket and the appeal too, with the comment that it began with. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { workOn } from '../tickets/working.ts';

const list = '/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100';

eachDatabase((name, open) => {
  test(`on ${name} who edits what waits has taken the words back from its ticket as well`, async () => {
    const desk = await openDesk(await open());
    const posted = await desk.ticket({ kind: 'report', text: '三单元王五家半夜装修，电话13800138000' });
    const edited = { version: 1, text: '半夜装修，电话13900139000' };
    expect((await desk.put('/api/v1/receipt/text', edited, { receipt: posted })).status).toBe(200);
    expect((await desk.get(`/api/v1/tickets/${posted.ticket}`, { as: 'org-1' })).json).toMatchObject({
      text: '半夜装修，电话■■■■■■',
    });
    expect(await desk.everything()).not.toMatch(/王五|13800138000/);
  });

  test(`on ${name} under a stub none of its author’s words are public, in the follow-up neither; the receipt shows them`, async () => {
    const desk = await openDesk(await open(), { moderation: { reviewFirst: false } });
    const { working, reply, followUp } = workOn(() => desk);
    const ends = [
      async (id: string) => desk.decide({ id, version: 1 }, { decision: 'remove', reason: 'abuse', note: null }),
      async (_: string, receipt: { number: string; code: string }) =>
        desk.post('/api/v1/receipt/withdrawal', undefined, { receipt }),
    ];
    for (const [n, end] of ends.entries()) {
      const opened = await working();
      const words = `还是王五家第${n}回`;
      await reply(opened.ticket);
      await followUp(opened, false, words);
      const id = await desk.idOf(opened.number);
      const shown = async () =>
        (await desk.get(list)).json.rows.find((row: { id: string }) => row.id === id).ticket as {
          readonly followUp: { readonly solved: boolean; readonly rating: number; readonly words: string | null };
          readonly steps: readonly { readonly to: string; readonly note: string | null }[];
        };
      expect((await shown()).followUp).toMatchObject({ solved: false, rating: 1, words });
      expect((await end(id, opened)).status).toBe(200);
      const stub = await shown();
      expect(stub.followUp).toMatchObject({ solved: false, rating: 1, words: null });
      expect(stub.steps.find(({ to }) => to === 'replied')).toMatchObject({ note: '喇叭22时起停用' });
      expect(JSON.stringify(stub)).not.toContain('王五');
      expect((await desk.get('/api/v1/receipt', { receipt: opened })).json.ticket.followUp).toMatchObject({ words });
    }
  });

  test.each(['privacy', 'classified'])(
    `on ${name} a removal for %s erases what its author said later in the ticket as well`,
    async (reason) => {
      const desk = await openDesk(await open(), { moderation: { reviewFirst: false } });
      const { working, reply, followUp } = workOn(() => desk);
      const opened = await working();
      await reply(opened.ticket);
      await followUp(opened, false, '还是王五家');
      const remove = { decision: 'remove', reason, note: null };
      expect((await desk.decide({ id: await desk.idOf(opened.number), version: 1 }, remove)).status).toBe(200);
      expect(await desk.everything()).not.toContain('王五');
      // The answer stands, and so do the steps of the office.
      expect((await desk.get(`/api/v1/tickets/${opened.ticket}`, { as: 'org-1' })).json).toMatchObject({
        comment: { ticket: { followUp: { solved: false, rating: 1, words: null } } },
      });
      const steps = desk.db.selectFrom('ticket_event').select('note').where('ticket', '=', opened.ticket);
      expect((await steps.execute()).map(({ note }) => note)).toContain('喇叭22时起停用');
    },
  );

  test(`on ${name} a withdrawal takes the words of an appeal that was granted with it`, async () => {
    const desk = await openDesk(await open());
    const posted = await desk.comment({ text: '几点开门' });
    const reject = { decision: 'reject', reason: 'abuse', note: null };
    await desk.decide(await desk.waiting(posted.number), reject);
    const words = '我没有骂人，我是王五';
    await desk.post('/api/v1/receipt/appeal', { words }, { receipt: posted });
    expect(await desk.everything()).toContain(words);
    const granted = { version: 2, outcome: 'granted', note: '可以公开' };
    const id = await desk.idOf(posted.number);
    expect((await desk.post(`/api/v1/moderation/${id}/appeal`, granted, { as: 'mod-2' })).json.state).toBe('published');
    await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: posted });
    expect(await desk.everything()).not.toContain('王五');
  });
});
