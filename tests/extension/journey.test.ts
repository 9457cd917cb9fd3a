/** The extension's own commands and sync against the real server: enrolment, writing on two devices, seal, draw. */
import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  activateDevice,
  checkActivation,
  claimInvitation,
  endDevice,
  invitePerson,
  lookInvitation,
  offerKeys,
  readInvitationLink,
} from '../../extension/commands/accounts.ts';
import { lockDraw, signFreeze, signRule } from '../../extension/commands/draws.ts';
import { addEntries, changeMembers, setTitle } from '../../extension/commands/journal.ts';
import { composeSeal, reopenWeek, signSeal } from '../../extension/commands/seals.ts';
import { keepAsCorrection } from '../../extension/commands/tray.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { logSigner } from '../../extension/device/key.ts';
import { call } from '../../extension/remote/client.ts';
import { profileOf, progressOf } from '../../extension/store/database.ts';
import { entriesOn, saveState, signingProfile, standingOf, trayItems } from '../../extension/store/queries.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { auditForOwnUnit } from '../../extension/sync/own-audit.ts';
import { recordsNow } from '../../extension/sync/records.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/port.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { getInvitations } from '../../shared/api/accounts.ts';
import { getDraws, getFreeze } from '../../shared/api/draws.ts';
import { noKeys } from '../../shared/proof/keys.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import { issuer, openServer, type TestServer } from '../fixtures/app.ts';
import { openProfile, type ProfileDouble } from './profile-double.ts';

let folder: string;
let database: Database;
let server: TestServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-extension-'));
  const address = join(folder, 'sundial.sqlite');
  database = await openDatabase(address);
  server = await openServer({ database, address, folder });
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  expect(server.reported).toEqual([]);
});

const week = '2026-W47';
const day = '2026-11-20';
const entry = { day, start: `${day}T08:30`, end: `${day}T10:00`, text: '研究部署社会基层治理网格化管理工作' };
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };

const newProfile = (heard: string[] = []): Promise<ProfileDouble> =>
  openProfile(
    async (address, init) => {
      heard.push(`${address} ${typeof init.body === 'string' ? init.body : ''}`);
      return server.send(address.slice(issuer.length), init);
    },
    { enrolled: false, now: () => server.clock.ms },
  );

async function enrolOrganiser(): Promise<ProfileDouble> {
  const organiser = await newProfile();
  const { code } = await firstInvitation(server.context);
  await claimInvitation(await lookInvitation({ address: issuer, code }, organiser.context), true, organiser.context);
  return organiser;
}

async function enrolLeader(organiser: ProfileDouble, unit: string, heard: string[] = []): Promise<ProfileDouble> {
  const { link } = await invitePerson({ name: `${unit}局长`, grants: [{ role: 'leader', unit }] }, organiser.context);
  const leader = await newProfile(heard);
  const read = readInvitationLink(link);
  if (!read.ok) throw new Error(read.problem);
  await claimInvitation(await lookInvitation(read.value, leader.context), true, leader.context);
  const { rows } = await call(getInvitations, {}, organiser.context);
  const row = rows.find(({ state }) => state === 'claimed');
  if (row === undefined) throw new Error('nothing was claimed');
  await activateDevice(row, noKeys(), new Map(), organiser.context);
  expect(await checkActivation(leader.context)).toBe('active');
  return leader;
}

/** Logs a rule for one unit and freezes the week after its deadline. */
async function freezeWeek({ context }: ProfileDouble): Promise<{ readonly draw: string }> {
  await signRule(
    {
      roll: [{ unit: 'u01', stratum: 'a' }],
      strata: [{ id: 'a', seats: 1 }],
      window: 0,
      min_acks: 1,
      close: 720,
      zone: 'Asia/Shanghai',
      sources: [
        { kind: 'nonces', name: 'units' },
        { kind: 'lottery', name: 'ssq' },
      ],
    },
    context,
  );
  server.clock.ms = Date.UTC(2026, 10, 23, 5);
  const freeze = await call(getFreeze, { params: { week } }, context);
  const notBefore = Date.UTC(2026, 10, 24, 13) / 1000;
  await signFreeze(freeze, { away: new Map(), issues: new Map([['ssq', { issue: '2026134', notBefore }]]) }, context);
  return freeze;
}

async function only(context: Context) {
  const [written] = await entriesOn(context.database, day);
  if (written === undefined) throw new Error('no entry');
  return written;
}

test('a line written before enrolment is delivered after it', async () => {
  const organiser = await enrolOrganiser();
  const { link } = await invitePerson({ name: '局长', grants: [{ role: 'leader', unit: 'u01' }] }, organiser.context);
  const leader = await newProfile();
  await addEntries([entry], null, leader.context);
  const read = readInvitationLink(link);
  if (!read.ok) throw new Error(read.problem);
  await claimInvitation(await lookInvitation(read.value, leader.context), true, leader.context);
  await runSync(true, leader.context);
  expect(await saveState(leader.context.database)).toMatchObject({ waiting: 1, progress: { state: 'pending' } });
  const [row] = (await call(getInvitations, {}, organiser.context)).rows.filter(({ state }) => state === 'claimed');
  if (row !== undefined) await activateDevice(row, noKeys(), new Map(), organiser.context);
  await runSync(true, leader.context);
  expect(await saveState(leader.context.database)).toMatchObject({ waiting: 0, progress: { state: 'idle' } });
});

test('an invitation names its unit as the organisation does', async () => {
  const organiser = await enrolOrganiser();
  const { link } = await invitePerson({ name: '局长', grants: [{ role: 'leader', unit: 'u01' }] }, organiser.context);
  const read = readInvitationLink(link);
  if (!read.ok) throw new Error(read.problem);
  const invitation = await lookInvitation(read.value, (await newProfile()).context);
  const { organisation } = await profileOf(organiser.context.database);
  expect(invitation.units.get('u01')).toEqual(organisation?.units.find(({ id }) => id === 'u01')?.name);
  expect(invitation.units.get('u01')).toBeDefined();
});

test('offline writing, a lost answer and edits all arrive once', async () => {
  const leader = await enrolLeader(await enrolOrganiser(), 'u01');
  const { context, network } = leader;
  network.on = false;
  await addEntries([entry], null, context);
  await changeMembers(await only(context), { thinking: '当时怎么想的' }, context);
  await runSync(true, context);
  network.on = true;
  const losing: Context = {
    ...context,
    fetch: async (address, init) => {
      const answer = await context.fetch(address, init);
      if (address.endsWith('/push')) throw new TypeError('connection reset');
      return answer;
    },
  };
  await runSync(true, losing);
  expect(await saveState(context.database)).toMatchObject({ waiting: 2 });
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
  expect(await only(context)).toMatchObject({ delivered: true, body: { thinking: '当时怎么想的' } });
});

test('withheld text is in no request and not on the server, sealed or not', async () => {
  const heard: string[] = [];
  const { context } = await enrolLeader(await enrolOrganiser(), 'u01', heard);
  await addEntries([{ ...entry, text: '不能出去的话' }], hold, context);
  await addEntries([{ ...entry, text: '后来不公开的话' }], null, context);
  await runSync(true, context);
  const later = (await entriesOn(context.database, day)).find(({ body }) => body.text === '后来不公开的话');
  if (later === undefined) throw new Error('no entry');
  await withhold(later, hold, context);
  await runSync(true, context);
  await signSeal(await composeSeal(week, context), context);
  expect(heard.join('\n')).not.toContain('不能出去');
  const stored = await database.db.selectFrom('op').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain('后来不公开');
  expect(JSON.stringify(stored)).not.toContain('不能出去');
});

test('a sealed week stands in the log, as the device finds by itself; reopened, it is sealed again as revision 2', async () => {
  const { context } = await enrolLeader(await enrolOrganiser(), 'u01');
  await addEntries([entry, { ...entry, start: `${day}T22:30`, end: '2026-11-21T00:30', text: '值守' }], null, context);
  await setTitle(week, '有“风”度', '', context);
  const first = await signSeal(await composeSeal(week, context), context);
  expect(first).toMatchObject({ state: 'logged', confirmed: true, rev: 1 });
  await runSync(true, context);
  expect(await standingOf(context.database, week)).toBe('sealed');
  await reopenWeek(week, context);
  await changeMembers(await only(context), { text: '改过的' }, context);
  const second = await signSeal(await composeSeal(week, context), context);
  expect(second).toMatchObject({ state: 'logged', confirmed: true, rev: 2 });
  expect(await trayItems(context.database)).toEqual([]);
});

test('a freeze before the new seal sets the week back, and what was written since is offered as corrections', async () => {
  const organiser = await enrolOrganiser();
  const { context } = await enrolLeader(organiser, 'u01');
  await addEntries([entry], null, context);
  const sealed = await signSeal(await composeSeal(week, context), context);
  await reopenWeek(week, context);
  await changeMembers(await only(context), { text: '重开后改的' }, context);
  await addEntries([{ ...entry, start: `${day}T14:00`, end: `${day}T15:00`, text: '重开后加的' }], null, context);
  await runSync(true, context);
  await freezeWeek(organiser);
  await runSync(true, context);
  expect((await entriesOn(context.database, day)).map(({ body }) => body.text)).toEqual([entry.text]);
  const items = await trayItems(context.database);
  expect(items.map(({ reason, body }) => [reason, body?.text])).toEqual([
    ['SEALED', '重开后改的'],
    ['SEALED', '重开后加的'],
  ]);
  for (const item of items) await keepAsCorrection(item, context);
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 0, tray: 0 });
  const corrections = (await entriesOn(context.database, day)).filter(({ body }) => body.lateFor === week);
  expect(corrections.map(({ body }) => [body.text, body.week, body.corrects?.seal ?? null])).toEqual([
    ['重开后改的', '2026-W48', sealed.seal],
    ['重开后加的', '2026-W48', null],
  ]);
});

test('the device opens its nonce and acknowledges the locked head by its own checks', async () => {
  const organiser = await enrolOrganiser();
  const leader = await enrolLeader(organiser, 'u01');
  await addEntries([entry], null, leader.context);
  await signSeal(await composeSeal(week, leader.context), leader.context);
  const freeze = await freezeWeek(organiser);
  await runSync(true, leader.context);
  expect(await standingOf(leader.context.database, week)).toBe('frozen');
  await giveAcks(leader.context);
  const [frozen] = (await call(getDraws, {}, organiser.context)).rows;
  expect(frozen?.nonces).toEqual(['u01']);
  await lockDraw(freeze.draw, organiser.context);
  // A clock eleven minutes off says when it saw what; such a device does not sign, and its leader is told.
  await giveAcks({ ...leader.context, now: () => server.clock.ms + 11 * 60_000 });
  expect((await progressOf(leader.context.database)).ackProblem).toBe('CLOCK_WRONG');
  await giveAcks(leader.context);
  expect((await progressOf(leader.context.database)).ackProblem).toBeNull();
  const [locked] = (await call(getDraws, {}, organiser.context)).rows;
  expect(locked?.acks).toEqual(['u01']);
});

test('a new signing key signs once an organiser has enrolled it, and until then the old one does', async () => {
  const organiser = await enrolOrganiser();
  const { context } = await enrolLeader(organiser, 'u01');
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

  const [offer] = offers;
  if (offer === undefined) throw new Error('nothing was offered');
  const { keys } = await recordsNow(organiser.context);
  const kid = await thumbprint(offer.logKeys[0]?.jwk ?? { kty: 'EC', crv: 'P-256', x: '', y: '' });
  await activateDevice(offer, keys, new Map([[kid, 'rotation']]), organiser.context);
  await runSync(true, context);
  expect(await signer()).toBe(kid);
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

/** Claims a new invitation of the same person on a profile and activates it, its signing key for a reason. */
async function enrolAgain(organiser: ProfileDouble, { context }: ProfileDouble, signs: boolean): Promise<void> {
  const { link } = await invitePerson(
    { name: 'u01局长', grants: [{ role: 'leader', unit: 'u01' }] },
    organiser.context,
  );
  const read = readInvitationLink(link);
  if (!read.ok) throw new Error(read.problem);
  await claimInvitation(await lookInvitation(read.value, context), signs, context);
  const row = (await call(getInvitations, {}, organiser.context)).rows.find(({ state }) => state === 'claimed');
  if (row === undefined) throw new Error('nothing was claimed');
  const kids = await Promise.all(row.logKeys.map(({ jwk }) => thumbprint(jwk)));
  const { keys } = await recordsNow(organiser.context);
  await activateDevice(row, keys, new Map(kids.map((kid) => [kid, 'lost'])), organiser.context);
  expect(await checkActivation(context)).toBe('active');
}

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
  const organiser = await enrolOrganiser();
  const leader = await enrolLeader(organiser, 'u01');
  const { context } = leader;
  await loseDevice(organiser, leader);
  await addEntries([entry], null, context);
  await enrolAgain(organiser, leader, false);
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
  const organiser = await enrolOrganiser();
  const leader = await enrolLeader(organiser, 'u01');
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
  const { link } = await invitePerson(
    { name: 'u01局长', grants: [{ role: 'leader', unit: 'u01' }] },
    organiser.context,
  );
  const read = readInvitationLink(link);
  if (!read.ok) throw new Error(read.problem);
  const invitation = await lookInvitation(read.value, context);
  await expect(claimInvitation(invitation, true, losing.context)).rejects.toThrow();
  expect((await logSigner('leader', context))?.kid).toBe(old);
  await claimInvitation(invitation, true, losing.context);
  const row = (await call(getInvitations, {}, organiser.context)).rows.find(({ state }) => state === 'claimed');
  const [claim] = row?.logKeys ?? [];
  if (row === undefined || claim === undefined) throw new Error('nothing was claimed');
  const kid = await thumbprint(claim.jwk);
  const { keys } = await recordsNow(organiser.context);
  await activateDevice(row, keys, new Map([[kid, 'lost']]), organiser.context);
  expect(await checkActivation(context)).toBe('active');
  expect((await logSigner('leader', context))?.kid).toBe(kid);
  expect(await context.database.keys.count()).toBe(2);
  await addEntries([entry], null, context);
  expect(await signSeal(await composeSeal(week, context), context)).toMatchObject({ state: 'logged', confirmed: true });
});

test('a browser that keeps the journal of one leader is enrolled for no other, and delivers it for no other', async () => {
  const organiser = await enrolOrganiser();
  const leader = await enrolLeader(organiser, 'u01');
  const { context } = leader;
  await addEntries([entry], null, context);
  await runSync(true, context);
  await loseDevice(organiser, leader);
  await addEntries([{ ...entry, text: '前任没有送出的一条' }], null, context);
  const { link } = await invitePerson({ name: '继任者', grants: [{ role: 'leader', unit: 'u01' }] }, organiser.context);
  const read = readInvitationLink(link);
  if (!read.ok) throw new Error(read.problem);
  const refused = { code: 'NOT_ALLOWED', facts: { reason: 'OTHER_WRITER' } };
  await expect(lookInvitation(read.value, context)).rejects.toMatchObject(refused);
  // Nor where the page did not look: what signs in is judged again.
  const elsewhere = await newProfile();
  await claimInvitation(await lookInvitation(read.value, elsewhere.context), true, context);
  const row = (await call(getInvitations, {}, organiser.context)).rows.find(({ state }) => state === 'claimed');
  if (row === undefined) throw new Error('nothing was claimed');
  const kids = await Promise.all(row.logKeys.map(({ jwk }) => thumbprint(jwk)));
  const { keys } = await recordsNow(organiser.context);
  await activateDevice(row, keys, new Map(kids.map((kid) => [kid, 'leader'])), organiser.context);
  await expect(checkActivation(context)).rejects.toMatchObject(refused);
  await runSync(true, context);
  expect(await saveState(context.database)).toMatchObject({ waiting: 1, progress: { state: 'refused' } });
  const stored = await database.db.selectFrom('op').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain('前任没有送出');
});

test('a device whose key another one replaced signs no more, and says so before it withholds', async () => {
  const organiser = await enrolOrganiser();
  const first = await enrolLeader(organiser, 'u01');
  const second = await newProfile();
  await enrolAgain(organiser, second, true);
  await runSync(true, first.context);
  await giveAcks(first.context);
  const head = await first.context.database.heads.orderBy('size').last();
  if (head === undefined) await recordsNow(first.context);
  await auditForOwnUnit(first.context);
  expect(await logSigner('leader', first.context)).toBeNull();
  expect(await logSigner('leader', second.context)).not.toBeNull();
  await expect(composeSeal(week, first.context)).rejects.toMatchObject({ code: 'NOT_ALLOWED' });
});

test('a device whose key another one replaced forgets it as soon as a seal is refused for it', async () => {
  const organiser = await enrolOrganiser();
  const first = await enrolLeader(organiser, 'u01');
  await addEntries([entry], null, first.context);
  const draft = await composeSeal(week, first.context);
  await enrolAgain(organiser, await newProfile(), true);
  const refused = { code: 'RECORD_REFUSED', facts: { reason: 'KEY_NOT_VALID' } };
  await expect(signSeal(draft, first.context)).rejects.toMatchObject(refused);
  expect(await logSigner('leader', first.context)).toBeNull();
  expect(await signingProfile(first.context.database)).toMatchObject({ signs: false });
});

test('a server that only says that a key has ended costs no key: the log is asked', async () => {
  const organiser = await enrolOrganiser();
  const { context } = await enrolLeader(organiser, 'u01');
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

test('an ended device stands as ended in the list', async () => {
  const organiser = await enrolOrganiser();
  await enrolLeader(organiser, 'u01');
  const leader = async () =>
    (await call(getInvitations, {}, organiser.context)).rows.find(({ name }) => name === 'u01局长');
  await endDevice((await leader())?.device?.id ?? '', [], organiser.context);
  expect((await leader())?.state).toBe('ended');
});
