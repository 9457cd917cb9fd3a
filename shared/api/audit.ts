/** The audit trail, searched and checked: who did what to what. Its rows are a chain (shared/proof/audit-chain.ts), anchored daily. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { Day, Hash, pageOf, Seconds } from './field.ts';

/** A row; `name` is the person behind the actor, null for readers, the clock and who is not known any more. `facts` is the JSON text as it
 *  was hashed. */
const AuditLine = v.object({
  n: v.number(),
  at: Seconds,
  actor: v.string(),
  name: v.nullable(v.string()),
  action: v.string(),
  subject: v.string(),
  facts: v.string(),
  hash: Hash,
});
export type AuditLine = v.InferOutput<typeof AuditLine>;

const Anchor = v.object({ day: Day, rows: v.number(), hash: Hash });

/** `audit.json` of the public tree: the end of the trail on each day, oldest first, and the head of the log that stood then (size 0 before
 *  leaf 0). Whoever keeps a copy can tell later whether the trail was rewritten. */
export const PublicAudit = v.object({
  v: v.literal(1),
  anchors: v.array(v.object({ ...Anchor.entries, size: v.number(), root: v.string() })),
});
export type PublicAudit = v.InferOutput<typeof PublicAudit>;

/** What the audit page exports as JSON, oldest first; a whole trail can be checked without a server. */
export const AuditExport = v.object({ v: v.literal(1), rows: v.array(AuditLine) });
export type AuditExport = v.InferOutput<typeof AuditExport>;

/** Most rows of one answer. */
export const auditPageMax = 500;

const Text = v.pipe(v.string(), v.maxLength(120));

/** Newest first. `who`: an actor id, or part of a person's name; `subject`: its beginning; `from` and `to`: Unix seconds, `to` itself not
 *  included; `after`: the cursor of the page before. */
export const getAudit = endpoint({
  method: 'GET',
  path: '/api/v1/audit',
  group: 'audit',
  summary: 'The audit trail, newest first',
  access: 'audit.read',
  query: v.object({
    who: v.optional(Text),
    action: v.optional(v.pipe(v.string(), v.regex(/^[a-zA-Z]+\.[a-zA-Z]+$/))),
    subject: v.optional(Text),
    from: v.optional(v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.toNumber())),
    to: v.optional(v.pipe(v.string(), v.regex(/^\d{1,12}$/), v.toNumber())),
    after: v.optional(v.pipe(v.string(), v.regex(/^\d{1,15}$/), v.toNumber())),
    limit: v.optional(
      v.pipe(v.string(), v.regex(/^\d{1,3}$/), v.toNumber(), v.minValue(1), v.maxValue(auditPageMax)),
      '50',
    ),
  }),
  answer: v.object({
    ...pageOf(AuditLine).entries,
    /** Rows of the whole trail, whatever is searched for, and what stands in `audit.json` last. */
    rowsInAll: v.number(),
    anchor: v.nullable(Anchor),
  }),
  refusals: ['FIELD_INVALID'],
});
