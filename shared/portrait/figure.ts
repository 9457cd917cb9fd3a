/** A figure of a portrait, dossier or aggregate: its value, what it was counted from, and where it comes from. */
import * as v from 'valibot';
import { DrawId, Hash, Id, Week } from '../api/field.ts';
import { faces, figureIds } from './faces.ts';

/** Where figures come from. A `seal` is in the log for everybody; `draw` is set where its diary was published, so that a stranger can
 *  recompute what rests on it. `own`: a week that is not sealed, known to the leader's device alone. */
export const Source = v.variant('kind', [
  v.object({
    kind: v.literal('seal'),
    week: Week,
    seal: Hash,
    index: v.number(),
    rev: v.number(),
    draw: v.nullable(DrawId),
    /** Whose diary, where the list is of several units. */
    unit: v.optional(Id),
  }),
  v.object({ kind: v.literal('own'), week: Week }),
  v.object({ kind: v.literal('diary'), week: Week, draw: DrawId, unit: Id }),
  v.object({ kind: v.literal('ticket'), number: v.string() }),
]);
export type Source = v.InferOutput<typeof Source>;

/** `minutes` null: nothing to count. A share of cases below five is shown as its two counts (shared/feedback/rates.ts). */
export const Value = v.variant('kind', [
  v.object({ kind: v.literal('minutes'), minutes: v.nullable(v.number()) }),
  v.object({ kind: v.literal('count'), count: v.number() }),
  v.object({ kind: v.literal('share'), part: v.number(), of: v.number(), unit: v.picklist(['minutes', 'cases']) }),
  v.object({ kind: v.literal('parts'), parts: v.array(v.object({ code: v.string(), count: v.number() })) }),
]);

export const Figure = v.object({
  id: v.picklist(figureIds),
  /** Of a thread: its name. */
  name: v.nullable(v.string()),
  value: Value,
  /** What it was counted from, by name: `weeks`, `leaveWeeks`, `entries`, `nights`… */
  facts: v.record(v.string(), v.number()),
  /** Places in the list of sources. */
  sources: v.array(v.number()),
});
export type Figure = v.InferOutput<typeof Figure>;

export const Face = v.object({ face: v.picklist(faces), figures: v.array(Figure) });
export type Face = v.InferOutput<typeof Face>;
