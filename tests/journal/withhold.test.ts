import { expect, test } from 'vitest';
import type { Context } from '../../server/context.ts';
import type { Device } from '../../server/demo/device.ts';
import { forgetImages } from '../../server/features/journal/blobs.ts';
import { type Body, postReopen, putBlob } from '../../shared/api/journal.ts';
import { type Bytes, b64, concat, hex, utf8 } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { openServer, type TestServer } from '../fixtures/app.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';
import { dump } from '../fixtures/dump.ts';
import { after, op, pullAll, send } from '../fixtures/journal.ts';
import { beginLog, entry, join, secondDevice } from '../fixtures/people.ts';
import { chunk, end, header, png, pngOf, pngOfShade } from '../images/pictures.ts';

const hold = { ground: 'privacy', basis: '《条例》第十五条' } as const;
const digest = 'A'.repeat(43);

async function withLeader(opened: OpenedDatabase) {
  const server = await openServer(opened);
  const organiser = await beginLog(server);
  return { server, organiser, leader: await join(server, organiser, 'leader', 'u01') };
}

async function put(server: TestServer, device: Device, bytes: Bytes, name?: string) {
  const answer = await server.send(`/api/v1/journal/blobs/${name ?? hex(await sha256(bytes))}`, {
    method: putBlob.method,
    headers: { authorization: `Bearer ${await device.token()}`, 'content-type': 'image/png' },
    body: bytes,
  });
  return answer.status === 204 ? 204 : [answer.status, (await answer.json()).code];
}

/** The same context, whose statements outside of transactions, and begins of these, are written down. */
function watched({ database, ...rest }: Context) {
  const statements: string[] = [];
  const db = database.db.withPlugin({
    transformQuery: ({ node }) => {
      statements.push(node.kind);
      return node;
    },
    transformResult: async ({ result }) => result,
  });
  const transaction: Context['database']['transaction'] = (act) => {
    statements.push('transaction');
    return database.transaction(act);
  };
  return { statements, context: { ...rest, database: { ...database, db, transaction } } };
}

const withImage = (sha: string, more = {}): Body =>
  entry({ images: [{ sha256: sha, type: 'image/png', width: 10, height: 10, alt: '便桥旁的张某' }], ...more });

/** The body as a signing device leaves it: no prose. */
function held(body: Body): Body {
  const { text: _, ...rest } = body;
  return { ...rest, place: undefined, detail: undefined, images: undefined, threads: undefined, hold, digest } as Body;
}

eachDatabase((name, open) => {
  test('once an entry is withheld, nothing on the server gives its prose, and no replay brings it back', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const other = await secondDevice(server, organiser, leader);
    expect(await put(server, leader, png)).toBe(204);
    const sha = hex(await sha256(png));
    const first = op(withImage(sha, { text: '约谈张某', place: '张某家中' }));
    const second = after(
      first,
      entry({ text: '约谈张某，两小时', detail: '张某说', threads: [{ id: 't', name: '张某案' }] }),
    );
    const parallel = after(first, entry({ text: '另一台写的张某' }));
    await send(leader, [first, second]);
    expect((await send(other, [parallel]))[0]?.status).toBe('CONFLICT');
    expect(await dump(server.context.database)).toContain('张某');
    const withheld = after(second, held(entry()));
    expect((await send(leader, [withheld]))[0]?.status).toBe('APPLIED');
    const late = after(second, entry({ text: '晚到的张某' }));
    expect((await send(other, [late]))[0]).toMatchObject({
      status: 'CONFLICT',
      current: { head: withheld.op, body: { hold, digest } },
    });
    const replayed = await send(leader, [first, second, withheld]);
    expect(replayed.map(({ status }) => status)).toEqual(['REPLAYED', 'REPLAYED', 'REPLAYED']);
    const everything = await dump(server.context.database);
    expect(everything).not.toContain('张某');
    expect(everything).not.toContain(b64(png).slice(0, 20));
    for (const { op: id } of [first, second, parallel, late])
      expect(
        await server.context.database.db.selectFrom('op').select('hash').where('op', '=', id).executeTakeFirst(),
      ).toEqual({ hash: null });
    expect(await pullAll(other)).toMatchObject([
      { id: first.id, head: withheld.op, body: { start: '2026-11-16T09:00', hold, digest } },
    ]);
    const deleted = after(withheld, null);
    const later = after(second, entry({ text: '更晚到的张某' }));
    await send(leader, [deleted]);
    for (const _ of [1, 2]) expect((await send(other, [later]))[0]).toMatchObject({ status: 'CONFLICT' });
    expect(
      await server.context.database.db.selectFrom('op').select('hash').where('op', '=', later.op).executeTakeFirst(),
    ).toEqual({ hash: null });
  });

  test('a withheld entry of a reopened week leaves what its seal had disclosed', async () => {
    const { server, leader } = await withLeader(await open());
    await leader.put(entry({ text: '留下的' }));
    const id = await leader.put(entry({ text: '要隐去的', start: '2026-11-16T14:00', end: '2026-11-16T15:00' }));
    await leader.seal('2026-W47');
    await leader.call(postReopen, { params: { week: '2026-W47' } });
    const { db } = server.context.database;
    const kept = async () =>
      (await db.selectFrom('disclosure').select('item').where('encoded', 'is not', null).orderBy('item').execute()).map(
        (row) => row.item,
      );
    expect(await kept()).toEqual([-1, 0, 1]);
    const head = (await pullAll(leader)).find((row) => row.id === id)?.head ?? null;
    const results = await send(leader, [
      op(held(entry({ start: '2026-11-16T14:00', end: '2026-11-16T15:00' })), { id, parent: head }),
    ]);
    expect(results[0]?.status).toBe('APPLIED');
    expect(await kept()).toEqual([-1, 0]);
    expect(await dump(server.context.database)).not.toContain('要隐去的');
  });

  test('of a refused text, which its author may withhold elsewhere, no digest stays, and its op is answered as before', async () => {
    const { server, leader } = await withLeader(await open());
    await leader.put(entry({ text: '留下的' }));
    const next = { week: '2026-W48', day: '2026-11-23', start: '2026-11-23T09:00', end: '2026-11-23T10:00' };
    const first = op(entry(next));
    await send(leader, [first]);
    const unseen = op(entry({ ...next, text: '约谈张某' }), { id: first.id });
    const unknown = op(entry({ ...next, text: '约谈张某' }), { parent: first.op });
    const conflicts = [unseen, unknown];
    expect((await send(leader, conflicts)).map(({ status }) => status)).toEqual(['CONFLICT', 'CONFLICT']);
    await leader.seal('2026-W47');
    const late = op(entry({ text: '约谈张某' }));
    for (const _ of [1, 2])
      expect((await send(leader, [late, ...conflicts])).map(({ status }) => status)).toEqual([
        'SEALED',
        'CONFLICT',
        'CONFLICT',
      ]);
    expect((await send(leader, [{ ...late, n: late.n + 1 }]))[0]?.status).toBe('ID_REUSE');
    const { db } = server.context.database;
    const kept = await db
      .selectFrom('op')
      .select(['op', 'hash'])
      .where('status', '!=', 'APPLIED')
      .orderBy('op')
      .execute();
    const refused = [unseen, unknown, late].map((each) => ({ op: each.op, hash: null }));
    expect(kept).toEqual(refused.sort((a, b) => (a.op < b.op ? -1 : 1)));
  });

  test('an image that came before its entry was withheld does not stay, others come again', async () => {
    const { server, leader } = await withLeader(await open());
    const [named, waiting] = [pngOfShade(1), pngOfShade(2)];
    for (const each of [png, named, waiting]) await put(server, leader, each);
    await send(leader, [op(withImage(hex(await sha256(named))))]);
    const late = op(withImage(hex(await sha256(waiting)), { start: '2026-11-16T14:00', end: '2026-11-16T15:00' }));
    expect((await send(leader, [op(held(entry()))]))[0]?.status).toBe('APPLIED');
    const rows = await server.context.database.db.selectFrom('blob').select('sha256').execute();
    expect(rows).toEqual([{ sha256: hex(await sha256(named)) }]);
    expect((await send(leader, [late]))[0]).toMatchObject({ status: 'INVALID', reason: 'BLOB_MISSING' });
    await put(server, leader, waiting);
    expect((await send(leader, [late]))[0]?.status).toBe('APPLIED');
    await send(leader, [op(held(entry()))]);
    expect((await server.context.database.db.selectFrom('blob').select('sha256').execute()).length).toBe(2);
  });

  test('an image is kept under what it is; other bytes, other kinds and larger ones are refused', async () => {
    const { server, leader } = await withLeader(await open());
    expect(await put(server, leader, png, 'a'.repeat(64))).toEqual([400, 'FIELD_INVALID']);
    expect(await put(server, leader, utf8('<svg xmlns="http://www.w3.org/2000/svg"/>'))).toEqual([
      400,
      'FIELD_INVALID',
    ]);
    expect(await put(server, leader, new Uint8Array())).toEqual([400, 'FIELD_INVALID']);
    const full = pngOf(header(2, 2), chunk('IDAT', new Uint8Array(1_048_576 - 57)), end);
    expect(full.length).toBe(1_048_576);
    expect(await put(server, leader, concat(full, Uint8Array.of(0)))).toEqual([413, 'TOO_LARGE']);
    for (const more of [concat(png, utf8('PK')), pngOf(header(2, 2), chunk('eXIf', utf8('II')), end), png.slice(0, -3)])
      expect(await put(server, leader, more)).toEqual([400, 'FIELD_INVALID']);
    expect(await put(server, leader, full)).toBe(204);
    expect(await put(server, leader, png)).toBe(204);
    expect(await put(server, leader, png)).toBe(204);
    const rows = await server.context.database.db.selectFrom('blob').select(['size', 'type']).orderBy('size').execute();
    expect(rows).toEqual([png.length, full.length].map((size) => ({ size, type: 'image/png' })));
  });

  test('an op that names an image waits for it; another author’s image does not serve', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const neighbour = await join(server, organiser, 'leader', 'u02');
    const sha = hex(await sha256(png));
    await put(server, neighbour, png);
    const naming = op(withImage(sha));
    expect(await send(leader, [naming])).toEqual([
      { op: naming.op, status: 'INVALID', field: 'images', reason: 'BLOB_MISSING' },
    ]);
    await put(server, leader, png);
    expect((await send(leader, [naming]))[0]?.status).toBe('APPLIED');
  });

  test('an image that no op ever named is forgotten after 30 days', async () => {
    const { server, leader } = await withLeader(await open());
    const other = pngOfShade(1);
    await put(server, leader, png);
    await put(server, leader, other);
    await send(leader, [op(withImage(hex(await sha256(png))))]);
    server.clock.ms += 29 * 86_400_000;
    expect(await forgetImages(server.context)).toBe(0);
    server.clock.ms += 2 * 86_400_000;
    expect(await forgetImages(server.context)).toBe(1);
    const rows = await server.context.database.db.selectFrom('blob').select('sha256').execute();
    expect(rows).toEqual([{ sha256: hex(await sha256(png)) }]);
    expect(name).toMatch(/SQL/);
  });

  test('an image that an op named is looked at once, when its time is over, and not again for ever', async () => {
    const { server, leader } = await withLeader(await open());
    await put(server, leader, png);
    await send(leader, [op(withImage(hex(await sha256(png))))]);
    server.clock.ms += 31 * 86_400_000;
    const { statements, context } = watched(server.context);
    expect(await forgetImages(context)).toBe(0);
    const first = statements.splice(0).length;
    expect(await forgetImages(context)).toBe(0);
    expect([first > 2, statements.length]).toEqual([true, 2]);
    // One that came later is judged in its turn.
    await put(server, leader, pngOfShade(2));
    server.clock.ms += 31 * 86_400_000;
    expect(await forgetImages(server.context)).toBe(1);
    const rows = await server.context.database.db.selectFrom('blob').select('sha256').execute();
    expect(rows).toEqual([{ sha256: hex(await sha256(png)) }]);
  });
});
