/** How a device comes in: it claims an invitation with its keys, and an organiser enrols exactly those. */
import { expect, test } from 'vitest';
import { Device } from '../../server/demo/device.ts';
import { assertion, send } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { newestHead } from '../../server/log/prove.ts';
import {
  type LogKeyClaim,
  postActivation,
  postDevice,
  postInvitation,
  postInvitationLook,
  postRotation,
  postToken,
} from '../../shared/api/accounts.ts';
import { postRecord } from '../../shared/api/draws.ts';
import { signFirstKey, signPossession, signRecord } from '../../shared/proof/sign.ts';
import { issuer, openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog, invitationSeen, join, worldOf } from '../fixtures/people.ts';
import { testKey } from '../fixtures/vectors.ts';

/** Ends a log key by a record of `by`. */
async function revoke(by: Device, sub: string, kid: string): Promise<unknown> {
  const signer = by.signer('organiser');
  const iat = Math.floor(by.world.now() / 1000);
  const payload = { op: 'revoke', sub, kid, why: 'lost', iss: signer.actor, iat } as const;
  return by.call(postRecord, { body: { jws: await signRecord('wd-key+jwt', payload, signer) } });
}

eachDatabase((_, open) => {
  test('the log begins with the first organiser, once, and its key is the one that readers pin', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    expect(organiser.grants).toEqual([{ role: 'organiser', unit: null, actor: 'org' }]);
    const organisation = await (
      await server.send('/api/v1/organisation', { headers: { authorization: `Bearer ${await organiser.token()}` } })
    ).json();
    expect(organisation).toMatchObject({ organiser: organiser.signer('organiser').kid, origin: 'diary.example/log1' });
    expect((await newestHead(server.context.database.db))?.size).toBe(1);
    await expect(firstInvitation(server.context)).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  });

  test('a claim whose answer was lost can be made again by the same device, by nobody else', async () => {
    const server = await openServer(await open());
    const world = worldOf(server);
    const { code } = await firstInvitation(server.context);
    const { origin } = await send(world, postInvitationLook, { body: { code } });
    const [device, key] = [await testKey('device'), await testKey('org')];
    const iat = Math.floor(server.clock.ms / 1000);
    const claim = async () => ({
      code,
      publicKey: device.jwk,
      proof: await assertion(world, issuer, device.kid, device),
      logKeys: [
        { role: 'organiser' as const, actor: 'org', jwk: key.jwk, pop: await signPossession(origin, 'org', iat, key) },
      ],
      leaf0: await signFirstKey('org', key.jwk, iat, key),
    });
    const first = await send(world, postDevice, { body: await claim() });
    expect((await send(world, postInvitationLook, { body: { code } })).first).toBe(true);
    expect(await send(world, postDevice, { body: await claim() })).toEqual(first);
    await expect(Device.claim(world, code)).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
    expect((await newestHead(server.context.database.db))?.size).toBe(1);
  });

  test('nobody claims a key that is not theirs, enrolled before, or also their device key', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const { id, code } = await organiser.call(postInvitation, {
      body: { name: '王五', grants: [{ role: 'leader', unit: 'u01' }] },
    });
    const [device, key, stranger] = [await testKey('device'), await testKey('u01'), await testKey('stranger')];
    const iat = Math.floor(server.clock.ms / 1000);
    const pop = (aud: string, iss: string, signer = key) => signPossession(aud, iss, iat, signer);
    const good = { role: 'leader' as const, actor: 'u01', jwk: key.jwk, pop: await pop('diary.example/log1', 'u01') };
    const bad = {
      POSSESSION: [
        { ...good, pop: await pop('other.example/log', 'u01') },
        { ...good, pop: await pop('diary.example/log1', 'u02') },
        { ...good, pop: await pop('diary.example/log1', 'u01', stranger) },
        { ...good, jwk: stranger.jwk },
      ],
      ROLE_NOT_ASKED: [
        { ...good, actor: 'u02' },
        { ...good, role: 'organiser' as const },
      ],
    };
    const claim = async (claims: (typeof good)[] | typeof bad.ROLE_NOT_ASKED, own = device) =>
      send(world, postDevice, {
        body: { code, publicKey: own.jwk, proof: await assertion(world, issuer, own.kid, own), logKeys: claims },
      });
    for (const [reason, claims] of Object.entries(bad))
      for (const one of claims)
        await expect(claim([one])).rejects.toMatchObject({ code: 'RECORD_REFUSED', facts: { reason } });
    await expect(claim([good, good])).rejects.toMatchObject({ facts: { reason: 'ROLE_NOT_ASKED' } });
    await expect(claim([good], key)).rejects.toMatchObject({ facts: { reason: 'KEY_KNOWN' } });
    const proof = await assertion(world, issuer, device.kid, stranger);
    const body = { code, publicKey: device.jwk, proof, logKeys: [good] };
    await expect(send(world, postDevice, { body })).rejects.toMatchObject({ code: 'ASSERTION_INVALID' });
    expect(await invitationSeen(organiser, id)).toMatchObject({ state: 'invited', device: null });
    expect(await claim([good])).toMatchObject({ state: 'claimed' });
  });

  test('a key that signs in signs no records, whoever’s it is, and one of the log signs nobody in', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const iat = Math.floor(server.clock.ms / 1000);
    const [device, key, next, other] = [
      await testKey('device'),
      await testKey('u01'),
      await testKey('stranger'),
      await testKey('u02'),
    ];
    const claimed = async (unit: string, own: typeof key, log: typeof key) => {
      const { id, code } = await organiser.call(postInvitation, {
        body: { name: `${unit}局长`, grants: [{ role: 'leader', unit }] },
      });
      const pop = await signPossession('diary.example/log1', unit, iat, log);
      const proof = await assertion(world, issuer, own.kid, own);
      const logKeys = [{ role: 'leader' as const, actor: unit, jwk: log.jwk, pop }];
      await send(world, postDevice, { body: { code, publicKey: own.jwk, proof, logKeys } });
      return id;
    };
    await organiser.activate(await invitationSeen(organiser, await claimed('u01', device, key)));
    const refused = { code: 'RECORD_REFUSED', facts: { reason: 'KEY_KNOWN' } };
    // One that is in the log, one that another device signs in with, and the other way round.
    await expect(claimed('u02', next, key)).rejects.toMatchObject({ ...refused, field: 'logKeys.0' });
    await expect(claimed('u02', next, device)).rejects.toMatchObject({ ...refused, field: 'logKeys.0' });
    await expect(claimed('u02', key, other)).rejects.toMatchObject({ ...refused, field: 'publicKey' });
    await claimed('u02', next, other);
  });

  test('new keys are offered for roles of one’s own alone, held, and never the key that signs in', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const iat = Math.floor(server.clock.ms / 1000);
    const [device, key, next] = [await testKey('device'), await testKey('u01'), await testKey('stranger')];
    const pop = (sub: string, signer: typeof key) => signPossession('diary.example/log1', sub, iat, signer);
    const { id, code } = await organiser.call(postInvitation, {
      body: { name: '局长', grants: [{ role: 'leader', unit: 'u01' }] },
    });
    const good = { role: 'leader' as const, actor: 'u01', jwk: key.jwk, pop: await pop('u01', key) };
    const proof = await assertion(world, issuer, device.kid, device);
    const claim = { code, publicKey: device.jwk, proof, logKeys: [good] };
    const made = await send(world, postDevice, { body: claim });
    await organiser.activate(await invitationSeen(organiser, id));
    const signed = await assertion(world, issuer, made.device, device);
    const { token } = await send(world, postToken, { body: { assertion: signed } });
    const offer = (change: Partial<LogKeyClaim>) =>
      send(world, postRotation, { body: { logKeys: [{ ...good, ...change }] } }, `Bearer ${token}`);
    const cases: readonly (readonly [Partial<LogKeyClaim>, string])[] = [
      [{ jwk: next.jwk, pop: await pop('u01', key) }, 'POSSESSION'],
      [{ jwk: next.jwk, pop: await pop('u02', next) }, 'POSSESSION'],
      [{ actor: 'u02', jwk: next.jwk, pop: await pop('u02', next) }, 'ROLE_NOT_ASKED'],
      [{ role: 'organiser', actor: 'org', jwk: next.jwk, pop: await pop('org', next) }, 'ROLE_NOT_ASKED'],
      [{ jwk: device.jwk, pop: await pop('u01', device) }, 'KEY_KNOWN'],
      [{}, 'KEY_KNOWN'],
    ];
    for (const [change, reason] of cases)
      await expect(offer(change)).rejects.toMatchObject({ code: 'RECORD_REFUSED', facts: { reason } });
    await offer({ jwk: next.jwk, pop: await pop('u01', next) });
  });

  test('an activation enrols exactly the claimed keys, signed by the organiser who sends it', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const spare = await join(server, organiser, 'organiser', null, '备用');
    const world = worldOf(server);
    const { id, code } = await organiser.call(postInvitation, {
      body: { name: '王五', grants: [{ role: 'leader', unit: 'u01' }] },
    });
    await Device.claim(world, code);
    const row = await invitationSeen(organiser, id);
    const [claimed] = row.logKeys;
    if (row.device === null || claimed === undefined) throw new Error('not claimed');
    const device = row.device.id;
    const { jwk, pop } = claimed;
    const signer = organiser.signer('organiser');
    const iat = Math.floor(server.clock.ms / 1000);
    const add = { op: 'add', sub: 'u01', role: 'leader', jwk, pop, iss: 'org', iat } as const;
    const other = await testKey('stranger');
    const size = async () => (await newestHead(server.context.database.db))?.size;
    const before = await size();
    const wrong: [string[], string][] = [
      [[], 'RECORDS_COUNT'],
      [[await signRecord('wd-key+jwt', { ...add, sub: 'u02' }, signer)], 'KEY_NOT_VALID'],
      [[await signRecord('wd-key+jwt', { ...add, role: 'reviewer' }, signer)], 'NOT_THE_CLAIM'],
      [[await signRecord('wd-key+jwt', { ...add, jwk: other.jwk }, signer)], 'KEY_NOT_VALID'],
      [[await signRecord('wd-key+jwt', add, other)], 'KEY_NOT_VALID'],
      [[await signRecord('wd-key+jwt', { ...add, iss: 'org2' }, spare.signer('organiser'))], 'NOT_THE_CLAIM'],
      [
        [
          await signRecord(
            'wd-key+jwt',
            { op: 'revoke', sub: 'org2', kid: spare.signer('organiser').kid, why: 'lost', iss: 'org', iat },
            signer,
          ),
        ],
        'NOT_THE_CLAIM',
      ],
    ];
    for (const [records, reason] of wrong)
      await expect(organiser.call(postActivation, { params: { id }, body: { device, records } })).rejects.toMatchObject(
        {
          code: 'RECORD_REFUSED',
          facts: { reason },
        },
      );
    const records = [await signRecord('wd-key+jwt', add, signer)];
    await expect(
      organiser.call(postActivation, { params: { id }, body: { device: 'x', records } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      organiser.call(postActivation, { params: { id: 'x' }, body: { device, records } }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await size()).toBe(before);
    await organiser.call(postActivation, { params: { id }, body: { device, records } });
    await expect(organiser.call(postActivation, { params: { id }, body: { device, records } })).rejects.toMatchObject({
      code: 'OUT_OF_ORDER',
    });
    expect(await size()).toBe((before ?? 0) + 1);
  });

  test('a record that an organiser signed ends a key only where its signer sends it', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const [leader, spare] = [
      await join(server, organiser, 'leader', 'u01'),
      await join(server, organiser, 'organiser', null, '备用'),
    ];
    const iat = Math.floor(server.clock.ms / 1000);
    const { kid } = leader.signer('leader');
    const payload = { op: 'revoke', sub: 'u01', kid, why: 'lost', iss: 'org', iat } as const;
    const jws = await signRecord('wd-key+jwt', payload, organiser.signer('organiser'));
    for (const other of [leader, spare])
      await expect(other.call(postRecord, { body: { jws } })).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
    expect((await newestHead(server.context.database.db))?.size).toBe(3);
    await organiser.call(postRecord, { body: { jws } });
    expect((await newestHead(server.context.database.db))?.size).toBe(4);
  });

  test('a second key of a unit says why and ends the first; the last organiser key cannot be ended', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01');
    const kid = leader.signer('leader').kid;
    await expect(join(server, organiser, 'leader', 'u01')).rejects.toMatchObject({
      facts: { reason: 'KEY_NOT_FIRST' },
    });
    const world = worldOf(server);
    const row = async () => {
      const { id, code } = await organiser.call(postInvitation, {
        body: { name: '新', grants: [{ role: 'leader', unit: 'u01' }] },
      });
      const device = await Device.claim(world, code);
      return { device, row: await invitationSeen(organiser, id) };
    };
    const next = await row();
    await expect(organiser.activate(next.row, { why: 'lost' })).rejects.toMatchObject({
      facts: { reason: 'KEY_BEFORE_VALID' },
    });
    await organiser.activate(next.row, { why: 'rotation', old: kid });
    const iat = Math.floor(server.clock.ms / 1000);
    await expect(revoke(organiser, 'u01', kid)).rejects.toMatchObject({ facts: { reason: 'KEY_UNKNOWN' } });
    await revoke(organiser, 'u01', next.device.signer('leader').kid);
    const own = organiser.signer('organiser').kid;
    await expect(revoke(organiser, 'org', own)).rejects.toMatchObject({ facts: { reason: 'LAST_ORGANISER' } });
    const enrolment = await signRecord(
      'wd-key+jwt',
      {
        op: 'add',
        sub: 'u02',
        role: 'leader',
        jwk: (await testKey('u02')).jwk,
        pop: await signPossession('diary.example/log1', 'u02', iat, await testKey('u02')),
        iss: 'org',
        iat,
      },
      organiser.signer('organiser'),
    );
    await expect(organiser.call(postRecord, { body: { jws: enrolment } })).rejects.toMatchObject({
      facts: { reason: 'ENROLMENT' },
    });
    const spare = await join(server, organiser, 'organiser', null, '备用');
    await revoke(spare, 'org', own);
    await expect(join(server, organiser, 'leader', 'u03')).rejects.toMatchObject({
      facts: { reason: 'KEY_NOT_VALID' },
    });
    expect((await join(server, spare, 'leader', 'u02')).grants[0]?.actor).toBe('u02');
  });
});
