/** Rows beside a ticket: notes, wishes for more time, photos, what the clock has told, templates, and the reporter's contact. Times are Unix
 *  seconds. */
import type { AlertKind, ExtensionState, NoteKind } from '../../../shared/feedback/ticket.ts';

/** A message to the reporter, a call with the reporter, or a note for the desk alone. `unit` null: of a moderator or organiser. */
export interface TicketNoteTable {
  ticket: string;
  n: number;
  at: number;
  actor: string;
  unit: string | null;
  kind: NoteKind;
  text: string;
}

/** A handler's wish for more time. `note` is why it was refused. */
export interface TicketExtensionTable {
  ticket: string;
  n: number;
  asked_at: number;
  actor: string;
  date: string;
  reason: string;
  state: ExtensionState;
  decided_at: number | null;
  decided_by: string | null;
  note: string | null;
}

/** The photo of the reply that is event `n`: a JPEG without metadata, in base64. */
export interface TicketPhotoTable {
  ticket: string;
  n: number;
  sha256: string;
  width: number;
  height: number;
  alt: string;
  bytes: string;
}

/** What the clock has told of a deadline, once. `of` names the deadline: its instant, a date, or an action with its date. */
export interface TicketAlertTable {
  ticket: string;
  kind: AlertKind;
  of: string;
  at: number;
}

export interface ReplyTemplateTable {
  id: string;
  name: string;
  text: string;
  changed_at: number;
  changed_by: string;
}

/** The telephone or e-mail of a report, sealed (server/identity/seal.ts). */
export interface CommentContactTable {
  comment: string;
  sealed: string;
  at: number;
}

export interface TicketTables {
  ticket_note: TicketNoteTable;
  ticket_extension: TicketExtensionTable;
  ticket_photo: TicketPhotoTable;
  ticket_alert: TicketAlertTable;
  reply_template: ReplyTemplateTable;
  comment_contact: CommentContactTable;
}
