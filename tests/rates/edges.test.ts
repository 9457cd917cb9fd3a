/** The figures at their edges: a date kept in its last second, awkward tickets played through the desk, quarters by the organisation's clock. The
 *  values are worked out by hand from closed-loop.md "Rates". */
import { describe, expect, test } from 'vitest';
import { type CountedTicket, ratesOf } from '../../shared/feedback/rates.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { workOn } from '../tickets/working.ts';

const share = (part: number, of: number) => ({ part, of });

test('what is done in the last second of a date was in time, a second later not', () => {
  const ticket: CountedTicket = {
    state: 'replied',
    contactDue: 1000,
    contactedAt: 1000,
    due: 2000,
    repliedAt: 2000,
    reopened: 0,
    isAsked: true,
    answer: null,
    followedUp: null,
  };
  expect(ratesOf([ticket], 3000)).toMatchObject({ responseRate: share(1, 1), onTimeRate: share(1, 1) });
  expect(ratesOf([{ ...ticket, contactedAt: 1001, repliedAt: 2001 }], 3000)).toMatchObject({
    responseRate: share(0, 1),
    onTimeRate: share(0, 1),
  });
});

eachDatabase((name, open) => {
  describe(`figures on ${name}`, () => {
    const rates = async (desk: Desk, window: string) =>
      (await desk.get(`/api/v1/rates?${window}`, { as: 'org-1' })).json;

    test('count what was done in the last second as in time', async () => {
      const desk = await openDesk(await open());
      const { reply } = workOn(() => desk);
      const begun = async (wait: (row: { contact_due: number; due: number }) => [contact: number, reply: number]) => {
        desk.set(desk.seconds('2026-10-08T09:10:00'));
        const opened = await desk.ticket({ kind: 'question' });
        const row = await desk.db
          .selectFrom('ticket')
          .select(['contact_due', 'due'])
          .where('number', '=', opened.ticket)
          .executeTakeFirstOrThrow();
        const [contact, replied] = wait(row);
        await desk.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
        await desk.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
        desk.set(contact);
        await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '已电话联系' });
        desk.set(replied);
        await reply(opened.ticket);
      };
      await begun(({ contact_due, due }) => [contact_due, due]);
      desk.set(desk.seconds('2026-10-30T09:00:00'));
      const window = 'from=2026-10-08&to=2026-10-08';
      expect((await rates(desk, window)).all).toMatchObject({ responseRate: share(1, 1), onTimeRate: share(1, 1) });
      await begun(({ contact_due, due }) => [contact_due + 1, due + 1]);
      desk.set(desk.seconds('2026-10-30T09:00:00'));
      expect((await rates(desk, window)).all).toMatchObject({ responseRate: share(1, 2), onTimeRate: share(1, 2) });
    });

    test('of awkward tickets are those worked out by hand', async () => {
      const desk = await openDesk(await open());
      const { working, reply, followUp } = workOn(() => desk);
      const again = async (ticket: string) => {
        await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
        await desk.move(ticket, 'h-lianpu', { to: 'accepted' });
        await desk.move(ticket, 'h-lianpu', { to: 'inProgress', note: '上门' });
        await reply(ticket);
      };
      // A: reopened twice, in the end solved and rated 5. Counts once in each figure.
      const a = await working();
      await reply(a.ticket);
      for (const _ of [1, 2]) {
        await followUp(a, false);
        await again(a.ticket);
      }
      await followUp(a, true);
      // B: closed as solved, opened again after closing: its last answer is "not solved", rated 1; reopened, open.
      const b = await working();
      await reply(b.ticket);
      await followUp(b, true);
      await followUp(b, false);
      // C: merged into D, which is merged into E: two merged; E counts.
      const [c, d, e] = [await desk.ticket({ kind: 'report' }), await desk.ticket({ kind: 'report' }), await working()];
      await desk.move(c.ticket, 'org-1', { to: 'merged', into: d.ticket, note: '同一件事', public: true });
      await desk.move(d.ticket, 'org-1', { to: 'merged', into: e.ticket, note: '同一件事', public: true });
      // F: referred. G: replied, nobody answers, the clock closes.
      const f = await desk.ticket({ kind: 'report' });
      await desk.move(f.ticket, 'org-1', { to: 'referred', note: '请走信访渠道', public: true });
      const g = await working();
      await reply(g.ticket);
      // H: asked for more time before its date, consent a day after it, answered within the longer date.
      const h = await working();
      const { due } = await desk.db
        .selectFrom('ticket')
        .select('due')
        .where('number', '=', h.ticket)
        .executeTakeFirstOrThrow();
      expect((await desk.askExtension(h.ticket, 'h-lianpu', '2026-10-30', '等材料')).status).toBe(200);
      await desk.runJobs();
      desk.set(due + 86_400);
      await desk.runJobs();
      await desk.move(h.ticket, 'org-1', { to: 'extended' });
      await reply(h.ticket);
      await followUp(h, true);
      desk.set(desk.seconds('2026-11-20T09:00:00'));
      await desk.runJobs();
      const { all, units } = await rates(desk, 'from=2026-10-08&to=2026-10-08');
      // Counted: A, B, E, G, H. All were contacted at once; E was never answered and is past its date.
      const figures = {
        tickets: 5,
        silent: 1,
        responseRate: share(5, 5),
        onTimeRate: share(4, 5),
        resolutionRate: share(2, 3),
        satisfactionRate: share(2, 3),
        followUpRate: share(3, 4),
        reopenRate: share(2, 4),
        closureRate: share(3, 5),
      };
      expect(all).toMatchObject({ ...figures, referred: 1, merged: 2 });
      expect(units.find(({ unit }: { unit: string }) => unit === 'lianpu')).toMatchObject(figures);
    });

    test('go by the first contact and the first reply, however late those after a reopening come', async () => {
      const desk = await openDesk(await open());
      const { working, reply, followUp } = workOn(() => desk);
      const opened = await working();
      await reply(opened.ticket);
      await followUp(opened, false);
      // Long after every date of it.
      desk.set(desk.seconds('2026-11-20T09:00:00'));
      await desk.move(opened.ticket, 'org-1', { to: 'assigned', unit: 'lianpu' });
      await desk.move(opened.ticket, 'h-lianpu', { to: 'accepted' });
      await desk.move(opened.ticket, 'h-lianpu', { to: 'inProgress', note: '再次联系' });
      await reply(opened.ticket);
      expect((await rates(desk, 'from=2026-10-08&to=2026-10-08')).all).toMatchObject({
        responseRate: share(1, 1),
        onTimeRate: share(1, 1),
        reopenRate: share(1, 1),
        closureRate: share(0, 1),
      });
    });

    test('have beside them the comments of the window that stand rejected, and no others', async () => {
      const desk = await openDesk(await open());
      const decide = async (text: string, decision: object) => {
        const { number } = await desk.comment({ text });
        await desk.decide(await desk.waiting(number), decision);
        return number;
      };
      const reject = { decision: 'reject', reason: 'advertising', note: null };
      await decide('广告一', reject);
      await decide('广告二', reject);
      const taken = await decide('看错了', reject);
      const { version } = await desk.db
        .selectFrom('comment')
        .select('version')
        .where('number', '=', taken)
        .executeTakeFirstOrThrow();
      const undone = { items: [{ id: await desk.idOf(taken), version }] };
      expect((await desk.post('/api/v1/moderation/undo', undone, { as: 'mod-1' })).json.done).toHaveLength(1);
      await decide('几点开', { decision: 'publish', masks: [] });
      await desk.comment({ text: '还等着' });
      desk.set(desk.seconds('2026-10-09T00:00:00'));
      await decide('第二天的广告', reject);
      expect((await rates(desk, 'from=2026-10-08&to=2026-10-08')).rejected).toBe(2);
      expect((await rates(desk, 'from=2026-10-08&to=2026-10-09')).rejected).toBe(3);
    });

    test('begin and end with the days of the organisation, not of Greenwich', async () => {
      const desk = await openDesk(await open());
      // New Year in Shanghai, when it is four in the afternoon of the old year in Greenwich.
      for (const at of ['2026-12-31T23:59:59', '2027-01-01T00:00:00']) {
        const { number } = await desk.comment({ kind: 'report' });
        desk.set(desk.seconds(at));
        const sent = { comment: await desk.idOf(number), clock: 'standard', note: null };
        expect((await desk.post('/api/v1/tickets', sent, { as: 'mod-1' })).json.number).toBe(`${at.slice(0, 4)}-0001`);
      }
      desk.set(desk.seconds('2027-01-05T09:00:00'));
      for (const [window, tickets] of [
        ['from=2026-12-01&to=2026-12-31', 1],
        ['from=2027-01-01&to=2027-01-31', 1],
        ['from=2026-12-31&to=2027-01-01', 2],
      ] as const)
        expect([window, (await rates(desk, window)).all.tickets]).toEqual([window, tickets]);
      const file = JSON.parse((await desk.page('/public/rates.json')).text);
      expect(
        file.quarters.map(({ from, to, all }: { from: string; to: string; all: { tickets: number } }) => [
          from,
          to,
          all.tickets,
        ]),
      ).toEqual([
        ['2027-01-01', '2027-03-31', 1],
        ['2026-10-01', '2026-12-31', 1],
      ]);
    });
  });
});
