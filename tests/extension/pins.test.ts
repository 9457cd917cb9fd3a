/** Which keys of the log a device holds on to (verification.md 12), and what it says while a checkpoint is none. */
import { expect, test } from 'vitest';
import { changeProfile, profileOf, progressOf } from '../../extension/store/database.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { refreshOrganisation } from '../../extension/sync/organisation.ts';
import { begun } from '../dishonest/server.ts';
import { tokenOf } from '../draws/house.ts';
import { openProfile } from './profile-double.ts';

const hour = 3_600_000;

/** A leader's device over a server whose answers `change` makes into others. */
async function device(change: (path: string, answer: Response) => Response | Promise<Response>) {
  const house = await begun([]);
  let at = house.now() * 1000;
  const { context } = await openProfile(
    async (address, init) => {
      const { pathname, search } = new URL(address);
      return change(pathname, await house.send(pathname + search, init));
    },
    { enrolled: false, now: () => at },
  );
  const { database } = context;
  const { kid, jwk, privateKey } = house.keyOf('u05');
  await database.keys.put({ kid, use: 'leader', actor: 'u05', privateKey, publicKey: jwk, addedAt: 0 });
  await changeProfile(database, {
    server: { address: 'https://diary.example', origin: house.context.config.origin },
    device: { id: 'd-u05', kid: 'device-u05', state: 'active' },
    grants: [{ role: 'leader', unit: 'u05', actor: 'u05' }],
  });
  await context.token.write({ token: tokenOf('u05'), expiresAt: 4_000_000_000 });
  return {
    context,
    origin: house.context.config.origin,
    /** What is pinned after an hour, and what the device says of the log. */
    refreshed: async () => {
      at += hour;
      await refreshOrganisation(context);
      return { ...(await profileOf(database)).pins, says: (await progressOf(database)).logProblem };
    },
  };
}

test('a new checkpoint key is pinned beside the old one, and alone once the old one is gone; any other change is an alarm and changes nothing', async () => {
  let stated: object = {};
  const { refreshed, origin } = await device(async (path, answer) =>
    path === '/api/v1/organisation' ? Response.json({ ...(await answer.json()), ...stated }) : answer,
  );
  const first = await refreshed();
  expect(first).toMatchObject({ origin, vkey: expect.stringContaining(`${origin}+`), says: null });
  const next = `${origin}+01234567+AAAA`;
  stated = { vkey: `${first.vkey} ${next}` };
  expect(await refreshed()).toEqual({ ...first, vkey: `${first.vkey} ${next}` });
  stated = { vkey: next };
  const rotated = { ...first, vkey: next };
  expect(await refreshed()).toEqual(rotated);
  for (const other of [
    { vkey: `${origin}+89abcdef+AAAA` },
    { vkey: next, origin: 'diary.example/log2' },
    { vkey: next, organiser: 'A'.repeat(43) },
    { vkey: next, organiser: null },
  ]) {
    stated = other;
    expect([other, await refreshed()]).toEqual([other, { ...rotated, says: 'PINS_CHANGED' }]);
  }
});

test('a checkpoint that is none is told as long as it comes; that a log was rewritten is told for ever', async () => {
  let served: string | null = '<html>Sign in to the network</html>';
  const { context, refreshed } = await device((path, answer) =>
    path === '/public/checkpoint' && served !== null ? new Response(served) : answer,
  );
  await refreshed();
  const said = async () => {
    await giveAcks(context);
    return (await progressOf(context.database)).logProblem;
  };
  expect(await said()).toBe('CHECKPOINT_INVALID');
  served = null;
  expect(await said()).toBeNull();
  const heads = await context.database.heads.toArray();
  await context.database.heads.bulkPut(heads.map((head) => ({ ...head, root: `${'A'.repeat(43)}=` })));
  expect(await said()).toBe('LOG_REWRITTEN');
  await context.database.heads.bulkPut(heads);
  served = 'no note';
  expect(await said()).toBe('LOG_REWRITTEN');
  served = null;
  expect(await said()).toBe('LOG_REWRITTEN');
});
