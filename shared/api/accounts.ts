/** Sign-in, invitations, enrolment, devices (design.md 5 "Officials' sign-in", verification.md 12). */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { GrantRow, Hash, Id, Jwk, Jws, LogRoleName, PageQuery, pageOf, prose, RoleName, Seconds } from './field.ts';

/** The server's clock in milliseconds since 1970, from which a device learns its offset. */
export const getTime = endpoint({
  method: 'GET',
  path: '/api/v1/time',
  group: 'time',
  summary: "The server's clock",
  access: 'public',
  caching: 'none',
  answer: v.object({ now: v.number() }),
});

export const Session = v.object({
  token: v.string(),
  expiresAt: Seconds,
  device: Id,
  person: v.object({ id: Id, name: v.string() }),
  grants: v.array(GrantRow),
});
export type Session = v.InferOutput<typeof Session>;

/** A signed client assertion (RFC 7523) becomes a short opaque access token. The assertion is a compact JWS with
 *  header `{alg:"ES256", kid:<device kid>, typ:"client-authentication+jwt"}` and payload
 *  `{iss:<device id>, sub:<device id>, aud:<issuer address>, iat, exp (at most iat+60), jti (128 random bits)}`. */
export const postToken = endpoint({
  method: 'POST',
  path: '/api/v1/token',
  group: 'token',
  summary: 'Exchange a signed client assertion for an access token',
  access: 'public',
  body: v.strictObject({ assertion: Jws }),
  answer: Session,
  refusals: ['ASSERTION_INVALID', 'DEVICE_PENDING', 'DEVICE_REVOKED', 'RATE_LIMITED'],
});

export const getMe = endpoint({
  method: 'GET',
  path: '/api/v1/me',
  group: 'token',
  summary: 'Who I am: person, roles, device',
  access: 'device',
  answer: v.object({ device: Id, person: v.object({ id: Id, name: v.string() }), grants: v.array(GrantRow) }),
});

/** What an invitation is for; the code travels in the body, never in a URL. */
export const postInvitationLook = endpoint({
  method: 'POST',
  path: '/api/v1/invitations/look',
  group: 'devices',
  summary: 'What an invitation is for',
  access: 'public',
  body: v.strictObject({ code: v.pipe(v.string(), v.maxLength(64)) }),
  answer: v.object({
    organisation: v.string(),
    /** Origin of the log, `aud` of every proof of possession. */
    origin: v.string(),
    /** Issuer address, `aud` of client assertions. */
    issuer: v.string(),
    name: v.string(),
    grants: v.array(GrantRow),
    /** True for the one invitation that begins the log: the device signs leaf 0. */
    first: v.boolean(),
    expiresAt: Seconds,
  }),
  refusals: ['INVITATION_INVALID', 'RATE_LIMITED'],
});

/** A new log key with its proof of possession (`wd-pop+jwt`), one for each log role of the invitation. */
export const LogKeyClaim = v.strictObject({ role: LogRoleName, actor: Id, jwk: Jwk, pop: Jws });
export type LogKeyClaim = v.InferOutput<typeof LogKeyClaim>;

/** Claims an invitation. `proof` is a client assertion signed by the new device key with `iss` = `sub` = its kid.
 *  Of the first organiser `leaf0` is the self-signed `wd-key+jwt`; then the device is active at once. */
export const postDevice = endpoint({
  method: 'POST',
  path: '/api/v1/devices',
  group: 'devices',
  summary: 'Claim an invitation with a new device key',
  access: 'public',
  body: v.strictObject({
    code: v.pipe(v.string(), v.maxLength(64)),
    publicKey: Jwk,
    proof: Jws,
    logKeys: v.array(LogKeyClaim),
    leaf0: v.optional(Jws),
  }),
  answer: v.object({ device: Id, state: v.picklist(['claimed', 'active']) }),
  status: 201,
  refusals: ['INVITATION_INVALID', 'ASSERTION_INVALID', 'RECORD_REFUSED', 'RATE_LIMITED'],
});

export const DeviceRow = v.object({
  id: Id,
  kid: Hash,
  person: Id,
  name: v.string(),
  state: v.picklist(['claimed', 'active', 'revoked']),
  addedAt: Seconds,
  lastSeen: v.nullable(Seconds),
});

export const getDevices = endpoint({
  method: 'GET',
  path: '/api/v1/devices',
  group: 'devices',
  summary: 'My devices',
  access: 'device',
  answer: v.object({ rows: v.array(DeviceRow) }),
});

/** Ends a device of my own, or as organiser of anybody. */
export const deleteDevice = endpoint({
  method: 'DELETE',
  path: '/api/v1/devices/{id}',
  group: 'devices',
  summary: 'End a device',
  access: 'device',
  refusals: ['NOT_FOUND'],
});

/** Invites a person. `grants` name role and unit; the server gives the actor id (a leader's is the unit's). `again`: the invitation of somebody
 *  who gets one more device, or another invitation in its place: it ends unless its device is active. Without `again` two of one name are two
 *  people, unless they lead or serve the same unit. */
export const postInvitation = endpoint({
  method: 'POST',
  path: '/api/v1/invitations',
  group: 'devices',
  summary: 'Invite a person',
  access: 'invitations.manage',
  body: v.strictObject({
    name: prose(60),
    grants: v.pipe(v.array(v.strictObject({ role: RoleName, unit: v.nullable(Id) })), v.minLength(1), v.maxLength(6)),
    again: v.optional(Id),
  }),
  /** `link` carries the code in its fragment: `<issuer>/enrol#<code>`; shown once. */
  answer: v.object({ id: Id, code: v.string(), link: v.string(), expiresAt: Seconds }),
  status: 201,
  refusals: ['FIELD_INVALID'],
});

export const InvitationRow = v.object({
  id: Id,
  name: v.string(),
  grants: v.array(GrantRow),
  /** `ended`: its device was active and can sign in no more. */
  state: v.picklist(['invited', 'claimed', 'active', 'expired', 'ended']),
  /** True where an active device offers new log keys instead of a new device. */
  rotates: v.boolean(),
  /** True where another person leads the unit by now, and the device of the one before is still active. An older server does not say. */
  succeeded: v.optional(v.boolean(), false),
  expiresAt: Seconds,
  /** Of a claimed one: the device's kid and the log keys that wait for an organiser's signature. */
  device: v.nullable(v.object({ id: Id, kid: Hash })),
  logKeys: v.array(LogKeyClaim),
});
export type InvitationRow = v.InferOutput<typeof InvitationRow>;

/** Offers new log keys for the asking device's own roles. They wait like those of an invitation until an organiser has compared their
 *  fingerprints; offered again, the former offer is gone (verification.md 12, rotation). */
export const postRotation = endpoint({
  method: 'POST',
  path: '/api/v1/devices/rotation',
  group: 'devices',
  summary: 'Offer new log keys of my own',
  access: 'records.sign',
  body: v.strictObject({ logKeys: v.pipe(v.array(LogKeyClaim), v.minLength(1), v.maxLength(6)) }),
  answer: v.object({ id: Id, expiresAt: Seconds }),
  status: 201,
  refusals: ['RECORD_REFUSED'],
});

export const getInvitations = endpoint({
  method: 'GET',
  path: '/api/v1/invitations',
  group: 'devices',
  summary: 'Invitations and where they stand, newest first',
  access: 'invitations.manage',
  query: PageQuery,
  answer: pageOf(InvitationRow),
  refusals: ['FIELD_INVALID'],
});

/** Activates a claimed device after the fingerprints were compared in person. `records` are the signed `wd-key+jwt`
 *  records (`op: add`) for its log keys, one each in the order of `logKeys`; none for roles that sign nothing. */
export const postActivation = endpoint({
  method: 'POST',
  path: '/api/v1/invitations/{id}/activation',
  group: 'devices',
  summary: 'Activate a claimed device',
  access: 'invitations.manage',
  body: v.strictObject({ device: Id, records: v.array(Jws) }),
  maxBytes: 400_000,
  refusals: ['NOT_FOUND', 'RECORD_REFUSED', 'OUT_OF_ORDER'],
});
