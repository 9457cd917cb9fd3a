import { expect, test } from 'vitest';
import { keptDays, type RetentionKind, retentionKinds } from '../../server/retention.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

/** Puts one thing of a kind there, whose time runs from `desk.now()`, and says whether it is still there. */
type Case = (desk: Desk) => Promise<() => Promise<boolean>>;

/** Whether a query still finds something. */
const finds = (query: { execute: () => Promise<readonly unknown[]> }) => async () => (await query.execute()).length > 0;

const mark = 'kept-for-the-test';

const textOf = async (desk: Desk, number: string): Promise<string> =>
  (await desk.db.selectFrom('comment').select('text').where('number', '=', number).executeTakeFirstOrThrow()).text;

const cases: Readonly<Record<RetentionKind, Case>> = {
  originals: async (desk) => {
    const { number } = await desk.comment({ text: '电话13800138000' });
    return async () =>
      (await desk.db.selectFrom('comment').select('original').where('number', '=', number).executeTakeFirst())
        ?.original !== null;
  },
  refused: async (desk) => {
    const { number } = await desk.comment({ text: '广告一则' });
    await desk.decide(await desk.waiting(number), { decision: 'reject', reason: 'advertising', note: null });
    return async () => (await textOf(desk, number)) !== '';
  },
  mentions: async (desk) => {
    await desk.db
      .insertInto('mention')
      .values({
        id: mark,
        number: '1',
        code_hash: '',
        draw: 'd-2026-w39',
        unit: 'lianpu',
        item: null,
        text: '写到了我',
        state: 'answered',
        version: 1,
        unproven: 0,
        at: desk.now(),
        decide_by: desk.now(),
        answer: '已遮住',
        answered_by: 'rev-1',
        answered_at: desk.now(),
      })
      .execute();
    return async () =>
      (await desk.db.selectFrom('mention').select('text').where('id', '=', mark).executeTakeFirst())?.text !== '';
  },
  contacts: async (desk) => {
    const { number } = await desk.comment({ kind: 'report' });
    const comment = await desk.idOf(number);
    await desk.decide(await desk.waiting(number), { decision: 'publish', masks: [] });
    await desk.db.insertInto('comment_contact').values({ comment, sealed: 'x', at: desk.now() }).execute();
    return finds(desk.db.selectFrom('comment_contact').select('at').where('comment', '=', comment));
  },
  identities: async (desk) => {
    await desk.db.insertInto('reader_identity').values({ comment: mark, identity: 'x', at: desk.now() }).execute();
    return finds(desk.db.selectFrom('reader_identity').select('at').where('comment', '=', mark));
  },
  sessions: async (desk) => {
    await desk.db.insertInto('reader_session').values({ hash: mark, identity: 'x', expires_at: desk.now() }).execute();
    return finds(desk.db.selectFrom('reader_session').select('hash').where('hash', '=', mark));
  },
  waves: async (desk) => {
    await desk.db
      .insertInto('comment_wave')
      .values({ wave: mark, comment: mark, signature: '[]', at: desk.now() })
      .execute();
    return finds(desk.db.selectFrom('comment_wave').select('at').where('wave', '=', mark));
  },
  repeats: async (desk) => {
    await desk.db
      .insertInto('idempotency')
      .values({ key: mark, body_hash: '', answer: '{}', at: desk.now() })
      .execute();
    return finds(desk.db.selectFrom('idempotency').select('key').where('key', '=', mark));
  },
  rates: async (desk) => {
    await desk.db.insertInto('rate').values({ name: 'token', key: mark, since: desk.now(), count: 1 }).execute();
    return finds(desk.db.selectFrom('rate').select('key').where('key', '=', mark));
  },
  senders: async (desk) => {
    const key = `${mark}-sender`;
    const counted = [
      'posts',
      'messagesFor',
      'challengesFor',
      'signInsFor',
      'readerSessionsFor',
      'wrongReceiptsFor',
      'photosFor',
    ].map((name) => ({
      name,
      key,
      since: desk.now(),
      count: 1,
    }));
    await desk.db.insertInto('rate').values(counted).execute();
    return finds(desk.db.selectFrom('rate').select('key').where('key', '=', key));
  },
  tokens: async (desk) => {
    await desk.db
      .insertInto('access_token')
      .values({ hash: mark, device: 'd-mod-1', expires_at: desk.now() })
      .execute();
    return finds(desk.db.selectFrom('access_token').select('hash').where('hash', '=', mark));
  },
  images: async (desk) => {
    await desk.db
      .insertInto('blob')
      .values({ author: 'p-lead-lianpu', sha256: mark, type: 'image/png', size: 1, bytes: '', at: desk.now() })
      .execute();
    return finds(desk.db.selectFrom('blob').select('sha256').where('sha256', '=', mark));
  },
  dossiers: async (desk) => {
    const said = { dossier: mark, n: 0, at: desk.now(), text: '本人的说明' };
    await desk.db
      .insertInto('dossier')
      .values({
        id: mark,
        term: 't',
        unit: 'lianpu',
        person: 'p-lead-lianpu',
        from_day: '2026-07-01',
        to_day: '2026-09-30',
        made_by: 'org-1',
        made_at: desk.now(),
        content: '{}',
        digest: '',
        open_at: desk.now(),
        seen_at: null,
        released_at: null,
      })
      .execute();
    await desk.db.insertInto('dossier_note').values(said).execute();
    return async () =>
      (await finds(desk.db.selectFrom('dossier').select('id').where('id', '=', mark))()) ||
      (await finds(desk.db.selectFrom('dossier_note').select('n').where('dossier', '=', mark))());
  },
  notices: async (desk) => {
    await desk.db
      .insertInto('notice')
      .values({
        id: mark,
        kind: 'drawn',
        unit: null,
        subject: 'x',
        due: null,
        at: desk.now(),
        once: 'x',
        spread_at: desk.now(),
      })
      .execute();
    return finds(desk.db.selectFrom('notice').select('id').where('id', '=', mark));
  },
  addresses: async (desk) => {
    const person = 'p-h-cgj';
    await desk.db
      .insertInto('notice_mail')
      .values({
        person,
        address: 'a@b.example',
        pending: null,
        nonce: null,
        asked_at: null,
        wrong: 0,
        kinds: '[]',
        lang: 'zh',
        failed_at: null,
      })
      .execute();
    await desk.db
      .updateTable('device')
      .set({ state: 'revoked', last_seen: desk.now() })
      .where('person', '=', person)
      .execute();
    return finds(desk.db.selectFrom('notice_mail').select('person').where('person', '=', person));
  },
};

eachDatabase((name, open) => {
  test(`on ${name} every kind of data is there until its time is over and erased by the next run of the jobs`, async () => {
    const desk = await openDesk(await open());
    const begun = [];
    for (const kind of retentionKinds) {
      const isThere = await cases[kind](desk);
      begun.push({ kind, isThere, until: desk.now() + Math.round(keptDays(kind, desk.context.config) * 86_400) });
    }
    for (const { kind, isThere, until } of begun.sort((a, b) => a.until - b.until)) {
      if (until > desk.now() + 1) {
        desk.set(until - 1);
        await desk.runJobs();
        expect([kind, await isThere()]).toEqual([kind, true]);
      }
      desk.set(Math.max(until + 1, desk.now()));
      await desk.runJobs();
      expect([kind, await isThere()]).toEqual([kind, false]);
    }
  });
});
