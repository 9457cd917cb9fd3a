import { expect, test } from 'vitest';
import { getHello, getPull, maxBytes, type OpResult, postPush } from '../../shared/api/journal.ts';
import { openServer, type TestServer } from '../fixtures/app.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';
import { dump, fleeting } from '../fixtures/dump.ts';
import { after, op, pullAll, send } from '../fixtures/journal.ts';
import { beginLog, entry, join, secondDevice } from '../fixtures/people.ts';

async function withLeader(opened: OpenedDatabase) {
  const server: TestServer = await openServer(opened);
  const organiser = await beginLog(server);
  return { server, organiser, leader: await join(server, organiser, 'leader', 'u01') };
}

const statuses = (results: readonly OpResult[]) => results.map(({ status }) => status);

eachDatabase((_, open) => {
  test('ops are applied in order, and another device of the same leader reads them by cursor, page by page', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const other = await secondDevice(server, organiser, leader);
    const ops = Array.from({ length: 25 }, (_, i) => op(entry({ text: `第${i}项` })));
    const results = await send(leader, ops);
    expect(results.map((result) => ('seq' in result ? result.seq : 0))).toEqual(ops.map((_, i) => i + 1));
    const rows = await pullAll(other, 0, 7);
    expect(rows.map((row) => row.body?.text)).toEqual(ops.map((_, i) => `第${i}项`));
    expect(rows.map((row) => [row.id, row.head])).toEqual(ops.map((each) => [each.id, each.op]));
    expect(await pullAll(other, 25)).toEqual([]);
  });

  test('a batch sent again takes effect once and is answered as before', async () => {
    const { leader } = await withLeader(await open());
    const first = op(entry());
    const batch = [first, after(first, entry({ text: '例会，改。' }))];
    expect(statuses(await send(leader, batch))).toEqual(['APPLIED', 'APPLIED']);
    expect(await send(leader, batch)).toEqual([
      { op: batch[0]?.op, status: 'REPLAYED', first: 'APPLIED', seq: 1 },
      { op: batch[1]?.op, status: 'REPLAYED', first: 'APPLIED', seq: 2 },
    ]);
    expect(await pullAll(leader)).toMatchObject([{ seq: 2, body: { text: '例会，改。' } }]);
  });

  test('no op overwrites a text that its author had not seen; the conflict carries the present row, also later', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const other = await secondDevice(server, organiser, leader);
    const first = op(entry());
    await send(leader, [first]);
    const mine = after(first, entry({ text: '我的' }));
    const theirs = after(first, entry({ text: '另一台的' }));
    const next = after(theirs, entry({ text: '另一台的，再改' }));
    expect(statuses(await send(leader, [mine]))).toEqual(['APPLIED']);
    const [lost, chained] = await send(other, [theirs, next]);
    expect(lost).toMatchObject({ status: 'CONFLICT', current: { head: mine.op, body: { text: '我的' } } });
    expect(chained?.status).toBe('CONFLICT');
    const newest = after(mine, entry({ text: '我的，又改' }));
    await send(leader, [newest]);
    expect((await send(other, [theirs]))[0]).toMatchObject({ status: 'CONFLICT', current: { head: newest.op } });
    expect(statuses(await send(other, [after(newest, entry({ text: '保留我的' }))]))).toEqual(['APPLIED']);
    expect((await send(other, [op(entry(), { parent: first.op })]))[0]).toMatchObject({
      status: 'CONFLICT',
      current: null,
    });
  });

  test('a known op id with other content is a copied profile', async () => {
    const { leader } = await withLeader(await open());
    const first = op(entry());
    await send(leader, [first]);
    expect(
      statuses(
        await send(leader, [
          { ...first, body: entry({ text: '别的' }) },
          { ...first, n: first.n + 1 },
        ]),
      ),
    ).toEqual(['ID_REUSE', 'ID_REUSE']);
    expect(await pullAll(leader)).toMatchObject([{ seq: 1, body: { text: '例会。' } }]);
  });

  test('an op that breaks a rule is refused by itself with its member; the others are applied', async () => {
    const { server, leader } = await withLeader(await open());
    const hold = { ground: 'privacy', basis: '《条例》' };
    const { text: _, ...bare } = entry();
    const cases: [unknown, string | undefined, string][] = [
      [{ ...entry(), text: undefined }, undefined, 'TEXT_OR_HOLD'],
      [entry({ text: '' }), 'text', 'MIN_LENGTH'],
      [entry({ text: '字'.repeat(10_001) }), 'text', 'TOO_LONG'],
      [entry({ text: 'a\u0000b' }), 'text', 'CONTROL_CHARACTER'],
      [entry({ text: 'a\ud800b' }), undefined, 'TEXT'],
      [entry({ start: '2026-11-16T24:00' }), 'start', 'REGEX'],
      [entry({ start: '2026-11-16T11:00' }), 'end', 'SPAN_INVALID'],
      [entry({ start: '2026-11-18T09:00', end: '2026-11-18T10:00' }), 'start', 'SPAN_INVALID'],
      [entry({ day: '2026-11-23' }), 'day', 'DAY_OUTSIDE_WEEK'],
      [entry({ day: '2026-11-31' }), 'day', 'DAY_OUTSIDE_WEEK'],
      [entry({ lateFor: '2026-W47' }), 'lateFor', 'LATE_FOR_INVALID'],
      [entry({ week: '2026-W54' }), 'week', 'REGEX'],
      [{ ...entry(), hold, digest: 'A'.repeat(43) }, undefined, 'TEXT_OR_HOLD'],
      [{ ...bare, hold }, undefined, 'TEXT_OR_HOLD'],
      [{ ...bare, hold: { ground: 'dislike', basis: 'x' }, digest: 'A'.repeat(43) }, 'hold.ground', 'PICKLIST'],
      [{ kind: 'poem', week: '2026-W47', text: 'x' }, 'kind', 'VARIANT'],
      ['text', undefined, 'VARIANT'],
      [JSON.parse(`${'['.repeat(40)}${']'.repeat(40)}`), undefined, 'TEXT'],
    ];
    const ops = cases.map(([body]) => op(body));
    const good = op(entry({ text: '好的' }));
    const results = await send(leader, [...ops, good]);
    expect(results.slice(0, -1)).toEqual(
      cases.map(([, field, reason], i) => ({
        op: ops[i]?.op,
        status: 'INVALID',
        reason,
        ...(field === undefined ? {} : { field }),
      })),
    );
    expect(results.at(-1)?.status).toBe('APPLIED');
    expect(
      (await send(leader, [op(null), { ...op(entry()), kind: 'del' }])).map((each) => 'reason' in each && each.reason),
    ).toEqual(['UNKNOWN', 'NOT_NULL']);
    expect(await server.context.database.db.selectFrom('op').select('op').execute()).toEqual([{ op: good.op }]);
  });

  test('an op whose frame holds what no column can is refused by itself, and its author goes on', async () => {
    const { server, leader } = await withLeader(await open());
    for (const at of ['2026\u0000', '\ud83d', `${'a'.repeat(39)}😀`]) {
      const good = op(entry());
      const results = await send(leader, [op(entry(), { at }), good]);
      expect([at, results.length, results.at(-1)?.status]).toEqual([at, 2, 'APPLIED']);
    }
    const results = await send(leader, [op(entry(), { at: '2026\u0000' }), op(entry(), { at: '\ud83d' })]);
    for (const result of results) expect(result).toMatchObject({ status: 'INVALID', reason: 'TEXT' });
    expect(server.reported).toEqual([]);
  });

  test('members of a later version are kept and sent back; a later schema waits, an earlier one is refused whole', async () => {
    const { leader } = await withLeader(await open());
    const future = { ...entry(), weather: { sky: '多云', wind: 3.5 } };
    expect(statuses(await send(leader, [op(future)]))).toEqual(['APPLIED']);
    expect((await pullAll(leader))[0]?.body).toEqual(future);
    const late = op(entry(), { schema: 2 });
    expect(statuses(await send(leader, [late]))).toEqual(['TOO_NEW']);
    expect(statuses(await send(leader, [late]))).toEqual(['TOO_NEW']);
    await expect(send(leader, [op(entry()), op(entry(), { schema: 0 })])).rejects.toMatchObject({
      code: 'SCHEMA_TOO_OLD',
      status: 422,
    });
    expect(await pullAll(leader)).toHaveLength(1);
  });

  test('a whole request that is wrong applies nothing', async () => {
    const { server, leader } = await withLeader(await open());
    const { epoch } = await leader.call(getHello);
    const token = await leader.token();
    const before = await dump(server.context.database, fleeting);
    const push = async (body: unknown) => {
      const answer = await server.send('/api/v1/journal/push', {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return [answer.status, (await answer.json()).code];
    };
    const whole = { epoch, device: leader.id, ops: [op(entry())] };
    const big = (length: number) => op({ ...entry(), unknown: 'x'.repeat(length) });
    expect(await push('{')).toEqual([400, 'MALFORMED']);
    expect(await push({ ...whole, ops: [] })).toEqual([400, 'MALFORMED']);
    expect(await push({ ...whole, ops: [{ ...op(entry()), op: 'not-an-id' }] })).toEqual([400, 'MALFORMED']);
    expect(await push({ ...whole, more: 1 })).toEqual([400, 'MALFORMED']);
    expect(await push({ ...whole, device: 'another' })).toEqual([403, 'NOT_AUTHOR']);
    expect(await push({ ...whole, epoch: epoch + 1 })).toEqual([409, 'EPOCH_CHANGED']);
    expect(await push({ ...whole, ops: Array.from({ length: 201 }, () => op(entry())) })).toEqual([
      413,
      'BATCH_TOO_BIG',
    ]);
    expect(await push({ ...whole, ops: [big(600_000), big(600_000)] })).toEqual([413, 'BATCH_TOO_BIG']);
    expect(await push({ ...whole, ops: [big(9_000_000)] })).toEqual([413, 'BATCH_TOO_BIG']);
    expect(await dump(server.context.database, fleeting)).toBe(before);
    const [single] = await send(leader, [big(maxBytes)]);
    expect(single).toMatchObject({ status: 'INVALID', reason: 'TOO_LARGE' });
    await expect(leader.call(getPull, { query: { epoch: epoch + 1, after: 0 } })).rejects.toMatchObject({
      code: 'EPOCH_CHANGED',
      facts: { epoch },
    });
    await expect(leader.call(postPush, { body: whole })).resolves.toMatchObject({ results: [{ status: 'APPLIED' }] });
  });

  test('a deleted entry stays as a tombstone, and writing it again is an op like any other', async () => {
    const { leader } = await withLeader(await open());
    const first = op(entry());
    const gone = after(first, null);
    const back = after(gone, entry({ text: '又写上' }));
    expect(statuses(await send(leader, [first, gone]))).toEqual(['APPLIED', 'APPLIED']);
    expect(await pullAll(leader)).toMatchObject([{ del: true, body: null, week: '2026-W47', head: gone.op }]);
    expect(statuses(await send(leader, [back]))).toEqual(['APPLIED']);
    expect(await pullAll(leader)).toMatchObject([{ del: false, body: { text: '又写上' } }]);
  });

  test('two devices that write at the same time leave no gap that a cursor could pass', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const other = await secondDevice(server, organiser, leader);
    const seen: number[] = [];
    let cursor = 0;
    let isWriting = true;
    const reading = (async () => {
      while (isWriting) {
        const rows = await pullAll(other, cursor);
        seen.push(...rows.map((row) => row.seq));
        cursor = rows.at(-1)?.seq ?? cursor;
      }
    })();
    await Promise.all(
      [leader, other].flatMap((device) =>
        Array.from({ length: 6 }, () => send(device, [op(entry()), op(entry()), op(entry())])),
      ),
    );
    isWriting = false;
    await reading;
    seen.push(...(await pullAll(other, cursor)).map((row) => row.seq));
    expect(seen).toEqual(Array.from({ length: 36 }, (_, i) => i + 1));
  });

  test('nobody reads the journal of another: neither another unit nor who follows in office', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    await send(leader, [op(entry({ text: '只给自己看' }))]);
    const neighbour = await join(server, organiser, 'leader', 'u02');
    expect(await pullAll(neighbour)).toEqual([]);
    const successor = await secondDevice(server, organiser, leader, 'leader');
    expect(await pullAll(successor)).toEqual([]);
    await expect(pullAll(organiser)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
  });
});
