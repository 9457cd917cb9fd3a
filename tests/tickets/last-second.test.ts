/** The last second of each deadline is in time, the next is not (closed-loop.md "Deadlines"). Tickets are registered on Thursday 8 October 2026. */
import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';
import { workOn } from './working.ts';

eachDatabase((name, open) => {
  test(`on ${name} nothing is overdue in the last second of its date, and all of it in the next`, async () => {
    const desk = await openDesk(await open());
    const { working } = workOn(() => desk);
    const waits = await desk.ticket({ kind: 'complaint' });
    const opened = await working();
    const told = async (number: string) =>
      (await desk.get(`/api/v1/tickets/${number}`, { as: 'org-1' })).json.alerts.map(
        (one: { kind: string }) => one.kind,
      );
    desk.set(desk.seconds('2026-10-09T17:30:00'));
    await desk.runJobs();
    expect(await told(waits.ticket)).toEqual([]);
    desk.advance(1);
    await desk.runJobs();
    expect((await told(waits.ticket)).sort()).toEqual(['contactOverdue', 'dispatchOverdue']);
    desk.set(desk.seconds('2026-10-21T17:30:00'));
    await desk.runJobs();
    expect(await told(opened.ticket)).toEqual(['dueSoon']);
    desk.advance(1);
    await desk.runJobs();
    expect((await told(opened.ticket)).sort()).toEqual(['dueSoon', 'overdue']);
  });

  test(`on ${name} more time is asked for, and a dispatch objected to, until the last second`, async () => {
    const desk = await openDesk(await open());
    const { working } = workOn(() => desk);
    const [late, asked] = [await working(), await working()];
    const assigned = [await desk.ticket({ kind: 'report' }), await desk.ticket({ kind: 'report' })] as const;
    for (const { ticket } of assigned) await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
    const object = ({ ticket }: { ticket: string }) =>
      desk.tryMove(ticket, 'h-lianpu', { to: 'disputed', note: '不归我们' });
    desk.set(desk.seconds('2026-10-09T17:30:00'));
    expect((await object(assigned[0])).status).toBe(200);
    desk.advance(1);
    expect((await object(assigned[1])).json).toMatchObject({
      code: 'MOVE_NOT_ALLOWED',
      facts: { allowed: ['accepted'] },
    });
    const ask = ({ ticket }: { ticket: string }) => desk.askExtension(ticket, 'h-lianpu', '2026-10-30', '等材料');
    desk.set(desk.seconds('2026-10-21T17:30:00'));
    expect((await ask(asked)).status).toBe(200);
    desk.advance(1);
    expect((await ask(late)).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
  });
});
