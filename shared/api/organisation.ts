/** The organisation as its devices know it: units, terms of office, categories, threads, wording, pins. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { Day, Id, prose } from './field.ts';

/** A word in both languages. */
export const Words = v.object({ zh: v.string(), en: v.string() });
export type Words = v.InferOutput<typeof Words>;
export const UnitKind = v.picklist(['department', 'functionalZone', 'subdistrict', 'soe', 'institution']);
export type UnitKind = v.InferOutput<typeof UnitKind>;

export const Unit = v.object({ id: Id, kind: UnitKind, name: Words });
export type Unit = v.InferOutput<typeof Unit>;

/** A leader's term of office; `to` null while it lasts. A change of head keeps old diaries under the old term. */
export const Term = v.object({ id: Id, unit: Id, post: prose(80), from: Day, to: v.nullable(Day) });
export type Term = v.InferOutput<typeof Term>;

export const Mode = v.picklist(['collective', 'focused', 'oneToOne', 'emergency', 'neutral']);
export type Mode = v.InferOutput<typeof Mode>;

/** A category that the organisation adds or renames; `mode` null = by how it was done. */
export const CategoryRow = v.object({
  id: v.pipe(v.string(), v.regex(/^[a-z][A-Za-z0-9]{0,31}$/)),
  zh: v.string(),
  en: v.string(),
  mode: v.nullable(Mode),
  mark: v.string(),
  letter: v.string(),
});
export type CategoryRow = v.InferOutput<typeof CategoryRow>;

export const Thread = v.object({ id: Id, name: prose(100), aliases: v.array(v.string()) });
export type Thread = v.InferOutput<typeof Thread>;

/** A preferred term (规范用语), the words it is written for, and what it means. One that ends in brackets has a slot: 专题会议（主题）. */
export const PreferredTerm = v.object({
  id: Id,
  preferred: v.string(),
  aliases: v.array(v.string()),
  definition: v.string(),
});
export type PreferredTerm = v.InferOutput<typeof PreferredTerm>;

export const Organisation = v.object({
  name: Words,
  zone: v.string(),
  /** True where the content is a demonstration; every page then says 演示数据. */
  demo: v.boolean(),
  /** Log origin, its checkpoint key, and the kid of leaf 0 (null before the log begins). */
  origin: v.string(),
  vkey: v.string(),
  organiser: v.nullable(v.string()),
  issuer: v.string(),
  units: v.array(Unit),
  terms: v.array(Term),
  categories: v.array(CategoryRow),
  threads: v.array(Thread),
  /** Public holidays, and weekends that are made up for (调休); absent where the server is older. */
  holidays: v.optional(v.array(Day)),
  makeUpWorkdays: v.optional(v.array(Day)),
  /** Absent in what a device kept from an older server. */
  termBase: v.optional(v.array(PreferredTerm)),
  /** Words that hint at secrets; none: the editor has its own. */
  secrecyWords: v.optional(v.array(v.string())),
  /** Who writes in turns (shared/organisation/plan.ts); a unit that is not listed writes each week. Absent where the server is older. */
  plan: v.optional(v.array(v.object({ id: Id, group: v.number() }))),
  /** Changes with any other member; opaque. */
  revision: v.optional(v.string()),
});
export type Organisation = v.InferOutput<typeof Organisation>;

export const getOrganisation = endpoint({
  method: 'GET',
  path: '/api/v1/organisation',
  group: 'organisation',
  summary: 'The organisation as a device needs it',
  access: 'device',
  answer: Organisation,
});

export const putUnit = endpoint({
  method: 'PUT',
  path: '/api/v1/units/{id}',
  group: 'organisation',
  summary: 'Add or rename a unit',
  access: 'organisation.change',
  body: v.strictObject({ kind: UnitKind, name: Words }),
  refusals: ['FIELD_INVALID'],
});

export const putTerm = endpoint({
  method: 'PUT',
  path: '/api/v1/terms/{id}',
  group: 'organisation',
  summary: 'Add a term of office or end one',
  access: 'organisation.change',
  body: v.strictObject({ unit: Id, post: prose(80), from: Day, to: v.nullable(Day) }),
  refusals: ['FIELD_INVALID', 'NOT_FOUND'],
});
