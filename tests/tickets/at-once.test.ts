import { beforeAll, describe, expect, test } from 'vitest';
import { lockAudit } from '../../server/database/audit.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

/** On PostgreSQL the first act stands before its audit row until the second has gone as far as it can; on SQLite they follow each other. */
async function atOnce(desk: Desk, first: () => Promise<unknown>, second: () => Promise<unknown>): Promise<void> {
  if (desk.context.database.kind === 'sqlite') {
    await Promise.all([first(), second()]);
    return;
  }
  const acts: Promise<unknown>[] = [];
  await desk.context.database.transaction(async (trx) => {
    await lockAudit(trx);
    for (const act of [first, second]) {
      acts.push(act());
      await new Promise((resolve) => setTimeout(resolve, 150));
    }
  });
  await Promise.all(acts);
}

eachDatabase((name, open) => {
  describe(`two who act on tickets at the same moment, on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open());
    }, 60_000);

    test('two tickets are never merged into one another', async () => {
      const [a, b] = [await desk.ticket({ kind: 'report' }), await desk.ticket({ kind: 'report' })];
      const merge = (from: string, into: string, as: string) => () =>
        desk.tryMove(from, as, { to: 'merged', into, note: '同一件事', public: true });
      await atOnce(desk, merge(a.ticket, b.ticket, 'org-1'), merge(b.ticket, a.ticket, 'org-2'));
      const rows = await desk.db
        .selectFrom('ticket')
        .select(['number', 'state', 'merged_into'])
        .where('number', 'in', [a.ticket, b.ticket])
        .orderBy('number')
        .execute();
      expect(rows).toEqual([
        { number: a.ticket, state: 'merged', merged_into: b.ticket },
        { number: b.ticket, state: 'registered', merged_into: null },
      ]);
    });

    test('a chain of mergers leads to the ticket that is still worked on', async () => {
      const [a, b, c] = [
        await desk.ticket({ kind: 'report' }),
        await desk.ticket({ kind: 'report' }),
        await desk.ticket({ kind: 'report' }),
      ];
      const merge = (from: string, into: string, as: string) => () =>
        desk.tryMove(from, as, { to: 'merged', into, note: '同一件事', public: true });
      await atOnce(desk, merge(b.ticket, c.ticket, 'org-1'), merge(a.ticket, b.ticket, 'org-2'));
      const rows = await desk.db.selectFrom('ticket').select(['number', 'state', 'merged_into']).execute();
      for (const { merged_into } of rows)
        expect(rows.find(({ number }) => number === merged_into)?.state).not.toBe('merged');
    });

    test.each([
      ['publishes it with a name masked', { decision: 'publish', masks: [[0, 3]] }, '■■■■■■住三号楼'],
      ['rejects it as private', { decision: 'reject', reason: 'privacy', note: null }, ''],
    ])(
      'a ticket has the text as it was decided, where a moderator %s while another opens it',
      async (_, decision, text) => {
        const register = (comment: string) => () =>
          desk.post('/api/v1/tickets', { comment, clock: 'standard', note: null }, { as: 'mod-2' });
        for (const isDecidedFirst of [true, false]) {
          const posted = await desk.comment({ kind: 'report', text: '李老三住三号楼' });
          const id = await desk.idOf(posted.number);
          const row = await desk.waiting(posted.number);
          const decide = () => desk.decide(row, decision);
          const acts = [decide, register(id)] as const;
          await atOnce(desk, acts[isDecidedFirst ? 0 : 1], acts[isDecidedFirst ? 1 : 0]);
          const ticket = await desk.db.selectFrom('ticket').select('text').where('comment', '=', id).executeTakeFirst();
          expect(ticket?.text ?? text).toBe(text);
        }
      },
    );

    test('who may only set the state of an action never writes over what the ticket’s unit has just rewritten', async () => {
      const { ticket } = await desk.ticket({ kind: 'report' });
      await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'cgj' });
      await desk.move(ticket, 'h-cgj', { to: 'accepted' });
      await desk.move(ticket, 'h-cgj', { to: 'inProgress', note: '已联系', firstContact: true });
      const action = (text: string, state: string, as: string) => () =>
        desk.put(
          `/api/v1/tickets/${ticket}/actions/a1`,
          { unit: 'lianpu', text, date: '2026-10-20', state, reason: null },
          { as },
        );
      await action('拆喇叭', 'open', 'h-cgj')();
      await atOnce(desk, action('拆喇叭，换低音的', 'open', 'h-cgj'), action('拆喇叭', 'done', 'h-lianpu'));
      const row = await desk.db
        .selectFrom('ticket_action')
        .select(['text', 'state'])
        .where('ticket', '=', ticket)
        .executeTakeFirstOrThrow();
      expect(row).toEqual({ text: '拆喇叭，换低音的', state: 'open' });
    });
  });
});
