/** The demonstration set as typed values: 晴湖新区, its sixteen diaries, comments and tickets. Invented; see data/README.md. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { Hold, Prose } from '../../shared/api/journal.ts';
import { Mode, UnitKind, Words } from '../../shared/api/organisation.ts';
import { commentKinds, rejectionReasons } from '../../shared/feedback/comment.ts';
import { actionStates, resolutionKinds, rootCauses, ticketClocks, ticketStates } from '../../shared/feedback/ticket.ts';
import { roles } from '../../shared/organisation/role.ts';

const folder = join(import.meta.dirname, 'data');

const DemoItem = v.object({
  kind: v.picklist(['title', 'entry', 'review']),
  id: v.optional(v.string()),
  day: v.optional(v.string()),
  start: v.optional(v.string()),
  end: v.optional(v.string()),
  category: v.optional(v.string()),
  mode: v.optional(Mode),
  lateFor: v.optional(v.string()),
  hold: v.optional(Hold),
  ...Prose,
});
export type DemoItem = v.InferOutput<typeof DemoItem>;

const DemoDiary = v.object({
  id: v.string(),
  unit: v.string(),
  term: v.string(),
  week: v.string(),
  items: v.array(DemoItem),
});
export type DemoDiary = v.InferOutput<typeof DemoDiary>;

const DemoComment = v.object({
  id: v.string(),
  kind: v.picklist(commentKinds),
  diary: v.string(),
  entry: v.optional(v.string()),
  nick: v.string(),
  at: v.string(),
  text: v.string(),
  state: v.picklist(['published', 'rejected', 'withdrawn', 'removed']),
  reason: v.optional(v.picklist(rejectionReasons)),
  reasonNote: v.optional(v.string()),
  stub: v.optional(v.looseObject({ at: v.string(), reason: v.optional(v.picklist(rejectionReasons)) })),
  reply: v.optional(v.object({ by: v.string(), unit: v.string(), at: v.string(), text: v.string() })),
  ticket: v.optional(v.string()),
});
export type DemoComment = v.InferOutput<typeof DemoComment>;

const DemoTicket = v.object({
  id: v.string(),
  comment: v.string(),
  clock: v.picklist(ticketClocks),
  actions: v.array(
    v.object({
      id: v.string(),
      unit: v.string(),
      text: v.string(),
      date: v.string(),
      state: v.picklist(actionStates),
    }),
  ),
  events: v.array(
    v.object({
      at: v.string(),
      actor: v.string(),
      to: v.picklist(ticketStates),
      note: v.nullable(v.string()),
      public: v.boolean(),
      unit: v.optional(v.string()),
      firstContact: v.optional(v.boolean()),
      followedUp: v.optional(v.boolean()),
      resolutionKind: v.optional(v.picklist(resolutionKinds)),
      rootCause: v.optional(v.picklist(rootCauses)),
      reviewDate: v.optional(v.string()),
      newDue: v.optional(v.string()),
      into: v.optional(v.string()),
    }),
  ),
  followUps: v.array(
    v.object({
      askedAt: v.string(),
      answeredAt: v.optional(v.nullable(v.string())),
      solved: v.optional(v.nullable(v.boolean())),
      rating: v.optional(v.nullable(v.number())),
      words: v.optional(v.nullable(v.string())),
    }),
  ),
  extendedDue: v.optional(v.string()),
});
export type DemoTicket = v.InferOutput<typeof DemoTicket>;

const DemoOrganisation = v.object({
  name: Words,
  zone: v.string(),
  units: v.array(v.object({ id: v.string(), kind: UnitKind, name: Words, status: v.optional(v.string()) })),
  terms: v.array(
    v.object({ id: v.string(), unit: v.string(), post: v.string(), from: v.string(), to: v.optional(v.string()) }),
  ),
  roles: v.array(v.object({ id: v.string(), role: v.picklist(roles), unit: v.nullable(v.string()), post: v.string() })),
  threads: v.array(v.object({ id: v.string(), name: v.string(), aliases: v.array(v.string()), theme: v.string() })),
  calendar: v.object({
    holidays: v.array(v.object({ date: v.string(), name: v.string() })),
    makeUpWorkdays: v.array(v.object({ date: v.string() })),
  }),
  showings: v.array(v.object({ week: v.string(), publishedAt: v.string(), diaries: v.array(v.string()) })),
});

const Tickets = v.object({ tickets: v.array(DemoTicket) });

export interface DemoSet {
  readonly organisation: v.InferOutput<typeof DemoOrganisation>;
  readonly diaries: ReadonlyMap<string, DemoDiary>;
  readonly comments: readonly DemoComment[];
  readonly tickets: readonly DemoTicket[];
}

/** Reads and checks the whole set; throws where a file breaks its form. */
export function readDemoSet(): DemoSet {
  const weeks = readdirSync(join(folder, 'weeks')).map((name) => v.parse(DemoDiary, read('weeks', name)));
  return {
    organisation: v.parse(DemoOrganisation, read('organisation.json')),
    diaries: new Map(weeks.map((diary) => [diary.id, diary])),
    comments: v.parse(v.array(DemoComment), read('comments.json')),
    tickets: v.parse(Tickets, read('tickets.json')).tickets,
  };
}

/** The last week of which the set has a diary, `2026-W44`. */
export const lastWeek = ({ organisation }: DemoSet): string =>
  organisation.showings
    .map(({ week }) => week)
    .sort()
    .at(-1) ?? '';

const Raw = v.object({
  themes: v.array(v.object({ id: v.string(), zh: v.string(), en: v.string() })),
  termBase: v.array(
    v.object({
      id: v.string(),
      preferred: v.string(),
      aliases: v.array(v.string()),
      definition: v.optional(v.string(), ''),
    }),
  ),
  secrecyWords: v.array(v.string()),
});

/** Themes, term base and secrecy words of the set. */
export const readDemoRaw = (): v.InferOutput<typeof Raw> => v.parse(Raw, read('organisation.json'));

function read(...path: string[]): unknown {
  return JSON.parse(readFileSync(join(folder, ...path), 'utf8'));
}
