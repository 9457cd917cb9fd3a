/** Tickets that were merged into one that is merged itself (closed-loop.md "Ticket state machine"). */
import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { writeDiary } from '../fixtures/published-diary.ts';
import { workOn } from './working.ts';

eachDatabase((name, open) => {
  test(`on ${name} who was merged twice over follows the last ticket, and the list of every diary shows its reply at once`, async () => {
    const desk = await openDesk(await open());
    const { working, reply } = workOn(() => desk);
    await writeDiary(desk.db, 'd-2026-w39', 'cgj', 2, [{ kind: 'entry', text: '修灯' }]);
    const first = await desk.ticket({ kind: 'report', unit: 'cgj' });
    await desk.publish(first.number);
    const second = await desk.ticket({ kind: 'report' });
    const last = await working();
    const into = (ticket: string) => ({ to: 'merged', into: ticket, note: '同一件事', public: true }) as const;
    await desk.move(first.ticket, 'org-1', into(second.ticket));
    await desk.move(second.ticket, 'org-1', into(last.ticket));
    const list = async () => (await desk.get('/api/v1/comments?draw=d-2026-w39&unit=cgj')).json.rows[0].ticket;
    /** By which a process that keeps the list knows that it is old. */
    const version = async () =>
      (await desk.db.selectFrom('comment_total').select('version').where('unit', '=', 'cgj').executeTakeFirstOrThrow())
        .version;
    expect(await list()).toMatchObject({ state: 'merged', reply: null });
    for (const receipt of [first, second])
      expect((await desk.get('/api/v1/receipt', { receipt })).json.ticket.leading).toMatchObject({
        number: last.ticket,
        state: 'inProgress',
      });
    const before = await version();
    await reply(last.ticket);
    expect(await version()).toBeGreaterThan(before);
    expect(await list()).toMatchObject({ state: 'merged', reply: { text: '喇叭22时起停用', unit: 'lianpu' } });
    expect((await desk.get(`/api/v1/tickets/${last.ticket}`, { as: 'org-1' })).json.mergedFrom).toEqual([
      first.ticket,
      second.ticket,
    ]);
    const again = await desk.tryMove(first.ticket, 'org-1', into(last.ticket));
    expect(again.json).toMatchObject({ code: 'MOVE_NOT_ALLOWED', facts: { state: 'merged', allowed: [] } });
  });
});
