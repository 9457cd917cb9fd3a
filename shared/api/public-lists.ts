/** Lists of published diaries and entries beside the feed (design.md 5): by facet, thread, unit and theme, and what lies beside a diary. All are
 *  numbered pages of the tree; a page that is full changes only when something in it is withheld. */
import * as v from 'valibot';
import { Day, DiaryId, DrawId, Ground, Hash, Id, Minute, Seconds, Week } from './field.ts';
import { Mode, Term, Thread, Unit } from './organisation.ts';
import { DiaryCard } from './published.ts';

/** What the feed can be filtered by. `month` is that of the week's Thursday, `2026-09`. */
export const facetNames = ['unit', 'kind', 'theme', 'thread', 'category', 'month'] as const;
export const FacetName = v.picklist(facetNames);
export type FacetName = v.InferOutput<typeof FacetName>;

export const Theme = v.object({ id: Id, zh: v.string(), en: v.string() });
export type Theme = v.InferOutput<typeof Theme>;

/** `facet/index.json`: how many diaries each value has; values without any are left out. Pages of a value: `ceil(count / feedPageSize)`. */
export const FacetIndex = v.object({
  v: v.literal(1),
  themes: v.array(Theme),
  counts: v.object({
    unit: v.record(v.string(), v.number()),
    kind: v.record(v.string(), v.number()),
    theme: v.record(v.string(), v.number()),
    /** A tree of an older server has none. */
    thread: v.optional(v.record(v.string(), v.number()), {}),
    category: v.record(v.string(), v.number()),
    month: v.record(v.string(), v.number()),
  }),
});
export type FacetIndex = v.InferOutput<typeof FacetIndex>;

/** `facet/<name>/<value>/<n>.json`, n from 0: the diaries with that value in order of publication, oldest first, `feedPageSize` on a page, as in
 *  the feed: the newest are on the last page. */
export const FacetPage = v.object({
  v: v.literal(1),
  facet: FacetName,
  value: v.string(),
  page: v.number(),
  rows: v.array(DiaryCard),
});
export type FacetPage = v.InferOutput<typeof FacetPage>;

/** How many draws stand in `index.json`, and how many on a page of `draws/<n>.json`. */
export const newestDraws = 20;
export const drawsPageSize = 100;

/** `draws/<n>.json`, n from 0: every draw, oldest list first. */
export const DrawsPage = v.object({
  v: v.literal(1),
  page: v.number(),
  rows: v.array(v.object({ draw: DrawId, week: Week, stage: v.string() })),
});
export type DrawsPage = v.InferOutput<typeof DrawsPage>;

/** One disclosed entry of a thread; `item` is its number in the diary `draw`, `unit`. Members that it lacks are left out. */
export const ThreadEntry = v.object({
  draw: DrawId,
  unit: Id,
  item: v.number(),
  week: Week,
  day: Day,
  start: Minute,
  end: v.optional(Minute),
  category: v.optional(v.string()),
  mode: v.optional(Mode),
  text: v.string(),
  place: v.optional(v.string()),
  thinking: v.optional(v.string()),
  result: v.optional(v.string()),
  next: v.optional(v.string()),
});
export type ThreadEntry = v.InferOutput<typeof ThreadEntry>;

/** How many of the newest entries stand in `thread/<id>.json`. */
export const newestOfThread = 40;

/** `thread/<id>.json`: one piece of work over weeks and years. `newest` is newest first; the whole is in `thread/<id>/<year>.json`. */
export const PublicThread = v.object({
  v: v.literal(1),
  thread: Thread,
  theme: v.nullable(Id),
  entries: v.number(),
  /** Units in whose diaries it stands, and first and last day; null where it has no entry yet. */
  units: v.array(Id),
  from: v.nullable(Day),
  to: v.nullable(Day),
  /** Newest first. */
  years: v.array(v.object({ year: v.string(), entries: v.number() })),
  newest: v.array(ThreadEntry),
});
export type PublicThread = v.InferOutput<typeof PublicThread>;

/** `thread/<id>/<year>.json`: its entries of one calendar year by day and time, oldest first. */
export const ThreadYear = v.object({ v: v.literal(1), thread: Id, year: v.string(), rows: v.array(ThreadEntry) });
export type ThreadYear = v.InferOutput<typeof ThreadYear>;

/** `unit/<id>.json`. */
export const PublicUnit = v.object({
  v: v.literal(1),
  unit: Unit,
  terms: v.array(Term),
  /** Its leaders' log keys by leaf: the unit posts the first 16 characters of `kid` on a site of its own. `ended` null while it is valid. */
  keys: v.array(v.object({ kid: Hash, added: v.number(), addedAt: Seconds, ended: v.nullable(v.number()) })),
  /** Newest first. */
  diaries: v.array(
    v.object({
      draw: DiaryId,
      week: Week,
      term: v.nullable(Id),
      title: v.nullable(v.string()),
      publishedAt: Seconds,
    }),
  ),
});
export type PublicUnit = v.InferOutput<typeof PublicUnit>;

/** `theme/<id>.json`: the threads of a theme, those that moved last first; its diaries are `facet/theme/<id>/…`. */
export const PublicTheme = v.object({
  v: v.literal(1),
  theme: Theme,
  diaries: v.number(),
  threads: v.array(
    v.object({
      id: Id,
      name: v.string(),
      entries: v.number(),
      units: v.array(Id),
      from: v.nullable(Day),
      to: v.nullable(Day),
    }),
  ),
});
export type PublicTheme = v.InferOutput<typeof PublicTheme>;

const DiaryAt = v.object({ draw: DiaryId, unit: Id, week: Week });
const EntryAt = v.object({ ...DiaryAt.entries, item: v.number() });

/** An entry here and a published diary of the same unit that it has to do with. `item`: the entry here, null for the whole week; `at.item`: the
 *  entry there, null for the whole diary. `corrects` and `lateFor` point back, `correctedBy` and `lateIn` (entries missing from this week
 *  that were sealed later) forward. */
export const Related = v.object({
  item: v.nullable(v.number()),
  as: v.picklist(['corrects', 'correctedBy', 'lateFor', 'lateIn']),
  at: v.object({ ...DiaryAt.entries, item: v.nullable(v.number()) }),
});
export type Related = v.InferOutput<typeof Related>;

/** `beside/<draw>/<unit>.json`: the diaries before and after this one, of the same unit by week and of each of its threads in order of publication;
 *  `item` is the thread's first entry there. `related`: what points from here to published diaries, and from them to here. */
export const Beside = v.object({
  v: v.literal(1),
  previous: v.nullable(DiaryAt),
  next: v.nullable(DiaryAt),
  threads: v.array(v.object({ thread: Id, previous: v.nullable(EntryAt), next: v.nullable(EntryAt) })),
  related: v.optional(v.array(Related)),
  /** Items that were withheld until `at`, and why they are shown again. */
  released: v.optional(v.array(v.object({ item: v.number(), ground: Ground, why: v.string(), at: Seconds }))),
});
export type Beside = v.InferOutput<typeof Beside>;
