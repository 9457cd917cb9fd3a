/** journal-sync 1: how drafts travel (sync.md). */
import * as v from 'valibot';
import { longest } from '../diary/longest.ts';
import { endpoint } from './endpoint.ts';
import { Day, Ground, Hash, Id, Jws, Minute, prose, Seconds, Ulid, Week, Whole } from './field.ts';
import { Mode } from './organisation.ts';

export const schemaMin = 1;
export const schemaMax = 1;
export const maxOps = 200;
export const maxBytes = 1_048_576;
export const maxSealBytes = 8_388_608;

const categoryId = v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,31}$/));

/** A ground and the provision it rests on (verification.md 5). */
export const Hold = v.object({ ground: Ground, basis: prose(200) });
export type Hold = v.InferOutput<typeof Hold>;

/** A thread of an entry, under the name that it had when the entry was written. */
export const ThreadLink = v.object({ id: Id, name: prose(longest.thread) });
export type ThreadLink = v.InferOutput<typeof ThreadLink>;
export const Image = v.object({
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/)),
  type: v.picklist(['image/jpeg', 'image/png', 'image/webp']),
  width: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
  height: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(4096)),
  alt: prose(1000),
});
export type Image = v.InferOutput<typeof Image>;

/** What is withheld with an item: all of its prose. */
export const Prose = {
  text: v.optional(prose(longest.text)),
  place: v.optional(prose(longest.place)),
  detail: v.optional(prose(longest.detail)),
  thinking: v.optional(prose(longest.thinking)),
  result: v.optional(prose(longest.result)),
  next: v.optional(prose(longest.next)),
  threads: v.optional(v.pipe(v.array(ThreadLink), v.maxLength(longest.threads))),
  images: v.optional(v.pipe(v.array(Image), v.maxLength(20))),
} as const;
export const proseMembers = Object.keys(Prose) as readonly (keyof typeof Prose)[];

/** `hold` with `digest` (the SD-JWT digest of the item disclosure) stands in the place of all prose. */
const held = { hold: v.optional(Hold), digest: v.optional(Hash) } as const;

/** An entry. `week` is the week it is sealed in; with `lateFor` its `day` lies in that earlier week. */
export const EntryBody = v.looseObject({
  kind: v.literal('entry'),
  week: Week,
  day: Day,
  start: Minute,
  end: Minute,
  category: v.optional(categoryId),
  mode: v.optional(Mode),
  lateFor: v.optional(Week),
  corrects: v.optional(v.object({ item: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(499)), seal: Hash })),
  ...Prose,
  ...held,
});
export type EntryBody = v.InferOutput<typeof EntryBody>;

/** A review of a day, or of the week when `day` is absent. */
export const ReviewBody = v.looseObject({
  kind: v.literal('review'),
  week: Week,
  day: v.optional(Day),
  text: Prose.text,
  ...held,
});
export type ReviewBody = v.InferOutput<typeof ReviewBody>;

export const TitleBody = v.looseObject({
  kind: v.literal('title'),
  week: Week,
  text: v.optional(prose(120)),
  ...held,
});
export type TitleBody = v.InferOutput<typeof TitleBody>;

/** What an op puts: one entry, review or title. Unknown members are kept and sent back (sync.md h). The rules between members
 *  (day in week, end after start) are `judgeBody` of shared/diary/journal.ts. */
export const Body = v.pipe(
  v.variant('kind', [EntryBody, ReviewBody, TitleBody]),
  v.check((body) => {
    if (body.hold === undefined) return body.text !== undefined && body.digest === undefined;
    return body.digest !== undefined && proseMembers.every((name) => body[name] === undefined);
  }, 'TEXT_OR_HOLD'),
);
export type Body = v.InferOutput<typeof Body>;

/** One op as its device made it. `parent` is the op id whose result the author was looking at, null for a new entry. */
export const Op = v.object({
  op: Ulid,
  n: v.pipe(v.number(), v.integer(), v.minValue(1)),
  id: Ulid,
  parent: v.nullable(Ulid),
  kind: v.picklist(['put', 'del']),
  schema: v.pipe(v.number(), v.integer(), v.minValue(0)),
  at: v.string(),
  body: v.nullable(v.unknown()),
});
export type Op = v.InferOutput<typeof Op>;

/** Server truth of one entry: `head` is the op that made it, `seq` rises strictly for each author. `week` is the week it is in. */
export const Row = v.object({
  id: Ulid,
  head: Ulid,
  seq: v.number(),
  schema: v.number(),
  del: v.boolean(),
  week: Week,
  /** Null of a tombstone. */
  body: v.nullable(Body),
});
export type Row = v.InferOutput<typeof Row>;

export const OpResult = v.variant('status', [
  v.object({ op: Ulid, status: v.literal('APPLIED'), seq: v.number() }),
  v.object({ op: Ulid, status: v.literal('REPLAYED'), seq: v.optional(v.number()), first: v.string() }),
  v.object({ op: Ulid, status: v.literal('CONFLICT'), current: v.nullable(Row) }),
  v.object({ op: Ulid, status: v.literal('SEALED'), week: Week }),
  v.object({ op: Ulid, status: v.literal('INVALID'), field: v.optional(v.string()), reason: v.string() }),
  v.object({ op: Ulid, status: v.literal('TOO_NEW') }),
  v.object({ op: Ulid, status: v.literal('ID_REUSE') }),
]);
export type OpResult = v.InferOutput<typeof OpResult>;

export const getHello = endpoint({
  method: 'GET',
  path: '/api/v1/journal/hello',
  group: 'journal',
  summary: 'What this server speaks',
  access: 'journal.write',
  answer: v.object({
    epoch: v.number(),
    serverTime: Seconds,
    schemaMin: v.number(),
    schemaMax: v.number(),
    maxOps: v.number(),
    maxBytes: v.number(),
    /** Latest week of mine that is sealed, null when none. */
    sealedThrough: v.nullable(Week),
    /** `revision` of the organisation, so that a device learns of a change with its next sync. Absent from older servers. */
    organisation: v.optional(v.string()),
  }),
});

export const postPush = endpoint({
  method: 'POST',
  path: '/api/v1/journal/push',
  group: 'journal',
  summary: 'Send own ops; one result for each, in order',
  access: 'journal.write',
  body: v.strictObject({ epoch: v.number(), device: Id, ops: v.pipe(v.array(Op), v.minLength(1)) }),
  answer: v.object({ epoch: v.number(), serverTime: Seconds, results: v.array(OpResult) }),
  maxBytes,
  refusals: ['MALFORMED', 'NOT_AUTHOR', 'EPOCH_CHANGED', 'BATCH_TOO_BIG', 'SCHEMA_TOO_OLD', 'RATE_LIMITED'],
});

export const getPull = endpoint({
  method: 'GET',
  path: '/api/v1/journal/pull',
  group: 'journal',
  summary: 'Rows after a cursor',
  access: 'journal.write',
  query: v.object({
    epoch: Whole,
    after: Whole,
    limit: v.optional(v.pipe(Whole, v.minValue(1), v.maxValue(500)), '200'),
  }),
  answer: v.object({ epoch: v.number(), rows: v.array(Row), next: v.number(), more: v.boolean() }),
  refusals: ['EPOCH_CHANGED'],
});

/** Where a seal stands in the log: its leaf and the checkpoint right after it. */
export const Receipt = v.object({
  week: Week,
  rev: v.number(),
  seal: Hash,
  index: v.number(),
  checkpoint: v.string(),
});
export type Receipt = v.InferOutput<typeof Receipt>;

/** A sealed week on its way up: the SD-JWT's JWS, the disclosures that may leave the device (cover first, then items in
 *  the order of the cover, withheld ones left out), and which entry at which head each item was made from, sorted by id. `items`: the entry of
 *  each item in the order of the cover, sent with a seal that was in the log before, so that a restored server gets its entries back. */
export const postSeal = endpoint({
  method: 'POST',
  path: '/api/v1/journal/seals',
  group: 'journal',
  summary: 'Seal a week',
  access: 'journal.write',
  body: v.strictObject({
    week: Week,
    jws: Jws,
    disclosures: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200_000))), v.maxLength(501)),
    manifest: v.pipe(v.array(v.tuple([Ulid, Ulid])), v.maxLength(500)),
    items: v.optional(v.pipe(v.array(Ulid), v.maxLength(500))),
  }),
  answer: v.object({ receipt: Receipt }),
  status: 201,
  statusAgain: 200,
  maxBytes: maxSealBytes,
  refusals: ['NOT_AUTHOR', 'SEAL_STALE', 'WEEK_SEALED', 'WEEK_FROZEN', 'RECORD_REFUSED', 'LOG_ABSENT'],
});

export const getSeals = endpoint({
  method: 'GET',
  path: '/api/v1/journal/seals',
  group: 'journal',
  summary: 'My seals after a log index',
  access: 'journal.write',
  query: v.object({ after: v.optional(Whole, '-1') }),
  answer: v.object({ rows: v.array(v.object({ ...Receipt.entries, open: v.boolean(), frozen: v.boolean() })) }),
});

/** Reopens a sealed week until its list is frozen (sync.md j). */
export const postReopen = endpoint({
  method: 'POST',
  path: '/api/v1/journal/weeks/{week}/reopen',
  group: 'journal',
  summary: 'Reopen a sealed week',
  access: 'journal.write',
  refusals: ['NOT_AUTHOR', 'WEEK_FROZEN', 'NOT_SEALED'],
});

/** Whether the leader declared the week as leave: without a seal the unit is then absent for `leave` instead of `none`. */
export const getLeave = endpoint({
  method: 'GET',
  path: '/api/v1/journal/weeks/{week}/leave',
  group: 'journal',
  summary: 'Whether a week is declared as leave',
  access: 'journal.write',
  answer: v.object({ leave: v.boolean() }),
  refusals: ['NOT_FOUND'],
});

/** Declares a week as leave, or takes it back, until its list is frozen. */
export const putLeave = endpoint({
  method: 'PUT',
  path: '/api/v1/journal/weeks/{week}/leave',
  group: 'journal',
  summary: 'Declare a week as leave, or take it back',
  access: 'journal.write',
  body: v.strictObject({ leave: v.boolean() }),
  answer: v.object({ leave: v.boolean() }),
  refusals: ['NOT_FOUND', 'WEEK_FROZEN'],
});

/** An image's bytes: hash and magic are checked, readable by nobody but its author until published. */
export const putBlob = endpoint({
  method: 'PUT',
  path: '/api/v1/journal/blobs/{sha256}',
  group: 'journal',
  summary: 'Store an image',
  access: 'journal.write',
  maxBytes: 1_048_576,
  refusals: ['FIELD_INVALID', 'TOO_LARGE', 'RATE_LIMITED'],
});

/** An own image as another device of its author stored it, to show it there too. */
export const getBlob = endpoint({
  method: 'GET',
  path: '/api/v1/journal/blobs/{sha256}',
  group: 'journal',
  summary: 'An own image',
  access: 'journal.write',
  answer: v.object({
    type: Image.entries.type,
    /** Padded base64. */
    bytes: v.string(),
  }),
  refusals: ['NOT_FOUND'],
});
