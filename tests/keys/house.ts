/** A server and browser profiles of the extension that live through the life of keys: enrolment, seals, showings, readers, the audit. */
import 'fake-indexeddb/auto';
import {
  activateDevice,
  checkActivation,
  claimInvitation,
  fingerprintOf,
  invitePerson,
  type KeyReason,
  lookInvitation,
  readInvitationLink,
} from '../../extension/commands/accounts.ts';
import { computeDraw, lockDraw, signDraw, signFreeze, signRule } from '../../extension/commands/draws.ts';
import { addEntries } from '../../extension/commands/journal.ts';
import { composeSeal, reopenWeek, signSeal } from '../../extension/commands/seals.ts';
import type { Context } from '../../extension/device/context.ts';
import { logSigner } from '../../extension/device/key.ts';
import { call } from '../../extension/remote/client.ts';
import { giveAcks } from '../../extension/sync/acks.ts';
import { recordsNow } from '../../extension/sync/records.ts';
import { runSync } from '../../extension/sync/run.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { getInvitations, type InvitationRow } from '../../shared/api/accounts.ts';
import { type DrawRow, getDraws, getFreeze } from '../../shared/api/draws.ts';
import type { LogRole, Role } from '../../shared/organisation/role.ts';
import { auditLog, type Finding } from '../../shared/proof/audit.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import { type Verdict, verifyBundle } from '../../shared/proof/verify.ts';
import { formatDay } from '../../shared/time/civil.ts';
import { weekStart } from '../../shared/time/week.ts';
import { openProfile } from '../extension/profile-double.ts';
import { issuer, openServer } from '../fixtures/app.ts';
import type { OpenedDatabase } from '../fixtures/databases.ts';
import { readPublicLog } from '../fixtures/public-log.ts';

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Opens a server on Friday 2026-11-20, with nobody. */
export async function openHouse(opened: OpenedDatabase) {
  const server = await openServer(opened, { more: { deadlines: { reviewWorkingDays: 0 } } });
  const { clock } = server;

  /** A new profile that has claimed an invitation. */
  const claimed = async (link: string): Promise<Context> => {
    const { context } = await openProfile(async (address, init) => server.send(address.slice(issuer.length), init), {
      enrolled: false,
      now: () => clock.ms,
    });
    const read = readInvitationLink(link);
    if (!read.ok) throw new Error(read.problem);
    await claimInvitation(await lookInvitation(read.value, context), true, context);
    return context;
  };

  const rows = async (organiser: Context): Promise<readonly InvitationRow[]> =>
    (await call(getInvitations, {}, organiser)).rows;

  /** As organiser: activates whoever claimed last or offers new keys, for a reason where there was a key before. */
  const activate = async (organiser: Context, why?: KeyReason): Promise<void> => {
    const row = (await rows(organiser)).find(({ state }) => state === 'claimed');
    if (row === undefined) throw new Error('nothing was claimed');
    const kids = await Promise.all(row.logKeys.map(({ jwk }) => thumbprint(jwk)));
    const reasons = new Map(why === undefined ? [] : kids.map((kid) => [kid, why] as const));
    await activateDevice(row, (await recordsNow(organiser)).keys, reasons, organiser);
  };

  /** Invites a person and activates the profile that claims it. */
  const enrolled = async (
    organiser: Context,
    role: Role,
    unit: string | null,
    { why, name = `${role} ${unit}` }: { readonly why?: KeyReason; readonly name?: string } = {},
  ): Promise<Context> => {
    const context = await claimed((await invitePerson({ name, grants: [{ role, unit }] }, organiser)).link);
    await activate(organiser, why);
    if ((await checkActivation(context)) !== 'active') throw new Error('not active');
    return context;
  };

  const newestDraw = async (organiser: Context): Promise<DrawRow> => {
    const [row] = (await call(getDraws, {}, organiser)).rows;
    if (row === undefined) throw new Error('no draw');
    return row;
  };

  const world = { issuer, send: (request: Request) => server.send(new URL(request.url).pathname) };

  return {
    server,
    clock,
    claimed,
    rows,
    activate,
    enrolled,
    /** The first organiser: leaf 0 is signed on this profile. */
    begin: async (): Promise<Context> => claimed((await firstInvitation(server.context)).link),

    /** Writes one entry into a week and seals it. */
    seal: async (leader: Context, week: string, text: string): Promise<void> => {
      const day = formatDay(weekStart(week));
      await addEntries([{ day, start: `${day}T08:30`, end: `${day}T10:00`, text }], null, leader);
      await signSeal(await composeSeal(week, leader), leader);
      await runSync(true, leader);
    },

    /** Reopens a sealed week and seals it again with what it holds. */
    sealAgain: async (leader: Context, week: string): Promise<void> => {
      await reopenWeek(week, leader);
      await signSeal(await composeSeal(week, leader), leader);
      await runSync(true, leader);
    },

    /** Freezes a week that is over, draws every unit that has sealed, and publishes: the clock moves on to the Wednesday after. Who does not
     *  seal is on leave. `frozen` happens once the list stands, `locked` before the devices look at the locked head, `witnessed` after it. */
    show: async (
      organiser: Context,
      leaders: ReadonlyMap<string, Context>,
      week: string,
      {
        frozen,
        locked,
        witnessed,
      }: Readonly<Partial<Record<'frozen' | 'locked' | 'witnessed', () => Promise<void>>>> = {},
    ): Promise<string> => {
      const monday = weekStart(week) + 7;
      const at = (day: number, hour: number) => (day * 24 + hour) * 3_600_000;
      clock.ms = at(monday, 5);
      if ((await call(getDraws, {}, organiser)).rule === null) await signRule(rule, organiser);
      const proposal = await call(getFreeze, { params: { week } }, organiser);
      const notBefore = at(monday + 1, 13) / 1000;
      const away = new Map(proposal.absent.map(({ unit }) => [unit, 'leave' as const]));
      await signFreeze(proposal, { away, issues: new Map([['ssq', { issue: '2026134', notBefore }]]) }, organiser);
      const { draw } = await newestDraw(organiser);
      await frozen?.();
      for (const leader of leaders.values()) await runSync(true, leader).then(() => giveAcks(leader));
      await lockDraw(draw, organiser);
      await locked?.();
      for (const leader of leaders.values()) await giveAcks(leader);
      await witnessed?.();
      clock.ms = at(monday + 2, 1);
      const row = await newestDraw(organiser);
      const value = [2, 5, 8, 10, 12, 30, 14];
      const values = [{ kind: 'lottery' as const, name: 'ssq', issue: '2026134', value }];
      await signDraw(row, await computeDraw(row, values, organiser), organiser);
      return draw;
    },

    /** What a reader's page says of a diary; `pin`: kid of leaf 0. */
    read: async (draw: string, unit: string, pin: string): Promise<Verdict> => {
      const bundle = await (await server.send(`/public/draw/${draw}/${unit}.json`)).text();
      const pins = { vkey: server.context.log.vkey, organiser: pin };
      return verifyBundle(bundle, pins, {}, { want: { draw, unit } });
    },

    /** What an auditor of the whole log finds. */
    audit: async (pin: string): Promise<readonly Finding[]> => {
      const { note, leaves } = await readPublicLog(world);
      return (await auditLog(leaves, note, { origin: 'diary.example/log1', organisers: [pin] })).codes;
    },
  };
}

/** The kid with which a profile signs in a role. */
export async function kidOf(context: Context, role: LogRole): Promise<string> {
  const signer = await logSigner(role, context);
  if (signer === null) throw new Error(`no key as ${role}`);
  return signer.kid;
}

/** The 16 characters that two people compare. */
export const fingerprint = (kid: string): string => fingerprintOf(kid).join('');

/** All three units of the test's organisation, each drawn. */
export const rule = {
  roll: ['u01', 'u02', 'u03'].map((unit) => ({ unit, stratum: 'a' })),
  strata: [{ id: 'a', seats: 3 }],
  window: 0,
  min_acks: 2,
  close: 720,
  zone: 'Asia/Shanghai',
  sources: [
    { kind: 'nonces' as const, name: 'units' },
    { kind: 'lottery' as const, name: 'ssq' },
  ],
};
