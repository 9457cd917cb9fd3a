/** Rows of comments, receipts, tickets and what happens to them. Times are Unix seconds; `public` and `solved` are 0 or 1. */
import type { CommentKind, CommentState, RejectionReason } from '../../../shared/feedback/comment.ts';
import type {
  ActionState,
  ContactWay,
  ResolutionKind,
  RootCause,
  TicketClock,
  TicketState,
} from '../../../shared/feedback/ticket.ts';

/** A reader's comment or report. It is listed in public once `published_at` is set; withdrawn or removed later, a stub stays. */
export interface CommentTable {
  id: string;
  /** Number of the receipt. */
  number: string;
  /** b64u(SHA-256) of the receipt's code; the code itself never comes here. */
  code_hash: string;
  draw: string;
  unit: string;
  /** Item of the diary's cover, null for the whole diary. */
  item: number | null;
  /** The comment that it answers. */
  parent: string | null;
  /** Where a report was seen, private numbers masked. */
  place: string | null;
  /** 1 where it came without a proof of work. */
  unproven: number;
  kind: CommentKind;
  state: CommentState;
  /** Rises by one with every edit, decision, withdrawal and erasure. */
  version: number;
  /** Nickname with private numbers masked, as it is shown. */
  nickname: string;
  /** Text with private numbers masked, as it is shown once published; empty when erased. */
  text: string;
  /** The text as typed, only where masking changed it, only until the decision or the seventh day. */
  original: string | null;
  at: number;
  /** When it came to the end of the queue: at its writing or last edit. */
  queued_at: number;
  decide_by: number;
  decided_by: string | null;
  published_at: number | null;
  ended_at: number | null;
  reason: RejectionReason | null;
  /** The moderator's note on a rejection or removal: for the desk and, by receipt, the author. */
  note: string | null;
  /** The wave of copies it belongs to; null for what came before waves were known, and once its text is erased. */
  wave: string | null;
  /** Where it came from, as far as that is known: comments from one place have the same. Null where it tells nothing, and once erased. */
  sender: string | null;
  /** Until when who decided it may take that back; null where it cannot be taken back. */
  undo_until: number | null;
}

/** How many rows the public list of a diary has, stubs included. `version` rises with everything that changes an answer about them. */
export interface CommentTotalTable {
  draw: string;
  unit: string;
  total: number;
  version: number;
}

/** How many rows of that list, answers among them, hang on an item. */
export interface CommentItemTotalTable {
  draw: string;
  unit: string;
  item: number;
  total: number;
}

/** The unit's official answer under a comment. */
export interface ReplyTable {
  comment: string;
  unit: string;
  actor: string;
  text: string;
  at: number;
}

export interface TicketTable {
  number: string;
  year: number;
  serial: number;
  comment: string;
  state: TicketState;
  version: number;
  /** The handling unit, null before the first dispatch. */
  unit: string | null;
  clock: TicketClock;
  kind: CommentKind;
  draw: string;
  diary_unit: string;
  /** The comment's text with private numbers masked, as the desk handles it. */
  text: string;
  /** Actor of the moderator who registered it. */
  opened_by: string;
  registered_at: number;
  contact_due: number;
  /** Original due date, and the one that an extension moved it to. */
  due: number;
  extended_due: number | null;
  /** Last moment at which the unit may object to the present dispatch. */
  dispute_due: number | null;
  /** First contact with the reader and first reply: what the rates count by. */
  contacted_at: number | null;
  replied_at: number | null;
  /** End of the present follow-up window. */
  follow_up_due: number | null;
  reopened: number;
  /** Review date of a hold, `2026-09-30`. */
  review_on: string | null;
  closed_at: number | null;
  /** Whether the reader was heard before it was closed: 0 where the clock closed it. */
  followed_up: number | null;
  merged_into: string | null;
  /** What its events and follow-ups say, for the figures (move-ticket.ts): cause of the last reply that names one; whether the reader was
   *  ever asked (0, 1); the last answer, `solved` null before the first. */
  root_cause: RootCause | null;
  asked: number;
  solved: number | null;
  rating: number | null;
}

/** One transition. `part` is who the public sees: desk, unit, reader or system. */
export interface TicketEventTable {
  ticket: string;
  n: number;
  at: number;
  actor: string;
  part: 'desk' | 'unit' | 'reader' | 'system';
  from_state: TicketState | null;
  to_state: TicketState;
  note: string | null;
  public: number;
  unit: string | null;
  /** First contact was made with this move. */
  first_contact: number;
  /** How; `message` is the note, for the reporter's eyes. Null where there was no first contact, or in rows older than the column. */
  contact_by: ContactWay | null;
  resolution_kind: ResolutionKind | null;
  root_cause: RootCause | null;
}

/** A follow-up: asked with a reply, answered by the reader or, by telephone, through a moderator. */
export interface FollowUpTable {
  ticket: string;
  n: number;
  asked_at: number;
  due: number;
  answered_at: number | null;
  solved: number | null;
  rating: number | null;
  words: string | null;
  /** Whether the words may be shown: reviewed, or review is off. */
  public: number;
  /** `reader`, or the actor of the moderator who recorded it. */
  actor: string | null;
}

export interface TicketActionTable {
  ticket: string;
  id: string;
  unit: string;
  text: string;
  date: string;
  state: ActionState;
  reason: string | null;
  at: number;
}

export interface CommentTables {
  comment: CommentTable;
  comment_total: CommentTotalTable;
  comment_item_total: CommentItemTotalTable;
  reply: ReplyTable;
  ticket: TicketTable;
  ticket_event: TicketEventTable;
  follow_up: FollowUpTable;
  ticket_action: TicketActionTable;
}
