import { beforeAll, describe, expect, test } from 'vitest';
import { lockAudit } from '../../server/database/audit.ts';
import { grantsOf } from '../../server/http/session.ts';
import { wrongCodesAtMost } from '../../server/notices/code.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk, type Reply } from '../fixtures/desk.ts';

const environment = { SUNDIAL_SMTP_URL: 'smtp://127.0.0.1:9', SUNDIAL_MAIL_FROM: 'sundial@qinghu.example' };

/** On PostgreSQL the first act stands before its audit row until the second has gone as far as it can; on SQLite they follow each other. */
async function atOnce(desk: Desk, acts: readonly (() => Promise<Reply>)[]): Promise<readonly Reply[]> {
  const begun: Promise<Reply>[] = [];
  if (desk.context.database.kind === 'sqlite') for (const act of acts) begun.push(act());
  else
    await desk.context.database.transaction(async (trx) => {
      await lockAudit(trx);
      for (const act of acts) {
        begun.push(act());
        await new Promise((resolve) => setTimeout(resolve, 150));
      }
    });
  return Promise.all(begun);
}

eachDatabase((name, open) => {
  describe(`two who change accounts at the same moment, on ${name}`, () => {
    let desk: Desk;
    beforeAll(async () => {
      desk = await openDesk(await open(), {}, environment);
    }, 60_000);

    test('a device that one organiser has ended is not made active by another', async () => {
      const invitation = { name: '冯监督', grants: [{ role: 'auditor', unit: null }] };
      const { id } = (await desk.post('/api/v1/invitations', invitation, { as: 'org-1' })).json;
      const row = await desk.db.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
      await desk.db
        .insertInto('device')
        .values({
          id: 'd-new',
          kid: 'd-new',
          jwk: '{}',
          person: row.person,
          invitation: id,
          grants: row.grants,
          state: 'claimed',
          added_at: desk.now(),
          last_seen: null,
        })
        .execute();
      await desk.db.updateTable('invitation').set({ state: 'claimed', device: 'd-new' }).where('id', '=', id).execute();
      const [ended] = await atOnce(desk, [
        () => desk.delete('/api/v1/devices/d-new', { as: 'org-1' }),
        () => desk.post(`/api/v1/invitations/${id}/activation`, { device: 'd-new', records: [] }, { as: 'org-2' }),
      ]);
      expect(ended?.status).toBe(204);
      const device = await desk.db.selectFrom('device').select('state').where('id', '=', 'd-new').executeTakeFirst();
      expect(device?.state).toBe('revoked');
    });

    test('one who stands in and one who is invited never get the same actor id', async () => {
      const wish = { person: 'p-h-cgj', role: 'moderator', unit: null, instead: null, from: '2026-10-08', to: null };
      const invitation = { name: '陈主持', grants: [{ role: 'moderator', unit: null }] };
      const [stands, invited] = await atOnce(desk, [
        () => desk.post('/api/v1/stand-ins', wish, { as: 'org-1' }),
        () => desk.post('/api/v1/invitations', invitation, { as: 'org-2' }),
      ]);
      const standIn = await desk.db
        .selectFrom('stand_in')
        .select('actor')
        .where('id', '=', stands?.json.id)
        .executeTakeFirstOrThrow();
      const { grants } = await desk.db
        .selectFrom('invitation')
        .select('grants')
        .where('id', '=', invited?.json.id)
        .executeTakeFirstOrThrow();
      expect(grantsOf(grants).map(({ actor }) => actor)).not.toContain(standIn.actor);
      const { person } = await desk.db
        .selectFrom('actor')
        .select('person')
        .where('actor', '=', standIn.actor)
        .executeTakeFirstOrThrow();
      expect(person).toBe('p-h-cgj');
    });

    test('of wrong codes for an address no more are judged than five, however many come at once', async () => {
      await desk.put('/api/v1/mail/address', { address: 'one@org.example', lang: 'zh' }, { as: 'org-1' });
      const tries = Array.from({ length: 12 }, (_, n) =>
        desk.post('/api/v1/mail/code', { code: String(n).padStart(8, '0') }, { as: 'org-1' }),
      );
      const codes = (await Promise.all(tries)).map(({ json }) => json.code);
      expect(codes.filter((code) => code === 'FIELD_INVALID')).toHaveLength(wrongCodesAtMost);
    });
  });
});
