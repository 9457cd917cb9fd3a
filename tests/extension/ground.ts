/** The extension's own commands and sync against the real server, without a browser: who is enrolled by invitation, on a profile of their own. */
import 'fake-indexeddb/auto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import {
  activateDevice,
  checkActivation,
  claimInvitation,
  type Invitation,
  invitePerson,
  type KeyReason,
  lookInvitation,
  readInvitationLink,
} from '../../extension/commands/accounts.ts';
import type { RuleInput } from '../../extension/commands/draws.ts';
import { call } from '../../extension/remote/client.ts';
import { recordsNow } from '../../extension/sync/records.ts';
import { openDatabase } from '../../server/database/open.ts';
import { firstInvitation } from '../../server/features/accounts/first-invitation.ts';
import { getInvitations, type InvitationRow } from '../../shared/api/accounts.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import { issuer, openServer } from '../fixtures/app.ts';
import { openProfile, type ProfileDouble } from './profile-double.ts';

export type Ground = Awaited<ReturnType<typeof openGround>>;

/** A server of its own on an empty database, at 2026-11-20T08:00Z. */
export async function openGround() {
  const folder = mkdtempSync(join(tmpdir(), 'sundial-extension-'));
  const address = join(folder, 'sundial.sqlite');
  const database = await openDatabase(address);
  const server = await openServer({ database, address, folder });
  /** `heard` gets every request. */
  const newProfile = (heard: string[] = []): Promise<ProfileDouble> =>
    openProfile(
      async (url, init) => {
        heard.push(`${url} ${typeof init.body === 'string' ? init.body : ''}`);
        return server.send(url.slice(issuer.length), init);
      },
      { enrolled: false, now: () => server.clock.ms },
    );
  return {
    server,
    database,
    newProfile,
    enrolOrganiser: async (): Promise<ProfileDouble> => {
      const organiser = await newProfile();
      const { code } = await firstInvitation(server.context);
      const invitation = await lookInvitation({ address: issuer, code }, organiser.context);
      await claimInvitation(invitation, true, organiser.context);
      return organiser;
    },
    enrolLeader: async (organiser: ProfileDouble, unit: string, heard: string[] = []): Promise<ProfileDouble> => {
      const leader = await newProfile(heard);
      await enrol(organiser, leader, { name: `${unit}局长`, grants: [{ role: 'leader', unit }] });
      return leader;
    },
    close: async (): Promise<void> => {
      await database.close();
      rmSync(folder, { recursive: true, force: true });
      expect(server.reported).toEqual([]);
    },
  };
}

/** A rule for one unit. */
export const rule: RuleInput = {
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
};

/** Who is invited, and as what. */
type Person = Parameters<typeof invitePerson>[0];

/** An invitation as the profile sees it that got its link. */
export async function invitationOf(
  organiser: ProfileDouble,
  { context }: ProfileDouble,
  person: Person,
): Promise<Invitation> {
  const { link } = await invitePerson(person, organiser.context);
  const read = readInvitationLink(link);
  if (!read.ok) throw new Error(read.problem);
  return lookInvitation(read.value, context);
}

/** What was claimed and waits for the organiser. */
export async function claimedRow({ context }: ProfileDouble): Promise<InvitationRow> {
  const row = (await call(getInvitations, {}, context)).rows.find(({ state }) => state === 'claimed');
  if (row === undefined) throw new Error('nothing was claimed');
  return row;
}

/** The organiser activates what was claimed, its signing keys for a reason where they follow others. */
export async function activateClaimed(organiser: ProfileDouble, why: KeyReason = 'lost'): Promise<InvitationRow> {
  const row = await claimedRow(organiser);
  const kids = await Promise.all(row.logKeys.map(({ jwk }) => thumbprint(jwk)));
  const { keys } = await recordsNow(organiser.context);
  await activateDevice(row, keys, new Map(kids.map((kid) => [kid, why])), organiser.context);
  return row;
}

/** Invites a person, claims on a profile and activates it. `signs` false: a device that only writes. */
export async function enrol(
  organiser: ProfileDouble,
  profile: ProfileDouble,
  person: Person,
  signs = true,
): Promise<void> {
  await claimInvitation(await invitationOf(organiser, profile, person), signs, profile.context);
  await activateClaimed(organiser);
  expect(await checkActivation(profile.context)).toBe('active');
}
