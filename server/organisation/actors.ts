/** Persons and the actor ids under which they act: a leader's is the unit's, others are made from the role. */
import type { Grant, Role } from '../../shared/organisation/role.ts';
import { matchOf } from '../../shared/organisation/same-name.ts';
import type { Context } from '../context.ts';
import { secondsNow } from '../context.ts';
import { lockFor } from '../database/lock.ts';
import type { Db } from '../database/port.ts';
import { newId } from '../ids.ts';

export interface WantedGrant {
  readonly role: Role;
  readonly unit: string | null;
}

/** The same person is one with the same name who held one of these roles in the same unit: then a second device sees the first one's
 *  journal. Everybody else is new, so that two people of one name never share anything: of roles without a unit a house has several. */
export async function personFor(
  trx: Db,
  context: Context,
  name: string,
  grants: readonly WantedGrant[],
): Promise<string> {
  const match = matchOf(name);
  const known = await trx
    .selectFrom('person')
    .innerJoin('actor', 'actor.person', 'person.id')
    .select(['person.id', 'actor.role', 'actor.unit'])
    .where('person.match', '=', match)
    .orderBy('person.id', 'desc')
    .execute();
  const same = known.find(
    (row) => row.unit !== null && grants.some(({ role, unit }) => role === row.role && unit === row.unit),
  );
  return same?.id ?? addPerson(trx, context, name, match);
}

/** A person of their own, whatever the name. */
export async function addPerson(trx: Db, context: Context, name: string, match: string): Promise<string> {
  const id = newId(context);
  await trx
    .insertInto('person')
    .values({ id, name, match, added_at: secondsNow(context) })
    .execute();
  return id;
}

/** The actor id for a grant. Organisers and reviewers get a new one each time, as every pair of keys has its own; moderators, handlers and
 *  auditors keep theirs. */
export async function actorFor(trx: Db, person: string, { role, unit }: WantedGrant): Promise<string> {
  // An invitation and a stand-in at the same moment would give one id to two people.
  await lockFor(trx, 'actors');
  if (role === 'leader') return claimActor(trx, unit ?? '', role, unit, person);
  if (role !== 'organiser' && role !== 'reviewer') {
    const own = await trx
      .selectFrom('actor')
      .select(['actor', 'unit'])
      .where('person', '=', person)
      .where('role', '=', role)
      .execute();
    const same = own.find((row) => row.unit === unit);
    if (same !== undefined) return same.actor;
  }
  const taken = new Set(
    (await trx.selectFrom('actor').select('actor').where('role', '=', role).execute()).map((row) => row.actor),
  );
  for (let n = 1; ; n += 1) {
    const actor = actorName(role, unit, n);
    if (!taken.has(actor)) return claimActor(trx, actor, role, unit, person);
  }
}

/** `org`, `org2`…; `rev1`, `mod1`, `aud1`…; `h-<unit>`, `h-<unit>-2`…; at most 32 letters. */
function actorName(role: Exclude<Role, 'leader'>, unit: string | null, n: number): string {
  switch (role) {
    case 'organiser':
      return n === 1 ? 'org' : `org${n}`;
    case 'reviewer':
      return `rev${n}`;
    case 'moderator':
      return `mod${n}`;
    case 'auditor':
      return `aud${n}`;
    case 'handler':
      return n === 1 ? `h-${unit}`.slice(0, 32) : `${`h-${unit}`.slice(0, 28)}-${n}`;
  }
}

async function claimActor(trx: Db, actor: string, role: Role, unit: string | null, person: string): Promise<string> {
  await trx
    .insertInto('actor')
    .values({ actor, role, unit, person })
    // A unit stays with whom it has until another one's key is in the log.
    .onConflict((conflict) => conflict.columns(['actor', 'role']).doNothing())
    .execute();
  return actor;
}

/** From now on the person acts under these ids. */
export async function giveActors(
  trx: Db,
  held: readonly Pick<Grant, 'role' | 'actor'>[],
  person: string,
): Promise<void> {
  for (const { role, actor } of held)
    await trx.updateTable('actor').set({ person }).where('actor', '=', actor).where('role', '=', role).execute();
}

/** The person who leads each unit, by the unit's actor id. */
export async function leadersOf(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('actor').select(['actor', 'person']).where('role', '=', 'leader').execute();
  return new Map(rows.map(({ actor, person }) => [actor, person]));
}

/** The units that others lead by now than the person of a device that may do so still; none of a device that was ended. */
export function unitsSucceeded(
  device: { readonly state: string; readonly person: string; readonly grants: readonly Grant[] },
  leaders: ReadonlyMap<string, string>,
): readonly string[] {
  if (device.state !== 'active') return [];
  return device.grants.flatMap(({ role, unit, actor }) =>
    role === 'leader' && leaders.get(actor) !== device.person ? (unit ?? []) : [],
  );
}

/** Whether the person acts under this id still: a unit's goes over to who follows in office. Primary key. */
export async function isHeldBy(
  trx: Db,
  { role, actor }: Pick<Grant, 'role' | 'actor'>,
  person: string,
): Promise<boolean> {
  const row = await trx
    .selectFrom('actor')
    .select('person')
    .where('actor', '=', actor)
    .where('role', '=', role)
    .executeTakeFirst();
  return row?.person === person;
}
