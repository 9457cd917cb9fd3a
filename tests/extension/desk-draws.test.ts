/** The organiser's commands against the real server: a whole draw, a void one and its re-run, and the end of a device. */
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
  readInvitationLink,
} from '../../extension/commands/accounts.ts';
import {
  computeDraw,
  lockDraw,
  recomputeDraw,
  signDraw,
  signFreeze,
  signRule,
  type Values,
  voidDraw,
} from '../../extension/commands/draws.ts';
import { addEntries } from '../../extension/commands/journal.ts';
import { composeSeal, signSeal } from '../../extension/commands/seals.ts';
import type { Context } from '../../extension/device/context.ts';
import { logSigner } from '../../extension/device/key.ts';
import { call } from '../../extension/remote/client.ts';
import { standingOf } from '../../extension/screens/people/keys-of.ts';
import { changeProfile, profileOf } from '../../extension/store/database.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { recordsNow } from '../../extension/sync/records.ts';
import { runSync } from '../../extension/sync/run.ts';
import { openDatabase } from '../../server/database/open.ts';
import type { Database } from '../../server/database/port.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { getInvitations } from '../../shared/api/accounts.ts';
import { type DrawRow, getDraws, getFreeze } from '../../shared/api/draws.ts';
import type { Bytes } from '../../shared/base/bytes.ts';
import type { Role } from '../../shared/organisation/role.ts';
import { auditLog } from '../../shared/proof/audit.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import { decodeEntries, encodeEntries, entriesPath } from '../../shared/proof/tiles.ts';
import { issuer, openServer, type TestServer } from '../fixtures/app.ts';
import { openProfile } from './profile-double.ts';

let folder: string;
let database: Database;
let server: TestServer;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sundial-desk-'));
  const address = join(folder, 'sundial.sqlite');
  database = await openDatabase(address);
  server = await openServer({ database, address, folder }, { more: { deadlines: { reviewWorkingDays: 0 } } });
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
  expect(server.reported).toEqual([]);
});

const week = '2026-W47';
const frozenAt = Date.UTC(2026, 10, 23, 5);
const notBefore = Date.UTC(2026, 10, 24, 13) / 1000;
const values: Values = [{ kind: 'lottery', name: '双色球', issue: '2026134', value: [2, 5, 8, 10, 12, 30, 14] }];

async function enrol(link: string): Promise<Context> {
  const { context } = await openProfile(async (address, init) => server.send(address.slice(issuer.length), init), {
    enrolled: false,
    now: () => server.clock.ms,
  });
  const read = readInvitationLink(link);
  if (!read.ok) throw new Error(read.problem);
  await claimInvitation(await lookInvitation(read.value, context), true, context);
  return context;
}

const enrolFirst = async (): Promise<Context> => enrol((await firstInvitation(server.context)).link);

async function enrolled(organiser: Context, role: Role, unit: string | null, why?: 'lost'): Promise<Context> {
  const { link } = await invitePerson({ name: `${unit ?? role}`, grants: [{ role, unit }] }, organiser);
  const context = await enrol(link);
  const { rows } = await call(getInvitations, {}, organiser);
  const row = rows.find(({ state }) => state === 'claimed');
  if (row === undefined) throw new Error('nothing was claimed');
  const reasons =
    why === undefined
      ? []
      : await Promise.all(row.logKeys.map(async ({ jwk }) => [await thumbprint(jwk), why] as const));
  await activateDevice(row, (await recordsNow(organiser)).keys, new Map(reasons), organiser);
  expect(await checkActivation(context)).toBe('active');
  return context;
}

async function sealed(organiser: Context, unit: string): Promise<Context> {
  const context = await enrolled(organiser, 'leader', unit);
  const day = '2026-11-20';
  await addEntries([{ day, start: `${day}T08:30`, end: `${day}T10:00`, text: `${unit}例会` }], null, context);
  await signSeal(await composeSeal(week, context), context);
  return context;
}

const setRule = (organiser: Context) =>
  signRule(
    {
      roll: ['u01', 'u02', 'u03'].map((unit) => ({ unit, stratum: 'a' })),
      strata: [{ id: 'a', seats: 1 }],
      window: 2,
      min_acks: 2,
      close: 720,
      zone: 'Asia/Shanghai',
      sources: [
        { kind: 'nonces', name: 'units' },
        { kind: 'lottery', name: '双色球' },
      ],
    },
    organiser,
  );

async function freeze(organiser: Context): Promise<DrawRow> {
  const proposal = await call(getFreeze, { params: { week } }, organiser);
  const wish = {
    away: new Map([['u03', 'leave' as const]]),
    issues: new Map([['双色球', { issue: '2026134', notBefore }]]),
  };
  await signFreeze(proposal, wish, organiser);
  return newest(organiser);
}

async function newest(context: Context): Promise<DrawRow> {
  const [row] = (await call(getDraws, {}, context)).rows;
  if (row === undefined) throw new Error('no draw');
  return row;
}

/** A draw that is locked and witnessed, its numbers about to come out. */
async function witnessed(): Promise<{ readonly organiser: Context; readonly leaders: readonly Context[] }> {
  const organiser = await enrolFirst();
  const leaders = [await sealed(organiser, 'u01'), await sealed(organiser, 'u02')];
  await setRule(organiser);
  server.clock.ms = frozenAt;
  const { draw } = await freeze(organiser);
  for (const leader of leaders) await runSync(true, leader).then(() => giveAcks(leader));
  await lockDraw(draw, organiser);
  for (const leader of leaders) await giveAcks(leader);
  return { organiser, leaders };
}

test('the result that was shown is signed, agrees with the log, and all that was drawn is published', async () => {
  const { organiser } = await witnessed();
  server.clock.ms = notBefore * 1000;
  const row = await newest(organiser);
  expect(row).toMatchObject({ stage: 'locked', nonces: ['u01', 'u02'], acks: ['u01', 'u02'] });
  const shown = await computeDraw(row, values, organiser);
  expect(shown.draw.drawn).toHaveLength(1);
  expect(shown.draw.nonces).toEqual(['u01', 'u02']);
  await signDraw(row, shown, organiser);
  const drawn = await newest(organiser);
  expect(drawn).toMatchObject({ stage: 'published', drawn: shown.draw.drawn });
  expect(await recomputeDraw(drawn, organiser)).toBe(true);
});

test('another result than the one shown is not signed; numbers for another issue are not computed', async () => {
  const { organiser } = await witnessed();
  server.clock.ms = notBefore * 1000;
  const row = await newest(organiser);
  const shown = await computeDraw(row, values, organiser);
  const other = shown.draw.drawn.map(({ stratum, unit }) => ({ stratum, unit: unit === 'u01' ? 'u02' : 'u01' }));
  const altered = { ...shown, draw: { ...shown.draw, drawn: other } };
  await expect(signDraw(row, altered, organiser)).rejects.toMatchObject({ facts: { reason: 'RESULT_DIFFERS' } });
  const next = values.map((value) => ({ ...value, issue: '2026135' }));
  await expect(computeDraw(row, next, organiser)).rejects.toMatchObject({ facts: { reason: 'VALUES_WRONG' } });
  expect(await newest(organiser)).toMatchObject({ stage: 'locked' });
});

test('nothing goes out of order: no numbers before their time, no other list before a result', async () => {
  const { organiser } = await witnessed();
  const row = await newest(organiser);
  const early = await computeDraw(row, values, organiser);
  await expect(signDraw(row, early, organiser)).rejects.toMatchObject({ code: 'OUT_OF_ORDER' });
  await expect(call(getFreeze, { params: { week } }, organiser)).rejects.toMatchObject({
    facts: { reason: 'DRAW_OPEN' },
  });
});

test('a void draw keeps its reason and is run again under a new id; the log has no fault', async () => {
  const { organiser } = await witnessed();
  await voidDraw(await newest(organiser), '期号写错了', organiser);
  expect(await newest(organiser)).toMatchObject({ stage: 'void', voidReason: '期号写错了' });
  const again = await freeze(organiser);
  expect(again).toMatchObject({ draw: 'd-2026-w47-r2', stage: 'frozen' });
  const { head, records } = await recordsNow(organiser);
  const leaves = records.map(({ text }) => text);
  expect((await auditLog(leaves, head, { origin: 'diary.example/log1', organisers: null })).codes).toEqual([]);
});

test('an ended device signs in no more, and its key is revoked in the log; the next one says why', async () => {
  const organiser = await enrolFirst();
  const leader = await sealed(organiser, 'u01');
  const row = (await call(getInvitations, {}, organiser)).rows.find(({ grants }) => grants[0]?.unit === 'u01');
  if (row?.device == null) throw new Error('no device');
  const keys = await Promise.all(
    row.logKeys.map(async ({ actor, jwk }) => ({ actor, kid: await thumbprint(jwk), why: 'lost' as const })),
  );
  await endDevice(row.device.id, keys, organiser);
  await leader.token.write(null);
  await expect(checkActivation(leader)).rejects.toMatchObject({ code: 'DEVICE_REVOKED' });
  const after = await recordsNow(organiser);
  expect(keys.every(({ kid }) => after.keys.ended.has(kid))).toBe(true);
  await endDevice(row.device.id, keys, organiser);
  await enrolled(organiser, 'leader', 'u01', 'lost');
});

test('a desk that is opened before the first sync has ended reads the log all the same', async () => {
  const organiser = await enrolFirst();
  await changeProfile(organiser.database, { pins: null, organisation: null, organisationAt: 0 });
  expect((await recordsNow(organiser)).records).toHaveLength(1);
  expect((await profileOf(organiser.database)).pins).toMatchObject({ origin: 'diary.example/log1' });
});

test('leaves that are not those of the signed head are nothing to compute a list from', async () => {
  const { organiser } = await witnessed();
  const { head } = await recordsNow(organiser);
  const entries = entriesPath(0, head.size);
  const dishonest = (change: (leaves: Bytes[]) => Uint8Array[]): Context => ({
    ...organiser,
    fetch: async (address, init) => {
      const answer = await organiser.fetch(address, init);
      if (!String(address).endsWith(entries)) return answer;
      const leaves = decodeEntries(new Uint8Array(await answer.arrayBuffer())) ?? [];
      return new Response(encodeEntries(change(leaves)));
    },
  });
  expect((await recordsNow(dishonest((leaves) => leaves))).records).toHaveLength(head.size);
  const refused = { code: 'RECORD_REFUSED', facts: { failure: 'LOG_INCOMPLETE' } };
  await expect(recordsNow(dishonest((leaves) => leaves.slice(0, -1)))).rejects.toMatchObject(refused);
  await expect(
    recordsNow(dishonest((leaves) => [...leaves.slice(0, -1), ...leaves.slice(-2, -1)])),
  ).rejects.toMatchObject(refused);
});

test('a second organiser is the spare that the desk asks for', async () => {
  const organiser = await enrolFirst();
  const standing = async (of: Context) =>
    standingOf(await recordsNow(of), (await logSigner('organiser', of))?.kid ?? null);
  expect(await standing(organiser)).toBe('one');
  const spare = await enrolled(organiser, 'organiser', null);
  expect([await standing(organiser), await standing(spare)]).toEqual(['spare', 'spare']);
  await setRule(spare);
});
