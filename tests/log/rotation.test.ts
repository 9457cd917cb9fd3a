import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configFrom } from '../../server/config.ts';
import type { Context } from '../../server/context.ts';
import { appendLeaf } from '../../server/log/append.ts';
import { retireKey } from '../../server/log/key-files.ts';
import { addNextKey, retireOldKey } from '../../server/log/rotate.ts';
import { contextOver } from '../../server/open-context.ts';
import { publicFile } from '../../server/public/tree.ts';
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { parseNote } from '../../shared/proof/checkpoint.ts';
import { checkHead, verifyBundle } from '../../shared/proof/verify.ts';
import { must, openHouse } from '../draws/house.ts';
import { settings } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';

const day = 86_400_000;

eachDatabase((name, open) => {
  test('a page that pins the old key, the new one or both verifies all through a rotation of 60 days; then the old one is no longer good', async () => {
    const opened = await open();
    const house = await openHouse(opened);
    await must(house.setRule());
    const drawn = await house.wholeDraw();
    const old = house.context.log.vkey;
    const { organiser } = house.pins();
    const { clock } = house;
    /** The server as it is after a restart. */
    const restarted = (): Promise<Context> =>
      contextOver(house.context.config, opened.database, { now: () => clock.ms });
    const append = (context: Context, leaf: string) =>
      context.database.transaction((trx) => appendLeaf(trx, context, leaf));
    const file = async (context: Context, path: string): Promise<string> => {
      const found = await publicFile(context, path);
      if (found === null || found === 'gone') throw new Error(path);
      return fromUtf8(found.body) ?? '';
    };
    /** What a reader with this pin finds in the diary from before the rotation and in the newest checkpoint. */
    const readers = async (context: Context, vkey: string) => {
      const path = `draw/d-2026-w47/${drawn[0]}.json`;
      const verdict = await verifyBundle(await file(context, path), { vkey, organiser });
      const head = await checkHead(await file(context, 'checkpoint'), vkey);
      return [verdict.ok ? 'ok' : verdict.failure, head.ok ? 'ok' : head.problem];
    };
    const good = ['ok', 'ok'];
    const wrong = 'CHECKPOINT_INVALID';

    expect(await retireOldKey(house.context)).toEqual({ ok: false, problem: { code: 'ONE_KEY' } });
    const added = await addNextKey(house.context);
    if (!added.ok) throw new Error(added.problem);
    const both = added.value;
    const [first, next = ''] = both.split(' ');
    expect(first).toBe(old);
    const during = await restarted();
    expect(during.log.vkey).toBe(both);
    expect(JSON.parse(await file(during, 'index.json')).pins.vkey).toBe(both);
    expect(await addNextKey(during)).toEqual({ ok: false, problem: 'TWO_ALREADY' });
    for (const mode of readdirSync(join(opened.folder, 'keys', 'next')).map(
      (one) => statSync(join(opened.folder, 'keys', 'next', one)).mode,
    ))
      expect(mode & 0o777).toBe(0o600);
    // No head is new yet: the one from before bears both.
    for (const vkey of [old, next, both]) expect(await readers(during, vkey)).toEqual(good);

    const begun = clock.ms;
    clock.ms = begun + 20 * day;
    await append(during, 'during');
    for (const vkey of [old, next, both]) expect(await readers(during, vkey)).toEqual(good);
    clock.ms = begun + 60 * day - 1000;
    expect(await retireOldKey(during)).toMatchObject({ ok: false, problem: { code: 'EARLY', left: 1 } });
    clock.ms = begun + 60 * day;
    expect(await retireOldKey(during)).toMatchObject({ ok: true, value: { vkey: next } });
    const after = await restarted();
    expect(after.log.vkey).toBe(next);
    await append(after, 'after');
    expect((await readers(after, old))[1]).toBe(wrong);
    for (const vkey of [next, both]) expect(await readers(after, vkey)).toEqual(good);

    const heads = await opened.database.db.selectFrom('log_head').selectAll().orderBy('size').execute();
    const lines = await opened.database.db.selectFrom('note_line').selectAll().execute();
    expect(heads.map(({ size }) => size)).toEqual(heads.map((_, n) => n + 1));
    for (const { size, root, note } of heads) expect(parseNote(note)).toMatchObject({ size, root });
    expect(new Set(lines.map(({ vkey, size }) => `${vkey} ${size}`)).size).toBe(lines.length);
  });

  test('time in which some server did not sign with the new key does not count', async () => {
    const { context, clock, restarted, append } = await logWith(await open());
    await append(context, 'before');
    await addNextKey(context);
    const during = await restarted();
    clock.ms += 30 * day;
    // A process that was not started again signs with the old key only.
    await append(context, 'forgotten');
    clock.ms += 5 * day;
    await append(during, 'both');
    clock.ms += 59 * day;
    expect(await retireOldKey(during)).toMatchObject({ ok: false, problem: { code: 'EARLY', left: 86_400 } });
    clock.ms += day;
    expect(await retireOldKey(during)).toMatchObject({ ok: true });
  });

  if (name === 'SQLite')
    test.each(['checkpoint-p256.pem', 'checkpoint-ed25519.pem'])(
      'a retirement that breaks off at %s is finished by the next one',
      async (blocked) => {
        const { context, clock, folder, restarted, append } = await logWith(await open());
        await append(context, 'before');
        await addNextKey(context);
        clock.ms += 60 * day;
        const [keys, retired] = [join(folder, 'keys'), join(folder, 'keys', 'retired')];
        mkdirSync(retired, { mode: 0o700 });
        // Takes the name that this key would have there.
        const obstacle = join(retired, `2-${blocked}`);
        writeFileSync(obstacle, '');
        await expect(retireOldKey(await restarted())).rejects.toThrow('EEXIST');
        rmSync(obstacle);
        expect(await retireOldKey(await restarted())).toMatchObject({ ok: true });
        const { log } = await restarted();
        expect(log.keys.map(({ type }) => type).sort()).toEqual([1, 2]);
        expect(
          readdirSync(keys)
            .filter((one) => one !== 'identity.key')
            .sort(),
        ).toEqual(['checkpoint-ed25519.pem', 'checkpoint-p256.pem', 'retired']);
      },
    );

  if (name === 'SQLite')
    test('a server does not begin when the key of the newest head is gone and no other signed beside it for 60 days', async () => {
      const { context, folder, restarted, append } = await logWith(await open());
      await append(context, 'leaf');
      retireKey(folder, 2);
      await expect(restarted()).rejects.toMatchObject({ problem: { code: 'KEY_GONE' } });
    });
});

async function logWith({ database, folder }: { database: Context['database']; folder: string }) {
  const clock = { ms: Date.UTC(2026, 10, 20, 8) };
  const config = configFrom(settings, { SUNDIAL_DATA: folder });
  const restarted = () => contextOver(config, database, { now: () => clock.ms });
  const append = (context: Context, leaf: string) => database.transaction((trx) => appendLeaf(trx, context, leaf));
  return { context: await restarted(), clock, folder, restarted, append };
}
