import { expect, test } from 'vitest';
import { Device } from '../../server/demo/device.ts';
import { assertion, send } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { newestHead } from '../../server/log/prove.ts';
import {
  getDevices,
  getInvitations,
  getMe,
  type InvitationRow,
  postActivation,
  postDevice,
  postInvitation,
  postInvitationLook,
} from '../../shared/api/accounts.ts';
import { postRecord } from '../../shared/api/draws.ts';
import { signFirstKey, signPossession, signRecord } from '../../shared/proof/sign.ts';
import { makeJws, thumbprint } from '../../shared/proof/signature.ts';
import { issuer, openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog, join, worldOf } from '../fixtures/people.ts';
import { testKey } from '../fixtures/vectors.ts';

/** The invitation with this id as an organiser sees it. */
async function rowOf(organiser: Device, id: string): Promise<InvitationRow> {
  const row = (await organiser.call(getInvitations)).rows.find((each) => each.id === id);
  if (row === undefined) throw new Error('no such invitation');
  return row;
}

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

  test('an invitation is invited, claimed, then active after an organiser signed; actor ids follow the role', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const grants = [
      { role: 'moderator', unit: null },
      { role: 'handler', unit: 'u02' },
    ] as const;
    const made = await organiser.call(postInvitation, { body: { name: '张三', grants: [...grants] } });
    expect(made.link).toBe(`${issuer}/enrol#${made.code}`);
    const state = async () => (await rowOf(organiser, made.id)).state;
    expect(await state()).toBe('invited');
    const device = await Device.claim(world, made.code.toLowerCase().replaceAll('-', ' '));
    expect(await state()).toBe('claimed');
    await expect(device.token()).rejects.toMatchObject({ code: 'DEVICE_PENDING' });
    await organiser.activate(await rowOf(organiser, made.id));
    expect(await device.call(getMe)).toMatchObject({
      person: { name: '张三' },
      grants: [
        { role: 'moderator', unit: null, actor: 'mod1' },
        { role: 'handler', unit: 'u02', actor: 'h-u02' },
      ],
    });
    const spare = await join(server, organiser, 'organiser', null, '备用');
    const reviewer = await join(server, organiser, 'reviewer');
    const leader = await join(server, organiser, 'leader', 'u01');
    expect([spare, reviewer, leader].map(({ grants: [grant] }) => grant?.actor)).toEqual(['org2', 'rev1', 'u01']);
    // The spare may do what the first does.
    expect((await join(server, spare, 'leader', 'u03')).grants[0]?.actor).toBe('u03');
    expect((await newestHead(server.context.database.db))?.size).toBe(5);
  });

  test('a code works once, for 72 hours, and five wrong ones end it; every refusal reads alike', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const invite = () =>
      organiser.call(postInvitation, { body: { name: '李四', grants: [{ role: 'auditor', unit: null }] } });
    const look = (code: string) => send(world, postInvitationLook, { body: { code } });
    const refused = { code: 'INVITATION_INVALID', facts: {} };
    const used = await invite();
    await Device.claim(world, used.code);
    await expect(Device.claim(world, used.code)).rejects.toMatchObject(refused);
    const old = await invite();
    server.clock.ms += 72 * 3600 * 1000;
    await expect(look(old.code)).rejects.toMatchObject(refused);
    const guessed = await invite();
    const wrong = guessed.code.slice(0, -1) + (guessed.code.endsWith('0') ? '1' : '0');
    for (let n = 0; n < 4; n += 1) await expect(look(wrong)).rejects.toMatchObject(refused);
    expect((await look(guessed.code)).name).toBe('李四');
    await expect(look(wrong)).rejects.toMatchObject(refused);
    await expect(look(guessed.code)).rejects.toMatchObject(refused);
    for (const code of ['', 'nonsense', '0000-0000-0000-0000-0000-0000'])
      await expect(look(code)).rejects.toMatchObject(refused);
    const kept = await server.context.database.db.selectFrom('invitation').selectAll().execute();
    for (const { code } of [used, old, guessed])
      expect(JSON.stringify(kept)).not.toContain(code.replaceAll('-', '').slice(8).toLowerCase());
  });

  test('a sign-in ends what the same device had before, but not what another page of it got in the same minute', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const other = await join(server, organiser, 'leader', 'u01');
    const saved = await organiser.save();
    const anew = async () => (await Device.restore(worldOf(server), saved)).token();
    const who = async (token: string) => {
      const answer = await server.send('/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
      return answer.ok ? 'in' : (await answer.json()).code;
    };
    const [first, beside, others] = [await organiser.token(), await anew(), await other.token()];
    expect(await Promise.all([first, beside].map(who))).toEqual(['in', 'in']);
    server.clock.ms += 61_000;
    const next = await anew();
    expect(await Promise.all([first, beside, next, others].map(who))).toEqual([
      'TOKEN_EXPIRED',
      'TOKEN_EXPIRED',
      'in',
      'in',
    ]);
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
    expect(await rowOf(organiser, id)).toMatchObject({ state: 'invited', device: null });
    expect(await claim([good])).toMatchObject({ state: 'claimed' });
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
    const row = await rowOf(organiser, id);
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
      return { device, row: await rowOf(organiser, id) };
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

  test('invitations name roles that belong together, with a known unit where one belongs', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const invite = (...grants: { role: 'leader' | 'organiser' | 'reviewer'; unit: string | null }[]) =>
      organiser.call(postInvitation, { body: { name: '甲', grants } });
    const cases = [
      [() => invite({ role: 'leader', unit: null }), 'UNIT_MISSING'],
      [() => invite({ role: 'leader', unit: 'u99' }), 'UNIT_UNKNOWN'],
      [() => invite({ role: 'organiser', unit: 'u01' }), 'UNIT_NOT_ALLOWED'],
      [() => invite({ role: 'leader', unit: 'u01' }, { role: 'leader', unit: 'u01' }), 'TWICE'],
      [() => invite({ role: 'organiser', unit: null }, { role: 'reviewer', unit: null }), 'ROLES_APART'],
    ] as const;
    for (const [asked, reason] of cases)
      await expect(asked()).rejects.toMatchObject({ code: 'FIELD_INVALID', facts: { reason } });
    expect((await organiser.call(getInvitations)).rows).toHaveLength(1);
  });

  test('a device is ended by its own person or an organiser, at once, and by nobody else', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const [mine, other] = [
      await join(server, organiser, 'moderator', null, '甲'),
      await join(server, organiser, 'auditor', null, '乙'),
    ];
    const token = await mine.token();
    const end = async (by: Device, id: string) =>
      (
        await server.send(`/api/v1/devices/${id}`, {
          method: 'DELETE',
          headers: { authorization: `Bearer ${await by.token()}` },
        })
      ).status;
    expect(await end(other, mine.id)).toBe(404);
    expect(await end(other, 'unknown')).toBe(404);
    expect((await mine.call(getDevices)).rows).toMatchObject([{ id: mine.id, state: 'active', name: '甲' }]);
    expect(await end(organiser, mine.id)).toBe(204);
    const me = await server.send('/api/v1/me', { headers: { authorization: `Bearer ${token}` } });
    expect([me.status, (await me.json()).code]).toEqual([401, 'DEVICE_REVOKED']);
    server.clock.ms += 3_600_000;
    await expect(mine.token()).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
    expect(await end(other, other.id)).toBe(204);
  });

  test('an assertion signs in once, for a minute, on this server, and a record never does', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const key = await testKey('device');
    const { id, code } = await organiser.call(postInvitation, {
      body: { name: '甲', grants: [{ role: 'auditor', unit: null }] },
    });
    const { device } = await send(world, postDevice, {
      body: { code, publicKey: key.jwk, proof: await assertion(world, issuer, key.kid, key), logKeys: [] },
    });
    await organiser.activate(await rowOf(organiser, id));
    const signIn = async (signed: string) => {
      const answer = await server.send('/api/v1/token', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ assertion: signed }),
      });
      const body = await answer.json();
      return answer.status === 200 ? 200 : [body.code, body.facts?.reason];
    };
    const iat = Math.floor(server.clock.ms / 1000);
    const claims = { iss: device, sub: device, aud: issuer, iat, exp: iat + 60, jti: 'a'.repeat(22) };
    const made = (change: object, typ = 'client-authentication+jwt', signer = key) =>
      makeJws(typ, { ...claims, jti: crypto.randomUUID(), ...change }, signer);
    const refused = async (signed: Promise<string>, reason: string) =>
      expect(await signIn(await signed)).toEqual(['ASSERTION_INVALID', reason]);
    await refused(made({}, 'wd-pop+jwt'), 'TYP');
    await refused(made({ aud: 'https://other.example' }), 'AUDIENCE');
    await refused(made({ iss: organiser.id }), 'SUBJECT');
    await refused(made({ sub: 'nobody' }), 'SUBJECT');
    await refused(made({ exp: iat + 61 }), 'TIME');
    await refused(made({ iat: iat - 120, exp: iat - 60 }), 'TIME');
    await refused(made({ iat: iat + 120, exp: iat + 180 }), 'TIME');
    await refused(made({ jti: 'short' }), 'SHAPE');
    await refused(made({}, undefined, await testKey('stranger')), 'SIGNATURE');
    const once = await made({ jti: 'b'.repeat(22) });
    expect(await signIn(once)).toBe(200);
    expect(await signIn(once)).toEqual(['ASSERTION_INVALID', 'REPLAYED']);
    const together = await made({ jti: 'c'.repeat(22) });
    const both = await Promise.all([signIn(together), signIn(together)]);
    expect(both.filter((each) => each === 200)).toHaveLength(1);
    expect(await thumbprint(key.jwk)).toBe(key.kid);
  });

  test('two moderators of one name are two people; who is invited again is one, unless the name is another', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const grants = [{ role: 'moderator' as const, unit: null }];
    const enrolled = async (name: string, again?: string) => {
      const body = { name, grants, ...(again === undefined ? {} : { again }) };
      const { id, code } = await organiser.call(postInvitation, { body });
      const device = await Device.claim(world, code);
      await organiser.activate(await rowOf(organiser, id), { why: 'rotation' });
      return { id, person: (await device.call(getMe)).person.id, actor: device.grants[0]?.actor };
    };
    const first = await enrolled('张伟');
    const other = await enrolled('张伟');
    const second = await enrolled('张 伟', first.id);
    const successor = await enrolled('李娜', first.id);
    expect([first, other, second, successor].map(({ actor }) => actor)).toEqual(['mod1', 'mod2', 'mod1', 'mod3']);
    expect(new Set([first, other, second, successor].map(({ person }) => person)).size).toBe(3);
    expect(second.person).toBe(first.person);
    const unknown = organiser.call(postInvitation, { body: { name: '张伟', grants, again: 'nobody' } });
    await expect(unknown).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'again' });
  });

  test('a leader of the same name in the same unit has the same journal; one who follows in office has not', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01', '局长');
    const world = worldOf(server);
    const next = async (replaces: { why: 'rotation' | 'leader'; old: string }) => {
      const { id, code } = await organiser.call(postInvitation, {
        body: { name: '局 长', grants: [{ role: 'leader', unit: 'u01' }] },
      });
      const device = await Device.claim(world, code);
      await organiser.activate(await rowOf(organiser, id), replaces);
      return device;
    };
    const person = async (device: Device) => (await device.call(getMe)).person.id;
    const second = await next({ why: 'rotation', old: leader.signer('leader').kid });
    expect(await person(second)).toBe(await person(leader));
    const successor = await next({ why: 'leader', old: second.signer('leader').kid });
    expect(await person(successor)).not.toBe(await person(leader));
  });
});
