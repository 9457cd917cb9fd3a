/** Devices that wait for an organiser: to be enrolled, or to be ended as another person leads their unit by now. */
import type { Db } from '../../database/port.ts';
import { grantsOf } from '../../http/session.ts';
import { unitsSucceeded } from '../../organisation/actors.ts';
import { all, beginning, type Found, type Source } from './source.ts';

export const deviceSources: readonly Source[] = [
  { kind: 'device', needs: 'invitations.manage', read: ({ context, now }) => claimed(context.database.db, now) },
  { kind: 'succeeded', needs: 'invitations.manage', read: ({ context }) => succeeded(context.database.db) },
];

/** Devices whose fingerprint is to be compared. There are as many invitations as people. */
async function claimed(db: Db, now: number): Promise<Found> {
  const rows = await db
    .selectFrom('invitation')
    .innerJoin('device', 'device.id', 'invitation.device')
    .select(['invitation.id', 'invitation.name', 'invitation.created_at', 'invitation.expires_at', 'device.added_at'])
    .where('invitation.state', '=', 'claimed')
    .where('invitation.expires_at', '>', now)
    .where('device.state', '!=', 'revoked')
    .execute();
  return all(
    rows.map(({ id, name, created_at, expires_at, added_at }) => ({
      id,
      since: Math.max(created_at, added_at),
      due: expires_at - 1,
      unit: null,
      text: beginning(name),
    })),
  );
}

/** Devices of who led a unit before. There are as many leaders as units. */
async function succeeded(db: Db): Promise<Found> {
  // Who follows in office is a person of their own, added when their device was activated.
  const leaders = await db
    .selectFrom('actor')
    .innerJoin('person', 'person.id', 'actor.person')
    .select(['actor.actor', 'person.id', 'person.added_at'])
    .where('actor.role', '=', 'leader')
    .execute();
  const since = new Map(leaders.map(({ actor, added_at }) => [actor, added_at]));
  const persons = new Map(leaders.map(({ actor, id }) => [actor, id]));
  const devices = await db
    .selectFrom('device')
    .innerJoin('person', 'person.id', 'device.person')
    .select(['device.invitation', 'device.state', 'device.person', 'device.grants', 'person.name'])
    .where('device.state', '=', 'active')
    .where('device.grants', 'like', '%"leader"%')
    .execute();
  return all(
    devices.flatMap((device) =>
      unitsSucceeded({ ...device, grants: grantsOf(device.grants) }, persons).map((unit) => ({
        id: device.invitation,
        since: since.get(unit) ?? 0,
        due: null,
        unit,
        text: beginning(device.name),
      })),
    ),
  );
}
