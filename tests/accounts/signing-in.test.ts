/** A device signs in, and how that ends. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { openDatabase } from '../../server/database/open.ts';
import { Device } from '../../server/demo/device.ts';
import { assertion, send } from '../../server/demo/world.ts';
import { getDevices, postDevice, postInvitation } from '../../shared/api/accounts.ts';
import { makeJws, thumbprint } from '../../shared/proof/signature.ts';
import { issuer, openServer } from '../fixtures/app.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { beginLog, invitationSeen, join, worldOf } from '../fixtures/people.ts';
import { testKey } from '../fixtures/vectors.ts';

eachDatabase((_, open) => {
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
    const kept = JSON.stringify(await server.context.database.db.selectFrom('access_token').selectAll().execute());
    for (const token of [first, beside, others]) expect(kept).not.toContain(token);
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

  test('a token is good for half an hour', async () => {
    const server = await openServer(await open());
    const organiser = await beginLog(server);
    const authorization = `Bearer ${await organiser.token()}`;
    const status = async () => (await server.send('/api/v1/me', { headers: { authorization } })).status;
    server.clock.ms += 1_799_000;
    expect(await status()).toBe(200);
    server.clock.ms += 2000;
    expect(await status()).toBe(401);
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

  test('a device whose rate is full leaves nothing behind by trying on', async () => {
    const server = await openServer(await open(), { more: { limits: { token: { count: 3, seconds: 60 } } } });
    const organiser = await beginLog(server);
    const { database } = server.context;
    const saved = await organiser.save();
    const tried = async () =>
      (await Device.restore(worldOf(server), saved))
        .token()
        .then(() => 'in')
        .catch(({ code }: { code: unknown }) => code);
    const kept = async () => (await database.db.selectFrom('assertion').select('jti').execute()).length;
    const before = await kept();
    const answers = [];
    for (let n = 0; n < 4; n += 1) answers.push(await tried());
    expect(answers).toEqual(['in', 'in', 'in', 'RATE_LIMITED']);
    const full = await kept();
    expect(full - before).toBe(4);
    for (let n = 0; n < 3; n += 1) expect(await tried()).toBe('RATE_LIMITED');
    expect(await kept()).toBe(full);
  });

  test('an assertion signs in once, for a minute, on this server, and a record never does', async () => {
    const opened = await open();
    const server = await openServer(opened);
    const organiser = await beginLog(server);
    const world = worldOf(server);
    const key = await testKey('device');
    const { id, code } = await organiser.call(postInvitation, {
      body: { name: '甲', grants: [{ role: 'auditor', unit: null }] },
    });
    const { device } = await send(world, postDevice, {
      body: { code, publicKey: key.jwk, proof: await assertion(world, issuer, key.kid, key), logKeys: [] },
    });
    await organiser.activate(await invitationSeen(organiser, id));
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
    const text = (bytes: string | object) =>
      Buffer.from(typeof bytes === 'string' ? bytes : JSON.stringify(bytes)).toString('base64url');
    const headed = async (head: object, secret?: string) => {
      const signed = `${text({ kid: key.kid, typ: 'client-authentication+jwt', ...head })}.${text({ ...claims, jti: crypto.randomUUID() })}`;
      if (secret !== undefined) return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
      return `${signed}.${Buffer.from(await key.sign(Buffer.from(signed))).toString('base64url')}`;
    };
    // RFC 8725 2.1: no algorithm, the public key as a secret, another one's name over a good signature, a key that comes along.
    await refused(headed({ alg: 'none' }), 'SIGNATURE');
    await refused(headed({ alg: 'none' }, ''), 'SIGNATURE');
    await refused(headed({ alg: 'HS256' }, JSON.stringify(key.jwk)), 'SIGNATURE');
    await refused(headed({ alg: 'ES384' }), 'SIGNATURE');
    await refused(headed({ alg: 'ES256', jwk: key.jwk }), 'SIGNATURE');
    await refused(headed({ alg: 'ES256', crit: ['exp'] }), 'SIGNATURE');
    const once = await made({ jti: 'b'.repeat(22) });
    expect(await signIn(once)).toBe(200);
    expect(await signIn(once)).toEqual(['ASSERTION_INVALID', 'REPLAYED']);
    const later = await openServer({ ...opened, database: await openDatabase(opened.address) });
    later.clock.ms = server.clock.ms;
    const replayed = await later.send('/api/v1/token', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ assertion: once }),
    });
    expect((await replayed.json()).facts.reason).toBe('REPLAYED');
    await later.context.database.close();
    const together = await made({ jti: 'c'.repeat(22) });
    const both = await Promise.all([signIn(together), signIn(together)]);
    expect(both.filter((each) => each === 200)).toHaveLength(1);
    expect(await thumbprint(key.jwk)).toBe(key.kid);
  });
});
