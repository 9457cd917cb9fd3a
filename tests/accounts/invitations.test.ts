/** Who is invited for what, how long, and who is the same person as before. */
import { expect, test } from 'vitest';
import { Device } from '../../server/demo/device.ts';
import { assertion, send } from '../../server/demo/world.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { newestHead } from '../../server/log/prove.ts';
import {
  getInvitations,
  getMe,
  postDevice,
  postInvitation,
  postInvitationLook,
  postRotation,
  postToken,
} from '../../shared/api/accounts.ts';
import { signPossession } from '../../shared/proof/sign.ts';
import { issuer, openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog, invitationSeen, join, worldOf } from '../fixtures/people.ts';
import { testKey } from '../fixtures/vectors.ts';

eachDatabase((_, open) => {
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
    const state = async () => (await invitationSeen(organiser, made.id)).state;
    expect(await state()).toBe('invited');
    const device = await Device.claim(world, made.code.toLowerCase().replaceAll('-', ' '));
    expect(await state()).toBe('claimed');
    await expect(device.token()).rejects.toMatchObject({ code: 'DEVICE_PENDING' });
    await organiser.activate(await invitationSeen(organiser, made.id));
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

  test('who claimed in time and was not compared within the 72 hours is activated no more', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const { id, code, expiresAt } = await organiser.call(postInvitation, {
      body: { name: '李四', grants: [{ role: 'auditor', unit: null }] },
    });
    expect(expiresAt * 1000 - server.clock.ms).toBe(259_200_000);
    const device = await Device.claim(worldOf(server), code);
    server.clock.ms += 259_200_000;
    const late = organiser.activate(await invitationSeen(organiser, id));
    await expect(late).rejects.toMatchObject({ code: 'OUT_OF_ORDER', facts: { state: 'expired' } });
    await expect(device.token()).rejects.toMatchObject({ code: 'DEVICE_PENDING' });
  });

  test('of wrong codes that come at once no more than five are judged', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const { id, code } = await organiser.call(postInvitation, {
      body: { name: '李四', grants: [{ role: 'auditor', unit: null }] },
    });
    const wrong = code.slice(0, -1) + (code.endsWith('0') ? '1' : '0');
    const look = () => send(worldOf(server), postInvitationLook, { body: { code: wrong } });
    const answers = await Promise.allSettled(Array.from({ length: 12 }, look));
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(12);
    const kept = await server.context.database.db
      .selectFrom('invitation')
      .select('wrong')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(kept.wrong).toBe(5);
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

  test('two moderators of one name are two people; who is invited again is one, unless the name is another', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const grants = [{ role: 'moderator' as const, unit: null }];
    const enrolled = async (name: string, again?: string) => {
      const body = { name, grants, ...(again === undefined ? {} : { again }) };
      const { id, code } = await organiser.call(postInvitation, { body });
      const device = await Device.claim(world, code);
      await organiser.activate(await invitationSeen(organiser, id), { why: 'rotation' });
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
      await organiser.activate(await invitationSeen(organiser, id), replaces);
      return device;
    };
    const person = async (device: Device) => (await device.call(getMe)).person.id;
    const second = await next({ why: 'rotation', old: leader.signer('leader').kid });
    expect(await person(second)).toBe(await person(leader));
    const successor = await next({ why: 'leader', old: second.signer('leader').kid });
    expect(await person(successor)).not.toBe(await person(leader));
  });

  test('an invitation that nobody used, under a wrong name, takes neither unit nor journal from its leader', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01', '王武');
    const mine = (await leader.call(getMe)).person.id;
    const invite = async (name: string) =>
      organiser.call(postInvitation, { body: { name, grants: [{ role: 'leader', unit: 'u01' }] } });
    const led = async () =>
      (
        await server.context.database.db
          .selectFrom('actor')
          .select('person')
          .where('actor', '=', 'u01')
          .executeTakeFirstOrThrow()
      ).person;
    const mistyped = await invite('王五');
    const waiting = await Device.claim(worldOf(server), mistyped.code);
    expect(await led()).toBe(mine);
    const { id, code } = await invite('王武');
    const second = await Device.claim(worldOf(server), code);
    const old = leader.signer('leader').kid;
    await organiser.activate(await invitationSeen(organiser, id), { why: 'rotation', old });
    expect((await second.call(getMe)).person.id).toBe(mine);
    // Another person leads the unit from the moment that an organiser has signed.
    const next = { why: 'leader', old: second.signer('leader').kid } as const;
    await organiser.activate(await invitationSeen(organiser, mistyped.id), next);
    expect(await led()).toBe((await waiting.call(getMe)).person.id);
    expect(await led()).not.toBe(mine);
  });

  test('who follows on a device without a key leads the unit once an organiser has signed the key that it offers', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const leader = await join(server, organiser, 'leader', 'u01', '王武');
    const world = worldOf(server);
    const { id, code } = await organiser.call(postInvitation, {
      body: { name: '李娜', grants: [{ role: 'leader', unit: 'u01' }] },
    });
    const [own, key] = [await testKey('device'), await testKey('u01')];
    const proof = await assertion(world, issuer, own.kid, own);
    const claim = { code, publicKey: own.jwk, proof, logKeys: [] };
    const { device } = await send(world, postDevice, { body: claim });
    await organiser.activate(await invitationSeen(organiser, id));
    const led = async () =>
      (
        await server.context.database.db
          .selectFrom('actor')
          .innerJoin('person', 'person.id', 'actor.person')
          .select('person.name')
          .where('actor.actor', '=', 'u01')
          .executeTakeFirstOrThrow()
      ).name;
    expect(await led()).toBe('王武');
    const { token } = await send(world, postToken, {
      body: { assertion: await assertion(world, issuer, device, own) },
    });
    const iat = Math.floor(server.clock.ms / 1000);
    const pop = await signPossession('diary.example/log1', 'u01', iat, key);
    const offer = { logKeys: [{ role: 'leader' as const, actor: 'u01', jwk: key.jwk, pop }] };
    const offered = await send(world, postRotation, { body: offer }, `Bearer ${token}`);
    expect(await led()).toBe('王武');
    const next = { why: 'leader', old: leader.signer('leader').kid } as const;
    await organiser.activate(await invitationSeen(organiser, offered.id), next);
    expect(await led()).toBe('李娜');
  });

  test('a new invitation in place of an earlier one ends it, and a device that waited under it, but no device that is active', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const grants = [{ role: 'moderator' as const, unit: null }];
    const invite = (again?: string) =>
      organiser.call(postInvitation, { body: { name: '张伟', grants, ...(again === undefined ? {} : { again }) } });
    const state = async ({ id }: { readonly id: string }) => (await invitationSeen(organiser, id)).state;
    const lost = await invite();
    const claimed = await invite(lost.id);
    expect([await state(lost), await state(claimed)]).toEqual(['expired', 'invited']);
    await expect(Device.claim(world, lost.code)).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
    const waiting = await Device.claim(world, claimed.code);
    const good = await invite(claimed.id);
    expect(await state(claimed)).toBe('ended');
    await expect(waiting.token()).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
    const device = await Device.claim(world, good.code);
    await organiser.activate(await invitationSeen(organiser, good.id));
    const more = await invite(good.id);
    expect([await state(good), await state(more)]).toEqual(['active', 'invited']);
    expect(await device.call(getMe)).toMatchObject({ grants: [{ role: 'moderator', actor: 'mod1' }] });
  });

  test('whoever guesses codes keeps nobody from enrolling, and leaves nothing behind', async () => {
    const limits = { invitation: { count: 3, seconds: 60 } };
    const server = await openServer(await open(), { more: { limits } });
    const { code } = await firstInvitation(server.context);
    const look = (typed: string) => send(worldOf(server), postInvitationLook, { body: { code: typed } });
    for (let n = 0; n < 9; n += 1)
      await expect(look(`${n}`.repeat(24))).rejects.toMatchObject({ code: 'INVITATION_INVALID' });
    expect(await server.context.database.db.selectFrom('rate').selectAll().execute()).toEqual([]);
    for (let n = 0; n < 3; n += 1) expect((await look(code)).first).toBe(true);
    await expect(look(code)).rejects.toMatchObject({ code: 'RATE_LIMITED' });
  });
});
