/** What a dishonest client may send to a restored server in the place of a seal of its own: answered in words of the protocol, and nothing changes. */
import { expect, test } from 'vitest';
import { postSeal } from '../../shared/api/journal.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump, fleeting } from '../fixtures/dump.ts';
import { op, pullAll, send } from '../fixtures/journal.ts';
import { entry, join } from '../fixtures/people.ts';
import { counting, forget, sealed, week, withLeader } from '../fixtures/sealed-again.ts';

eachDatabase((kind, open) => {
  const once = test.runIf(kind === 'SQLite');

  once('another unit, another week, texts of another seal, and another signature', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const other = await join(server, organiser, 'leader', 'u02');
    const written = op(entry({ text: '封存的' }));
    await send(leader, [written]);
    const first = await sealed(leader);
    await forget(server);
    await send(leader, [op(entry({ text: '别的一份' }))]);
    const second = await sealed(leader);
    await forget(server);
    await send(other, [written]);
    const before = await dump(server.context.database, fleeting);
    const { request } = first;
    const [head, payload, signature] = request.jws.split('.');
    const refused = async (device: typeof leader, change: Partial<typeof request>, reason: string) =>
      expect(device.call(postSeal, { body: { ...request, ...change } })).rejects.toMatchObject({ facts: { reason } });
    await refused(other, {}, 'NOT_OWN_UNIT');
    await refused(leader, { week: '2026-W48' }, 'WEEK');
    await refused(leader, { week: '2027-W01' }, 'WEEK');
    await refused(leader, { disclosures: second.request.disclosures }, 'TEXT_ALTERED');
    await refused(leader, { disclosures: [] }, 'ITEMS');
    await refused(leader, { disclosures: [...request.disclosures, ...request.disclosures] }, 'TEXT_ALTERED');
    await refused(leader, { jws: `${head}.${payload}.${signature?.slice(0, -2)}AA` }, 'SIGNATURE_INVALID');
    await refused(leader, { jws: `${head}.${second.request.jws.split('.')[1]}.${signature}` }, 'SIGNATURE_INVALID');
    expect(await dump(server.context.database, fleeting)).toBe(before);
    expect(server.reported).toEqual([]);
  });

  test('the same seal, and the two of a week, many times at once: each is there once, the newer counts', async () => {
    const { server, leader } = await withLeader(await open());
    await send(leader, [op(entry({ text: '第一稿' }))]);
    const first = await sealed(leader);
    await forget(server);
    await send(leader, [op(entry({ text: '第二稿' }))]);
    const second = await sealed(leader);
    await forget(server);
    const bodies = [1, 2, 3].flatMap(() => [first.request, second.request]);
    const answers = await Promise.all(bodies.map((body) => leader.call(postSeal, { body })));
    expect(answers.map(({ receipt }) => receipt)).toEqual([1, 2, 3].flatMap(() => [first.receipt, second.receipt]));
    const { db } = server.context.database;
    expect(await db.selectFrom('seal').select('idx').orderBy('idx').execute()).toEqual([
      { idx: first.receipt.index },
      { idx: second.receipt.index },
    ]);
    expect(await counting(server)).toMatchObject({ seal: second.receipt.seal });
    const rows = await pullAll(leader);
    expect(rows.filter(({ del }) => !del).every((row) => row.week === week)).toBe(true);
    expect(server.reported).toEqual([]);
  });
});
