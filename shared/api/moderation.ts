/** The review beside single decisions: what stands around an item, who has it open, waves of copies, appeals, taking back, what was decided. */
import * as v from 'valibot';
import { commentKinds, commentStates, rejectionReasons } from '../feedback/comment.ts';
import { waveMost } from '../feedback/moderation.ts';
import { ticketStates } from '../feedback/ticket.ts';
import { Decided } from './comments.ts';
import { endpoint } from './endpoint.ts';
import { DrawId, Id, Item, PageQuery, pageOf, prose, Seconds } from './field.ts';
import { Problem } from './refusal.ts';

const Said = v.object({
  id: v.string(),
  version: v.number(),
  kind: v.picklist(commentKinds),
  state: v.picklist(commentStates),
  nickname: v.string(),
  text: v.string(),
  at: Seconds,
});

/** What stands around an item: what hangs on the same entry or in the same thread, what came from the same place before, its wave, the tickets
 *  of the same entry. Each at most a handful, but for the wave. */
export const getBeside = endpoint({
  method: 'GET',
  path: '/api/v1/moderation/{id}/beside',
  group: 'moderation',
  summary: 'What stands around an item of the review queue',
  access: 'comments.moderate',
  answer: v.object({
    /** The comment that it answers and the others under it; else what else is public on the same entry. Oldest first. */
    thread: v.array(Said),
    /** Newest first. `sure`: the same signed-in reader; else the same nickname, which anybody may write. */
    before: v.object({ sure: v.boolean(), rows: v.array(Said) }),
    /** The comments of its wave that wait, itself first; alone where it has none. */
    wave: v.array(Said),
    tickets: v.array(v.object({ number: v.string(), state: v.picklist(ticketStates), text: v.string() })),
  }),
  refusals: ['NOT_FOUND'],
});

/** Says that the caller has the item open; the one that the same person had open before is not any more. Answers who else has it. */
export const postLease = endpoint({
  method: 'POST',
  path: '/api/v1/moderation/{id}/lease',
  group: 'moderation',
  summary: 'Show others that I have an item open',
  access: 'comments.moderate',
  answer: v.object({ openBy: v.nullable(v.string()), until: Seconds }),
  refusals: ['NOT_FOUND'],
});

const Seen = v.strictObject({ id: v.pipe(v.string(), v.maxLength(40)), version: v.number() });
const Several = v.pipe(v.array(Seen), v.minLength(1), v.maxLength(waveMost));

/** What became of each: those done, and why the others were not, with what was decided first. */
const Outcome = v.object({
  done: v.array(Decided),
  failed: v.array(v.object({ id: v.string(), code: Problem.entries.code, facts: v.record(v.string(), v.unknown()) })),
});

/** Decides several comments as one; each by itself, on the version that was seen, with an audit row of its own. */
export const postWaveDecision = endpoint({
  method: 'POST',
  path: '/api/v1/moderation/wave-decision',
  group: 'moderation',
  summary: 'Decide a wave of copies',
  access: 'comments.moderate',
  body: v.variant('decision', [
    v.strictObject({ decision: v.literal('publish'), items: Several }),
    v.strictObject({
      decision: v.literal('reject'),
      items: Several,
      reason: v.picklist(rejectionReasons),
      note: v.nullable(prose(200)),
    }),
  ]),
  answer: Outcome,
});

/** Takes decisions of the caller back that are two minutes old at most and on which nothing was built. `version`: the one that the decision
 *  made. */
export const postUndo = endpoint({
  method: 'POST',
  path: '/api/v1/moderation/undo',
  group: 'moderation',
  summary: 'Take my last decision back',
  access: 'comments.moderate',
  body: v.strictObject({ items: Several }),
  answer: Outcome,
});

/** Decides an appeal. Granted: the comment is public, if its text was not erased. The note is told to the author. */
export const postAppealDecision = endpoint({
  method: 'POST',
  path: '/api/v1/moderation/{id}/appeal',
  group: 'moderation',
  summary: 'Decide an appeal',
  access: 'comments.moderate',
  body: v.strictObject({
    version: v.number(),
    outcome: v.picklist(['granted', 'refused']),
    note: v.nullable(prose(200)),
  }),
  answer: Decided,
  refusals: ['NOT_FOUND', 'VERSION_STALE', 'MOVE_NOT_ALLOWED', 'NOT_ALLOWED'],
});

export const PublishedRow = v.object({
  ...Said.entries,
  draw: DrawId,
  unit: Id,
  item: v.nullable(Item),
  publishedAt: Seconds,
  reason: v.nullable(v.string()),
  endedAt: v.nullable(Seconds),
});
export type PublishedRow = v.InferOutput<typeof PublishedRow>;

/** What is or was public, newest first. */
export const getPublished = endpoint({
  method: 'GET',
  path: '/api/v1/moderation/published',
  group: 'moderation',
  summary: 'Published comments, to remove one or put it back',
  access: 'comments.moderate',
  query: v.object({
    /** Words of the text or of the nickname. */
    find: v.optional(v.pipe(v.string(), v.maxLength(100))),
    ...PageQuery.entries,
  }),
  answer: pageOf(PublishedRow),
  refusals: ['FIELD_INVALID'],
});
