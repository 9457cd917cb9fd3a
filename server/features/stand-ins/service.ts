/** Standing in for another, and handing over. */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import {
  type getStandIns,
  type PersonRow,
  type postHandOver,
  type postStandIn,
  type StandInRole,
  type StandInRow,
  standInRoles,
} from '../../../shared/api/stand-ins.ts';
import { type Grant, isLogRole, isUnitRole, type Role } from '../../../shared/organisation/role.ts';
import {
  type CivilDay,
  civilAt,
  civilOf,
  dayOf,
  formatDay,
  instantOf,
  parseDay,
  zoneOffset,
} from '../../../shared/time/civil.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { grantsOf } from '../../http/session.ts';
import { newId } from '../../ids.ts';
import { actorFor } from '../../organisation/actors.ts';
import {
  activePeople,
  allStandIns,
  endStandInAt,
  insertStandIn,
  openByUnit,
  type StandIn,
  standInById,
  standInsOf,
} from './queries.ts';

export async function listStandIns(context: Context): Promise<Answer<typeof getStandIns>> {
  const { db } = context.database;
  const now = secondsNow(context);
  const rows = (await allStandIns(db)).map(
    (row): StandInRow => ({
      id: row.id,
      person: row.person,
      name: row.name,
      role: roleOf(row.role),
      unit: row.unit,
      actor: row.actor,
      instead: row.instead_name,
      from: row.from_day,
      to: row.to_day,
      state: stateOf(row, now),
    }),
  );
  return { rows, people: await peopleOf(db) };
}

/** Throws FIELD_INVALID with a reason: DAYS_WRONG, DAYS_OVER, UNIT_MISSING, UNIT_NOT_ALLOWED, UNIT_UNKNOWN, ALREADY_HELD; of a role
 *  that signs KEY_MISSING where the person was not invited for it, LAST_ONE where nobody else holds it on every day. */
export function standIn(
  context: Context,
  by: Grant,
  body: Output<(typeof postStandIn)['body']>,
): Promise<Answer<typeof postStandIn>> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    const people = await peopleOf(trx);
    const person = people.find(({ id }) => id === body.person);
    if (person === undefined) throw new Refusal('NOT_FOUND', { field: 'person' });
    if (body.instead !== null) await requirePerson(trx, body.instead);
    const id = await add(trx, context, by, person, body);
    return { id };
  });
}

/** Ends a stand-in now, or one that comes before it begins. */
export async function endStandIn(context: Context, by: Grant, id: string): Promise<undefined> {
  await context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    const row = await standInById(trx, id);
    if (row === undefined) throw new Refusal('NOT_FOUND');
    const now = secondsNow(context);
    if (stateOf(row, now) === 'over') return;
    await endStandInAt(trx, id, now);
    const { person, role, unit, actor } = row;
    const facts = { person, role, unit, actor };
    await writeAudit(trx, { at: now, actor: by.actor, action: 'standIn.end', subject: id, facts });
  });
}

/** Throws FIELD_INVALID with reason SAME_PERSON, or NOTHING_TO_HAND_OVER where the person holds no role that another can take. */
export function handOver(
  context: Context,
  by: Grant,
  body: Output<(typeof postHandOver)['body']>,
): Promise<Answer<typeof postHandOver>> {
  if (body.from === body.to) throw wrong('to', 'SAME_PERSON');
  const now = secondsNow(context);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'organisation');
    const people = await peopleOf(trx);
    const leaves = people.find(({ id }) => id === body.from);
    const takes = people.find(({ id }) => id === body.to);
    if (leaves === undefined || takes === undefined) throw new Refusal('NOT_FOUND');
    const own = await standInsOf(trx, leaves.id);
    const held = [
      ...leaves.grants,
      ...own.filter((row) => stateOf(row, now) === 'running').map(({ role, unit }) => ({ role: roleOf(role), unit })),
    ];
    const handed = held.filter(
      ({ role, unit }, n) =>
        isHandedOver(role) && held.findIndex((other) => other.role === role && other.unit === unit) === n,
    );
    if (handed.length === 0) throw wrong('from', 'NOTHING_TO_HAND_OVER');
    const from = formatDay(dayAt(context, now));
    for (const { role, unit } of handed) {
      const isHeld = takes.grants.some((grant) => grant.role === role && grant.unit === unit);
      if (isHeld || !isHandedOver(role)) continue;
      // What was lent for some days is theirs from now on.
      for (const row of await standInsOf(trx, takes.id))
        if (row.role === role && row.unit === unit && stateOf(row, now) !== 'over')
          await endStandInAt(trx, row.id, now);
      await add(trx, context, by, takes, { role, unit, instead: leaves.id, from, to: null });
    }
    for (const row of own) if (stateOf(row, now) !== 'over') await endStandInAt(trx, row.id, now);
    // Of a device that signs, the keys end with it, by an act of its own: the log says why.
    for (const device of await activePeople(trx))
      if (device.id === leaves.id && !grantsOf(device.grants).some(({ role }) => isLogRole(role)))
        await trx.updateTable('device').set({ state: 'revoked' }).where('id', '=', device.device).execute();
    const open = await openByUnit(trx);
    const units = handed.flatMap(({ role, unit }) => (role === 'handler' && unit !== null ? [unit] : []));
    const tickets = units.flatMap((unit) => open.get(unit) ?? []);
    const facts = { to: takes.id, roles: handed.map(({ role, unit }) => ({ role, unit })), tickets };
    await writeAudit(trx, { at: now, actor: by.actor, action: 'person.handOver', subject: leaves.id, facts });
    return { tickets: tickets.length, roles: handed.length };
  });
}

type Wish = Pick<Output<(typeof postStandIn)['body']>, 'role' | 'unit' | 'instead' | 'from' | 'to'>;

async function add(trx: Db, context: Context, by: Grant, person: PersonRow, wish: Wish): Promise<string> {
  const { role, unit, instead } = wish;
  if (isUnitRole(role) !== (unit !== null)) throw wrong('unit', isUnitRole(role) ? 'UNIT_MISSING' : 'UNIT_NOT_ALLOWED');
  if (unit !== null) {
    const known = await trx.selectFrom('unit').select('id').where('id', '=', unit).executeTakeFirst();
    if (known === undefined) throw wrong('unit', 'UNIT_UNKNOWN');
  }
  const now = secondsNow(context);
  const { fromAt, toAt } = spanOf(context, wish, now);
  const own = person.grants.find((grant) => grant.role === role && grant.unit === unit);
  if (isLogRole(role)) {
    if (own === undefined) throw wrong('person', 'KEY_MISSING');
    if (!(await isHeldAlways(trx, role, person.id))) throw wrong('person', 'LAST_ONE');
  }
  const isHeld =
    (own !== undefined && !isLogRole(role)) ||
    (await standInsOf(trx, person.id)).some(
      (row) =>
        row.role === role &&
        row.unit === unit &&
        (toAt === null || row.from_at < toAt) &&
        (row.to_at === null || row.to_at > Math.max(fromAt, now)),
    );
  if (isHeld) throw wrong('person', 'ALREADY_HELD');
  // Who signs does so under the id that the key has.
  const actor = isLogRole(role) && own !== undefined ? own.actor : await actorFor(trx, person.id, { role, unit });
  const id = newId(context);
  await insertStandIn(trx, {
    id,
    person: person.id,
    role,
    unit,
    actor,
    instead,
    from_day: wish.from,
    to_day: wish.to,
    from_at: fromAt,
    to_at: toAt,
  });
  const facts = { person: person.id, role, unit, actor, instead, from: wish.from, to: wish.to };
  await writeAudit(trx, { at: now, actor: by.actor, action: 'standIn.begin', subject: id, facts });
  return id;
}

/** Whether somebody else holds a role that signs on every day: without one, nobody could arrange or sign anything out of those days. */
async function isHeldAlways(trx: Db, role: StandInRole, but: string): Promise<boolean> {
  for (const { id, grants } of await peopleOf(trx))
    if (id !== but && grants.some((grant) => grant.role === role))
      if ((await standInsOf(trx, id)).every((row) => row.role !== role)) return true;
  return false;
}

/** The instants of the days, both included, on the organisation's wall. */
function spanOf(context: Context, { from, to }: Pick<Wish, 'from' | 'to'>, now: number) {
  const first = parseDay(from);
  const last = to === null ? null : parseDay(to);
  if (first === null) throw wrong('from', 'DAYS_WRONG');
  if (to !== null && (last === null || last < first)) throw wrong('to', 'DAYS_WRONG');
  if (last !== null && last < dayAt(context, now)) throw wrong('to', 'DAYS_OVER');
  const offset = offsetOf(context);
  return {
    fromAt: instantOf(civilAt(first, 0), offset),
    toAt: last === null ? null : instantOf(civilAt(last + 1, 0), offset),
  };
}

const offsetOf = ({ config }: Context) => zoneOffset(config.zone) ?? (() => 0);
const dayAt = (context: Context, now: number): CivilDay => dayOf(civilOf(now, offsetOf(context)));

/** Everybody with a device in use: what their devices grant, and the open tickets of their units. */
async function peopleOf(db: Db): Promise<PersonRow[]> {
  const open = await openByUnit(db);
  const devices = await activePeople(db);
  return [...Map.groupBy(devices, ({ id }) => id)].map(([id, own]) => {
    const grants = new Map(
      own.flatMap((row) => grantsOf(row.grants)).map((grant) => [`${grant.role} ${grant.actor}`, grant]),
    );
    const units = new Set(
      [...grants.values()].flatMap(({ role, unit }) => (role === 'handler' && unit !== null ? [unit] : [])),
    );
    return {
      id,
      name: own[0]?.name ?? '',
      grants: [...grants.values()],
      open: [...units].reduce((sum, unit) => sum + (open.get(unit)?.length ?? 0), 0),
    };
  });
}

async function requirePerson(db: Db, id: string): Promise<void> {
  const row = await db.selectFrom('person').select('id').where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new Refusal('NOT_FOUND', { field: 'instead' });
}

function stateOf({ from_at, to_at }: Pick<StandIn, 'from_at' | 'to_at'>, now: number): StandInRow['state'] {
  if (to_at !== null && to_at <= now) return 'over';
  return from_at > now ? 'coming' : 'running';
}

/** A role that signs stays with its key: who takes it over is invited for it. */
const isHandedOver = (role: Role): role is StandInRole =>
  standInRoles.some((each) => each === role) && !isLogRole(role);

function roleOf(name: string): StandInRole {
  const role = standInRoles.find((each) => each === name);
  if (role === undefined) throw new TypeError(`not a role of a stand-in: ${name}`);
  return role;
}

const wrong = (field: string, reason: string): Refusal => new Refusal('FIELD_INVALID', { field, facts: { reason } });
