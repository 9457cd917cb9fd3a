/** The public tree (design.md 5 "The public tree"): what readers load as plain files. Types only matter to readers, so the
 *  widget imports them with `import type`; the server builds exactly these. */
import * as v from 'valibot';
import { longest } from '../diary/longest.ts';
import { Day, DiaryId, DrawId, Id, ImportedId, Minute, prose, Seconds, Week } from './field.ts';
import { CategoryRow, Mode, Term, Thread, Unit, Words } from './organisation.ts';

/** How many diaries stand on one page of the feed. */
export const feedPageSize = 20;

/** Where a diary comes from that was brought in from older records: nobody sealed it, no lot drew it, and nothing of it can be checked. `at`: when
 *  it was brought in. */
export const ImportedFrom = v.object({
  source: Id,
  name: Words,
  /** Address of the records, and the licence they are under, as far as known. */
  address: v.nullable(v.string()),
  licence: v.nullable(v.string()),
  at: Seconds,
});
export type ImportedFrom = v.InferOutput<typeof ImportedFrom>;

/** One published diary as a list shows it. `title` null where it has none or withholds it. */
export const DiaryCard = v.object({
  draw: DiaryId,
  unit: Id,
  term: v.nullable(Id),
  week: Week,
  title: v.nullable(v.string()),
  publishedAt: Seconds,
  /** Union of all entries, in minutes, and how many entries and withheld items there are. */
  minutes: v.number(),
  entries: v.number(),
  held: v.number(),
  /** The review of the week, whole, exactly as signed; null where there is none, it is withheld, or is longer than 200 code points. */
  opening: v.nullable(v.string()),
  /** The week as seven columns: for each entry the day's number in the week (0 Monday to 6), start and end in minutes after 00:00 of that day
   *  (may pass 1440), and its mode; `held` of withheld entries, null where it has none. */
  strip: v.array(
    v.tuple([
      v.number(),
      v.number(),
      v.number(),
      v.nullable(v.picklist(['collective', 'focused', 'oneToOne', 'emergency', 'neutral', 'held'])),
    ]),
  ),
  /** Published comments and tickets, and how many of these are closed in the loop. Zero in a static tree. */
  comments: v.number(),
  tickets: v.number(),
  closedLoop: v.number(),
  themes: v.array(Id),
  /** Threads of the disclosed entries. A tree of an older server has none. */
  threads: v.optional(v.array(Id), []),
  categories: v.array(v.string()),
  /** Missing in a diary that was sealed and drawn. */
  imported: v.optional(ImportedFrom),
});
export type DiaryCard = v.InferOutput<typeof DiaryCard>;

/** `index.json`. `feed.newest` is the number of the newest page; pages are filled in order of publication, oldest first. */
export const PublicIndex = v.object({
  v: v.literal(1),
  organisation: v.object({ name: Words, zone: v.string(), demo: v.boolean() }),
  /** Pins as the server states them: a page pins its own. */
  pins: v.object({ origin: v.string(), vkey: v.string(), organiser: v.nullable(v.string()) }),
  units: v.array(Unit),
  terms: v.array(Term),
  categories: v.array(CategoryRow),
  threads: v.array(Thread),
  themes: v.optional(v.array(v.object({ id: Id, zh: v.string(), en: v.string() }))),
  /** Days that are no ordinary weekdays or weekends. */
  calendar: v.optional(v.object({ holidays: v.array(Day), makeUpWorkdays: v.array(Day) })),
  /** Words of the term base that are explained: the preferred one first, without its hint in brackets, then others for it. */
  glossary: v.optional(v.array(v.object({ words: v.array(v.string()), says: v.string() }))),
  checkpoint: v.nullable(v.string()),
  feed: v.object({ pages: v.number(), total: v.number(), newest: v.nullable(v.number()) }),
  /** The newest diaries, newest first, at most `feedPageSize`. */
  newest: v.array(DiaryCard),
  /** Draws, newest first: `draw/<draw>.json` has each. */
  draws: v.array(
    v.object({ draw: DrawId, week: Week, stage: v.string(), publishedAt: v.optional(v.nullable(Seconds)) }),
  ),
  /** Address of the dynamic part relative to the tree, null in a static tree: comments are then closed here. */
  api: v.nullable(v.string()),
  /** Under which terms the public data may be used again; missing where the organisation says nothing of it. What was brought in from older records is
   *  under those of its source. */
  licence: v.optional(v.object({ name: Words, address: v.string() })),
  /** What readers know the account by with which they sign in before they write; missing where nobody has to. */
  signIn: v.optional(Words),
});
export type PublicIndex = v.InferOutput<typeof PublicIndex>;

/** What is known of an entry in older records: any of its day and times may be missing. */
export const ImportedItem = v.object({
  kind: v.literal('entry'),
  day: v.exactOptional(Day),
  start: v.exactOptional(Minute),
  end: v.exactOptional(Minute),
  category: v.exactOptional(v.string()),
  mode: v.exactOptional(Mode),
  item: v.object({
    text: prose(longest.text),
    place: v.exactOptional(prose(longest.place)),
    detail: v.exactOptional(prose(longest.detail)),
  }),
});
export type ImportedItem = v.InferOutput<typeof ImportedItem>;

/** `draw/<id>/<unit>.json` of a diary that was brought in: what a bundle is for one that was drawn, without any proof. */
export const ImportedBundle = v.object({
  v: v.literal(1),
  want: v.object({ draw: ImportedId, unit: Id }),
  imported: ImportedFrom,
  diary: v.object({ week: Week, zone: v.string(), items: v.array(ImportedItem) }),
});
export type ImportedBundle = v.InferOutput<typeof ImportedBundle>;

/** `feed/<n>.json`, n from 0: diaries in order of publication, oldest first. */
export const FeedPage = v.object({ v: v.literal(1), page: v.number(), rows: v.array(DiaryCard) });
export type FeedPage = v.InferOutput<typeof FeedPage>;

/** `draw/<draw>.json`: one draw as the public sees it at each stage. `proof` has what a bundle has (verification.md 8) but for a diary, so that all
 *  the rest can be checked before anything is published. */
export const PublicDraw = v.object({
  v: v.literal(1),
  draw: DrawId,
  week: Week,
  stage: v.string(),
  rule: v.record(v.string(), v.unknown()),
  list: v.record(v.string(), v.unknown()),
  lock: v.nullable(v.object({ size: v.number(), root: v.string(), acks: v.array(Id) })),
  record: v.nullable(v.record(v.string(), v.unknown())),
  published: v.array(Id),
  publishedAt: v.nullable(Seconds),
  /** When the drawn diaries are published at the latest; null before the result. A tree of an older server has none. */
  reviewDue: v.optional(v.nullable(Seconds), null),
  proof: v.object({
    /** The smallest head that has all of it. */
    checkpoint: v.string(),
    leaves: v.array(v.object({ i: v.number(), jws: v.string(), path: v.array(v.string()) })),
    lock: v.nullable(
      v.object({
        size: v.number(),
        root: v.string(),
        consistency: v.array(v.string()),
        acks: v.array(v.string()),
      }),
    ),
  }),
});
export type PublicDraw = v.InferOutput<typeof PublicDraw>;

/** `draw/history.json`: who was in the pool, drawn, resting, absent, from the first list on. */
export const DrawHistory = v.object({
  v: v.literal(1),
  /** In the order of the newest roll; units that have left it follow. */
  units: v.array(Id),
  /** Every list, oldest first. `marks` has a letter for each unit: `p` in the pool, `d` drawn, `r` resting, `a` absent, `-` not on the roll. */
  draws: v.array(v.object({ draw: DrawId, week: Week, stage: v.string(), marks: v.string() })),
});
export type DrawHistory = v.InferOutput<typeof DrawHistory>;
