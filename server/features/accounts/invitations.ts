/** Invitations: made by an organiser, claimed by a device, active after the fingerprints were compared (design.md 5, verification.md 12). */
import type {
  getInvitations,
  LogKeyClaim,
  postActivation,
  postDevice,
  postInvitation,
  postInvitationLook,
} from '../../../shared/api/accounts.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { equalParts, fromB64u } from '../../../shared/base/bytes.ts';
import { type Grant, isUnitRole, type Role } from '../../../shared/organisation/role.ts';
import { matchOf } from '../../../shared/organisation/same-name.ts';
import { canonical } from '../../../shared/proof/canonical.ts';
import { thumbprint } from '../../../shared/proof/signature.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { countRate } from '../../http/rate.ts';
import { grantsOf } from '../../http/session.ts';
import { newId } from '../../ids.ts';
import {
  actorFor,
  addPerson,
  giveActors,
  leadersOf,
  personFor,
  unitsSucceeded,
  type WantedGrant,
} from '../../organisation/actors.ts';
import { keysNamed } from '../../records/admit.ts';
import { logKeyRecord } from '../../records/keys.ts';
import { orRefuse, refused } from '../../records/problem.ts';
import { spendAssertion } from './assertion.ts';
import { claimsOf, requireLogKeys } from './claims.ts';
import { newCode, readCode, secretHash, shownCode } from './code.ts';
import { accountsLock, invitationSeconds, wrongCodesAllowed } from './invitation-rules.ts';
import {
  countWrongCode,
  deviceById,
  deviceByKid,
  devicesById,
  type InvitationRow,
  insertDevice,
  insertInvitation,
  invitationById,
  invitationByLocator,
  invitationsBefore,
  invitationsOf,
  updateDevice,
  updateInvitation,
} from './queries.ts';
import { acceptOffer } from './rotation.ts';

const pageSize = 100;

export type Made = Answer<typeof postInvitation>;

/** Invites a person; `again` ends that earlier invitation unless its device is active. Throws FIELD_INVALID for a unit where none belongs, a
 *  missing or unknown one, a role twice, for roles that must not meet in one hand, and for an unknown `again`. */
export async function invite(
  context: Context,
  by: Grant,
  { name, grants, again }: Output<(typeof postInvitation)['body']>,
): Promise<Made> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, accountsLock);
    await requireGrants(trx, context, grants);
    const earlier = again === undefined ? null : await invitationById(trx, again);
    if (earlier === undefined) throw new Refusal('FIELD_INVALID', { field: 'again' });
    if (earlier !== null) await endUnfinished(trx, earlier);
    // Under another name somebody else is put into the place of whom it was for.
    const isSame = earlier !== null && matchOf(earlier.name) === matchOf(name);
    const person = isSame ? earlier.person : await personFor(trx, context, name, grants);
    return makeInvitation(trx, context, by.actor, { person, name, wanted: grants });
  });
}

/** The newest invitation of each person of this name that asks for this role and unit, where those are given. */
export async function earlierInvitations(
  { database: { db } }: Context,
  { name, role, unit }: { readonly name: string; readonly role: Role | undefined; readonly unit: string | undefined },
): Promise<InvitationRow[]> {
  const rows = await invitationsOf(db, matchOf(name));
  const fits = rows.filter((row) =>
    grantsOf(row.grants).some((grant) => (role ?? grant.role) === grant.role && (unit ?? grant.unit) === grant.unit),
  );
  return [...new Map(fits.map((row) => [row.person, row])).values()];
}

/** Nobody can claim it any more, and a device that has waits no longer. New keys that an active device offers are no invitation. */
async function endUnfinished(trx: Db, { id, state, device, created_at }: InvitationRow): Promise<void> {
  if (state === 'active') return;
  const waiting = device === null ? undefined : await deviceById(trx, device);
  if (waiting !== undefined && waiting.invitation !== id) return;
  if (waiting !== undefined) await updateDevice(trx, waiting.id, { state: 'revoked' });
  // At once for every process, whatever its clock says: like one at whose code too many have guessed.
  await updateInvitation(trx, id, { expires_at: created_at, wrong: wrongCodesAllowed });
}

/** Makes an invitation in the caller's transaction. `first` begins the log. */
export async function makeInvitation(
  trx: Db,
  context: Context,
  actor: string,
  { person, name, wanted }: { readonly person: string; readonly name: string; readonly wanted: readonly WantedGrant[] },
  first = false,
): Promise<Made> {
  const grants: Grant[] = [];
  for (const grant of wanted) grants.push({ ...grant, actor: await actorFor(trx, person, grant) });
  const code = newCode(context);
  const now = secondsNow(context);
  const id = newId(context);
  const expiresAt = now + invitationSeconds;
  await insertInvitation(trx, {
    id,
    locator: code.locator,
    code_hash: await secretHash(code.secret),
    person,
    name,
    grants: JSON.stringify(grants),
    state: 'invited',
    first: first ? 1 : 0,
    wrong: 0,
    created_at: now,
    expires_at: expiresAt,
    device: null,
    log_keys: '[]',
  });
  const roles = grants.map((grant) => grant.role);
  const together = context.config.onePerson && roles.length > 1 ? { onePerson: true } : {};
  await writeAudit(trx, {
    at: now,
    actor,
    action: 'invitation.make',
    subject: id,
    facts: { grants, first, ...together },
  });
  const shown = shownCode(code);
  return { id, code: shown, link: `${context.config.issuer}/enrol#${shown}`, expiresAt };
}

/** What an invitation is for. Throws INVITATION_INVALID, alike for unknown, wrong, used and expired codes. */
export async function look(context: Context, typed: string): Promise<Answer<typeof postInvitationLook>> {
  const row = await invitationFor(context, typed);
  if (row.state === 'active' && row.first === 0) throw new Refusal('INVITATION_INVALID');
  return {
    organisation: context.config.name.zh,
    origin: context.config.origin,
    issuer: context.config.issuer,
    name: row.name,
    grants: grantsOf(row.grants),
    first: row.first === 1,
    expiresAt: row.expires_at,
  };
}

/** A new device claims an invitation: it proves to hold its device key and each log key. Of the first organiser leaf 0 is logged, with which
 *  the log begins. The same device again (its first answer was lost) gets the same answer; anybody else INVITATION_INVALID. */
export async function claim(
  context: Context,
  body: Output<(typeof postDevice)['body']>,
): Promise<Answer<typeof postDevice>> {
  const found = await invitationFor(context, body.code);
  const kid = await thumbprint(body.publicKey);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, accountsLock);
    const invitation = await invitationById(trx, found.id);
    if (invitation === undefined) throw new Refusal('INVITATION_INVALID');
    await spendAssertion(trx, context, body.proof, kid, body.publicKey);
    const known = await deviceByKid(trx, kid);
    if (known !== undefined) {
      if (known.invitation !== invitation.id) throw new Refusal('INVITATION_INVALID');
      return { device: known.id, state: known.state === 'active' ? 'active' : 'claimed' };
    }
    const now = secondsNow(context);
    if (stateOf(invitation, now) !== 'invited') throw new Refusal('INVITATION_INVALID');
    const grants = grantsOf(invitation.grants);
    // Two kinds of keys, never the same pair.
    if ((await keysNamed(trx, [kid])).added.has(kid)) orRefuse(refused('KEY_KNOWN', 'publicKey'));
    await requireLogKeys(trx, context, grants, body.logKeys, kid);
    const device = newId(context);
    const isFirst = invitation.first === 1;
    if (isFirst) await beginLog(trx, context, body.logKeys, body.leaf0);
    else if (body.leaf0 !== undefined) orRefuse(refused('LEAF0_NOT_ASKED', 'leaf0'));
    await insertDevice(trx, {
      id: device,
      kid,
      jwk: JSON.stringify(body.publicKey),
      person: invitation.person,
      invitation: invitation.id,
      grants: invitation.grants,
      state: isFirst ? 'active' : 'claimed',
      added_at: now,
      last_seen: null,
    });
    const state = isFirst ? 'active' : 'claimed';
    await updateInvitation(trx, invitation.id, { state, device, log_keys: JSON.stringify(body.logKeys) });
    const facts = { invitation: invitation.id, kid, first: isFirst };
    await writeAudit(trx, {
      at: now,
      actor: grants[0]?.actor ?? 'system',
      action: 'device.claim',
      subject: device,
      facts,
    });
    return { device, state };
  });
}

/** A page of invitations with their claims, newest first. */
export async function listInvitations(
  context: Context,
  after: string | undefined,
): Promise<Answer<typeof getInvitations>> {
  const found = await invitationsBefore(context.database.db, readCursor(after)?.id ?? null, pageSize + 1);
  const { page: rows, next } = pageFrom(found, pageSize, ({ id, expires_at }) => cursorAfter(expires_at, id));
  const devices = await devicesById(
    context.database.db,
    rows.flatMap(({ device }) => device ?? []),
  );
  const leaders = await leadersOf(context.database.db);
  const now = secondsNow(context);
  return {
    rows: rows.map((row) => {
      const device = row.device === null ? undefined : devices.get(row.device);
      const grants = grantsOf(row.grants);
      return {
        id: row.id,
        name: row.name,
        grants,
        state: device?.state === 'revoked' ? 'ended' : stateOf(row, now),
        rotates: device !== undefined && device.invitation !== row.id,
        succeeded: device !== undefined && unitsSucceeded({ ...device, grants }, leaders).length > 0,
        expiresAt: row.expires_at,
        device: device === undefined ? null : { id: device.id, kid: device.kid },
        logKeys: claimsOf(row),
      };
    }),
    next,
  };
}

/** Activates a claimed device with the signed records of its log keys. `why: leader` says that another person leads the unit now, who
 *  must not see the journal of the one before. Throws NOT_FOUND, OUT_OF_ORDER, RECORD_REFUSED. */
export async function activate(
  context: Context,
  by: Grant,
  id: string,
  { device, records }: Output<(typeof postActivation)['body']>,
): Promise<undefined> {
  await context.database.transaction(async (trx) => {
    await lockFor(trx, accountsLock);
    const invitation = await invitationById(trx, id);
    if (invitation === undefined || invitation.device !== device) throw new Refusal('NOT_FOUND');
    const now = secondsNow(context);
    const state = stateOf(invitation, now);
    if (state !== 'claimed') throw new Refusal('OUT_OF_ORDER', { facts: { state } });
    const claims = claimsOf(invitation);
    if (records.length !== claims.length) orRefuse(refused('RECORDS_COUNT', 'records'));
    let isSuccessor = false;
    const kids: string[] = [];
    for (const [n, wanted] of claims.entries()) {
      const { payload, iss, kid } = await logKeyRecord(trx, context, records[n] ?? '');
      const fits =
        payload.op === 'add' &&
        iss === by.actor &&
        payload.sub === wanted.actor &&
        payload.role === wanted.role &&
        payload.pop === wanted.pop &&
        canonical(payload.jwk) === canonical(wanted.jwk);
      if (!fits) orRefuse(refused('NOT_THE_CLAIM', `records.${n}`));
      if (payload.why === 'leader' && payload.op === 'add' && payload.role === 'leader') isSuccessor = true;
      kids.push(kid);
    }
    const row = await deviceById(trx, device);
    const rotates = row?.invitation !== invitation.id;
    if (row?.state !== (rotates ? 'active' : 'claimed'))
      throw new Refusal('OUT_OF_ORDER', { facts: { state: row?.state ?? 'unknown' } });
    if (rotates) return acceptOffer(trx, context, by.actor, invitation, row.invitation, kids);
    const person = isSuccessor ? await successor(trx, context, invitation) : invitation.person;
    await giveActors(trx, isSuccessor ? grantsOf(invitation.grants) : claims, person);
    await updateDevice(trx, device, { state: 'active', person });
    await updateInvitation(trx, id, { state: 'active', person });
    await writeAudit(trx, {
      at: now,
      actor: by.actor,
      action: 'device.activate',
      subject: device,
      facts: { invitation: id, kids },
    });
  });
}

/** Who follows in office is a person of their own, whatever the name. */
async function successor(trx: Db, context: Context, { person, name }: InvitationRow): Promise<string> {
  const { match } = await trx.selectFrom('person').select('match').where('id', '=', person).executeTakeFirstOrThrow();
  return addPerson(trx, context, name, match);
}

/** The row behind a code, not expired. A wrong secret is counted although the request is refused. Tries are counted for each
 *  invitation, so that whoever guesses keeps nobody out: a code that finds none costs a look into an index. */
async function invitationFor(context: Context, typed: string): Promise<InvitationRow> {
  const { db } = context.database;
  const code = readCode(typed);
  const row = code === null ? undefined : await invitationByLocator(db, code.locator);
  if (code === null || row === undefined) throw new Refusal('INVITATION_INVALID');
  await countRate(db, context, 'invitation', row.id);
  const given = fromB64u(await secretHash(code.secret)) ?? new Uint8Array();
  const found = await context.database.transaction(async (trx) => {
    // Codes that come at once are judged one after the other: after five wrong ones none is.
    await lockFor(trx, `invitation ${row.id}`);
    const now = await invitationById(trx, row.id);
    if (now === undefined || stateOf(now, secondsNow(context)) === 'expired') return null;
    // Hashes are compared, so timing tells nothing of the secret.
    if (equalParts(given, fromB64u(now.code_hash) ?? new Uint8Array(1))) return now;
    await countWrongCode(trx, now.id);
    return null;
  });
  if (found === null) throw new Refusal('INVITATION_INVALID');
  return found;
}

function stateOf(row: InvitationRow, now: number): 'invited' | 'claimed' | 'active' | 'expired' {
  if (row.state === 'active') return 'active';
  if (row.wrong >= wrongCodesAllowed || row.expires_at <= now) return 'expired';
  return row.state === 'claimed' ? 'claimed' : 'invited';
}

async function requireGrants(trx: Db, context: Context, grants: readonly WantedGrant[]): Promise<void> {
  const wrong = (n: number, reason: string) =>
    new Refusal('FIELD_INVALID', { field: `grants.${n}`, facts: { reason } });
  const seen = new Set<string>();
  for (const [n, { role, unit }] of grants.entries()) {
    if (isUnitRole(role) !== (unit !== null)) throw wrong(n, isUnitRole(role) ? 'UNIT_MISSING' : 'UNIT_NOT_ALLOWED');
    const key = `${role} ${unit ?? ''}`;
    if (seen.has(key)) throw wrong(n, 'TWICE');
    seen.add(key);
    if (unit === null) continue;
    const known = await trx.selectFrom('unit').select('id').where('id', '=', unit).executeTakeFirst();
    if (known === undefined) throw wrong(n, 'UNIT_UNKNOWN');
  }
  const roles = grants.map(({ role }) => role);
  const reviewer = roles.indexOf('reviewer');
  if (roles.includes('organiser') && reviewer >= 0 && !context.config.onePerson) throw wrong(reviewer, 'ROLES_APART');
}

/** Logs leaf 0: the organiser's own key, the one claimed. Throws ALREADY_DONE once there is a log. */
async function beginLog(
  trx: Db,
  context: Context,
  claims: readonly LogKeyClaim[],
  leaf0: string | undefined,
): Promise<void> {
  const own = claims.find(({ role }) => role === 'organiser');
  if (leaf0 === undefined || own === undefined) return orRefuse(refused('LEAF0_MISSING', 'leaf0'));
  const logged = await logKeyRecord(trx, context, leaf0);
  if (logged.index !== 0) throw new Refusal('INVITATION_INVALID');
  const fits =
    logged.payload.op === 'add' && logged.kid === (await thumbprint(own.jwk)) && logged.payload.sub === own.actor;
  if (!fits) orRefuse(refused('NOT_THE_CLAIM', 'leaf0'));
}
