/** Invitations, enrolment and devices (design.md 5 "Officials' sign-in", verification.md 3, 12). */
import * as v from 'valibot';
import {
  deleteDevice,
  getInvitations,
  getTime,
  type InvitationRow,
  type LogKeyClaim,
  postActivation,
  postDevice,
  postInvitation,
  postInvitationLook,
  postRotation,
} from '../../shared/api/accounts.ts';
import type { Answer, Input } from '../../shared/api/endpoint.ts';
import { getOrganisation, putTerm } from '../../shared/api/organisation.ts';
import { PublicIndex } from '../../shared/api/published.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { isLogRole } from '../../shared/organisation/role.ts';
import type { EnrolledKey, Keys } from '../../shared/proof/keys.ts';
import type { isKeyReason, KeyAdd } from '../../shared/proof/records.ts';
import type { Checked } from '../../shared/proof/shape.ts';
import { signFirstKey, signPossession, signRecord } from '../../shared/proof/sign.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import { formatDay, parseDay } from '../../shared/time/civil.ts';
import { type Context, here } from '../device/context.ts';
import { keepKey, logSigner, makeKey, signerOf } from '../device/key.ts';
import { assertionOf, call, callAll, callPublic, publicBytes, signIn, Unreachable } from '../remote/client.ts';
import { changeProfile, changeProgress, profileOf, type StoredKey } from '../store/database.ts';
import { keepsTextsOfAnother } from '../store/writer.ts';
import { recordsNow } from '../sync/records.ts';
import { sendSigned } from '../sync/rotation.ts';
import { runSync } from '../sync/run.ts';
import { organiserSigner, sendRecord, serverSeconds } from './signing.ts';

/** An invitation link taken apart: `<issuer>/enrol#<code>`. */
export interface InvitationLink {
  readonly address: string;
  readonly code: string;
}

/** What an invitation is for, with the link it came by. */
export type Invitation = InvitationLink &
  Answer<typeof postInvitationLook> & {
    readonly units: ReadonlyMap<string, { readonly zh: string; readonly en: string }>;
  };

/** Why a key ends or follows another. */
export type KeyReason = Checked<typeof isKeyReason>;
export const keyReasons = ['lost', 'rotation', 'leader'] as const satisfies readonly KeyReason[];

/** A log key by whose it is and its id. */
export interface KeyName {
  readonly actor: string;
  readonly kid: string;
}

/** Reads a pasted link; blanks and line breaks inside it, which mail programs add, are taken out; other words around it are left. Where the organisation's policy presets
 *  the `server`, the code alone is enough. */
export function readInvitationLink(text: string, server?: string): Result<InvitationLink, 'LINK_UNREADABLE'> {
  const typed = text.replace(/\s/g, '');
  const whole = server !== undefined && /^[\w-]{8,64}$/.test(typed) ? `${server}/enrol#${typed}` : typed;
  const [, address, code] =
    /^(https?:\/\/[^\s#?]+?)\/enrol#([\w-]{8,64})$/.exec(whole) ??
    /(https?:\/\/[^\s#?]+?)\/enrol#([\w-]{8,64})/.exec(text) ??
    [];
  return address === undefined || code === undefined ? fail('LINK_UNREADABLE') : ok({ address, code });
}

/** The first 16 characters of a key's id in fours: what two people compare. */
export const fingerprintOf = (kid: string): readonly string[] => kid.slice(0, 16).match(/.{1,4}/g) ?? [];

/** Asks what an invitation is for. Refuses `INVITATION_INVALID` for bad, used and expired ones, and with reason `OTHER_SERVER` where the
 *  server names itself differently than the link does; `NOT_ALLOWED` with reason `OTHER_WRITER` where another person's texts lie here. */
export async function lookInvitation(link: InvitationLink, context: Context = here): Promise<Invitation> {
  const answer = await callPublic(link.address, postInvitationLook, { body: { code: link.code } }, context);
  if (answer.issuer.replace(/\/$/, '') !== link.address)
    throw new Refusal('INVITATION_INVALID', { facts: { reason: 'OTHER_SERVER' } });
  if (await keepsTextsOfAnother(context.database, answer.name))
    throw new Refusal('NOT_ALLOWED', { facts: { reason: 'OTHER_WRITER' } });
  return { ...link, ...answer, units: await unitNames(link.address, context) };
}

/** Names of units as the public tree has them; none where it cannot be read: an id is shown then. */
async function unitNames(address: string, context: Context): Promise<Invitation['units']> {
  try {
    const bytes = await publicBytes('index.json', context, 'no-cache', address);
    const index = bytes === null ? null : v.safeParse(NamedUnits, JSON.parse(new TextDecoder().decode(bytes)));
    return new Map(index?.success === true ? index.output.units.map(({ id, name }) => [id, name]) : []);
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Refusal || error instanceof SyntaxError) return new Map();
    throw error;
  }
}

const NamedUnits = v.object({ units: PublicIndex.entries.units });

/** Makes the device key and a log key for each role that signs, proves to have them, and claims the invitation. Of the first organiser
 *  it signs leaf 0, with which the log begins. `signs` false leaves out a leader's log key: a device that only writes has none. The keys
 *  are kept before they are sent: an answer that is lost costs no invitation. */
export async function claimInvitation(invitation: Invitation, signs: boolean, context: Context = here): Promise<void> {
  const { address, code, origin, grants, first } = invitation;
  const offsetMs = await offsetOf(address, context);
  const iat = Math.floor((context.now() + offsetMs) / 1000);
  const { database } = context;
  const unanswered = await unansweredKeys(context);
  const deviceKey = unanswered.find(({ use }) => use === 'device') ?? (await newKey('device', null, context));
  const kids = [deviceKey, ...unanswered].map(({ kid }) => kid);
  const logKeys: LogKeyClaim[] = [];
  let leaf0: string | undefined;
  for (const { role, actor } of grants) {
    if (!isLogRole(role) || (role === 'leader' && !signs)) continue;
    const key =
      unanswered.find((made) => made.use === role && made.actor === actor) ?? (await newKey(role, actor, context));
    kids.push(key.kid);
    const signer = signerOf(key, actor);
    logKeys.push({ role, actor, jwk: key.publicKey, pop: await signPossession(origin, actor, iat, signer) });
    if (first && role === 'organiser') leaf0 = await signFirstKey(actor, key.publicKey, iat, signer);
  }
  const proof = await assertionOf(signerOf(deviceKey, deviceKey.kid), address, offsetMs, context);
  const body = {
    code,
    publicKey: deviceKey.publicKey,
    proof,
    logKeys,
    ...(leaf0 === undefined ? {} : { leaf0 }),
  };
  const { device, state } = await callPublic(address, postDevice, { body }, context);
  await context.token.write(null);
  await changeProgress(context.database, { state: 'idle', refusal: null, nextTryAt: 0, backoffMs: 0 });
  await database.transaction('rw', database.profile, database.keys, async () => {
    const { person } = await profileOf(database);
    await changeProfile(database, {
      ...(person === null ? {} : { writer: person }),
      server: { address, origin },
      device: { id: device, kid: deviceKey.kid, state },
      person: null,
      grants,
      organisation: null,
      organisationAt: 0,
    });
    await database.keys.where('kid').anyOf(kids).modify({ offered: false });
    // Those of an enrolment before belong to a device that is no more: with them this one would withhold and seal what nobody accepts.
    await database.keys.where('kid').noneOf(kids).delete();
  });
  if (state === 'active') await finishEnrolment(context);
}

/** Offers a new log key for each role that this device signs for; the former ones sign until an organiser has enrolled these. An offer that
 *  was not answered goes. */
export async function offerKeys(context: Context = here): Promise<void> {
  const { database } = context;
  const { server, grants } = await profileOf(database);
  if (server === null) throw new Refusal('NOT_FOUND');
  const iat = await serverSeconds(context);
  const made: StoredKey[] = [];
  const logKeys: LogKeyClaim[] = [];
  for (const { role, actor } of grants) {
    if (!isLogRole(role) || (await logSigner(role, context)) === null) continue;
    const key = { ...(await makeKey(role, actor, context)), offered: true };
    const signer = signerOf(key, actor);
    logKeys.push({ role, actor, jwk: key.publicKey, pop: await signPossession(server.origin, actor, iat, signer) });
    made.push(key);
  }
  // Kept before they are sent: an answer that is lost leaves no enrolled key without its private half.
  await database.keys.bulkPut(made);
  await call(postRotation, { body: { logKeys } }, context);
  const kids = new Set(made.map(({ kid }) => kid));
  await database.keys.filter((key) => key.offered === true && !kids.has(key.kid)).delete();
}

/** Asks whether the device is active now; then it signs in and fetches what it needs. */
export async function checkActivation(context: Context = here): Promise<'active' | 'pending'> {
  try {
    await finishEnrolment(context);
    return 'active';
  } catch (error) {
    if (error instanceof Refusal && error.code === 'DEVICE_PENDING') return 'pending';
    throw error;
  }
}

/** Invites a person. The link in the answer is shown once. */
export function invitePerson(
  body: Input<(typeof postInvitation)['body']>,
  context: Context = here,
): Promise<Answer<typeof postInvitation>> {
  return call(postInvitation, { body }, context);
}

/** Enrols the log keys of a claimed device and activates it: the organiser has compared the fingerprints in person. `keys` is the log as
 *  the organiser saw it; `reasons` says by kid why a key follows another one. */
export async function activateDevice(
  row: InvitationRow,
  keys: Keys,
  reasons: ReadonlyMap<string, KeyReason>,
  context: Context = here,
): Promise<void> {
  if (row.device === null) throw new Refusal('OUT_OF_ORDER');
  const records: string[] = [];
  if (row.logKeys.length > 0) {
    const signer = await organiserSigner(context);
    const iat = await serverSeconds(context);
    for (const claim of row.logKeys) {
      const why = reasons.get(await thumbprint(claim.jwk)) ?? null;
      records.push(await signRecord('wd-key+jwt', keyRecordOf(claim, keys, why, signer.actor, iat), signer));
    }
  }
  const body = { device: row.device.id, records };
  await sendSigned(() => call(postActivation, { params: { id: row.id }, body }, context), context);
}

/** The record that enrols a claimed key. Not the first of its actor and role: `why` is mandatory (`FIELD_INVALID`), and a key that is
 *  still valid ends by it (`old`). */
export function keyRecordOf(
  { role, actor, jwk, pop }: LogKeyClaim,
  keys: Keys,
  why: KeyReason | null,
  iss: string,
  iat: number,
): KeyAdd {
  const payload: KeyAdd = { op: 'add', sub: actor, role, jwk, pop, iss, iat };
  const before = keyBefore(keys, actor, role);
  if (before === null) return payload;
  if (why === null) throw new Refusal('FIELD_INVALID', { field: 'why' });
  return keys.ended.has(before.kid) ? { ...payload, why } : { ...payload, why, old: before.kid };
}

/** The last key of an actor and role, ended or not; null where there was none. */
export function keyBefore(keys: Keys, actor: string, role: LogKeyClaim['role']): EnrolledKey | null {
  return [...keys.added.values()].findLast((key) => key.sub === actor && key.role === role) ?? null;
}

/** Ends a log key for a reason: what it sealed stays valid, it signs nothing more. Done twice it is done once. Throws RECORD_REFUSED with
 *  reason LAST_ORGANISER where nobody could enrol any more. */
export async function endKey({ actor, kid }: KeyName, why: KeyReason, context: Context = here): Promise<void> {
  const signer = await organiserSigner(context);
  const { keys } = await recordsNow(context);
  if (!keys.added.has(kid) || keys.ended.has(kid)) return;
  const iat = await serverSeconds(context);
  const payload = { op: 'revoke' as const, sub: actor, kid, why, iss: signer.actor, iat };
  await sendRecord(await signRecord('wd-key+jwt', payload, signer), context);
}

/** Ends a device: it can sign in no more. With `logKeys` those that are still valid are ended in the log first, for the reason. */
export async function endDevice(
  id: string,
  logKeys: readonly (KeyName & { readonly why: KeyReason })[] = [],
  context: Context = here,
): Promise<void> {
  for (const { why, ...key } of logKeys) await endKey(key, why, context);
  await call(deleteDevice, { params: { id } }, context);
  const { device } = await profileOf(context.database);
  if (device?.id === id) await changeProfile(context.database, { device: { ...device, state: 'revoked' } });
}

/** Changes the log keys of this organiser's own device in one go: the old key enrols the new one, and nobody else is needed. Throws
 *  OUT_OF_ORDER where the offer does not stand in the list. */
export async function rotateOwnKeys(context: Context = here): Promise<void> {
  await offerKeys(context);
  const { device } = await profileOf(context.database);
  const { rows } = await callAll(getInvitations, context);
  const row = rows.find(({ rotates, state, device: of }) => rotates && state === 'claimed' && of?.id === device?.id);
  if (row === undefined) throw new Refusal('OUT_OF_ORDER');
  const kids = await Promise.all(row.logKeys.map(({ jwk }) => thumbprint(jwk)));
  const { keys } = await recordsNow(context);
  await activateDevice(row, keys, new Map(kids.map((kid) => [kid, 'rotation'])), context);
  await runSync(true, context);
}

/** A term of office that begins on `from`; the one that runs in the unit then ends the day before. Done twice it is done once. Throws
 *  FIELD_INVALID where the dates do not fit. */
export async function beginTerm(unit: string, post: string, from: string, context: Context = here): Promise<void> {
  const { terms } = await call(getOrganisation, {}, context);
  const own = terms.filter((term) => term.unit === unit);
  const begun = own.find((term) => term.from === from);
  const before = own.find((term) => term.from < from && (term.to === null || term.to >= from));
  if (before !== undefined) {
    const { id, ...term } = before;
    await call(putTerm, { params: { id }, body: { ...term, to: dayBefore(from) } }, context);
  }
  const id = begun?.id ?? `${unit.slice(0, 23)}-${from.replaceAll('-', '')}`;
  await call(putTerm, { params: { id }, body: { unit, post, from, to: null } }, context);
}

/** Sets the language of this profile; null follows the browser. */
export function setLanguage(language: 'zh' | 'en' | null, context: Context = here): Promise<void> {
  return changeProfile(context.database, { language });
}

function dayBefore(day: string): string {
  const number = parseDay(day);
  if (number === null) throw new Refusal('FIELD_INVALID', { field: 'from' });
  return formatDay(number - 1);
}

async function finishEnrolment(context: Context): Promise<void> {
  await signIn(context);
  await runSync(true, context);
}

async function offsetOf(address: string, context: Context): Promise<number> {
  const before = context.now();
  const { now } = await callPublic(address, getTime, {}, context);
  const offsetMs = Math.round(now - (before + context.now()) / 2);
  await changeProgress(context.database, { offsetMs });
  return offsetMs;
}

/** The keys that were made for a claim whose answer never came, the device key first. */
async function unansweredKeys({ database }: Context): Promise<readonly StoredKey[]> {
  const offered = await database.keys.filter((key) => key.offered === true).sortBy('addedAt');
  const device = offered.findLast(({ use }) => use === 'device');
  if (device === undefined) return [];
  return [device, ...offered.filter(({ use, addedAt }) => use !== 'device' && addedAt >= device.addedAt)];
}

/** A new key, kept at once; it is not used before the claim was answered. */
async function newKey(use: StoredKey['use'], actor: string | null, context: Context): Promise<StoredKey> {
  const key = { ...(await makeKey(use, actor, context)), offered: true };
  await keepKey(key, context);
  return key;
}
