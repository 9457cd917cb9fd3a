/** The organisation's figures of a quarter (全组织汇总): made once, four weeks after the quarter, with at least three units behind each. */
import * as v from 'valibot';
import { Aggregate } from '../portrait/aggregate.ts';
import { endpoint } from './endpoint.ts';
import { Day, Hash, Root, Seconds } from './field.ts';
import { Words } from './organisation.ts';

/** `2026-Q3`: the weeks whose Thursday lies in it. */
export const Quarter = v.pipe(v.string(), v.regex(/^2\d{3}-Q[1-4]$/));

/** What it says. It never changes. */
export const AggregateContent = v.object({
  v: v.literal(1),
  organisation: Words,
  quarter: Quarter,
  /** Monday of the first week and Sunday of the last. */
  from: Day,
  to: Day,
  asOf: Seconds,
  ...Aggregate.entries,
  /** The head of the log that holds every seal among the sources; null before the log begins. */
  log: v.nullable(v.object({ origin: v.string(), size: v.number(), root: Root })),
});
export type AggregateContent = v.InferOutput<typeof AggregateContent>;

export const AggregateRow = v.object({
  quarter: Quarter,
  from: Day,
  to: Day,
  /** From when on it may be made. */
  openAt: Seconds,
  madeAt: v.nullable(Seconds),
});
export type AggregateRow = v.InferOutput<typeof AggregateRow>;

/** Quarters from the first sealed week on that are over, newest first. */
export const getAggregates = endpoint({
  method: 'GET',
  path: '/api/v1/aggregates',
  group: 'dossiers',
  summary: "Quarters of the organisation's figures, with what is made",
  access: 'dossiers.make',
  answer: v.object({ rows: v.array(AggregateRow) }),
});

/** `content` is the JSON of an `AggregateContent`, whose SHA-256 is `digest`. */
export const getAggregate = endpoint({
  method: 'GET',
  path: '/api/v1/aggregates/{quarter}',
  group: 'dossiers',
  summary: "The organisation's figures of a quarter",
  access: 'dossiers.make',
  answer: v.object({ madeAt: Seconds, content: v.string(), digest: Hash }),
  refusals: ['NOT_FOUND'],
});

export const postAggregate = endpoint({
  method: 'POST',
  path: '/api/v1/aggregates',
  group: 'dossiers',
  summary: "Make the organisation's figures of a quarter, once",
  access: 'dossiers.make',
  body: v.strictObject({ quarter: Quarter }),
  answer: AggregateRow,
  status: 201,
  refusals: ['FIELD_INVALID', 'ALREADY_DONE'],
});
