/** Tickets at the desk: registered → assigned → accepted → inProgress → replied → closedLoop and the ways beside it. */
import * as v from 'valibot';
import { commentKinds, commentStates } from '../feedback/comment.ts';
import {
  actionStates,
  alertKinds,
  contactWays,
  extensionStates,
  noteKinds,
  resolutionKinds,
  rootCauses,
  ticketClocks,
  ticketStates,
} from '../feedback/ticket.ts';
import { PublicComment, PublicTicket, TicketActionRow } from './comments.ts';
import { endpoint } from './endpoint.ts';
import { Day, DrawId, Id, PageQuery, pageOf, prose, Seconds } from './field.ts';
import { codes } from './refusal.ts';

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
  /** Until when the reply is due, the extension counted. */
  due: Seconds,
  /** The first reply; from then on `due` runs no more. */
  repliedAt: v.nullable(Seconds),
  /** Review date of a hold. */
  reviewOn: v.nullable(Day),
  /** A handler asks for more time and waits for the organiser. */
  extensionAsked: v.boolean(),
  /** What the clock has told of it, oldest first. */
  alerts: v.array(v.object({ kind: v.picklist(alertKinds), at: Seconds })),
});
export type TicketRow = v.InferOutput<typeof TicketRow>;

export const getTickets = endpoint({
  method: 'GET',
  path: '/api/v1/tickets',
  group: 'tickets',
  summary: 'Tickets of the desk; a handler sees those of the unit and those with an action of the unit',
  access: 'tickets.read',
  query: v.object({
    state: v.optional(State),
    /** `open`: not closed; `overdue`: not replied and past the due date. */
    only: v.optional(v.picklist(['open', 'overdue'])),
    kind: v.optional(v.picklist(commentKinds)),
    unit: v.optional(Id),
    /** The beginning of a number, or words of the text. */
    find: v.optional(v.pipe(v.string(), v.maxLength(100))),
    /** `newest` registration first, or the nearest `due` date first, closed ones after all others. */
    sort: v.optional(v.picklist(['newest', 'due']), 'newest'),
    ...PageQuery.entries,
  }),
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
  /** How the reader was contacted first, at this move. */
  contactBy: v.nullable(v.picklist(contactWays)),
});
export type TicketEvent = v.InferOutput<typeof TicketEvent>;

export const TicketView = v.object({
  ...TicketRow.entries,
  events: v.array(TicketEvent),
  actions: v.array(TicketActionRow),
  notes: v.array(
    v.object({ at: Seconds, actor: v.string(), unit: v.nullable(Id), kind: v.picklist(noteKinds), text: v.string() }),
  ),
  /** The last wish for more time; `note` is why it was refused. */
  extension: v.nullable(
    v.object({
      askedAt: Seconds,
      date: Day,
      reason: v.string(),
      state: v.picklist(extensionStates),
      note: v.nullable(v.string()),
    }),
  ),
  /** The last day that I may ask for now, null where I may not ask. */
  mayAskUntil: v.nullable(Day),
  contactDue: Seconds,
  contactedAt: v.nullable(Seconds),
  /** Until when the unit may object to the dispatch. */
  disputeDue: v.nullable(Seconds),
  /** Until when the reader is asked. */
  followUpDue: v.nullable(Seconds),
  mergedInto: v.nullable(v.string()),
  mergedFrom: v.array(v.string()),
  /** The reporter left a telephone or e-mail, and I may look at it. */
  hasContact: v.boolean(),
  /** The ticket as the reporter sees it by receipt. */
  reader: PublicTicket,
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
 *  onHold, referred, merged, closedUnsolved; `date` for onHold; `into` for merged; `resolutionKind`, `rootCause` and `note` (the public
 *  reply) for replied. `extended` is the organiser's consent to what the handler asked for and brings nothing of its own. A public text with a
 *  gap of a template is FIELD_INVALID. Refused with 409 MOVE_NOT_ALLOWED and `facts.allowed`. */
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
    /** How the first contact was made: `message` is `note` itself, which the reporter reads by receipt. */
    contactBy: v.optional(v.picklist(contactWays), 'call'),
    /** Of a reply: a picture in base64, judged and drawn anew as that of a comment (comments.ts), and what is to be seen on it. */
    photo: v.optional(v.strictObject({ bytes: v.pipe(v.string(), v.base64()), alt: prose(200) })),
    /** Of a moderator who records what the reader answered by telephone (回访). */
    followUp: v.optional(
      v.object({ solved: v.boolean(), rating: v.nullable(v.number()), words: v.nullable(prose(2000)) }),
    ),
  }),
  maxBytes: 1_048_576,
  answer: TicketView,
  refusals: ['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED', 'FIELD_INVALID', 'RATE_LIMITED'],
});

/** One dispatcher's move of many tickets with one note: each has its own version and its own result, `code` null where it was moved. */
export const postMoves = endpoint({
  method: 'POST',
  path: '/api/v1/tickets/moves',
  group: 'tickets',
  summary: 'Assign, refer or supervise many tickets',
  access: 'tickets.dispatch',
  body: v.strictObject({
    tickets: v.pipe(
      v.array(v.strictObject({ number: v.string(), version: v.number() })),
      v.minLength(1),
      v.maxLength(100),
    ),
    to: v.picklist(['assigned', 'referred', 'supervised']),
    note: v.nullable(prose(4000)),
    public: v.boolean(),
    unit: v.optional(Id),
  }),
  answer: v.object({
    results: v.array(v.object({ number: v.string(), code: v.nullable(v.picklist(codes)), allowed: v.array(State) })),
  }),
});

/** The handler asks for more time, once, before expiry. The organiser consents with the move `extended`, or refuses. */
export const postExtension = endpoint({
  method: 'POST',
  path: '/api/v1/tickets/{number}/extension',
  group: 'tickets',
  summary: 'Ask for an extension',
  access: 'tickets.handle',
  body: v.strictObject({ version: v.number(), date: Day, reason: prose(1000) }),
  answer: TicketView,
  refusals: ['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED', 'FIELD_INVALID'],
});

export const postExtensionRefusal = endpoint({
  method: 'POST',
  path: '/api/v1/tickets/{number}/extension/refusal',
  group: 'tickets',
  summary: 'Refuse an extension',
  access: 'tickets.dispatch',
  body: v.strictObject({ version: v.number(), note: prose(1000) }),
  answer: TicketView,
  refusals: ['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED'],
});

/** A moderator sets another clock. Deadlines that are missed, met or extended stay where they are. */
export const postClock = endpoint({
  method: 'POST',
  path: '/api/v1/tickets/{number}/clock',
  group: 'tickets',
  summary: "Change a ticket's clock",
  access: 'tickets.register',
  body: v.strictObject({ version: v.number(), clock: v.picklist(ticketClocks) }),
  answer: TicketView,
  refusals: ['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED'],
});

/** A message to the reporter, a call with the reporter, or a note for the desk alone. The first two are the handler's, while the ticket is open. */
export const postNote = endpoint({
  method: 'POST',
  path: '/api/v1/tickets/{number}/notes',
  group: 'tickets',
  summary: 'Write beside the moves',
  access: 'tickets.read',
  body: v.strictObject({ kind: v.picklist(noteKinds), text: prose(2000) }),
  answer: TicketView,
  refusals: ['NOT_FOUND', 'MOVE_NOT_ALLOWED', 'FIELD_INVALID'],
});

/** The reporter's telephone or e-mail, for the handler of the ticket's unit while it is open. Every look is an audit row. */
export const postContactLook = endpoint({
  method: 'POST',
  path: '/api/v1/tickets/{number}/contact',
  group: 'tickets',
  summary: "Look at the reporter's contact",
  access: 'tickets.handle',
  answer: v.object({ contact: v.string() }),
  refusals: ['NOT_FOUND'],
});

/** Adds an action of a unit (which may be another, a state-owned company for one) or changes it, while the work is under way; its state may
 *  change later too. The handler of the action's own unit changes nothing but the state. */
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
