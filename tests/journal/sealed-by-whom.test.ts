/** Whose seal comes back to a restored server: of the person in whose term of office its key was enrolled, and of nobody else (sync.md i). */
import { expect, test } from 'vitest';
import type { Device } from '../../server/demo/device.ts';
import { postReopen, postSeal } from '../../shared/api/journal.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { dump, fleeting } from '../fixtures/dump.ts';
import { op, pullAll, send } from '../fixtures/journal.ts';
import { entry, join, secondDevice } from '../fixtures/people.ts';
import { counting, forget, sealed, week, withLeader } from '../fixtures/sealed-again.ts';

const texts = async (device: Device) => (await pullAll(device)).map(({ body }) => body?.text);

eachDatabase((kind, open) => {
  const once = test.runIf(kind === 'SQLite');

  test('who follows in office brings back nothing that the leader before has sealed, who brings it back still', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    const written = op(entry({ text: '前任写的' }));
    await send(leader, [written]);
    const { receipt, request } = await sealed(leader);
    await forget(server);
    const successor = await secondDevice(server, organiser, leader, 'leader');
    const before = await dump(server.context.database, fleeting);
    const { items: _, ...asNew } = request;
    const refused = { code: 'NOT_AUTHOR' };
    await expect(successor.call(postSeal, { body: request })).rejects.toMatchObject(refused);
    expect(await dump(server.context.database, fleeting)).toBe(before);
    // As if the entries had been their own.
    await send(successor, [written]);
    await expect(successor.call(postSeal, { body: request })).rejects.toMatchObject(refused);
    await expect(successor.call(postSeal, { body: asNew })).rejects.toMatchObject(refused);
    expect(await counting(server)).toEqual({ seal: '', open: undefined, texts: 0 });
    await leader.call(postSeal, { body: request });
    expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 2 });
    expect(await texts(leader)).toEqual(['前任写的']);
    await expect(successor.call(postReopen, { params: { week } })).rejects.toMatchObject({ code: 'NOT_AUTHOR' });
  });

  once(
    'another device of the leader brings it back, and one whose key took the place of that which signed',
    async () => {
      const { server, organiser, leader } = await withLeader(await open());
      await send(leader, [op(entry({ text: '换钥匙之前的' }))]);
      const { receipt, request } = await sealed(leader);
      for (const device of [await secondDevice(server, organiser, leader), leader]) {
        await forget(server);
        await device.call(postSeal, { body: request });
        expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 2 });
        expect(await texts(leader)).toEqual(['换钥匙之前的']);
      }
    },
  );

  once(
    'who took office after the backup, and was invited again, brings back what was sealed in that term',
    async () => {
      const { server, organiser, leader } = await withLeader(await open());
      const { db } = server.context.database;
      await send(leader, [op(entry({ text: '前任写的' }))]);
      const earlier = await sealed(leader);
      await forget(server);
      const successor = await secondDevice(server, organiser, leader, 'leader');
      await send(successor, [op(entry({ text: '继任写的' }))]);
      const { receipt, request } = await sealed(successor);
      await forget(server);
      // The log has the key; who it was is not known any more.
      await db.deleteFrom('access_token').where('device', '=', successor.id).execute();
      await db.deleteFrom('invitation').where('device', '=', successor.id).execute();
      await db.deleteFrom('device').where('id', '=', successor.id).execute();
      const again = await secondDevice(server, organiser, successor, 'lost', '继任者');
      await expect(again.call(postSeal, { body: earlier.request })).rejects.toMatchObject({ code: 'NOT_AUTHOR' });
      await expect(leader.call(postSeal, { body: request })).rejects.toMatchObject({ code: 'NOT_AUTHOR' });
      await again.call(postSeal, { body: request });
      expect(await counting(server)).toEqual({ seal: receipt.seal, open: 0, texts: 2 });
      expect(await texts(again)).toEqual(['继任写的']);
    },
  );

  once('the leader of another unit brings nothing back, though they had led this one', async () => {
    const { server, organiser, leader } = await withLeader(await open());
    await send(leader, [op(entry())]);
    const { request } = await sealed(leader);
    await forget(server);
    const other = await join(server, organiser, 'leader', 'u02', 'leader u01');
    await expect(other.call(postSeal, { body: request })).rejects.toMatchObject({
      code: 'RECORD_REFUSED',
      facts: { reason: 'NOT_OWN_UNIT' },
    });
  });
});
