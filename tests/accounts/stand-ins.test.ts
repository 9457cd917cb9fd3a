import { expect, test } from 'vitest';
import { eachDatabase } from '../fixtures/databases.ts';
import { openDesk } from '../fixtures/desk.ts';

const asOrganiser = { as: 'org-1' };
const person = (actor: string) => `p-${actor}`;

eachDatabase((_, open) => {
  test('a stand-in holds the role on its days and no longer, under an actor id of its own', async () => {
    const desk = await openDesk(await open());
    const { ticket } = await desk.ticket({ kind: 'question' });
    await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
    const stand = (more: object) =>
      desk.post(
        '/api/v1/stand-ins',
        {
          person: person('h-cgj'),
          role: 'handler',
          unit: 'lianpu',
          instead: person('h-lianpu'),
          from: '2026-10-09',
          to: '2026-10-10',
          ...more,
        },
        asOrganiser,
      );
    const sees = async () => (await desk.get(`/api/v1/tickets/${ticket}`, { as: 'h-cgj' })).status;
    expect((await stand({ to: '2026-10-07', from: '2026-10-01' })).json.facts.reason).toBe('DAYS_OVER');
    expect((await stand({ to: '2026-10-08' })).json.facts.reason).toBe('DAYS_WRONG');
    expect((await stand({ unit: null })).json.facts.reason).toBe('UNIT_MISSING');
    expect((await stand({ person: person('h-lianpu') })).json.facts.reason).toBe('ALREADY_HELD');
    expect((await stand({ role: 'leader' })).status).toBe(400);
    expect((await stand({})).status).toBe(201);
    expect((await stand({ from: '2026-10-10', to: null })).json.facts.reason).toBe('ALREADY_HELD');
    expect(await sees()).toBe(404);
    desk.set(desk.seconds('2026-10-09T00:00:00'));
    expect(await sees()).toBe(200);
    await desk.move(ticket, 'h-cgj', { to: 'accepted' });
    const { actor } = (await desk.audit()).findLast(({ action }) => action === 'ticket.move') ?? {};
    expect(actor).not.toBe('h-cgj');
    const { rows } = (await desk.get('/api/v1/stand-ins', asOrganiser)).json;
    expect(rows).toMatchObject([{ name: '孙承办', instead: '钱承办', actor, state: 'running', to: '2026-10-10' }]);
    desk.set(desk.seconds('2026-10-10T23:59:59'));
    expect(await sees()).toBe(200);
    desk.advance(1);
    expect(await sees()).toBe(404);
  });

  test('a role that signs is held on its days by whom has a key for it, while somebody else has it every day', async () => {
    const desk = await openDesk(await open());
    const stand = (who: string, role: string, from = '2026-10-09') =>
      desk.post(
        '/api/v1/stand-ins',
        { person: person(who), role, unit: null, instead: null, from, to: '2026-10-09' },
        asOrganiser,
      );
    expect((await stand('h-cgj', 'organiser')).json.facts.reason).toBe('KEY_MISSING');
    expect((await stand('rev-1', 'reviewer')).json.facts.reason).toBe('LAST_ONE');
    expect((await stand('org-2', 'organiser')).status).toBe(201);
    // Now the first is the only one whom the desk has every day.
    expect((await stand('org-1', 'organiser')).json.facts.reason).toBe('LAST_ONE');
    const runs = async () => (await desk.get('/api/v1/plan', { as: 'org-2' })).status;
    expect(await runs()).toBe(403);
    desk.set(desk.seconds('2026-10-09T00:00:00'));
    expect(await runs()).toBe(200);
    const { rows } = (await desk.get('/api/v1/stand-ins', asOrganiser)).json;
    expect(rows).toMatchObject([{ name: '赵组织', actor: 'org-2', role: 'organiser', state: 'running' }]);
    desk.set(desk.seconds('2026-10-10T00:00:00'));
    expect(await runs()).toBe(403);
  });

  test('an organiser ends a stand-in at once; nobody else sees or makes any', async () => {
    const desk = await openDesk(await open());
    const wish = {
      person: person('h-cgj'),
      role: 'moderator',
      unit: null,
      instead: null,
      from: '2026-10-08',
      to: null,
    };
    const { json } = await desk.post('/api/v1/stand-ins', wish, asOrganiser);
    const queue = async () => (await desk.get('/api/v1/moderation/queue', { as: 'h-cgj' })).status;
    expect(await queue()).toBe(200);
    expect((await desk.delete(`/api/v1/stand-ins/${json.id}`, asOrganiser)).status).toBe(204);
    expect((await desk.delete(`/api/v1/stand-ins/${json.id}`, asOrganiser)).status).toBe(204);
    expect(await queue()).toBe(403);
    for (const as of ['mod-1', 'h-cgj', 'aud-1', 'lead-lianpu'])
      expect((await desk.post('/api/v1/stand-ins', wish, { as })).json.code).toBe('NOT_ALLOWED');
    const done = (await desk.audit()).filter(({ action }) => action.startsWith('standIn.'));
    expect(done.map(({ action, actor }) => `${action} ${actor}`)).toEqual(['standIn.begin org-1', 'standIn.end org-1']);
  });

  test('who opened a ticket may close it once the only other moderator, who stood in, is gone', async () => {
    const desk = await openDesk(await open());
    await desk.db.updateTable('device').set({ state: 'revoked' }).where('id', '=', 'd-mod-2').execute();
    const { ticket } = await desk.ticket({ kind: 'question' });
    await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'cgj' });
    await desk.move(ticket, 'h-cgj', { to: 'accepted' });
    await desk.move(ticket, 'h-cgj', { to: 'inProgress', firstContact: true, note: '已联系', public: true });
    const reply = { note: '已办', public: true, resolutionKind: 'explained', rootCause: 'informationGap' };
    await desk.move(ticket, 'h-cgj', { to: 'replied', ...reply });
    const wish = {
      person: person('h-lianpu'),
      role: 'moderator',
      unit: null,
      instead: null,
      from: '2026-10-08',
      to: null,
    };
    const { json } = await desk.post('/api/v1/stand-ins', wish, asOrganiser);
    const mayClose = async () =>
      (await desk.get(`/api/v1/tickets/${ticket}`, { as: 'mod-1' })).json.allowed.includes('closedLoop');
    expect(await mayClose()).toBe(false);
    await desk.delete(`/api/v1/stand-ins/${json.id}`, asOrganiser);
    expect(await mayClose()).toBe(true);
  });

  test('who leaves hands over every open ticket of the unit in one act, and signs in no more', async () => {
    const desk = await openDesk(await open());
    for (const text of ['一', '二']) {
      const { ticket } = await desk.ticket({ kind: 'question', text });
      await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
    }
    const { people } = (await desk.get('/api/v1/stand-ins', asOrganiser)).json;
    expect(people.find(({ name }: { name: string }) => name === '钱承办')).toMatchObject({ open: 2 });
    const give = (from: string, to: string) =>
      desk.post('/api/v1/hand-overs', { from: person(from), to: person(to) }, asOrganiser);
    expect((await give('rev-1', 'h-cgj')).json.facts.reason).toBe('NOTHING_TO_HAND_OVER');
    expect((await give('h-lianpu', 'h-lianpu')).json.facts.reason).toBe('SAME_PERSON');
    expect((await give('h-lianpu', 'h-cgj')).json).toEqual({ tickets: 2, roles: 1 });
    expect((await desk.get('/api/v1/tickets', { as: 'h-lianpu' })).json.code).toBe('DEVICE_REVOKED');
    expect((await desk.get('/api/v1/tickets', { as: 'h-cgj' })).json.total).toBe(2);
    const row = (await desk.audit()).find(({ action }) => action === 'person.handOver');
    expect(JSON.parse(row?.facts ?? '{}')).toMatchObject({ to: person('h-cgj'), tickets: ['2026-0001', '2026-0002'] });
  });
});
