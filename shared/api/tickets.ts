/** Tickets at the desk: registered → assigned → accepted → inProgress → replied → closedLoop and the ways beside it. */
import * as v from 'valibot';
import { commentKinds, commentStates } from '../feedback/comment.ts';
import { actionStates, resolutionKinds, rootCauses, ticketClocks, ticketStates } from '../feedback/ticket.ts';
import { PublicComment, TicketActionRow } from './comments.ts';
import { endpoint } from './endpoint.ts';
import { Day, DrawId, Id, pageOf, prose, Seconds } from './field.ts';

const State = v.picklist(ticketStates);

/** A moderator registers a ticket from an actionable comment, published or waiting. */
export const postTicket = endpoint({
  method: 'POST',
  path: '/api/v1/tickets',
  group: 'tickets',
  summary: 'Open a ticket from a comment',
  access: 'tickets.register',
  body: v.strictObject({ comment: v.string(), clock: v.picklist(ticketClocks), note: v.nullable(prose(1000)) }),
  answer: v.object({ number: v.string() }),
  status: 201,
  refusals: ['NOT_FOUND', 'MOVE_NOT_ALLOWED', 'ALREADY_DONE'],
});

export const TicketRow = v.object({
  number: v.string(),
  state: State,
  version: v.number(),
  unit: v.nullable(Id),
  kind: v.picklist(commentKinds),
  clock: v.picklist(ticketClocks),
  draw: DrawId,
  diaryUnit: Id,
  text: v.string(),
  registeredAt: Seconds,
  due: Seconds,
});
export type TicketRow = v.InferOutput<typeof TicketRow>;

export const getTickets = endpoint({
  method: 'GET',
  path: '/api/v1/tickets',
  group: 'tickets',
  summary: 'Tickets of the desk; a handler sees those of the unit',
  access: 'tickets.read',
  query: v.object({ state: v.optional(State), after: v.optional(v.string()) }),
  answer: v.object({ ...pageOf(TicketRow).entries, total: v.number() }),
});

export const TicketEvent = v.object({
  at: Seconds,
  actor: v.string(),
  from: v.nullable(State),
  to: State,
  note: v.nullable(v.string()),
  public: v.boolean(),
  unit: v.nullable(Id),
});
export type TicketEvent = v.InferOutput<typeof TicketEvent>;

export const TicketView = v.object({
  ...TicketRow.entries,
  events: v.array(TicketEvent),
  actions: v.array(TicketActionRow),
  /** The comment as the desk sees it: it may still wait. */
  comment: v.object({ ...PublicComment.entries, state: v.picklist(commentStates) }),
  /** Moves that I may make now. */
  allowed: v.array(State),
});
export type TicketView = v.InferOutput<typeof TicketView>;

export const getTicket = endpoint({
  method: 'GET',
  path: '/api/v1/tickets/{number}',
  group: 'tickets',
  summary: 'One ticket with its events',
  access: 'tickets.read',
  answer: TicketView,
  refusals: ['NOT_FOUND'],
});

/** A move of the state machine. Which members are mandatory follows from `to`: `unit` for assigned; `note` for disputed,
 *  extended, onHold, referred, merged, closedUnsolved; `date` for extended and onHold; `into` for merged; `resolutionKind`, `rootCause`
 *  and `note` (the public reply) for replied. Refused with 409 MOVE_NOT_ALLOWED and `facts.allowed`. */
export const postMove = endpoint({
  method: 'POST',
  path: '/api/v1/tickets/{number}/moves',
  group: 'tickets',
  summary: 'Move a ticket',
  access: 'tickets.read',
  body: v.strictObject({
    version: v.number(),
    to: State,
    note: v.nullable(prose(4000)),
    public: v.boolean(),
    unit: v.optional(Id),
    date: v.optional(Day),
    into: v.optional(v.string()),
    resolutionKind: v.optional(v.picklist(resolutionKinds)),
    rootCause: v.optional(v.picklist(rootCauses)),
    firstContact: v.optional(v.boolean()),
    /** Of a moderator who records what the reader answered by telephone (回访). */
    followUp: v.optional(
      v.object({ solved: v.boolean(), rating: v.nullable(v.number()), words: v.nullable(prose(2000)) }),
    ),
  }),
  answer: TicketView,
  refusals: ['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED', 'FIELD_INVALID'],
});

/** Adds an action of a unit (which may be another, or a state-owned company by id) or changes its state. */
export const putAction = endpoint({
  method: 'PUT',
  path: '/api/v1/tickets/{number}/actions/{id}',
  group: 'tickets',
  summary: 'Add an action or change its state',
  access: 'tickets.handle',
  body: v.strictObject({
    unit: Id,
    text: prose(400),
    date: Day,
    state: v.picklist(actionStates),
    reason: v.nullable(prose(400)),
  }),
  answer: TicketView,
  refusals: ['NOT_FOUND', 'FIELD_INVALID'],
});
