/** Records, draws and acknowledgements (verification.md 2, 7). */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { DrawId, Hash, Id, Jws, PageQuery, pageOf, Root, Seconds, Week } from './field.ts';

/** Logs one signed record of any `wd-*` leaf kind but seals (they go to journal/seals) and the enrolment records
 *  (they go with an activation). The server judges it by verification.md and appends it. */
export const postRecord = endpoint({
  method: 'POST',
  path: '/api/v1/records',
  group: 'records',
  summary: 'Log one signed record',
  access: 'records.sign',
  body: v.strictObject({ jws: Jws }),
  answer: v.object({ index: v.number(), checkpoint: v.string() }),
  status: 201,
  refusals: ['RECORD_REFUSED', 'OUT_OF_ORDER', 'ALREADY_DONE', 'NOT_FOUND', 'LOG_ABSENT'],
});

const Source = v.looseObject({ kind: v.picklist(['lottery', 'stage', 'drand', 'nonces']), name: v.string() });

/** The stages of a draw in order: frozen → locked → drawn → published, or void at any time after the freeze. */
export const DrawStage = v.picklist(['frozen', 'locked', 'drawn', 'published', 'void']);
export type DrawStage = v.InferOutput<typeof DrawStage>;

/** What becomes of a draw, in order; a void ends it before its result. All is an organiser's deed but the publication, which follows from the
 *  review (`by` is `system`). */
export const DrawAct = v.picklist(['freeze', 'lock', 'record', 'publish', 'void']);
export type DrawAct = v.InferOutput<typeof DrawAct>;

export const DrawRow = v.object({
  draw: DrawId,
  week: Week,
  stage: DrawStage,
  /** Log indices of rule, list, and draw record. */
  rule: v.number(),
  list: v.number(),
  record: v.nullable(v.number()),
  frozenAt: Seconds,
  candidates: v.array(v.object({ unit: Id, i: v.number(), seal: Hash })),
  absent: v.array(v.object({ unit: Id, why: v.string() })),
  rest: v.array(v.object({ unit: Id, last: Week })),
  sources: v.array(Source),
  minAcks: v.number(),
  /** Units whose nonce leaf is in the log, sorted. */
  nonces: v.array(Id),
  lock: v.nullable(v.object({ size: v.number(), root: Root, at: Seconds })),
  /** Units that acknowledged the locked head, sorted. */
  acks: v.array(Id),
  drawn: v.nullable(v.array(v.object({ stratum: Id, unit: Id }))),
  voidReason: v.nullable(v.string()),
  publishedAt: v.nullable(Seconds),
  /** The review before release, from the draw record on: when it ends at the latest, the drawn units that are passed, sorted, and, for
   *  organisers once it has ended, those whose texts the server lacks. */
  review: v.optional(
    v.nullable(v.object({ due: Seconds, passed: v.array(Id), missing: v.optional(v.array(Id), []) })),
    null,
  ),
  /** Who did what and when, oldest first; `by` is a person's name, the actor's id where no name is known. An older server gives none. */
  history: v.optional(v.array(v.object({ act: DrawAct, at: Seconds, by: v.string() })), []),
});
export type DrawRow = v.InferOutput<typeof DrawRow>;

export const getDraws = endpoint({
  method: 'GET',
  path: '/api/v1/draws',
  group: 'draws',
  summary: 'Draws, newest first, and the rule in force',
  access: 'draws.read',
  query: PageQuery,
  answer: v.object({
    /** The rule in force: its log index and its payload as signed; null before the first. */
    rule: v.nullable(v.object({ index: v.number(), payload: v.record(v.string(), v.unknown()) })),
    ...pageOf(DrawRow).entries,
    /** For organisers, while a draw is open: when a device of each unit's leader signed in last; null for a unit without an active one. */
    devices: v.optional(v.array(v.object({ unit: Id, lastSeen: v.nullable(Seconds) })), []),
    /** Address of a drand relay, from the configuration file; null where rounds are pasted. */
    drand: v.optional(v.nullable(v.string()), null),
  }),
  refusals: ['FIELD_INVALID'],
});

/** What a truthful freeze of a week says now: the organiser's device signs it after looking it through. */
export const Freeze = v.object({
  draw: DrawId,
  week: Week,
  rule: v.number(),
  /** Seal deadline of the week in Unix seconds, by the rule's `close` and `zone`. */
  deadline: Seconds,
  list: v.array(v.object({ i: v.number(), seal: Hash, unit: Id })),
  absent: v.array(v.object({ unit: Id, why: v.picklist(['none', 'leave', 'exempt']) })),
  rest: v.array(v.object({ unit: Id, last: Week })),
  sources: v.array(v.object({ kind: v.string(), name: v.string() })),
});
export type Freeze = v.InferOutput<typeof Freeze>;

export const getFreeze = endpoint({
  method: 'GET',
  path: '/api/v1/draws/freeze/{week}',
  group: 'draws',
  summary: 'What a freeze of this week would say',
  access: 'draws.run',
  answer: Freeze,
  refusals: ['OUT_OF_ORDER', 'LOG_ABSENT'],
});

/** Names the head that devices acknowledge: above the list and its nonces, below the draw. The server takes its present head. */
export const postLock = endpoint({
  method: 'POST',
  path: '/api/v1/draws/{draw}/lock',
  group: 'draws',
  summary: 'Lock the head of a frozen draw',
  access: 'draws.run',
  answer: v.object({ size: v.number(), root: Root }),
  status: 201,
  refusals: ['NOT_FOUND', 'OUT_OF_ORDER', 'ALREADY_DONE'],
});

/** What an exercise (演练) takes as its list: who has sealed now, the list of an earlier draw, or the whole roll with invented seals. */
export const TrialBasis = v.picklist(['sealed', 'earlier', 'demo']);
export type TrialBasis = v.InferOutput<typeof TrialBasis>;

/** Notes that an organiser goes through a draw as an exercise. Nothing of it is logged or published; this audit row is all that is left. */
export const postTrial = endpoint({
  method: 'POST',
  path: '/api/v1/draws/trials',
  group: 'draws',
  summary: 'Note a draw that is only an exercise',
  access: 'draws.run',
  body: v.strictObject({ week: Week, basis: TrialBasis, candidates: v.pipe(v.number(), v.integer(), v.minValue(0)) }),
  answer: v.object({ at: Seconds }),
  status: 201,
});

/** What is awaited of my unit's signing device. */
export const Awaited = v.object({
  draw: DrawId,
  week: Week,
  list: v.number(),
  /** True while my nonce is wanted: listed source `nonces`, not locked yet, none of mine in the log. */
  nonce: v.boolean(),
  /** The head to acknowledge, null before the lock or when done. */
  head: v.nullable(v.object({ size: v.number(), root: Root })),
  /** Earliest `not_before` of the list's sources. */
  notBefore: v.nullable(Seconds),
});
export type Awaited = v.InferOutput<typeof Awaited>;

export const getAcks = endpoint({
  method: 'GET',
  path: '/api/v1/acks',
  group: 'acks',
  summary: 'What is awaited of me',
  access: 'acks.give',
  answer: v.object({ now: v.number(), rows: v.array(Awaited) }),
});

export const postAck = endpoint({
  method: 'POST',
  path: '/api/v1/acks',
  group: 'acks',
  summary: 'Acknowledge a locked head (`wd-ack+jwt`)',
  access: 'acks.give',
  body: v.strictObject({ jws: Jws }),
  status: 201,
  answer: v.object({ draw: DrawId, size: v.number() }),
  refusals: ['RECORD_REFUSED', 'OUT_OF_ORDER'],
});

/** My own published diaries with what readers said, for a leader's extension. */
export const getMyDiaries = endpoint({
  method: 'GET',
  path: '/api/v1/diaries/mine',
  group: 'diaries',
  summary: 'My published diaries, newest first',
  access: 'diary.mine',
  query: PageQuery,
  answer: pageOf(
    v.object({
      draw: DrawId,
      unit: Id,
      week: Week,
      title: v.nullable(v.string()),
      publishedAt: Seconds,
      comments: v.number(),
      tickets: v.number(),
    }),
  ),
  refusals: ['FIELD_INVALID'],
});
