/** The extension's own commands and sync against the real server: how devices and their keys come, follow each other and end. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkActivation, claimInvitation, endDevice, endKey, offerKeys } from '../../extension/commands/accounts.ts';
import { signRule } from '../../extension/commands/draws.ts';
import { addEntries } from '../../extension/commands/journal.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import type { Context } from '../../extension/device/context.ts';
import { logSigner } from '../../extension/device/key.ts';
import { call } from '../../extension/remote/client.ts';
import { profileOf, progressOf } from '../../extension/store/database.ts';
import { entriesOn, saveState, signingProfile } from '../../extension/store/queries.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { auditForOwnUnit } from '../../extension/sync/own-audit.ts';
import { recordsNow } from '../../extension/sync/records.ts';
import { runSync } from '../../extension/sync/run.ts';
import { getInvitations } from '../../shared/api/accounts.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import { activateClaimed, enrol, type Ground, invitationOf, openGround, rule } from './ground.ts';
import type { ProfileDouble } from './profile-double.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await openGround();
});
afterEach(() => ground.close());

const week = '2026-W47';
const day = '2026-11-20';
const entry = { day, start: `${day}T08:30`, end: `${day}T10:00`, text: '研究部署社会基层治理网格化管理工作' };
/** The one who leads u01, whatever the device. */
const leads = { name: 'u01局长', grants: [{ role: 'leader' as const, unit: 'u01' }] };
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };

test('an invitation names its unit as the organisation does', async () => {
  const organiser = await ground.enrolOrganiser();
  const invitation = await invitationOf(organiser, await ground.newProfile(), leads);
  const { organisation } = await profileOf(organiser.context.database);
  expect(invitation.units.get('u01')).toEqual(organisation?.units.find(({ id }) => id === 'u01')?.name);
  expect(invitation.units.get('u01')).toBeDefined();
});

test('a new signing key signs once an organiser has enrolled it, and until then the old one does', async () => {
  const organiser = await ground.enrolOrganiser();
  const { context } = await ground.enrolLeader(organiser, 'u01');
  const signer = async () => (await logSigner('leader', context))?.kid;
  const old = await signer();
  await offerKeys(context);
  await offerKeys(context);
  const { rows } = await call(getInvitations, {}, organiser.context);
  const offers = rows.filter(({ rotates }) => rotates);
  expect(offers.map(({ state, name, logKeys }) => [state, name, logKeys.length])).toEqual([['claimed', 'u01局长', 1]]);
  await addEntries([entry], null, context);
  expect(await signSeal(await composeSeal(week, context), context)).toMatchObject({ state: 'logged', confirmed: true });
  expect(await signer()).toBe(old);

  const offer = await activateClaimed(organiser, 'rotation');
  const kid = await thumbprint(offer.logKeys[0]?.jwk ?? { kty: 'EC', crv: 'P-256', x: '', y: '' });
  await runSync(true, context);
  expect(await signer()).toBe(kid);
  expect((await progressOf(context.database)).auditProblems ?? []).toEqual([]);
  const after = (await recordsNow(organiser.context)).keys;
  expect([after.ended.has(old ?? ''), after.ended.has(kid)]).toEqual([true, false]);
  const next = { ...entry, day: '2026-11-27', start: '2026-11-27T08:30', end: '2026-11-27T10:00' };
  await addEntries([next], null, context);
  expect(await signSeal(await composeSeal('2026-W48', context), context)).toMatchObject({ confirmed: true });
  const listed = (await call(getInvitations, {}, organiser.context)).rows;
  expect(listed.map(({ state, rotates }) => [state, rotates])).toEqual([
    ['active', false],
    ['active', false],
  ]);
  expect(listed.find(({ name }) => name === 'u01局长')?.logKeys.map(({ jwk }) => jwk)).toEqual([offer.logKeys[0]?.jwk]);
});

/** The organiser ends the device of a leader and its key, and the device hears of it. */
async function loseDevice(organiser: ProfileDouble, { context }: ProfileDouble): Promise<void> {
  const { device } = await profileOf(context.database);
  const signer = await logSigner('leader', context);
  if (device === null || signer === null) throw new Error('no signing device');
  await endDevice(device.id, [{ actor: signer.actor, kid: signer.kid, why: 'lost' }], organiser.context);
  await context.token.write(null);
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ ended: true, progress: { state: 'revoked' } });
}

test('a device that is enrolled again to write alone neither signs nor withholds: its former key is gone', async () => {
  const organiser = await ground.enrolOrganiser();
  const leader = await ground.enrolLeader(organiser, 'u01');
  const { context } = leader;
  await loseDevice(organiser, leader);
  await addEntries([entry], null, context);
  await enrol(organiser, leader, leads, false);
  expect((await context.database.keys.toArray()).map(({ use }) => use)).toEqual(['device']);
  expect((await signingProfile(context.database)).signs).toBe(false);
  await addEntries([{ ...entry, text: '不能出去的话' }], hold, context);
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, ended: false, progress: { state: 'idle' } });
  const seen = await entriesOn(context.database, day);
  expect(seen.map(({ delivered, held }) => [delivered, held?.parked !== undefined])).toEqual(
    expect.arrayContaining([
      [true, false],
      [false, true],
    ]),
  );
});

test('a device that is enrolled again to sign uses its new key, also where the first answer was lost', async () => {
  const organiser = await ground.enrolOrganiser();
  const leader = await ground.enrolLeader(organiser, 'u01');
  const { context } = leader;
  const old = (await logSigner('leader', context))?.kid;
  await loseDevice(organiser, leader);
  let isLost = false;
  const losing: ProfileDouble = {
    ...leader,
    context: {
      ...context,
      fetch: async (address, init) => {
        const answer = await context.fetch(address, init);
        if (!address.endsWith('/devices') || isLost) return answer;
        isLost = true;
        throw new TypeError('connection reset');
      },
    },
  };
  const invitation = await invitationOf(organiser, leader, leads);
  await expect(claimInvitation(invitation, true, losing.context)).rejects.toThrow();
  expect((await logSigner('leader', context))?.kid).toBe(old);
  await claimInvitation(invitation, true, losing.context);
  const { logKeys } = await activateClaimed(organiser);
  const [kid] = await Promise.all(logKeys.map(({ jwk }) => thumbprint(jwk)));
  expect(await checkActivation(context)).toBe('active');
  expect((await logSigner('leader', context))?.kid).toBe(kid);
  expect(await context.database.keys.count()).toBe(2);
  await addEntries([entry], null, context);
  expect(await signSeal(await composeSeal(week, context), context)).toMatchObject({ state: 'logged', confirmed: true });
});

test('a browser that keeps the journal of one leader is enrolled for no other, and delivers it for no other', async () => {
  const organiser = await ground.enrolOrganiser();
  const leader = await ground.enrolLeader(organiser, 'u01');
  const { context } = leader;
  await addEntries([entry], null, context);
  await runSync(true, context);
  await loseDevice(organiser, leader);
  await addEntries([{ ...entry, text: '前任没有送出的一条' }], null, context);
  const successor = { ...leads, name: '继任者' };
  const refused = { code: 'NOT_ALLOWED', facts: { reason: 'OTHER_WRITER' } };
  await expect(invitationOf(organiser, leader, successor)).rejects.toMatchObject(refused);
  // Nor where the page did not look: what signs in is judged again.
  const elsewhere = await ground.newProfile();
  await claimInvitation(await invitationOf(organiser, elsewhere, successor), true, context);
  await activateClaimed(organiser, 'leader');
  await expect(checkActivation(context)).rejects.toMatchObject(refused);
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 1, progress: { state: 'refused' } });
  const stored = await ground.database.db.selectFrom('op').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain('前任没有送出');
});

test('a device whose key another one replaced signs no more, and says so before it withholds', async () => {
  const organiser = await ground.enrolOrganiser();
  const first = await ground.enrolLeader(organiser, 'u01');
  const second = await ground.newProfile();
  await enrol(organiser, second, leads);
  await runSync(true, first.context);
  await giveAcks(first.context);
  const head = await first.context.database.heads.orderBy('size').last();
  if (head === undefined) await recordsNow(first.context);
  await auditForOwnUnit(first.context);
  expect((await progressOf(first.context.database)).auditProblems).toEqual(['KEY_ENDED']);
  expect((await progressOf(second.context.database)).auditProblems ?? []).toEqual([]);
  expect(await logSigner('leader', first.context)).toBeNull();
  expect(await logSigner('leader', second.context)).not.toBeNull();
  await expect(composeSeal(week, first.context)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
});

test('a device whose key another one replaced forgets it as soon as a seal is refused for it', async () => {
  const organiser = await ground.enrolOrganiser();
  const first = await ground.enrolLeader(organiser, 'u01');
  await addEntries([entry], null, first.context);
  const draft = await composeSeal(week, first.context);
  await enrol(organiser, await ground.newProfile(), leads);
  const refused = { code: 'RECORD_REFUSED', facts: { reason: 'KEY_NOT_VALID' } };
  await expect(signSeal(draft, first.context)).rejects.toMatchObject(refused);
  expect((await progressOf(first.context.database)).auditProblems).toEqual(['KEY_ENDED']);
  expect(await logSigner('leader', first.context)).toBeNull();
  expect(await signingProfile(first.context.database)).toMatchObject({ signs: false });
});

test('a server that only says that a key has ended costs no key: the log is asked', async () => {
  const organiser = await ground.enrolOrganiser();
  const { context } = await ground.enrolLeader(organiser, 'u01');
  await addEntries([entry], null, context);
  const draft = await composeSeal(week, context);
  const liar: Context = {
    ...context,
    fetch: async (address, init) =>
      init?.method === 'POST' && address.endsWith('/journal/seals')
        ? Response.json(
            { type: 'x', title: 'x', status: 422, code: 'RECORD_REFUSED', facts: { reason: 'KEY_NOT_VALID' } },
            { status: 422 },
          )
        : context.fetch(address, init),
  };
  await expect(signSeal(draft, liar)).rejects.toMatchObject({ code: 'RECORD_REFUSED' });
  expect(await logSigner('leader', context)).not.toBeNull();
});

test("an official's key that another organiser ended is forgotten as soon as what it signed is refused", async () => {
  const first = await ground.enrolOrganiser();
  const second = await ground.newProfile();
  await enrol(first, second, { name: '李组织', grants: [{ role: 'organiser', unit: null }] });
  const signer = await logSigner('organiser', second.context);
  await endKey({ actor: signer?.actor ?? '', kid: signer?.kid ?? '' }, 'lost', first.context);
  const { keys } = await recordsNow(first.context);
  const other = await logSigner('organiser', first.context);
  expect([keys.ended.has(signer?.kid ?? ''), keys.ended.has(other?.kid ?? '')]).toEqual([true, false]);
  const refused = { code: 'RECORD_REFUSED', facts: { reason: 'KEY_NOT_VALID' } };
  await expect(signRule(rule, second.context)).rejects.toMatchObject(refused);
  expect(await logSigner('organiser', second.context)).toBeNull();
  // From now on the page says so before anything is signed.
  await expect(signRule(rule, second.context)).rejects.toMatchObject({
    code: 'NOT_ALLOWED',
    facts: { reason: 'NO_KEY' },
  });
});

test('an ended device stands as ended in the list', async () => {
  const organiser = await ground.enrolOrganiser();
  await ground.enrolLeader(organiser, 'u01');
  const leader = async () =>
    (await call(getInvitations, {}, organiser.context)).rows.find(({ name }) => name === 'u01局长');
  await endDevice((await leader())?.device?.id ?? '', [], organiser.context);
  expect((await leader())?.state).toBe('ended');
});
