/** Who is told of what is done on a ticket, and of what is not: nobody has to look whether something waits for them. */
import { describe, expect, test } from 'vitest';
import { linesOf } from '../../server/notices/line.ts';
import { spreadNotices } from '../../server/notices/spread.ts';
import { deskNoticeKinds } from '../../shared/organisation/desk-notice.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';
import { answered } from '../tickets/working.ts';

/** No mail is sent here: only who gets one is asked. */
const mail = { SUNDIAL_SMTP_URL: 'smtp://127.0.0.1:9', SUNDIAL_MAIL_FROM: 'sundial@qinghu.example' };
const told = ['h-cgj', 'h-lianpu', 'mod-1', 'mod-2', 'org-1', 'rev-1', 'aud-1', 'lead-lianpu'];

/** A desk on which everybody wants to hear of everything. `news` gives who is told what of which ticket since it was asked last. */
async function listening(opened: OpenedDatabase) {
  const desk = await openDesk(opened, {}, mail);
  for (const actor of told)
    await desk.db
      .insertInto('notice_mail')
      .values({
        person: `p-${actor}`,
        address: `${actor}@qinghu.example`,
        pending: null,
        nonce: null,
        asked_at: null,
        wrong: 0,
        kinds: JSON.stringify(deskNoticeKinds),
        lang: 'zh',
        failed_at: null,
      })
      .execute();
  const news = async (): Promise<string[]> => {
    await spreadNotices(desk.context);
    const rows = await desk.db.selectFrom('notice_delivery').selectAll().execute();
    await desk.db.deleteFrom('notice_delivery').execute();
    return rows
      .flatMap(({ recipient, kind, lines }) =>
        linesOf(lines).map(({ subject }) => `${recipient.slice('p-'.length)} ${kind} ${subject}`),
      )
      .sort();
  };
  await news();
  return { desk, news };
}

const work = async (desk: Desk, ticket: string, unit: string) => {
  await desk.move(ticket, 'org-1', { to: 'assigned', unit });
  await desk.move(ticket, `h-${unit}`, { to: 'accepted' });
  await desk.move(ticket, `h-${unit}`, { to: 'inProgress', note: '已电话联系' });
};

eachDatabase((name, open) => {
  describe(`what is done on a ticket on ${name}`, () => {
    test('is told to whoever has the next step', async () => {
      const { desk, news } = await listening(await open());
      const { ticket, ...receipt } = await desk.ticket({ kind: 'report' });
      expect(await news()).toEqual([`org-1 ticketToAssign ${ticket}`]);
      await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'cgj' });
      expect(await news()).toEqual([`h-cgj ticketAssigned ${ticket}`]);
      await desk.move(ticket, 'h-cgj', { to: 'disputed', note: '归联浦管' });
      expect(await news()).toEqual([`org-1 ticketDisputed ${ticket}`]);
      await work(desk, ticket, 'lianpu');
      expect(await news()).toEqual([`h-lianpu ticketAssigned ${ticket}`]);
      expect((await desk.askExtension(ticket, 'h-lianpu', '2026-10-23', '等检测')).status).toBe(200);
      expect(await news()).toEqual([`org-1 extensionAsked ${ticket}`]);
      const followUp = (solved: boolean) =>
        desk.post('/api/v1/receipt/follow-up', { solved, rating: null, words: null }, { receipt });
      for (const _ of [1, 2]) {
        await desk.move(ticket, 'h-lianpu', { to: 'replied', ...answered });
        expect(await news()).toEqual([]);
        await followUp(false);
        expect(await news()).toEqual([`org-1 ticketToAssign ${ticket}`]);
        await work(desk, ticket, 'lianpu');
        expect(await news()).toEqual([`h-lianpu ticketAssigned ${ticket}`]);
      }
      // The third time it is put under supervision: the unit that has it hears of it as well.
      await desk.move(ticket, 'h-lianpu', { to: 'replied', ...answered });
      await followUp(false);
      expect(await news()).toEqual([`h-lianpu ticketOverdue ${ticket}`, `org-1 ticketOverdue ${ticket}`]);
    });

    test('and what is not done in time to whoever should have, each date once', async () => {
      const { desk, news } = await listening(await open());
      const passes = async (until: string) => {
        desk.set(desk.seconds(until));
        await desk.runJobs();
        await desk.runJobs();
        return news();
      };
      // Thursday 8 October: dispatch and first contact are due on Friday at 17:30, the reply on Wednesday the 21st.
      const waiting = (await desk.ticket({ kind: 'report' })).ticket;
      const { ticket } = await desk.ticket({ kind: 'report' });
      await work(desk, ticket, 'lianpu');
      const action = { unit: 'cgj', text: '换灯', date: '2026-10-12', state: 'open', reason: null };
      expect((await desk.put(`/api/v1/tickets/${ticket}/actions/lamp`, action, { as: 'h-lianpu' })).status).toBe(200);
      await desk.move(ticket, 'h-lianpu', { to: 'onHold', date: '2026-10-14', note: '等供电', public: true });
      await news();
      expect(await passes('2026-10-09T17:30:00')).toEqual([]);
      // Nobody has the one that was never dispatched, but those who dispatch.
      expect(await passes('2026-10-09T17:30:01')).toEqual([
        `org-1 ticketOverdue ${waiting}`,
        `org-1 ticketToAssign ${waiting}`,
      ]);
      expect(await passes('2026-10-12T23:59:59')).toEqual([]);
      expect(await passes('2026-10-13T00:00:00')).toEqual([
        `h-cgj ticketOverdue ${ticket}`,
        `org-1 ticketOverdue ${ticket}`,
      ]);
      expect(await passes('2026-10-13T23:59:59')).toEqual([]);
      expect(await passes('2026-10-14T00:00:00')).toEqual([`h-lianpu ticketDue ${ticket}`]);
      await desk.move(ticket, 'h-lianpu', { to: 'inProgress' });
      expect(await passes('2026-10-18T23:59:59')).toEqual([]);
      // Two working days before the 21st.
      expect(await passes('2026-10-19T00:00:00')).toEqual([`h-lianpu ticketDue ${ticket}`]);
      expect(await passes('2026-10-21T17:30:00')).toEqual([]);
      expect(await passes('2026-10-21T17:30:01')).toEqual([
        `h-lianpu ticketOverdue ${ticket}`,
        `org-1 ticketOverdue ${waiting}`,
        `org-1 ticketOverdue ${ticket}`,
      ]);
      expect(await passes('2026-12-01T09:00:00')).toEqual([]);
    });
  });
});
