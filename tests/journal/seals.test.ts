import { expect, test } from 'vitest';
import type { Device } from '../../server/demo/device.ts';
import { inclusionProof, newestHead } from '../../server/log/prove.ts';
import { freezeWeek } from '../../server/records/freeze-week.ts';
import { type Body, getHello, getSeals, postReopen, postSeal } from '../../shared/api/journal.ts';
import { type Bytes, fromB64 } from '../../shared/base/bytes.ts';
import { type DiaryItem, diaryItems, manifestOf } from '../../shared/diary/journal.ts';
import { noteVerifies, parseNote, parseVkey } from '../../shared/proof/checkpoint.ts';
import { type ItemToSeal, sealWeek } from '../../shared/proof/make-seal.ts';
import { leafHash, verifyInclusion } from '../../shared/proof/tree.ts';
import { openServer } from '../fixtures/app.ts';
import { eachDatabase, type OpenedDatabase } from '../fixtures/databases.ts';
import { dump, fleeting } from '../fixtures/dump.ts';
import { after, op, pullAll, send } from '../fixtures/journal.ts';
import { beginLog, entry, join, secondDevice } from '../fixtures/people.ts';

const week = '2026-W47';

async function withLeader(opened: OpenedDatabase) {
  const server = await openServer(opened);
  const organiser = await beginLog(server);
  return { server, organiser, leader: await join(server, organiser, 'leader', 'u01') };
}

/** A seal request out of what the server holds, changed on the way by the test. */
async function request(
  device: Device,
  { rev = 1, zone = 'Asia/Shanghai', change = (items: DiaryItem[]): DiaryItem[] => items, role = device } = {},
) {
  const items = diaryItems((await pullAll(device)).filter((row) => row.week === week));
  const random = (n: number): Bytes => crypto.getRandomValues(new Uint8Array(n));
  const toSeal = change([...items]).map(
    (item): ItemToSeal => ({
      ...(item.cover as Pick<ItemToSeal, 'kind'>),
      salt: random(16),
      item: { text: '-', ...item.prose },
    }),
  );
  const iat = Math.floor(device.world.now() / 1000);
  const sealed = await sealWeek(
    { iss: 'u01', iat, week, rev, zone, nonce: random(32), coverSalt: random(16), items: toSeal },
    role.signer('leader'),
  );
  if (!sealed.ok) throw new Error(sealed.problem);
  const { jws, cover, disclosures } = sealed.value;
  return { week, jws, disclosures: [cover, ...disclosures], manifest: manifestOf(items) };
}

const diary: readonly Body[] = [
  entry({ text: '到柳湾村看便桥。', place: '柳湾村', category: 'fieldVisit', mode: 'collective' }),
  { kind: 'title', week, text: '有风度' },
  { kind: 'review', week, text: '一周小结。' },
  { kind: 'review', week, day: '2026-11-16', text: '周一小结。' },
  entry({ day: '2026-11-20', start: '2026-11-20T23:30', end: '2026-11-21T01:00', text: '值守。' }),
  entry({
    lateFor: '2026-W46',
    day: '2026-11-10',
    start: '2026-11-10T08:00',
    end: '2026-11-10T09:00',
    text: '补录一项。',
  }),
];

eachDatabase((_, open) => {
  test('a sealed week is in the log: its receipt verifies with the keys that readers pin', async () => {
    const { server, leader } = await withLeader(await open());
    for (const body of diary) await leader.put(body);
    await leader.put(entry({ text: '绝密的事', place: '某地' }), { ground: 'state-secret', basis: '《条例》第十四条' });
    const receipt = await leader.seal(week);
    expect(receipt).toMatchObject({ week, rev: 1, index: 2 });
    const note = parseNote(receipt.checkpoint);
    const vkey = await parseVkey(server.context.log.vkey);
    if (note === null || vkey === null) throw new Error('no note');
    expect(await noteVerifies(note, [vkey])).toBe(true);
    const { db } = server.context.database;
    const leaf = await db
      .selectFrom('log_leaf')
      .select('jws')
      .where('idx', '=', receipt.index)
      .executeTakeFirstOrThrow();
    const path = (await inclusionProof(db, receipt.index, note.size)).map((hash) => fromB64(hash) ?? new Uint8Array());
    expect(
      await verifyInclusion(
        await leafHash(leaf.jws),
        receipt.index,
        note.size,
        path,
        fromB64(note.root) ?? new Uint8Array(),
      ),
    ).toBe(true);
    expect((await leader.call(getHello)).sealedThrough).toBe(week);
    expect((await leader.call(getSeals)).rows).toEqual([{ ...receipt, open: false, frozen: false }]);
    expect((await leader.call(getSeals, { query: { after: receipt.index } })).rows).toEqual([]);
    expect(await dump(server.context.database)).not.toMatch(/绝密|某地/);
    const disclosed = await db.selectFrom('disclosure').select(['item', 'encoded']).orderBy('item').execute();
    expect(disclosed.map(({ item }) => item)).toEqual([-1, 0, 1, 2, 3, 4, 5, 6]);
    expect(disclosed.filter(({ encoded }) => encoded === null)).toHaveLength(1);
  });

  test('a sealed week takes no op, neither into it nor out of it; other weeks go on', async () => {
    const { leader } = await withLeader(await open());
    const [first, other] = [
      op(entry()),
      op(entry({ week: '2026-W48', day: '2026-11-23', start: '2026-11-23T09:00', end: '2026-11-23T10:00' })),
    ];
    await send(leader, [first, other]);
    await leader.call(postSeal, { body: await request(leader) });
    const next = entry({ week: '2026-W48', day: '2026-11-24', start: '2026-11-24T09:00', end: '2026-11-24T10:00' });
    const into = after(other, entry());
    const results = await send(leader, [
      after(first, entry({ text: '改' })),
      after(first, null),
      after(first, next),
      into,
      op(entry()),
      after(other, next),
    ]);
    expect(results.map(({ status }) => status)).toEqual(['SEALED', 'SEALED', 'SEALED', 'SEALED', 'SEALED', 'APPLIED']);
    expect(await send(leader, [into])).toEqual([{ op: into.op, status: 'SEALED', week }]);
    expect((await pullAll(leader)).map((row) => row.body?.text)).toEqual(['例会。', '例会。']);
  });

  test('the same seal again gives the same receipt; another one is refused with the receipt that counts', async () => {
    const { server, leader } = await withLeader(await open());
    await send(leader, [op(entry())]);
    const body = await request(leader);
    const post = async (sent: typeof body) => {
      const answer = await server.send('/api/v1/journal/seals', {
        method: 'POST',
        headers: { authorization: `Bearer ${await leader.token()}`, 'content-type': 'application/json' },
        body: JSON.stringify(sent),
      });
      return { status: answer.status, body: await answer.json() };
    };
    const first = await post(body);
    const again = await post(body);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    const second = await post(await request(leader, { rev: 2 }));
    expect(second).toMatchObject({ status: 409, body: { code: 'WEEK_SEALED', facts: first.body } });
    expect((await newestHead(server.context.database.db))?.size).toBe(3);
  });

  test('a seal that differs from what the server holds is refused and logs nothing', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const first = op(entry({ text: '原文' }));
    await send(leader, [first, op({ kind: 'review', week, text: '小结' })]);
    const good = await request(leader);
    const stale = { ...good, manifest: good.manifest.map(([id]): [string, string] => [id, op(null).op]) };
    const before = await dump(server.context.database, fleeting);
    const seal = (body: typeof good, by = leader) => by.call(postSeal, { body });
    await expect(seal(stale)).rejects.toMatchObject({ code: 'SEAL_STALE', facts: { heads: good.manifest } });
    await expect(seal({ ...good, manifest: [] })).rejects.toMatchObject({ code: 'SEAL_STALE' });
    const refused = async (body: typeof good | Promise<typeof good>, reason: string, by = leader) =>
      expect(seal(await body, by)).rejects.toMatchObject({ code: 'RECORD_REFUSED', facts: { reason } });
    const reword = (items: DiaryItem[]) => items.map((item) => ({ ...item, prose: { text: '改过的' } }));
    const retime = (items: DiaryItem[]) =>
      items.map((item) =>
        item.cover.start === undefined ? item : { ...item, cover: { ...item.cover, start: '2026-11-16T08:00' } },
      );
    await refused(request(leader, { change: reword }), 'ITEM_DIFFERS');
    await refused(request(leader, { change: retime }), 'ITEM_DIFFERS');
    await refused(request(leader, { change: (items) => items.slice(1) }), 'ITEMS');
    await refused(request(leader, { change: (items) => items.reverse() }), 'ITEM_DIFFERS');
    await refused(request(leader, { zone: 'Asia/Tokyo' }), 'ZONE');
    await refused(request(leader, { rev: 2 }), 'REVISION');
    await refused({ ...good, disclosures: good.disclosures.slice(0, -1) }, 'ENTRY_MISSING');
    await refused({ ...good, disclosures: [] }, 'ENTRY_MISSING');
    await refused({ ...good, disclosures: [...good.disclosures, good.disclosures[0] ?? ''] }, 'TEXT_ALTERED');
    await refused({ ...good, week: '2026-W46', manifest: [] }, 'WEEK');
    await refused({ ...good, jws: `${good.jws.slice(0, -4)}AAAA` }, 'SIGNATURE_INVALID');
    expect(await dump(server.context.database, fleeting)).toBe(before);
    const neighbour = await join(server, organiser, 'leader', 'u02');
    await refused(good, 'NOT_OWN_UNIT', neighbour);
    await refused(request(leader, { role: neighbour }), 'KEY_NOT_VALID');
    const text = await seal(good);
    expect(text.receipt.rev).toBe(1);
  });

  test('a reopened week takes ops again; the last seal counts until the next one, whose text alone is kept', async () => {
    const { server, leader } = await withLeader(await open());
    const first = op(entry({ text: '第一稿' }));
    await send(leader, [first]);
    const reopen = () => leader.call(postReopen, { params: { week } });
    await expect(reopen()).rejects.toMatchObject({ code: 'NOT_SEALED' });
    await expect(leader.call(postReopen, { params: { week: 'nonsense' } })).rejects.toMatchObject({
      code: 'NOT_SEALED',
    });
    const one = (await leader.call(postSeal, { body: await request(leader) })).receipt;
    await reopen();
    await reopen();
    expect((await leader.call(getSeals)).rows).toMatchObject([{ seal: one.seal, open: true }]);
    expect((await send(leader, [after(first, entry({ text: '第二稿' }))]))[0]?.status).toBe('APPLIED');
    const { db } = server.context.database;
    const state = () => db.selectFrom('week_state').select(['sealed_seal_hash', 'open']).executeTakeFirst();
    expect(await state()).toEqual({ sealed_seal_hash: one.seal, open: 1 });
    await expect(leader.call(postSeal, { body: await request(leader) })).rejects.toMatchObject({
      facts: { reason: 'REVISION' },
    });
    const two = (await leader.call(postSeal, { body: await request(leader, { rev: 2 }) })).receipt;
    expect(await state()).toEqual({ sealed_seal_hash: two.seal, open: 0 });
    const kept = await db.selectFrom('disclosure').selectAll().where('encoded', 'is not', null).execute();
    expect(new Set(kept.map((row) => row.seal_hash))).toEqual(new Set([two.seal]));
  });

  test('a freeze shuts the week for good; a reopened one goes back to what was sealed', async () => {
    const { server, leader } = await withLeader(await open());
    const [first, second] = [op(entry({ text: '封存的' })), op({ kind: 'review', week, text: '小结' })];
    await send(leader, [first, second]);
    await leader.call(postSeal, { body: await request(leader) });
    await leader.call(postReopen, { params: { week } });
    const changed = after(first, entry({ text: '封存后改的' }));
    const added = op(entry({ text: '封存后加的' }));
    await send(leader, [changed, added, after(second, null)]);
    const cursor = (await pullAll(leader)).at(-1)?.seq ?? 0;
    const { database } = server.context;
    const reset = await database.transaction((trx) => freezeWeek(trx, week, 'd-2026-w47', ['u01', 'u02']));
    expect(reset).toEqual([{ unit: 'u01', entries: 3 }]);
    const rows = new Map((await pullAll(leader, cursor)).map((row) => [row.id, row]));
    expect(rows.get(first.id)).toMatchObject({ head: first.op, del: false, body: { text: '封存的' } });
    expect(rows.get(second.id)).toMatchObject({ head: second.op, del: false });
    expect(rows.get(added.id)).toMatchObject({ del: true, body: null });
    await expect(leader.call(postReopen, { params: { week } })).rejects.toMatchObject({ code: 'WEEK_FROZEN' });
    await expect(leader.call(postSeal, { body: await request(leader, { rev: 2 }) })).rejects.toMatchObject({
      code: 'WEEK_FROZEN',
    });
    expect((await send(leader, [op(entry())]))[0]?.status).toBe('SEALED');
    expect((await leader.call(getSeals)).rows).toMatchObject([{ open: false, frozen: true }]);
  });

  test('the leader who follows can neither reopen nor write into what the one before has sealed', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    await send(leader, [op(entry())]);
    await leader.call(postSeal, { body: await request(leader) });
    const successor = await secondDevice(server, organiser, leader, 'leader');
    await expect(successor.call(postReopen, { params: { week } })).rejects.toMatchObject({ code: 'NOT_AUTHOR' });
    expect((await send(successor, [op(entry())]))[0]?.status).toBe('SEALED');
  });

  test('seals, pushes and appends at the same time neither deadlock nor lose a leaf', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const others = [await join(server, organiser, 'leader', 'u02'), await join(server, organiser, 'leader', 'u03')];
    for (const device of [leader, ...others]) await device.put(entry());
    const writing = Array.from({ length: 4 }, () =>
      send(leader, [
        op(entry({ week: '2026-W46', day: '2026-11-09', start: '2026-11-09T09:00', end: '2026-11-09T10:00' })),
      ]),
    );
    const receipts = await Promise.all([leader, ...others].map((device) => device.seal(week)));
    await Promise.all(writing);
    expect(receipts.map(({ index }) => index).sort()).toEqual([4, 5, 6]);
    expect(server.reported).toEqual([]);
  });
});
