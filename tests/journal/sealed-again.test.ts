/** A restored log has the leaf of a seal, and what it sealed comes again from whoever has the leader's token (sync.md i). */
import { expect, test } from 'vitest';
import { postReopen, postSeal } from '../../shared/api/journal.ts';
import { disclosureOf } from '../../shared/proof/make-seal.ts';
import { itemDigest } from '../../shared/proof/seal.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump, fleeting } from '../fixtures/dump.ts';
import { after, op, pullAll, send } from '../fixtures/journal.ts';
import { entry } from '../fixtures/people.ts';
import { counting, draw, forget, freeze, sealed, week, withheld, withLeader } from '../fixtures/sealed-again.ts';
import { countersigned } from '../fixtures/season.ts';

const late = { lateFor: '2026-W46', day: '2026-11-10', start: '2026-11-10T08:00', end: '2026-11-10T09:00' };
const corrects = { seal: 'A'.repeat(43), item: 3 };

eachDatabase((kind, open) => {
  // What differs between the databases is in the other, and in restored-seals.test.ts.
  const once = test.runIf(kind === 'SQLite');

  once('every kind of item reads as it was sealed', async () => {
    const { server, leader } = await withLeader(await open());
    const prose = { place: '柳湾村', detail: '细', thinking: '想', result: '果', next: '下', threads: [] };
    const digest = await itemDigest(disclosureOf(withheld.salt, 'item', withheld.prose));
    const { text: _, ...place } = entry();
    const bodies = [
      entry({ ...prose, category: 'fieldVisit', mode: 'collective' }),
      entry({ ...late, text: '补录一项。' }),
      entry({ ...late, text: '更正一项。', corrects }),
      { ...place, hold: { ground: 'state-secret', basis: '第十四条' }, digest },
      { kind: 'title', week, text: '有风度' },
      { kind: 'review', week, text: '一周小结。' },
      { kind: 'review', week, day: '2026-11-16', text: '周一小结。' },
    ];
    await send(
      leader,
      bodies.map((body) => op(body)),
    );
    const before = (await pullAll(leader)).map(({ id, head, body }) => ({ id, head, body }));
    const { receipt, request } = await sealed(leader);
    await forget(server);
    await leader.call(postSeal, { body: request });
    const rows = (await pullAll(leader)).sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(rows).toMatchObject(before.sort((a, b) => (a.id < b.id ? -1 : 1)));
    expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 7 });
  });

  once('a text that was withheld from the start, and names that are not those of the week, bring nothing', async () => {
    const { server, leader } = await withLeader(await open());
    const digest = await itemDigest(disclosureOf(withheld.salt, 'item', withheld.prose));
    const { text: _, ...place } = entry();
    const held = op({ ...place, hold: { ground: 'state-secret', basis: '第十四条' }, digest });
    const [shown, third] = [op(entry({ text: '公开的' })), op(entry({ text: '第三条' }))];
    await send(leader, [held, shown, third]);
    const { all, request } = await sealed(leader);
    await forget(server);
    const next = { week: '2026-W48', day: '2026-11-23', start: '2026-11-23T09:00', end: '2026-11-23T10:00' };
    const other = op(entry({ ...next, text: '别的一条' }));
    const gone = op(entry(next), { id: shown.id });
    const deletion = after(gone, null);
    await send(leader, [other, gone, deletion]);
    const before = await dump(server.context.database, fleeting);
    const refused = async (change: Partial<typeof request>, reason: string) =>
      expect(leader.call(postSeal, { body: { ...request, ...change } })).rejects.toMatchObject({
        code: 'RECORD_REFUSED',
        facts: { reason },
      });
    const heads = (head: string) =>
      request.manifest.map(([id, own]): [string, string] => [id, id === shown.id ? head : own]);
    await refused({ disclosures: all }, 'ITEM_DIFFERS');
    await refused({ manifest: heads(third.op) }, 'ITEMS');
    await refused({ manifest: heads(other.op) }, 'ITEMS');
    await refused({ manifest: heads(deletion.op) }, 'ITEMS');
    await refused({ items: request.items.map(() => shown.id) }, 'ITEMS');
    await refused({ items: [], manifest: [] }, 'ITEMS');
    expect(await dump(server.context.database, fleeting)).toBe(before);
  });

  test('an op that was refused before its seal came is what the frozen week goes back to', async () => {
    const { server, leader } = await withLeader(await open());
    const first = op(entry({ text: '另一台写的' }));
    const second = after(first, entry({ text: '封存的' }));
    await send(leader, [first, second]);
    const { receipt, request } = await sealed(leader);
    await forget(server);
    await freeze(server, receipt.seal);
    expect(await send(leader, [second])).toMatchObject([{ status: 'CONFLICT', current: null }]);
    await send(leader, [op(entry({ text: '重开后改的' }), { id: first.id })]);
    await leader.call(postSeal, { body: request });
    expect(await pullAll(leader)).toMatchObject([{ head: second.op, del: false, body: { text: '封存的' } }]);
    expect(await send(leader, [second])).toMatchObject([{ status: 'REPLAYED', first: 'APPLIED' }]);
  });

  once('what stands as it did before the seal is set to what was sealed, though its device never comes', async () => {
    const { server, leader } = await withLeader(await open());
    const { db } = server.context.database;
    const [first, other] = [op(entry({ text: '原来的' })), op(entry({ text: '没有动的' }))];
    await send(leader, [first, other]);
    const backup = {
      entries: await db.selectFrom('entry').selectAll().execute(),
      ops: await db.selectFrom('op').selectAll().execute(),
    };
    server.clock.ms += 60_000;
    const second = after(first, entry({ text: '封存的' }));
    await send(leader, [second]);
    const { receipt, request } = await sealed(leader);
    await forget(server);
    await db.insertInto('entry').values(backup.entries).execute();
    await db.insertInto('op').values(backup.ops).execute();
    server.clock.ms += 60_000;
    await leader.call(postSeal, { body: request });
    const texts = async () => (await pullAll(leader)).map(({ body }) => body?.text).sort();
    expect(await texts()).toEqual(['封存的', '没有动的']);
    expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 3 });
    expect(await send(leader, [second])).toMatchObject([{ status: 'REPLAYED' }]);
    await leader.call(postReopen, { params: { week } });
    const third = after(second, entry({ text: '重开后改的' }));
    expect(await send(leader, [third])).toMatchObject([{ status: 'APPLIED' }]);
    for (const table of ['seal', 'disclosure'] as const) await db.deleteFrom(table).execute();
    await leader.call(postSeal, { body: request });
    expect(await texts()).toEqual(['没有动的', '重开后改的'].sort());
    expect(await counting(server)).toMatchObject({ open: 1 });
  });

  once('one that stands before a newer one in the log takes nothing from it', async () => {
    const { server, leader } = await withLeader(await open());
    await send(leader, [op(entry({ text: '第一稿' }))]);
    const { request } = await sealed(leader);
    await forget(server);
    await send(leader, [op(entry({ text: '第二稿' }))]);
    const { receipt } = await sealed(leader);
    await leader.call(postSeal, { body: request });
    expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 2 });
    await expect(sealed(leader, 2)).rejects.toMatchObject({ code: 'WEEK_SEALED', facts: { receipt } });
  });

  once('no new one takes the place of one that a list names', async () => {
    const { server, leader } = await withLeader(await open());
    await send(leader, [op(entry({ text: '抽中的' }))]);
    const { receipt, request } = await sealed(leader);
    await forget(server);
    await freeze(server, receipt.seal);
    await send(leader, [op(entry({ text: '换上的' }))]);
    await expect(sealed(leader)).rejects.toMatchObject({ code: 'WEEK_FROZEN', facts: { draw } });
    await leader.call(postSeal, { body: request });
    expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 2 });
    expect((await pullAll(leader)).filter(({ del }) => !del)).toMatchObject([{ body: { text: '抽中的' } }]);
  });

  once(
    'one whose signature is written the other way is no other seal: it neither gets a second leaf nor counts',
    async () => {
      const { server, leader } = await withLeader(await open());
      await send(leader, [op(entry({ text: '只封存过一次' }))]);
      const { receipt, request } = await sealed(leader);
      const backup = await server.context.database.db.selectFrom('entry').selectAll().execute();
      await forget(server);
      await server.context.database.db.insertInto('entry').values(backup).execute();
      const { items: _, ...asNew } = { ...request, jws: countersigned(request.jws) };
      const before = await dump(server.context.database, fleeting);
      for (const body of [asNew, { ...asNew, items: request.items }])
        await expect(leader.call(postSeal, { body })).rejects.toMatchObject({
          code: 'RECORD_REFUSED',
          facts: { reason: 'REVISION' },
        });
      expect(await dump(server.context.database, fleeting)).toBe(before);
      await leader.call(postSeal, { body: request });
      expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 2 });
    },
  );

  test('its op is taken whole once its device sends it, and nothing but what was sealed', async () => {
    const { server, leader } = await withLeader(await open());
    const source = { kind: 'ics', key: 'k' };
    const written = op(entry({ ...late, text: '导入的补录' }));
    const whole = { ...written, body: { ...entry({ ...late, text: '导入的补录' }), source } };
    await send(leader, [whole]);
    const { receipt, request } = await sealed(leader);
    await forget(server);
    await leader.call(postSeal, { body: request });
    const [brought] = await pullAll(leader);
    expect(brought?.body).toEqual(written.body);
    const elsewhere = { ...entry({ ...late, text: '导入的补录', week: '2026-W48' }), source };
    const changed = [
      { ...whole, body: elsewhere },
      { ...whole, body: entry({ ...late, text: '改过的' }) },
    ];
    for (const each of changed) expect(await send(leader, [each])).toMatchObject([{ status: 'ID_REUSE' }]);
    expect(await pullAll(leader)).toEqual([brought]);
    const [first, second] = await Promise.all([send(leader, [whole]), send(leader, [whole])]);
    for (const results of [first, second]) expect(results).toMatchObject([{ status: 'REPLAYED', first: 'APPLIED' }]);
    const [row] = await pullAll(leader, brought?.seq);
    expect(row).toMatchObject({ id: whole.id, head: whole.op, week, body: whole.body });
    expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 2 });
    expect(await send(leader, [{ ...whole, body: elsewhere }])).toMatchObject([{ status: 'ID_REUSE' }]);
  });
});
