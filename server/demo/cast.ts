/** The people of the demonstration, each with a device: enrolled one after another through the real invitations. */
import { getInvitations, postInvitation } from '../../shared/api/accounts.ts';
import type { Role } from '../../shared/organisation/role.ts';
import type { DemoSet } from './demo-set.ts';
import { Device } from './device.ts';
import type { World } from './world.ts';

/** The unit whose leader is still to come: the invitation that `npm start` prints is for it. */
export const vacant = 'hezhou';

export interface Cast {
  readonly organiser: Device;
  readonly spare: Device;
  /** By unit; a change of head replaces the device. */
  readonly leaders: Map<string, Device>;
  /** By the ids of the set: `mod-1`, `h-shibu`, `rev-1`. */
  readonly officials: ReadonlyMap<string, Device>;
}

/** Invites a person, claims the invitation with a new device and activates it. `replaces` is the kid of the key that ends. */
export async function enrol(
  world: World,
  organiser: Device,
  person: { readonly name: string; readonly role: Role; readonly unit: string | null },
  replaces?: string,
): Promise<Device> {
  const { name, role, unit } = person;
  const invitation = await organiser.call(postInvitation, { body: { name, grants: [{ role, unit }] } });
  const device = await Device.claim(world, invitation.link, true);
  const { rows } = await organiser.call(getInvitations);
  const claimed = rows.find(({ id }) => id === invitation.id);
  if (claimed === undefined) throw new TypeError('the invitation is not in the list');
  await organiser.activate(claimed, replaces === undefined ? {} : { why: 'leader', old: replaces });
  return device;
}

/** Everybody of the set: the organiser by the first invitation, then a spare, the leaders, moderators, handlers, reviewers, auditors.
 *  `tick` lets some time pass between two of them. */
export async function enrolCast(world: World, set: DemoSet, firstLink: string, tick: () => void): Promise<Cast> {
  const { units, terms, roles } = set.organisation;
  const organiser = await Device.claim(world, firstLink, true);
  tick();
  const post = (id: string): string => roles.find((role) => role.id === id)?.post ?? id;
  const spare = await enrol(world, organiser, { name: post('org-2'), role: 'organiser', unit: null });
  const leaders = new Map<string, Device>();
  for (const { id, status } of units) {
    if (status !== undefined || id === vacant) continue;
    tick();
    const name = terms.find(({ unit }) => unit === id)?.post ?? id;
    leaders.set(id, await enrol(world, organiser, { name, role: 'leader', unit: id }));
  }
  const writing = new Set(units.flatMap(({ id, status }) => (status === undefined ? [id] : [])));
  const officials = new Map<string, Device>();
  for (const { id, role, unit, post: name } of roles) {
    if (role === 'organiser' || role === 'leader' || (role === 'handler' && (unit === null || !writing.has(unit))))
      continue;
    tick();
    officials.set(id, await enrol(world, organiser, { name, role, unit: role === 'handler' ? unit : null }));
  }
  return { organiser, spare, leaders, officials };
}
