/** The extension's own commands and sync against the real server: writing, withholding, sealing, and what a draw asks of a device. */
import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { claimInvitation } from '../../extension/commands/accounts.ts';
import { lockDraw, signFreeze, signRule } from '../../extension/commands/draws.ts';
import { addEntries, changeMembers, setTitle } from '../../extension/commands/journal.ts';
import { composeSeal, reopenWeek, signSeal } from '../../extension/commands/seals.ts';
import { keepAsCorrection } from '../../extension/commands/tray.ts';
import { withhold } from '../../extension/commands/withhold.ts';
import type { Context } from '../../extension/device/context.ts';
import { call } from '../../extension/remote/client.ts';
import { progressOf } from '../../extension/store/database.ts';
import { entriesOn, saveState, standingOf, trayItems } from '../../extension/store/queries.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { runSync } from '../../extension/sync/run.ts';
import { getDraws, getFreeze } from '../../shared/api/draws.ts';
import { activateClaimed, type Ground, invitationOf, openGround, rule } from './ground.ts';
import type { ProfileDouble } from './profile-double.ts';

let ground: Ground;
beforeEach(async () => {
  ground = await openGround();
});
afterEach(() => ground.close());

const week = '2026-W47';
const day = '2026-11-20';
const entry = { day, start: `${day}T08:30`, end: `${day}T10:00`, text: '研究部署社会基层治理网格化管理工作' };
const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };

/** Logs a rule for one unit and freezes the week after its deadline. */
async function freezeWeek({ context }: ProfileDouble): Promise<{ readonly draw: string }> {
  await signRule(rule, context);
  ground.server.clock.ms = Date.UTC(2026, 10, 23, 5);
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
  const organiser = await ground.enrolOrganiser();
  const leader = await ground.newProfile();
  await addEntries([entry], null, leader.context);
  const person = { name: '局长', grants: [{ role: 'leader' as const, unit: 'u01' }] };
  await claimInvitation(await invitationOf(organiser, leader, person), true, leader.context);
  await runSync(true, leader.context);
  expect(await saveState(leader.context.database)).toMatchObject({ waiting: 1, progress: { state: 'pending' } });
  await activateClaimed(organiser);
  await runSync(true, leader.context);
  expect(await saveState(leader.context.database)).toMatchObject({ waiting: 0, progress: { state: 'idle' } });
});

test('offline writing, a lost answer and edits all arrive once', async () => {
  const leader = await ground.enrolLeader(await ground.enrolOrganiser(), 'u01');
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
  const { context } = await ground.enrolLeader(await ground.enrolOrganiser(), 'u01', heard);
  await addEntries([{ ...entry, text: '不能出去的话' }], hold, context);
  await addEntries([{ ...entry, text: '后来不公开的话' }], null, context);
  await runSync(true, context);
  const later = (await entriesOn(context.database, day)).find(({ body }) => body.text === '后来不公开的话');
  if (later === undefined) throw new Error('no entry');
  await withhold(later, hold, context);
  await runSync(true, context);
  await signSeal(await composeSeal(week, context), context);
  expect(heard.join('\n')).not.toContain('不能出去');
  const stored = await ground.database.db.selectFrom('op').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain('后来不公开');
  expect(JSON.stringify(stored)).not.toContain('不能出去');
});

test('a sealed week stands in the log, as the device finds by itself; reopened, it is sealed again as revision 2', async () => {
  const { context } = await ground.enrolLeader(await ground.enrolOrganiser(), 'u01');
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
  const organiser = await ground.enrolOrganiser();
  const { context } = await ground.enrolLeader(organiser, 'u01');
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
  const organiser = await ground.enrolOrganiser();
  const leader = await ground.enrolLeader(organiser, 'u01');
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
  await giveAcks({ ...leader.context, now: () => ground.server.clock.ms + 11 * 60_000 });
  expect((await progressOf(leader.context.database)).ackProblem).toBe('CLOCK_WRONG');
  await giveAcks(leader.context);
  expect((await progressOf(leader.context.database)).ackProblem).toBeNull();
  const [locked] = (await call(getDraws, {}, organiser.context)).rows;
  expect(locked?.acks).toEqual(['u01']);
});
