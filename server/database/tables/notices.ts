/** Rows of what officials and other programs are told. Times are Unix seconds; `closed` is 0 or 1. */
import type { DeskNoticeKind } from '../../../shared/organisation/desk-notice.ts';

/** Where a person is told by e-mail. `kinds` is JSON. */
export interface NoticeMailTable {
  person: string;
  /** Proved by its code; null before. */
  address: string | null;
  /** Waits for its code. */
  pending: string | null;
  /** What the code is derived from, under a key outside the database. */
  nonce: string | null;
  asked_at: number | null;
  /** Wrong codes. */
  wrong: number;
  kinds: string;
  lang: 'zh' | 'en';
  /** When a mail to the address was given up. */
  failed_at: number | null;
}

/** That something waits. It names no receiver: those are found when it is spread. */
export interface NoticeTable {
  id: string;
  kind: DeskNoticeKind;
  /** Unit whose handler or leader it is for, null where the role stands outside every unit. */
  unit: string | null;
  /** Ticket number, week, draw, or id of what waits. */
  subject: string;
  due: number | null;
  at: number;
  /** What it is about; told once under this key. */
  once: string;
  spread_at: number | null;
}

/** One mail or one call of a webhook. `channel` is `mail` or `webhook:<id>`; `recipient` the person of a mail, '' of a webhook; `kind` a
 *  DeskNoticeKind, or `code` for the mail that proves an address. `lines` is JSON. Once `closed`, nothing is added to it. */
export interface NoticeDeliveryTable {
  id: string;
  channel: string;
  recipient: string;
  kind: string;
  lines: string;
  closed: number;
  at: number;
  /** When it is tried next. */
  due_at: number;
  tries: number;
  /** Who sends it just now, and until when that counts. */
  claim: string | null;
  claimed_until: number | null;
  state: 'waiting' | 'sent' | 'givenUp' | 'dropped';
  settled_at: number | null;
  /** Code of the last failure. */
  problem: string | null;
}

export interface NoticeTables {
  notice_mail: NoticeMailTable;
  notice: NoticeTable;
  notice_delivery: NoticeDeliveryTable;
}
