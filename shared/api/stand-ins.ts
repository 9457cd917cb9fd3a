/** Stand-ins: a role that a person holds for some days in the place of another; and what a person who leaves hands over. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { Day, GrantRow, Id } from './field.ts';

/** Roles that one may stand in for; nobody writes for a leader. An organiser or reviewer signs records: who stands in for one is invited for the
 *  role first, so that the device has a key of its own in the log, and from then on the role counts on the days of the stand-in alone. */
export const standInRoles = ['organiser', 'reviewer', 'moderator', 'handler', 'auditor'] as const;
export type StandInRole = (typeof standInRoles)[number];
const Role = v.picklist(standInRoles);

/** `state` by the server's clock; days are included. `to` null: until it is ended. */
const StandInRow = v.object({
  id: Id,
  person: Id,
  name: v.string(),
  role: Role,
  unit: v.nullable(Id),
  actor: Id,
  instead: v.nullable(v.string()),
  from: Day,
  to: v.nullable(Day),
  state: v.picklist(['coming', 'running', 'over']),
});
export type StandInRow = v.InferOutput<typeof StandInRow>;

/** Somebody with a device in use. `open`: tickets that are open in the units that they handle for. */
const PersonRow = v.object({ id: Id, name: v.string(), grants: v.array(GrantRow), open: v.number() });
export type PersonRow = v.InferOutput<typeof PersonRow>;

export const getStandIns = endpoint({
  method: 'GET',
  path: '/api/v1/stand-ins',
  group: 'devices',
  summary: 'Who stands in for whom, and who can',
  access: 'invitations.manage',
  answer: v.object({ rows: v.array(StandInRow), people: v.array(PersonRow) }),
});

export const postStandIn = endpoint({
  method: 'POST',
  path: '/api/v1/stand-ins',
  group: 'devices',
  summary: 'Let a person stand in',
  access: 'invitations.manage',
  body: v.strictObject({
    person: Id,
    role: Role,
    unit: v.nullable(Id),
    instead: v.nullable(Id),
    from: Day,
    to: v.nullable(Day),
  }),
  answer: v.object({ id: Id }),
  status: 201,
  refusals: ['NOT_FOUND', 'FIELD_INVALID'],
});

/** Ends at once, or before it began. Ended twice it is ended once. */
export const deleteStandIn = endpoint({
  method: 'DELETE',
  path: '/api/v1/stand-ins/{id}',
  group: 'devices',
  summary: 'End a stand-in',
  access: 'invitations.manage',
  refusals: ['NOT_FOUND'],
});

/** A person leaves: every device of theirs that signs no records ends, and `to` holds from now on what they held of the roles one may stand in for, with all open
 *  tickets of the units that they handled for. One transaction. */
export const postHandOver = endpoint({
  method: 'POST',
  path: '/api/v1/hand-overs',
  group: 'devices',
  summary: 'Hand over the work of a person who leaves',
  access: 'invitations.manage',
  body: v.strictObject({ from: Id, to: Id }),
  answer: v.object({ tickets: v.number(), roles: v.number() }),
  refusals: ['NOT_FOUND', 'FIELD_INVALID'],
});
