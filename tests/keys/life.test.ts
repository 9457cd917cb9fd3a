/** The life of keys (verification.md 3, 12) from the extension's commands to readers: what a reader's page, an auditor and the desk see of
 *  each turn. */
import { expect, test } from 'vitest';
import {
  beginTerm,
  endDevice,
  endKey,
  invitePerson,
  offerKeys,
  rotateOwnKeys,
} from '../../extension/commands/accounts.ts';
import { signRule } from '../../extension/commands/draws.ts';
import type { Context } from '../../extension/device/context.ts';
import { logSigner } from '../../extension/device/key.ts';
import { call } from '../../extension/remote/client.ts';
import { keysOfActors, standingOf } from '../../extension/screens/people/keys-of.ts';
import { progressOf } from '../../extension/store/database.ts';
import { situationOf } from '../../extension/store/notice-situation.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { recordsNow } from '../../extension/sync/records.ts';
import { runSync } from '../../extension/sync/run.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { appendLeaf } from '../../server/log/append.ts';
import { getMe } from '../../shared/api/accounts.ts';
import { postRecord } from '../../shared/api/draws.ts';
import { getOrganisation } from '../../shared/api/organisation.ts';
import { firstPlan } from '../../shared/diary/notice.ts';
import type { LogRole } from '../../shared/organisation/role.ts';
import { signPossession, signRecord } from '../../shared/proof/sign.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import { eachDatabase } from '../fixtures/databases.ts';
import { testKey } from '../fixtures/vectors.ts';
import { fingerprint, type House, kidOf, openHouse, rule } from './house.ts';

/** What the desk shows of an actor's keys: reasons of beginning and end, newest first. */
async function historyOf(organiser: Context, actor: string): Promise<readonly unknown[]> {
  const one = keysOfActors(await recordsNow(organiser)).find((each) => each.actor === actor);
  return (one?.keys ?? []).map(({ enrolled, ended }) => [enrolled.why, ended?.why]);
}

const standing = async (context: Context) =>
  standingOf(await recordsNow(context), (await logSigner('organiser', context))?.kid ?? null);

/** An organiser, and leaders of the three units. */
async function staffed(house: House) {
  const organiser = await house.begin();
  const leaders = new Map<string, Context>();
  for (const unit of ['u01', 'u02', 'u03']) leaders.set(unit, await house.enrolled(organiser, 'leader', unit));
  const leaderOf = (unit: string): Context => {
    const leader = leaders.get(unit);
    if (leader === undefined) throw new Error(unit);
    return leader;
  };
  return { organiser, leaders, leaderOf, pin: await kidOf(organiser, 'organiser') };
}

/** As organiser: ends the device of a unit's leader and its key, for a reason. */
async function endOf(house: House, organiser: Context, unit: string, why: 'lost' | 'leader'): Promise<void> {
  const row = (await house.rows(organiser)).find(
    ({ state, grants }) => state === 'active' && grants.some((grant) => grant.unit === unit),
  );
  if (row?.device == null) throw new Error('no device');
  const keys = row.logKeys.map(async ({ actor, jwk }) => ({ actor, kid: await thumbprint(jwk), why }));
  await endDevice(row.device.id, await Promise.all(keys), organiser);
}

const noticesOf = async (house: House, draw: string, unit: string, pin: string) => {
  const verdict = await house.read(draw, unit, pin);
  return verdict.ok ? verdict.notices : verdict.failure;
};

/** Sends a record of this kind that the profile signs. */
async function record(context: Context, role: LogRole, payload: Readonly<Record<string, unknown>>): Promise<unknown> {
  const signer = await logSigner(role, context);
  if (signer === null) throw new Error('no key');
  const whole = { ...payload, iss: signer.actor, iat: Math.floor(context.now() / 1000) };
  const jws = await signRecord('wd-hold+jwt', whole as never, signer);
  return call(postRecord, { body: { jws } }, context);
}

eachDatabase((_, open) => {
  test('the log begins once, on the organiser’s device; nobody else signs a leaf 0', async () => {
    const house = await openHouse(await open());
    const organiser = await house.begin();
    const { records } = await recordsNow(organiser);
    expect(records.map(({ index, iss, payload }) => [index, iss, payload.role])).toEqual([[0, 'org', 'organiser']]);
    expect(records[0]?.kid).toBe(await kidOf(organiser, 'organiser'));
    await expect(firstInvitation(house.server.context)).rejects.toMatchObject({ code: 'ALREADY_DONE' });
    expect(await standing(organiser)).toBe('one');
    expect(await house.audit(await kidOf(organiser, 'organiser'))).toEqual([]);
    expect(await house.audit('A'.repeat(43))).toEqual(['KEY_NOT_VALID']);
  });

  test('the spare is org2, without a reason; either ends the other, and the last one stays', async () => {
    const house = await openHouse(await open());
    const organiser = await house.begin();
    const pin = await kidOf(organiser, 'organiser');
    const spare = await house.enrolled(organiser, 'organiser', null);
    const [, second] = (await recordsNow(organiser)).records;
    expect(second).toMatchObject({ index: 1, iss: 'org', payload: { sub: 'org2', role: 'organiser' } });
    expect(second?.payload).not.toHaveProperty('why');
    expect([await standing(organiser), await standing(spare)]).toEqual(['spare', 'spare']);
    await house.enrolled(spare, 'leader', 'u01');
    await endKey({ actor: 'org', kid: pin }, 'lost', spare);
    expect([await standing(organiser), await standing(spare)]).toEqual(['lostHere', 'one']);
    await expect(signRule(rule, organiser)).rejects.toMatchObject({ facts: { reason: 'KEY_NOT_VALID' } });
    const last = { actor: 'org2', kid: await kidOf(spare, 'organiser') };
    await expect(endKey(last, 'lost', spare)).rejects.toMatchObject({ facts: { reason: 'LAST_ORGANISER' } });
    const third = await house.enrolled(spare, 'organiser', null);
    await endKey(last, 'lost', third);
    await signRule(rule, third);
    expect(await house.audit(pin)).toEqual([]);
  });

  test('several pages of one profile that meet a new head at once all read the log', async () => {
    const house = await openHouse(await open());
    const organiser = await house.begin();
    await house.enrolled(organiser, 'leader', 'u01');
    const size = (await recordsNow(organiser)).head.size;
    await signRule(rule, organiser);
    const read = await Promise.all(Array.from({ length: 8 }, () => recordsNow(organiser)));
    expect(read.map(({ head }) => head.size)).toEqual(Array(8).fill(size + 1));
    expect(
      await organiser.database.heads
        .where('size')
        .equals(size + 1)
        .count(),
    ).toBe(1);
  });

  test('both sides see the same 16 characters, of the key that enters the log', async () => {
    const house = await openHouse(await open());
    const organiser = await house.begin();
    const invited = await invitePerson({ name: '甲', grants: [{ role: 'leader', unit: 'u01' }] }, organiser);
    const leader = await house.claimed(invited.link);
    const [claim] = (await house.rows(organiser)).find(({ id }) => id === invited.id)?.logKeys ?? [];
    const shown = fingerprint(claim === undefined ? '' : await thumbprint(claim.jwk));
    expect(shown).toHaveLength(16);
    expect(fingerprint(await kidOf(leader, 'leader'))).toBe(shown);
    await house.activate(organiser);
    const { added } = (await recordsNow(organiser)).keys;
    expect([...added.values()].find(({ sub }) => sub === 'u01')?.kid.slice(0, 16)).toBe(shown);
  });

  test('a leader’s key rotates: seals before and after verify, and readers see that the key was replaced', async () => {
    const house = await openHouse(await open());
    const { organiser, leaders, leaderOf, pin } = await staffed(house);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W47', `${unit}的一周`);
    const before = await kidOf(leaderOf('u01'), 'leader');
    await offerKeys(leaderOf('u01'));
    expect(await kidOf(leaderOf('u01'), 'leader')).toBe(before);
    await house.activate(organiser, 'rotation');
    await runSync(true, leaderOf('u01'));
    const after = await kidOf(leaderOf('u01'), 'leader');
    expect(after).not.toBe(before);
    const { added, ended } = (await recordsNow(organiser)).keys;
    expect(added.get(after)).toMatchObject({ sub: 'u01', why: 'rotation', old: before });
    expect(ended.get(before)).toBe(added.get(after)?.from);
    const first = await house.show(organiser, leaders, '2026-W47');
    expect(await noticesOf(house, first, 'u01', pin)).toEqual(['KEY_REPLACED', 'VALUE_TO_COMPARE']);
    expect(await noticesOf(house, first, 'u02', pin)).toEqual(['VALUE_TO_COMPARE']);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W48', `${unit}的下一周`);
    const second = await house.show(organiser, leaders, '2026-W48');
    expect(await noticesOf(house, second, 'u01', pin)).toContain('KEY_REPLACED');
    expect(await historyOf(organiser, 'u01')).toEqual([
      ['rotation', undefined],
      [null, 'rotation'],
    ]);
    expect(await house.audit(pin)).toEqual([]);
  });

  test('after a loss the old seal stands, and the new device may seal again before the list', async () => {
    const house = await openHouse(await open());
    const { organiser, leaders, leaderOf, pin } = await staffed(house);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W47', `${unit}的一周`);
    for (const unit of ['u01', 'u02']) {
      const gone = leaderOf(unit);
      await endOf(house, organiser, unit, 'lost');
      expect((await house.rows(organiser)).filter(({ state }) => state === 'ended')).toHaveLength(
        unit === 'u01' ? 1 : 2,
      );
      await gone.token.write(null);
      await expect(call(getMe, {}, gone)).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
      expect(keysOfActors(await recordsNow(organiser)).find(({ actor }) => actor === unit)?.keys[0]?.ended?.why).toBe(
        'lost',
      );
      leaders.set(unit, await house.enrolled(organiser, 'leader', unit, { why: 'lost' }));
    }
    await runSync(true, leaderOf('u01'));
    await house.sealAgain(leaderOf('u01'), '2026-W47');
    const draw = await house.show(organiser, leaders, '2026-W47');
    const again = await house.read(draw, 'u01', pin);
    const kept = await house.read(draw, 'u02', pin);
    const keyOf = async (seal: number) => (await recordsNow(organiser)).records[seal]?.kid;
    expect(again.ok && again.notices).toEqual(['KEY_REPLACED', 'NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE']);
    expect(again.ok && (await keyOf(again.sealIndex))).toBe(await kidOf(leaderOf('u01'), 'leader'));
    // The nonce of the seal that stands went with the disk.
    expect(kept.ok && kept.notices).toEqual(['KEY_REPLACED', 'NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE']);
    expect(kept.ok && (await keyOf(kept.sealIndex))).not.toBe(await kidOf(leaderOf('u02'), 'leader'));
    expect(await historyOf(organiser, 'u01')).toEqual([
      ['lost', undefined],
      [null, 'lost'],
    ]);
    expect(await house.audit(pin)).toEqual([]);
  });

  test('keys that are lost or change while a list is frozen leave its seals as they are, and witness by the new key', async () => {
    const house = await openHouse(await open());
    const { organiser, leaders, leaderOf, pin } = await staffed(house);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W47', `${unit}的一周`);
    const sealedBy = await kidOf(leaderOf('u01'), 'leader');
    const frozen = async () => {
      await offerKeys(leaderOf('u01'));
      await house.activate(organiser, 'rotation');
      await runSync(true, leaderOf('u01'));
      await endOf(house, organiser, 'u02', 'lost');
      leaders.set('u02', await house.enrolled(organiser, 'leader', 'u02', { why: 'lost' }));
    };
    const draw = await house.show(organiser, leaders, '2026-W47', { frozen });
    const verdict = await house.read(draw, 'u01', pin);
    if (!verdict.ok) throw new Error(verdict.failure);
    // The nonce of u02 went with its disk; u01 opened its own with the new key.
    expect(verdict.notices).toEqual(['KEY_REPLACED', 'NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE']);
    expect(verdict.acks).toEqual(['u01', 'u02', 'u03']);
    const { records } = await recordsNow(organiser);
    expect(records[verdict.sealIndex]?.kid).toBe(sealedBy);
    const nonces = records.filter(({ typ }) => typ === 'wd-nonce+jwt').map(({ iss, kid }) => [iss, kid] as const);
    expect(nonces).toEqual([
      ['u01', await kidOf(leaderOf('u01'), 'leader')],
      ['u03', await kidOf(leaderOf('u03'), 'leader')],
    ]);
    expect(await noticesOf(house, draw, 'u03', pin)).toEqual(['NONCE_NOT_REVEALED', 'VALUE_TO_COMPARE']);
    expect(await house.audit(pin)).toEqual([]);
  });

  test('a key that changes between the lock and the draw does not witness the locked head, and the draw goes on without it', async () => {
    const house = await openHouse(await open());
    const { organiser, leaders, leaderOf, pin } = await staffed(house);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W47', `${unit}的一周`);
    const locked = async () => {
      await offerKeys(leaderOf('u01'));
      await house.activate(organiser, 'rotation');
      await runSync(true, leaderOf('u01'));
      await giveAcks(leaderOf('u01'));
      // Nothing is wrong: its leader is told why, and is sent to nobody.
      expect((await progressOf(leaderOf('u01').database)).ackProblem).toBe('KEY_TOO_NEW');
      expect((await situationOf(leaderOf('u01').database, firstPlan, leaderOf('u01').now())).ackProblem).toBeNull();
    };
    const draw = await house.show(organiser, leaders, '2026-W47', { locked });
    const verdict = await house.read(draw, 'u01', pin);
    expect(verdict).toMatchObject({ ok: true, acks: ['u02', 'u03'], notices: ['KEY_REPLACED', 'VALUE_TO_COMPARE'] });
    expect(await house.audit(pin)).toEqual([]);
  });

  test('another person follows in office: the same unit, a term of their own, and the diaries before keep their author', async () => {
    const house = await openHouse(await open());
    const { organiser, leaders, leaderOf, pin } = await staffed(house);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W47', `${unit}的一周`);
    const first = await house.show(organiser, leaders, '2026-W47');
    const predecessor = leaderOf('u01');
    const { id } = (await call(getMe, {}, predecessor)).person;
    await endOf(house, organiser, 'u01', 'leader');
    const successor = await house.enrolled(organiser, 'leader', 'u01', { why: 'leader', name: '新局长' });
    await beginTerm('u01', '新任局长', '2026-11-25', organiser);
    await beginTerm('u01', '新任局长', '2026-11-25', organiser);
    leaders.set('u01', successor);
    const { terms } = await call(getOrganisation, {}, organiser);
    expect(terms.filter(({ unit }) => unit === 'u01').map(({ post, from, to }) => [post, from, to])).toEqual([
      ['u01局长', '2026-01-01', '2026-11-24'],
      ['新任局长', '2026-11-25', null],
    ]);
    const me = await call(getMe, {}, successor);
    expect(me.grants).toEqual([{ role: 'leader', unit: 'u01', actor: 'u01' }]);
    expect(me.person.id).not.toBe(id);
    await runSync(true, successor);
    expect(await successor.database.rows.count()).toBe(0);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W48', `${unit}的下一周`);
    const second = await house.show(organiser, leaders, '2026-W48');
    expect(await noticesOf(house, first, 'u01', pin)).toEqual(['VALUE_TO_COMPARE']);
    expect(await noticesOf(house, second, 'u01', pin)).toEqual(['KEY_REPLACED', 'VALUE_TO_COMPARE']);
    const cards = await (await house.server.send('/public/index.json')).json();
    const postOf = new Map(terms.map(({ id: term, post }) => [term, post]));
    const posts = cards.newest
      .filter((card: { unit: string }) => card.unit === 'u01')
      .map((card: { draw: string; term: string }) => [card.draw, postOf.get(card.term)]);
    expect(posts).toEqual([
      [second, '新任局长'],
      [first, 'u01局长'],
    ]);
    expect(await house.audit(pin)).toEqual([]);
  });

  test('what a reviewer withheld before the key ended stays withheld; after it nothing more is taken', async () => {
    const house = await openHouse(await open());
    const { organiser, leaders, pin } = await staffed(house);
    const reviewer = await house.enrolled(organiser, 'reviewer', null);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W47', `${unit}的一周`);
    const draw = await house.show(organiser, leaders, '2026-W47');
    const reason = { item: 0, ground: 'privacy', basis: '《条例》第十五条' };
    const sealOf = async (unit: string) => {
      const verdict = await house.read(draw, unit, pin);
      return verdict.ok ? verdict.seal : verdict.failure;
    };
    await record(reviewer, 'reviewer', { ...reason, seal: await sealOf('u01') });
    const key = { actor: 'rev1', kid: await kidOf(reviewer, 'reviewer') };
    await endKey(key, 'rotation', organiser);
    await endKey(key, 'rotation', organiser);
    const seal = await sealOf('u02');
    await expect(record(reviewer, 'reviewer', { ...reason, seal })).rejects.toMatchObject({
      facts: { reason: 'KEY_NOT_VALID' },
    });
    expect(await noticesOf(house, draw, 'u01', pin)).toEqual(['HELD_AFTER_DRAW', 'VALUE_TO_COMPARE']);
    expect(await noticesOf(house, draw, 'u02', pin)).toEqual(['VALUE_TO_COMPARE']);
    expect(await house.audit(pin)).toEqual([]);
  });

  test('the organiser’s key is rotated by the old one, then replaced by the spare; readers keep their pin', async () => {
    const house = await openHouse(await open());
    const { organiser, leaders, pin } = await staffed(house);
    const spare = await house.enrolled(organiser, 'organiser', null);
    await rotateOwnKeys(organiser);
    const rotated = await kidOf(organiser, 'organiser');
    expect(rotated).not.toBe(pin);
    expect((await recordsNow(organiser)).keys.added.get(rotated)).toMatchObject({ sub: 'org', old: pin });
    expect((await house.rows(organiser)).filter(({ state }) => state === 'claimed')).toEqual([]);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W47', `${unit}的一周`);
    const first = await house.show(organiser, leaders, '2026-W47');
    expect(await noticesOf(house, first, 'u01', pin)).toEqual(['VALUE_TO_COMPARE']);
    await endKey({ actor: 'org', kid: rotated }, 'lost', spare);
    const third = await house.enrolled(spare, 'organiser', null);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W48', `${unit}的下一周`);
    const second = await house.show(third, leaders, '2026-W48');
    expect(await noticesOf(house, second, 'u01', pin)).toEqual(['VALUE_TO_COMPARE']);
    expect(await noticesOf(house, first, 'u01', pin)).toEqual(['VALUE_TO_COMPARE']);
    expect(await noticesOf(house, second, 'u01', rotated)).toBe('KEY_NOT_VALID');
    expect(await historyOf(third, 'org')).toEqual([
      ['rotation', 'lost'],
      [null, 'rotation'],
    ]);
    expect(await house.audit(pin)).toEqual([]);
  });

  test('with both organiser keys lost the log takes no enrolment, no rule and no second beginning', async () => {
    const house = await openHouse(await open());
    const organiser = await house.begin();
    const spare = await house.enrolled(organiser, 'organiser', null);
    const log = await recordsNow(organiser);
    for (const context of [organiser, spare]) await context.database.keys.where('use').equals('organiser').delete();
    expect(standingOf(log, (await logSigner('organiser', organiser))?.kid ?? null)).toBe('lostHere');
    await expect(signRule(rule, organiser)).rejects.toMatchObject({ facts: { reason: 'NO_KEY' } });
    await expect(house.enrolled(spare, 'leader', 'u01')).rejects.toMatchObject({ facts: { reason: 'NO_KEY' } });
    await expect(firstInvitation(house.server.context)).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  });

  test('a second key that nobody explained is found by the audit, and the unit’s own device acknowledges nothing', async () => {
    const house = await openHouse(await open());
    const { organiser, leaders, pin } = await staffed(house);
    for (const [unit, leader] of leaders) await house.seal(leader, '2026-W47', `${unit}的一周`);
    const fake = await testKey('stranger');
    const signer = await logSigner('organiser', organiser);
    if (signer === null) throw new Error('no key');
    const iat = Math.floor(house.clock.ms / 1000);
    const pop = await signPossession('diary.example/log1', 'u01', iat, fake);
    const add = { op: 'add', sub: 'u01', role: 'leader', jwk: fake.jwk, pop, iss: 'org', iat } as const;
    const jws = await signRecord('wd-key+jwt', add, signer);
    // The organiser and the server work hand in hand: no judge stands between.
    const { context } = house.server;
    await context.database.transaction((trx) => appendLeaf(trx, context, jws));
    expect(await house.audit(pin)).toEqual(['KEY_HISTORY_CONFLICT']);
    const problems = async () =>
      Promise.all([...leaders.values()].map(async ({ database }) => (await progressOf(database)).ackProblem));
    let said: readonly (string | null)[] = [];
    const witnessed = async () => {
      said = await problems();
    };
    await house.show(organiser, leaders, '2026-W47', { witnessed });
    expect(said).toEqual(['KEY_UNKNOWN', null, null]);
  });
});
