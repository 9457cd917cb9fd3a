import sharp from 'sharp';
import { expect, test } from 'vitest';
import { waitingCounted, waitingShown } from '../../shared/api/waiting.ts';
import { commentKinds } from '../../shared/feedback/comment.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { type Desk, openDesk } from '../fixtures/desk.ts';

interface Row {
  readonly id: string;
  readonly since: number;
  readonly due: number | null;
  readonly unit: string | null;
  readonly text: string | null;
  readonly act?: string;
  readonly ticketState?: string;
}

/** What waits for somebody, by kind in the order of the answer. */
async function waitsFor(desk: Desk, as: string): Promise<Record<string, readonly Row[]>> {
  const { json } = await desk.get('/api/v1/waiting', { as });
  return Object.fromEntries(json.groups.map(({ kind, rows }: { kind: string; rows: Row[] }) => [kind, rows]));
}

const kindsFor = async (desk: Desk, as: string) => Object.keys(await waitsFor(desk, as));

eachDatabase((_, open) => {
  test('a ticket waits for exactly one of those who can take its next step, with the deadline that runs', async () => {
    const desk = await openDesk(await open());
    const at = (text: string) => desk.seconds(text);
    for (const as of ['mod-1', 'org-1', 'h-cgj', 'aud-1', 'rev-1', 'lead-lianpu'])
      expect(await waitsFor(desk, as)).toEqual({});

    // Thursday 8 October 2026, a question: decided within 4 working hours, first contact on Friday, reply by Tuesday (Saturday is worked).
    const { ticket, number } = await desk.ticket({ kind: 'question', text: '问'.repeat(100) });
    const written = desk.now();
    expect(await waitsFor(desk, 'mod-1')).toEqual({
      comment: [
        {
          id: await desk.idOf(number),
          since: written,
          due: at('2026-10-08T14:41:00'),
          unit: 'lianpu',
          text: `${'问'.repeat(80)}…`,
          commentKind: 'question',
        },
      ],
    });
    await desk.publish(number);
    expect(await kindsFor(desk, 'mod-1')).toEqual([]);
    const [row] = (await waitsFor(desk, 'org-1')).dispatch ?? [];
    expect(row).toMatchObject({
      id: ticket,
      since: written,
      due: at('2026-10-09T17:30:00'),
      ticketState: 'registered',
    });

    desk.advance(60);
    await desk.move(ticket, 'org-1', { to: 'assigned', unit: 'cgj' });
    expect(await kindsFor(desk, 'org-1')).toEqual([]);
    expect(await kindsFor(desk, 'h-lianpu')).toEqual([]);
    expect((await waitsFor(desk, 'h-cgj')).accept).toMatchObject([
      { id: ticket, since: written + 60, due: at('2026-10-09T17:30:00'), unit: 'cgj' },
    ]);
    await desk.move(ticket, 'h-cgj', { to: 'accepted' });
    expect(await kindsFor(desk, 'h-cgj')).toEqual(['contact']);
    await desk.move(ticket, 'h-cgj', { to: 'inProgress', note: '已电话联系' });
    expect((await waitsFor(desk, 'h-cgj')).reply?.[0]?.due).toBe(at('2026-10-12T17:30:00'));

    // A second after the deadline the organiser sees it too; a reply then counts from the next working day.
    desk.set(at('2026-10-12T17:30:00'));
    expect(await kindsFor(desk, 'org-1')).toEqual([]);
    desk.advance(1);
    expect((await waitsFor(desk, 'org-1')).overdue).toMatchObject([{ id: ticket, due: at('2026-10-12T17:30:00') }]);
    await desk.move(ticket, 'h-cgj', {
      to: 'replied',
      note: '已经修好',
      public: true,
      resolutionKind: 'fixed',
      rootCause: 'workGap',
    });
    for (const as of ['org-1', 'h-cgj']) expect(await kindsFor(desk, as)).toEqual([]);
    expect((await waitsFor(desk, 'mod-1')).followUp).toMatchObject([{ id: ticket, due: at('2026-10-20T17:30:00') }]);
  });

  test('mentions wait for the reviewer, reports of a comment once for the moderator; what has most delay comes first', async () => {
    const desk = await openDesk(await open());
    const first = await desk.comment({ text: '第一条' });
    await desk.publish(first.number);
    const id = await desk.idOf(first.number);
    for (const reader of ['a', 'b'])
      await desk.post(
        `/api/v1/comments/${id}/flags`,
        { reader: reader.repeat(43), reason: 'abuse' },
        { headers: { origin: 'https://portal.example' } },
      );
    desk.set(desk.seconds('2026-10-09T10:00:00'));
    const late = await desk.comment({ text: '晚一天' });
    const groups = (await desk.get('/api/v1/waiting', { as: 'mod-1' })).json.groups;
    expect(groups.map(({ kind, total }: { kind: string; total: number }) => [kind, total])).toEqual([
      ['flag', 1],
      ['comment', 1],
    ]);
    expect(groups[1].rows[0].id).toBe(await desk.idOf(late.number));
    await desk.post(
      '/api/v1/mentions',
      { draw: 'd-2026-w39', unit: 'lianpu', item: null, text: '写的是我', codeHash: 'A'.repeat(43) },
      { headers: { origin: 'https://portal.example', 'idempotency-key': desk.key() } },
    );
    expect((await waitsFor(desk, 'rev-1')).mention).toMatchObject([{ text: '写的是我', unit: 'lianpu' }]);
    expect(await kindsFor(desk, 'mod-1')).toEqual(['flag', 'comment']);
  });

  test('a report of whatever readers write reaches the moderators: of any kind, on a diary, on an entry, an answer, with a photo', async () => {
    const desk = await openDesk(await open());
    const jpeg = sharp({ create: { width: 8, height: 6, channels: 3, background: '#b33' } }).jpeg();
    const photo = (await jpeg.toBuffer()).toString('base64');
    const written = async (over: Parameters<Desk['comment']>[0]) => {
      const { number } = await desk.comment(over);
      await desk.publish(number);
      return desk.idOf(number);
    };
    const above = await written({});
    const ids = [above, await written({ parent: above }), await written({ item: 1 }), await written({ photo })];
    for (const kind of commentKinds) ids.push(await written({ kind }));
    for (const id of ids) {
      const sent = { reader: 'a'.repeat(43), reason: 'abuse' };
      const headers = { origin: 'https://portal.example' };
      expect([id, (await desk.post(`/api/v1/comments/${id}/flags`, sent, { headers })).status]).toEqual([id, 204]);
    }
    const queued = (await desk.queue()).filter(({ why }) => why === 'flagged').map(({ id }) => id);
    expect(queued.toSorted()).toEqual(ids.toSorted());
    const { flag } = await waitsFor(desk, 'mod-1');
    expect(flag?.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    expect((await desk.get('/api/v1/moderation/queue', { as: 'mod-1' })).json.total).toBe(ids.length);
  });

  test('of many the most urgent are shown and the rest is counted, up to a limit', async () => {
    const desk = await openDesk(await open());
    const one = await desk.comment({ text: '一条' });
    const row = await desk.db
      .selectFrom('comment')
      .selectAll()
      .where('number', '=', one.number)
      .executeTakeFirstOrThrow();
    const copies = Array.from({ length: waitingCounted + 5 }, (_, n) => ({
      ...row,
      id: `copy-${n}`,
      number: `copy-${n}`,
      decide_by: row.decide_by - n,
    }));
    for (let from = 0; from < copies.length; from += 100)
      await desk.db
        .insertInto('comment')
        .values(copies.slice(from, from + 100))
        .execute();
    const [group] = (await desk.get('/api/v1/waiting', { as: 'mod-1' })).json.groups;
    expect(group.total).toBe(waitingCounted);
    expect(group.rows).toHaveLength(waitingShown);
    expect(group.rows[0].id).toBe(`copy-${copies.length - 1}`);
  });

  test('a draw waits for its next act, and a locked head for the units that have not acknowledged it', async () => {
    const desk = await openDesk(await open());
    const at = (text: string) => desk.seconds(text);
    const source = { kind: 'lottery', name: 'ssq' };
    const rule = {
      iss: 'org-1',
      iat: 1,
      roll: ['cgj', 'lianpu'].map((unit) => ({ unit, stratum: 'all' })),
      strata: [{ id: 'all', seats: 1 }],
      window: 0,
      min_acks: 1,
      close: 720,
      zone: 'Asia/Shanghai',
      sources: [source],
    };
    await desk.db
      .insertInto('rule')
      .values({ idx: 1, payload: JSON.stringify(rule), iat: 1 })
      .execute();
    expect(await kindsFor(desk, 'org-1')).toEqual([]);
    const seal = 'A'.repeat(43);
    const sealed = {
      unit: 'cgj',
      author: 'p',
      rev: 1,
      nc: seal,
      iat: 1,
      at: 1,
      cover: '{}',
      manifest: '[]',
      items: '[]',
    };
    await desk.db
      .insertInto('seal')
      .values({ ...sealed, seal_hash: 's40', week: '2026-W40', idx: 2 })
      .execute();
    // The week from 28 September was over on 5 October at noon.
    expect((await waitsFor(desk, 'org-1')).draw).toMatchObject([
      { id: '2026-W40', act: 'freeze', since: at('2026-10-05T12:00:00'), due: null },
    ]);
    const list = {
      iss: 'org-1',
      iat: 1,
      draw: 'd-2026-w40',
      week: '2026-W40',
      rule: 1,
      list: [{ i: 2, seal, unit: 'cgj' }],
      absent: [{ unit: 'lianpu', why: 'none' }],
      rest: [],
      sources: [{ ...source, issue: '2026134', not_before: at('2026-10-08T21:15:00') }],
    };
    await desk.db
      .insertInto('draw')
      .values({
        draw: 'd-2026-w40',
        week: '2026-W40',
        stage: 'frozen',
        rule_idx: 1,
        list_idx: 3,
        list: JSON.stringify(list),
        frozen_at: at('2026-10-08T09:00:00'),
        lock_size: null,
        lock_root: null,
        locked_at: null,
        record_idx: null,
        record: null,
        published_at: null,
        review_due: null,
      })
      .execute();
    expect((await waitsFor(desk, 'org-1')).draw).toMatchObject([
      { id: 'd-2026-w40', act: 'lock', since: at('2026-10-08T09:00:00'), due: at('2026-10-08T21:14:59') },
    ]);
    expect(await kindsFor(desk, 'lead-lianpu')).toEqual([]);
    const morning = desk.now();
    desk.set(at('2026-10-08T21:15:00'));
    // The number is out before the lock: nothing but a void is left.
    expect((await waitsFor(desk, 'org-1')).draw).toMatchObject([{ id: 'd-2026-w40', act: 'void', due: null }]);
    desk.set(morning);
    await desk.db
      .updateTable('draw')
      .set({ stage: 'locked', lock_size: 4, lock_root: 'r', locked_at: at('2026-10-08T10:00:00') })
      .execute();
    expect(await kindsFor(desk, 'org-1')).toEqual([]);
    expect((await waitsFor(desk, 'lead-lianpu')).acknowledge).toMatchObject([
      { id: 'd-2026-w40', unit: 'lianpu', since: at('2026-10-08T10:00:00'), due: at('2026-10-08T21:14:59') },
    ]);
    await desk.db
      .insertInto('ack')
      .values({ draw: 'd-2026-w40', unit: 'lianpu', jws: 'x', iat: 1, received_at: 1 })
      .execute();
    expect(await kindsFor(desk, 'lead-lianpu')).toEqual([]);
    desk.set(at('2026-10-08T21:15:00'));
    expect((await waitsFor(desk, 'org-1')).draw).toMatchObject([
      { act: 'record', since: at('2026-10-08T21:15:00'), due: null },
    ]);
  });
});
