/** SQL of invitations and devices. */
import type { Insertable, Selectable, Updateable } from 'kysely';
import type { Db } from '../../database/port.ts';
import type { DeviceTable, InvitationTable } from '../../database/tables/accounts.ts';

export type InvitationRow = Selectable<InvitationTable>;
export type DeviceRow = Selectable<DeviceTable>;

/** Unique `locator`. */
export const invitationByLocator = (db: Db, locator: string): Promise<InvitationRow | undefined> =>
  db.selectFrom('invitation').selectAll().where('locator', '=', locator).executeTakeFirst();

/** Primary key. */
export const invitationById = (db: Db, id: string): Promise<InvitationRow | undefined> =>
  db.selectFrom('invitation').selectAll().where('id', '=', id).executeTakeFirst();

/** Newest first, those before an id. Primary key, as ids rise with time. */
export const invitationsBefore = (db: Db, id: string | null, limit: number): Promise<InvitationRow[]> =>
  db
    .selectFrom('invitation')
    .selectAll()
    .$if(id !== null, (query) => query.where('id', '<', id ?? ''))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** Invitations of the persons of a name (organisation/same-name.ts), oldest first; offers of new keys are left out. */
export const invitationsOf = (db: Db, match: string): Promise<InvitationRow[]> =>
  db
    .selectFrom('invitation')
    .innerJoin('person', 'person.id', 'invitation.person')
    .leftJoin('device', 'device.id', 'invitation.device')
    .selectAll('invitation')
    .where('person.match', '=', match)
    .where((eb) => eb.or([eb('device.id', 'is', null), eb('device.invitation', '=', eb.ref('invitation.id'))]))
    .orderBy('invitation.id')
    .execute();

export const insertInvitation = (db: Db, row: Insertable<InvitationTable>): Promise<unknown> =>
  db.insertInto('invitation').values(row).execute();

export const updateInvitation = (db: Db, id: string, values: Updateable<InvitationTable>): Promise<unknown> =>
  db.updateTable('invitation').set(values).where('id', '=', id).execute();

export const countWrongCode = (db: Db, id: string): Promise<unknown> =>
  db
    .updateTable('invitation')
    .set((eb) => ({ wrong: eb('wrong', '+', 1) }))
    .where('id', '=', id)
    .execute();

/** Primary key. */
export const deviceById = (db: Db, id: string): Promise<DeviceRow | undefined> =>
  db.selectFrom('device').selectAll().where('id', '=', id).executeTakeFirst();

/** Unique `kid`. */
export const deviceByKid = (db: Db, kid: string): Promise<DeviceRow | undefined> =>
  db.selectFrom('device').selectAll().where('kid', '=', kid).executeTakeFirst();

/** Devices by their id. Primary key. */
export async function devicesById(db: Db, ids: readonly string[]): Promise<ReadonlyMap<string, DeviceRow>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom('device').selectAll().where('id', 'in', ids).execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Offers of new keys by a device that wait, its own invitation left out. */
export const offersOf = (db: Db, device: string, invitation: string): Promise<InvitationRow[]> =>
  db.selectFrom('invitation').selectAll().where('device', '=', device).where('id', '!=', invitation).execute();

export const deleteInvitation = (db: Db, id: string): Promise<unknown> =>
  db.deleteFrom('invitation').where('id', '=', id).execute();

/** Devices of a person, oldest first. Index `device_person`. */
export const devicesOf = (db: Db, person: string): Promise<DeviceRow[]> =>
  db.selectFrom('device').selectAll().where('person', '=', person).orderBy('id').execute();

export const insertDevice = (db: Db, row: Insertable<DeviceTable>): Promise<unknown> =>
  db.insertInto('device').values(row).execute();

export const updateDevice = (db: Db, id: string, values: Updateable<DeviceTable>): Promise<unknown> =>
  db.updateTable('device').set(values).where('id', '=', id).execute();
