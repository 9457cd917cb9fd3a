/** How a ticket ends: by the reader's answer, without one, or on the telephone; and by whom not. */
import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import { closeUnanswered } from '../../server/jobs/close-unanswered.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { answered, workOn } from './working.ts';

eachDatabase((name, open) => {
  describe(`closing tickets on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open());
    }, 60_000);

    const { working, reply, followUp } = workOn(() => desk);

    test('not solved opens the ticket again, twice; the third time it is supervised', async () => {
      const opened = await working();
      for (const turn of [1, 2]) {
        await reply(opened.ticket);
        expect((await followUp(opened, false, `还在放${turn}`)).json).toMatchObject({ ticket: { state: 'reopened' } });
        await desk.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
        await desk.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
        await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '上门见面' });
      }
      await reply(opened.ticket);
      expect((await desk.tryMove(opened.ticket, 'mod-2', { to: 'reopened' })).json).toMatchObject({
        code: 'MOVE_NOT_ALLOWED',
      });
      expect((await followUp(opened, false, '第三次了')).json).toMatchObject({ ticket: { state: 'supervised' } });
      await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '督办在办' });
      const { text } = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100');
      expect(text).not.toContain('还在放1');
    });

    test('everybody sees every step, also that it was opened again after it had been closed', async () => {
      const opened = await working();
      await desk.publish(opened.number);
      const again = async () => {
        await desk.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
        await desk.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
        await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '上门见面' });
        await reply(opened.ticket);
      };
      await reply(opened.ticket);
      await followUp(opened, false);
      await again();
      await followUp(opened, true);
      await followUp(opened, false, '夜里又响了');
      await again();
      const { json, text } = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100');
      const rows: { ticket: { number: string; state: string; steps: { to: string; by: string }[] } | null }[] =
        json.rows;
      const seen = rows.find(({ ticket }) => ticket?.number === opened.ticket)?.ticket;
      const round = ['desk assigned', 'unit accepted', 'unit inProgress', 'unit replied'];
      expect(seen?.steps.map(({ to, by }) => `${by} ${to}`)).toEqual([
        'desk registered',
        ...round,
        'reader reopened',
        ...round,
        'reader closedLoop',
        'reader reopened',
        ...round,
      ]);
      expect(seen?.state).toBe('replied');
      const own = (await desk.get('/api/v1/receipt', { receipt: opened })).json.ticket;
      // Words that nobody has reviewed are read by who wrote them alone.
      expect(text).not.toContain('夜里又响了');
      expect(own.followUp.words).toBe('夜里又响了');
      expect(own.steps.map(({ to }: { to: string }) => to)).toEqual(seen?.steps.map(({ to }) => to));
    });

    test('without an answer the clock closes after the window, once, and says that nobody was heard', async () => {
      const opened = await working();
      await reply(opened.ticket);
      const row = () =>
        desk.db.selectFrom('ticket').selectAll().where('number', '=', opened.ticket).executeTakeFirstOrThrow();
      const due = (await row()).follow_up_due ?? 0;
      desk.set(due);
      await desk.runJobs();
      expect(await row()).toMatchObject({ state: 'replied' });
      desk.set(due + 1);
      const [a, b] = await Promise.all([desk.runJobs(), desk.runJobs()]);
      expect((await row()).state).toBe('closedLoop');
      expect(await row()).toMatchObject({ followed_up: 0, closed_at: due + 1 });
      const events = await desk.db.selectFrom('ticket_event').selectAll().where('ticket', '=', opened.ticket).execute();
      expect(events.filter((event) => event.actor === 'system').length).toBe(1);
      expect(a.closeUnanswered + b.closeUnanswered).toBeGreaterThan(0);
      desk.advance(30 * 86400 - 1);
      expect((await followUp(opened, false, '又来了')).json).toMatchObject({ ticket: { state: 'reopened' } });
    });

    test.runIf(name === 'SQLite')('a ticket that cannot be closed holds up none behind it', async () => {
      const opened = [await working(), await working()];
      for (const { ticket } of opened) await reply(ticket);
      const [poisoned = '', behind = ''] = opened.map(({ ticket }) => ticket);
      await sql`create trigger poison before update on ticket when old.number = ${sql.lit(poisoned)} and new.state = 'closedLoop'
        begin select raise(abort, 'poison'); end`.execute(desk.db);
      const { follow_up_due } = await desk.db
        .selectFrom('ticket')
        .select('follow_up_due')
        .where('number', '=', behind)
        .executeTakeFirstOrThrow();
      desk.set((follow_up_due ?? 0) + 1);
      await expect(closeUnanswered(desk.context)).rejects.toThrow('poison');
      await sql`drop trigger poison`.execute(desk.db);
      const states = desk.db.selectFrom('ticket').select('state').where('number', 'in', [poisoned, behind]);
      expect((await states.orderBy('number').execute()).map(({ state }) => state)).toEqual(['replied', 'closedLoop']);
      await closeUnanswered(desk.context);
    });

    test('thirty days after closing it is too late', async () => {
      const opened = await working();
      await reply(opened.ticket);
      await followUp(opened, true);
      desk.advance(30 * 86400 + 1);
      expect((await followUp(opened, false)).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED', facts: { allowed: [] } });
    });

    test('a moderator records a telephone answer; who opened the ticket does not close it', async () => {
      desk.set(desk.seconds('2026-10-08T09:10:00'));
      const opened = await working();
      await reply(opened.ticket);
      const call = {
        to: 'closedUnsolved',
        note: '暂不具备条件，已说明',
        public: true,
        followUp: { solved: false, rating: 2, words: '先这样，有变化打13800138000' },
      } as const;
      expect((await desk.tryMove(opened.ticket, 'mod-1', call)).json).toMatchObject({
        code: 'MOVE_NOT_ALLOWED',
        facts: { allowed: ['reopened'] },
      });
      const closed = await desk.tryMove(opened.ticket, 'mod-2', call);
      expect(closed.json).toMatchObject({
        state: 'closedUnsolved',
        comment: { ticket: { followUp: { solved: false, words: '先这样，有变化打■■■■■■' } } },
      });
      // What the reader said is the reader's text, whoever wrote it down.
      expect(await desk.everything()).not.toContain('13800138000');
    });

    test('who handled a ticket does not close it as a moderator, with another device either', async () => {
      const other = await openDesk(await open());
      // One person moderates and handles for lianpu, each on a device of its own.
      await other.db.updateTable('actor').set({ person: 'p-mod-2' }).where('actor', '=', 'h-lianpu').execute();
      const opened = await other.ticket({ kind: 'report' });
      await other.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
      await other.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
      await other.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '已联系' });
      await other.move(opened.ticket, 'h-lianpu', { to: 'replied', ...answered });
      const close = { to: 'closedLoop', followUp: { solved: true, rating: 5, words: null } } as const;
      expect((await other.tryMove(opened.ticket, 'mod-2', close)).json).toMatchObject({
        code: 'MOVE_NOT_ALLOWED',
        facts: { allowed: ['reopened'] },
      });
      // Nobody else moderates any more: it is done, and the audit says by whom.
      await other.db.updateTable('device').set({ state: 'revoked' }).where('id', '=', 'd-mod-1').execute();
      await other.move(opened.ticket, 'mod-2', close);
      expect(JSON.parse((await other.audit()).at(-1)?.facts ?? '')).toMatchObject({
        to: 'closedLoop',
        ownTicket: true,
      });
    });

    test('where one person is the whole desk, who opened may close, and the audit says so', async () => {
      const alone = await openDesk(await open(), { onePerson: true });
      const opened = await alone.ticket({ kind: 'report' });
      await alone.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
      await alone.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
      await alone.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '已联系' });
      await alone.move(opened.ticket, 'h-lianpu', { to: 'replied', ...answered });
      const followUp = { solved: true, rating: 4, words: null };
      await alone.move(opened.ticket, 'mod-1', { to: 'closedLoop', followUp });
      expect(JSON.parse((await alone.audit()).at(-1)?.facts ?? '')).toMatchObject({
        to: 'closedLoop',
        ownTicket: true,
      });
    });

    test('nothing of all this was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });
});
