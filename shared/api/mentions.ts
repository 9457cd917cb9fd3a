/** A diary names me: anyone says so, the reviewer answers within two working days; the answer is read by receipt. Nothing of it is public. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { DrawId, Hash, Id, Item, PageQuery, pageOf, prose, ReaderText, Seconds } from './field.ts';

/** Says that a diary, or one entry of it, names or shows the writer. `codeHash` as with a comment. */
export const postMention = endpoint({
  method: 'POST',
  path: '/api/v1/mentions',
  group: 'mentions',
  summary: 'Say that a diary names me',
  access: 'public',
  proof: true,
  idempotent: true,
  body: v.strictObject({ draw: DrawId, unit: Id, item: v.nullable(Item), text: ReaderText(8000), codeHash: Hash }),
  answer: v.object({ number: v.string(), decidedBy: Seconds }),
  status: 201,
  refusals: ['FIELD_INVALID', 'ORIGIN_REFUSED', 'NOT_FOUND', 'RATE_LIMITED', 'IDEMPOTENCY_REUSED'],
});

export const MentionRow = v.object({
  id: v.string(),
  draw: DrawId,
  unit: Id,
  item: v.nullable(Item),
  text: v.string(),
  at: Seconds,
  decideBy: Seconds,
  /** It came without a proof of work. */
  unproven: v.boolean(),
  /** What it is about: the item's text or the diary's title, null where withheld. */
  context: v.nullable(v.string()),
});
export type MentionRow = v.InferOutput<typeof MentionRow>;

/** What waits for an answer, most urgent first. */
export const getMentions = endpoint({
  method: 'GET',
  path: '/api/v1/mentions',
  group: 'mentions',
  summary: 'Who says that a diary names them',
  access: 'mentions.answer',
  query: PageQuery,
  answer: v.object({ ...pageOf(MentionRow).entries, total: v.number() }),
  refusals: ['FIELD_INVALID'],
});

/** The reviewer's answer, once; what is to be withheld is withheld by a record beside it. */
export const postMentionAnswer = endpoint({
  method: 'POST',
  path: '/api/v1/mentions/{id}/answer',
  group: 'mentions',
  summary: 'Answer somebody whom a diary names',
  access: 'mentions.answer',
  body: v.strictObject({ text: prose(2000) }),
  refusals: ['NOT_FOUND', 'ALREADY_DONE'],
});
