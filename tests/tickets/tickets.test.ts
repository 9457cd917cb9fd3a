import { beforeAll, describe, expect, test } from 'vitest';
import type { TicketState } from '../../shared/feedback/ticket.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { answered, workOn } from './working.ts';

eachDatabase((name, open) => {
  describe(`tickets on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open());
    }, 60_000);

    const { working, reply, followUp } = workOn(() => desk);

    test('a moderator opens a ticket from an actionable comment, once; the numbers of a year run', async () => {
      const first = await desk.ticket({ kind: 'question' });
      const second = await desk.ticket({ kind: 'complaint' });
      expect([first.ticket, second.ticket].map((number) => number.slice(0, 5))).toEqual(['2026-', '2026-']);
      expect(Number(second.ticket.slice(5))).toBe(Number(first.ticket.slice(5)) + 1);
      const again = await desk.post(
        '/api/v1/tickets',
        { comment: await desk.idOf(first.number), clock: 'standard', note: null },
        { as: 'mod-1' },
      );
      expect(again.json).toMatchObject({ code: 'ALREADY_DONE', facts: { number: first.ticket } });
      const praise = await desk.comment({ kind: 'sympathy' });
      const refused = await desk.post(
        '/api/v1/tickets',
        { comment: await desk.idOf(praise.number), clock: 'standard', note: null },
        { as: 'mod-1' },
      );
      expect(refused.json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
      const gone = [await desk.comment({ kind: 'report' }), await desk.comment({ kind: 'report' })] as const;
      await desk.decide(await desk.waiting(gone[0].number), { decision: 'reject', reason: 'abuse', note: null });
      await desk.post('/api/v1/receipt/withdrawal', undefined, { receipt: gone[1] });
      for (const { number } of gone) {
        const sent = { comment: await desk.idOf(number), clock: 'standard', note: null };
        expect((await desk.post('/api/v1/tickets', sent, { as: 'mod-1' })).json).toMatchObject({
          code: 'MOVE_NOT_ALLOWED',
        });
      }
      for (const as of ['org-1', 'h-lianpu', 'aud-1'])
        expect(
          (await desk.post('/api/v1/tickets', { comment: 'x', clock: 'standard', note: null }, { as })).status,
        ).not.toBe(201);
    });

    test('two moderators who open a ticket from one comment at once get one ticket', async () => {
      const posted = await desk.comment({ kind: 'report' });
      const body = { comment: await desk.idOf(posted.number), clock: 'standard', note: null };
      const both = await Promise.all(['mod-1', 'mod-2'].map((as) => desk.post('/api/v1/tickets', body, { as })));
      expect(both.map((each) => each.status).sort()).toEqual([201, 409]);
    });

    test('the whole loop: registered, assigned, accepted, contacted, replied, solved by the reader', async () => {
      const opened = await working();
      await desk.publish(opened.number);
      expect((await desk.get('/api/v1/receipt', { receipt: opened })).json).toMatchObject({ followUpAsked: false });
      await reply(opened.ticket);
      expect((await desk.get('/api/v1/receipt', { receipt: opened })).json).toMatchObject({
        followUpAsked: true,
        ticket: { state: 'replied', reply: { text: answered.note, unit: 'lianpu', resolutionKind: 'fixed' } },
      });
      const done = await followUp(opened, true, '喇叭没了，我的电话13000000000');
      expect(done.json).toMatchObject({
        followUpAsked: false,
        ticket: { state: 'closedLoop', followUp: { solved: true, rating: 5, words: '喇叭没了，我的电话■■■■■■' } },
      });
      expect((await followUp(opened, true, '喇叭没了，我的电话13000000000')).status).toBe(200);
      expect((await followUp(opened, true, '还有')).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
      const list = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100');
      const shown = list.json.rows.find(
        (row: { ticket: { number: string } | null }) => row.ticket?.number === opened.ticket,
      );
      expect(
        shown.ticket.steps.map((step: { to: TicketState; by: string; note: string | null }) => [
          step.to,
          step.by,
          step.note,
        ]),
      ).toEqual([
        ['registered', 'desk', null],
        ['assigned', 'desk', null],
        ['accepted', 'unit', null],
        ['inProgress', 'unit', '已电话联系'],
        ['replied', 'unit', answered.note],
        ['closedLoop', 'reader', null],
      ]);
      expect(shown.ticket.followUp).toMatchObject({ solved: true, words: null });
    });

    test('the public sees no internal note and no name of a person', async () => {
      const opened = await desk.ticket({ kind: 'report', text: '公开看看' });
      await desk.publish(opened.number);
      await desk.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu', note: '内部话甲', public: false });
      const list = await desk.get('/api/v1/comments?draw=d-2026-w39&unit=lianpu&limit=100');
      const receipt = await desk.get('/api/v1/receipt', { receipt: opened });
      for (const text of [list.text, receipt.text])
        expect(text).not.toMatch(/内部话甲|立单内部|org-1|mod-1|h-lianpu|张主持/);
      const view = await desk.get(`/api/v1/tickets/${opened.ticket}`, { as: 'h-lianpu' });
      expect(view.json.events.at(-1)).toMatchObject({
        actor: 'org-1',
        note: '内部话甲',
        public: false,
        unit: 'lianpu',
      });
    });

    test('a handler sees and moves the tickets of the own unit only, and never closes', async () => {
      const opened = await working();
      await reply(opened.ticket);
      expect((await desk.get(`/api/v1/tickets/${opened.ticket}`, { as: 'h-cgj' })).status).toBe(404);
      expect((await desk.get('/api/v1/tickets', { as: 'h-cgj' })).json.total).toBe(0);
      expect((await desk.tryMove(opened.ticket, 'h-cgj', { to: 'closedLoop' })).status).toBe(404);
      for (const to of ['closedLoop', 'closedUnsolved'] as const)
        expect(
          (await desk.tryMove(opened.ticket, 'h-lianpu', { to, note: '办完了', public: true })).json,
        ).toMatchObject({
          code: 'MOVE_NOT_ALLOWED',
          facts: { state: 'replied', allowed: [] },
        });
      expect((await desk.tryMove(opened.ticket, 'aud-1', { to: 'closedLoop' })).json).toMatchObject({
        code: 'MOVE_NOT_ALLOWED',
      });
      expect((await desk.get('/api/v1/tickets?state=replied', { as: 'h-lianpu' })).json.total).toBeGreaterThan(0);
    });

    test('each move brings what its target makes mandatory', async () => {
      const opened = await desk.ticket({ kind: 'report' });
      const refused = async (as: string, body: Parameters<Desk['tryMove']>[2], field: string) =>
        expect((await desk.tryMove(opened.ticket, as, body)).json).toMatchObject({ code: 'FIELD_INVALID', field });
      await refused('org-1', { to: 'assigned' }, 'unit');
      await refused('org-1', { to: 'assigned', unit: 'nowhere' }, 'unit');
      await refused('org-1', { to: 'referred', public: true }, 'note');
      await refused('org-1', { to: 'referred', note: '信访', public: false }, 'public');
      const other = (await desk.ticket({ kind: 'report' })).ticket;
      await refused('org-1', { to: 'merged', note: null, public: true, into: other }, 'note');
      await refused('org-1', { to: 'merged', note: '同一事项', public: false, into: other }, 'public');
      await refused('org-1', { to: 'merged', note: '同一事项', public: true }, 'into');
      const [gone, merged] = [
        (await desk.ticket({ kind: 'report' })).ticket,
        (await desk.ticket({ kind: 'report' })).ticket,
      ];
      await desk.move(gone, 'org-1', { to: 'referred', note: '请走信访渠道', public: true });
      await desk.move(merged, 'org-1', { to: 'merged', into: other, note: '同一事项', public: true });
      for (const into of [gone, merged])
        await refused('org-1', { to: 'merged', note: '同一事项', public: true, into }, 'into');
      await refused('org-1', { to: 'merged', note: '同一事项', public: true, into: opened.ticket }, 'into');
      await refused('org-1', { to: 'merged', note: '同一事项', public: true, into: '2026-9999' }, 'into');
      await desk.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
      await refused('h-lianpu', { to: 'disputed' }, 'note');
      await desk.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
      await refused('h-lianpu', { to: 'inProgress' }, 'note');
      await refused('h-lianpu', { to: 'inProgress', note: '打过电话', firstContact: false }, 'firstContact');
      await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '打过电话' });
      await refused('h-lianpu', { to: 'onHold', note: '等供电', public: true }, 'date');
      await refused('h-lianpu', { to: 'onHold', note: '等供电', public: true, date: '2026-10-08' }, 'date');
      await refused('h-lianpu', { to: 'onHold', note: '等供电', date: '2026-10-12', public: false }, 'public');
      await refused('h-lianpu', { to: 'replied', ...answered, note: null }, 'note');
      await refused('h-lianpu', { to: 'replied', note: '好了', public: true, rootCause: 'workGap' }, 'resolutionKind');
      await refused('h-lianpu', { to: 'replied', note: '好了', public: true, resolutionKind: 'fixed' }, 'rootCause');
      await refused('h-lianpu', { to: 'replied', ...answered, public: false }, 'public');
      const heard = (solved: boolean) => ({ solved, rating: null, words: null });
      // What the reader said is written down by a moderator, never by who is judged by it.
      await refused('h-lianpu', { to: 'replied', ...answered, followUp: heard(false) }, 'followUp');
      await reply(opened.ticket);
      await refused('mod-2', { to: 'closedLoop' }, 'followUp');
      await refused('mod-2', { to: 'closedLoop', followUp: heard(false) }, 'followUp.solved');
      await refused('mod-2', { to: 'reopened', followUp: heard(true) }, 'followUp.solved');
      const unsolved = { to: 'closedUnsolved', followUp: heard(false) } as const;
      await refused('mod-2', { to: 'closedUnsolved', note: '暂不具备条件', public: true }, 'followUp');
      await refused('mod-2', { ...unsolved, note: '暂不具备条件', public: false }, 'public');
      await refused('mod-2', { ...unsolved, note: null, public: true }, 'note');
    });

    test('an extension is asked by the handler before expiry, for at most fifteen working days, and is the consent of the organiser', async () => {
      const opened = await working();
      const due = desk.seconds('2026-10-21T17:30:00');
      const extend = (date: string, as = 'h-lianpu') => desk.askExtension(opened.ticket, as, date, '第三方检测排队');
      const consent = (as = 'org-1', note: string | null = null) =>
        desk.tryMove(opened.ticket, as, { to: 'extended', note });
      expect((await desk.get(`/api/v1/tickets/${opened.ticket}`, { as: 'org-1' })).json.due).toBe(due);
      expect((await extend('2026-10-21')).json).toMatchObject({ field: 'date' });
      expect((await extend('2026-11-12')).json).toMatchObject({ field: 'date' });
      expect((await extend('2026-10-22', 'org-1')).json).toMatchObject({ code: 'NOT_ALLOWED' });
      expect((await consent()).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED', facts: { allowed: [] } });
      expect((await extend('2026-10-23')).json).toMatchObject({
        state: 'inProgress',
        due,
        mayAskUntil: null,
        extension: { state: 'asked', date: '2026-10-23', reason: '第三方检测排队' },
      });
      expect((await extend('2026-10-24')).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
      const version = (await desk.get(`/api/v1/tickets/${opened.ticket}`, { as: 'org-1' })).json.version;
      const refusal = await desk.post(
        `/api/v1/tickets/${opened.ticket}/extension/refusal`,
        { version, note: '检测本周就能排上' },
        { as: 'org-1' },
      );
      expect(refusal.json).toMatchObject({ due, extension: { state: 'refused', note: '检测本周就能排上' } });
      expect((await extend('2026-11-11')).status).toBe(200);
      expect((await consent('h-lianpu')).json).toMatchObject({ facts: { allowed: ['replied', 'onHold'] } });
      expect((await consent('mod-2')).json).toMatchObject({ facts: { allowed: [] } });
      expect((await consent('org-1', '改一改理由')).json).toMatchObject({ code: 'FIELD_INVALID', field: 'note' });
      // The consent may come after the due date: what counts is that it was asked before.
      const before = desk.now();
      desk.set(due + 3600);
      expect((await consent()).json).toMatchObject({ state: 'extended', due: desk.seconds('2026-11-11T17:30:00') });
      expect((await desk.get('/api/v1/receipt', { receipt: opened })).json.ticket.steps.at(-1)).toMatchObject({
        to: 'extended',
        note: '第三方检测排队',
        unit: 'lianpu',
      });
      await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress' });
      expect((await extend('2026-11-10')).json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
      desk.set(before);
    });

    test('who is late may not ask for more time, and a reply overtakes a wish that nobody decided', async () => {
      const before = desk.now();
      const late = await working();
      desk.set(desk.seconds('2026-10-21T17:30:01'));
      const asked = await desk.askExtension(late.ticket, 'h-lianpu', '2026-10-23', '来不及');
      expect(asked.json).toMatchObject({ code: 'MOVE_NOT_ALLOWED' });
      desk.set(before);
      const opened = await working();
      await desk.askExtension(opened.ticket, 'h-lianpu', '2026-10-23', '也许来不及');
      await reply(opened.ticket);
      const view = await desk.get(`/api/v1/tickets/${opened.ticket}`, { as: 'org-1' });
      expect(view.json).toMatchObject({ extensionAsked: false, extension: { state: 'lapsed' }, allowed: [] });
    });

    test('a merged ticket shows the reply of the one it was merged into', async () => {
      const head = await working();
      const twin = await desk.ticket({ kind: 'report', text: '转：夜市放喇叭' });
      const note = `与${head.ticket}同一事项`;
      await desk.move(twin.ticket, 'org-1', { to: 'merged', into: head.ticket, note, public: true });
      await reply(head.ticket);
      const seen = await desk.get('/api/v1/receipt', { receipt: twin });
      expect(seen.json).toMatchObject({
        followUpAsked: false,
        ticket: { state: 'merged', reply: { text: answered.note } },
      });
      expect(seen.json.ticket.steps.at(-1)).toMatchObject({ to: 'merged', note });
    });

    test('a ticket carries actions of several units; a dropped one says why; a closed ticket gets no new one', async () => {
      const opened = await working();
      const put = (id: string, over: object) =>
        desk.put(
          `/api/v1/tickets/${opened.ticket}/actions/${id}`,
          { unit: 'cgj', text: '东门棚供电接入', date: '2026-10-28', state: 'open', reason: null, ...over },
          { as: 'h-lianpu' },
        );
      expect((await put('a1', {})).json).toMatchObject({ actions: [{ id: 'a1', unit: 'cgj', state: 'open' }] });
      expect((await put('a0', { unit: 'chengfa' })).json).toMatchObject({ code: 'FIELD_INVALID', field: 'unit' });
      expect((await put('a2', { unit: 'lianpu', state: 'dropped' })).json).toMatchObject({ field: 'reason' });
      expect((await put('a2', { unit: 'lianpu', state: 'dropped', reason: '并入年度改造' })).status).toBe(200);
      expect((await put('A_3', {})).json).toMatchObject({ field: 'id' });
      await reply(opened.ticket);
      await followUp(opened, true);
      expect((await put('a4', {})).json).toMatchObject({ code: 'FIELD_INVALID' });
      expect((await put('a1', { state: 'done' })).json.actions.map((row: { state: string }) => row.state)).toEqual([
        'done',
        'dropped',
      ]);
      const told = (await desk.audit()).filter(
        (row) => row.action === 'ticket.action' && row.subject === opened.ticket,
      );
      expect(told.map(({ actor, facts }) => ({ actor, ...JSON.parse(facts) }))).toMatchObject([
        { actor: 'h-lianpu', action: 'a1', from: null, to: 'open', unit: 'cgj', date: '2026-10-28' },
        { actor: 'h-lianpu', action: 'a2', from: null, to: 'dropped', unit: 'lianpu' },
        { actor: 'h-lianpu', action: 'a1', from: 'open', to: 'done' },
      ]);
      const other = await desk.put(
        `/api/v1/tickets/${opened.ticket}/actions/a2`,
        { unit: 'cgj', text: '别人的', date: '2026-10-28', state: 'open', reason: null },
        { as: 'h-cgj' },
      );
      expect(other.status).toBe(404);
    });

    test('of two moves on one version one happens', async () => {
      const opened = await desk.ticket({ kind: 'report' });
      const both = await Promise.all([
        desk.tryMove(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' }, 1),
        desk.tryMove(opened.ticket, 'org-2', { to: 'assigned', unit: 'cgj' }, 1),
      ]);
      expect(both.map((each) => each.status).sort()).toEqual([200, 409]);
      expect(both.find((each) => each.status === 409)?.json).toMatchObject({ code: 'VERSION_STALE' });
      const events = await desk.db.selectFrom('ticket_event').selectAll().where('ticket', '=', opened.ticket).execute();
      expect(events.length).toBe(2);
    });

    test('every move is an audit row of its own transaction', async () => {
      const moves = (await desk.audit()).filter((row) => row.action === 'ticket.move').length;
      const events = await desk.db.selectFrom('ticket_event').selectAll().where('from_state', 'is not', null).execute();
      expect(moves).toBe(events.length);
    });

    test('nothing of all this was a bug to the server', () => {
      expect(desk.reported).toEqual([]);
    });
  });
});
