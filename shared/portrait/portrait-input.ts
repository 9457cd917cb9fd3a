/** What a portrait is counted from: the same on the leader's device, which has every entry, and on the server, which has what was sealed. */
import * as v from 'valibot';
import { DrawId, Ground, Id, Week } from '../api/field.ts';
import type { HoursEntry, ItemPlace } from '../diary/hours.ts';
import type { Reading } from '../diary/my-time.ts';
import { commentKinds } from '../feedback/comment.ts';
import { ticketStates } from '../feedback/ticket.ts';
import type { Source } from './figure.ts';

/** A week's diary, null where it is not sealed. */
export interface SealedWeek {
  readonly week: string;
  readonly seal: Omit<Extract<Source, { kind: 'seal' }>, 'kind' | 'week'> | null;
}

/** A week of the term within the period that is over. `inTime`: whether it was first sealed by the rule's deadline,
 *  null where there is no rule. `leave`: declared as leave. */
export interface PortraitWeek extends SealedWeek {
  readonly inTime: boolean | null;
  readonly leave: boolean;
}

/** An entry in figures. `sealedIn`: the week whose diary carries it, which for a late entry is a later one. `threads`: names only where they
 *  may be shown. */
export interface PortraitEntry extends HoursEntry {
  readonly sealedIn: string;
  readonly at?: ItemPlace | null;
  readonly threads: readonly { readonly id: string; readonly name: string | null }[];
  readonly hasThinking: boolean;
  readonly hasResult: boolean;
  /** On which it is withheld now. */
  readonly ground: Ground | null;
}

/** What readers wrote under the diaries of the period, and the tickets that the unit handled. */
export const PublicPart = v.object({
  diaries: v.array(
    v.object({
      week: Week,
      draw: DrawId,
      unit: Id,
      comments: v.array(v.object({ kind: v.picklist(commentKinds), count: v.number(), answered: v.number() })),
      /** Items of which the cover says something else: withheld after the seal, or released (null). For the leader's own device. */
      sinceSealed: v.optional(v.array(v.object({ item: v.number(), ground: v.nullable(Ground) }))),
    }),
  ),
  tickets: v.array(
    v.object({
      number: v.string(),
      state: v.picklist(ticketStates),
      contactDue: v.number(),
      contactedAt: v.nullable(v.number()),
      due: v.number(),
      repliedAt: v.nullable(v.number()),
      reopened: v.number(),
      isAsked: v.boolean(),
      answer: v.nullable(v.object({ solved: v.boolean(), rating: v.nullable(v.number()) })),
      followedUp: v.nullable(v.boolean()),
    }),
  ),
});

export type PublicPart = v.InferOutput<typeof PublicPart>;

export interface PortraitInput {
  /** In order. */
  readonly weeks: readonly PortraitWeek[];
  /** Later diaries that carry late entries and corrections of these weeks. */
  readonly carriers: readonly SealedWeek[];
  /** Of the weeks, and late ones and corrections of later weeks, in the order of the seals. */
  readonly entries: readonly PortraitEntry[];
  readonly reviews: readonly { readonly week: string; readonly day: string | null }[];
  /** Withheld items that are no entries, by week. */
  readonly heldOthers: readonly { readonly week: string; readonly ground: Ground }[];
  /** The week of every item that was withheld and was released. */
  readonly released: readonly string[];
  readonly reading: Reading;
  /** Null: not known here (a device without a connection). */
  readonly response: PublicPart | null;
  /** Unix seconds. */
  readonly asOf: number;
}
