/** What the server may count for a dossier: sealed weeks as their covers have them, and what is public. Of a text it takes whether there is
 *  one; a thread's name only where the organisation gave it or readers see it (design.md 2.1, 2.3). */
import * as v from 'valibot';
import { Ground, groundNamed } from '../../../shared/api/field.ts';
import { fromB64u, fromUtf8 } from '../../../shared/base/bytes.ts';
import type { Category } from '../../../shared/diary/category.ts';
import { dayNameAt, type Reckoning } from '../../../shared/feedback/deadline.ts';
import type {
  PortraitEntry,
  PortraitInput,
  PortraitWeek,
  PublicPart,
  SealedWeek,
} from '../../../shared/portrait/portrait-input.ts';
import { deadlineOf } from '../../../shared/proof/list.ts';
import { civilAt, instantOf, parseDay } from '../../../shared/time/civil.ts';
import { daysOf, type Week, weekAfter, weekOf } from '../../../shared/time/week.ts';
import { type Context, secondsNow } from '../../context.ts';
import type { Db } from '../../database/port.ts';
import { type Counted, countedTickets } from '../../feedback/counted-tickets.ts';
import { settingOf } from '../../organisation/setting.ts';
import { holdsOf, ruleInForce } from '../../records/queries.ts';
import { commentsUnder, disclosuresOf, firstSeals, leaveWeeks, publishedAmong, sealsFrom } from './queries.ts';

/** Days as `YYYY-MM-DD`, both included. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

/** Weeks whose Sunday lies in the span and is over on `today`, in order. */
export function weeksIn({ from, to }: Span, today: string): readonly Week[] {
  const [first, last] = [parseDay(from) ?? 0, Math.min(parseDay(to) ?? 0, (parseDay(today) ?? 0) - 1)];
  const weeks: Week[] = [];
  for (let week = weekOf(first); (daysOf(week)[6] ?? 0) <= last; week = weekAfter(week)) weeks.push(week);
  return weeks;
}

const CoverItem = v.looseObject({
  kind: v.string(),
  day: v.optional(v.string()),
  start: v.optional(v.string()),
  end: v.optional(v.string()),
  category: v.optional(v.string()),
  mode: v.optional(v.string()),
  lateFor: v.optional(v.string()),
  corrects: v.optional(v.object({ item: v.number(), seal: v.string() })),
  hold: v.optional(v.looseObject({ ground: Ground })),
});
const Cover = v.looseObject({ items: v.array(CoverItem) });
const Prose = v.looseObject({
  thinking: v.optional(v.string()),
  result: v.optional(v.string()),
  threads: v.optional(v.array(v.object({ id: v.string(), name: v.string() })), []),
});
const Disclosure = v.pipe(
  v.tuple([v.string(), v.string(), Prose]),
  v.transform(([, , prose]) => prose),
);

/** Everything that `portraitOf` takes, of one person in one unit. */
export async function gather(
  db: Db,
  context: Context,
  by: Reckoning,
  unit: string,
  person: string,
  span: Span,
): Promise<PortraitInput> {
  const { published, ...own } = await gatherSealed(db, context, by, unit, person, span);
  return {
    ...own,
    reading: await readingNow(db, context, by),
    response: await publicPart(db, unit, await ticketsIn(db, by, span), published),
    asOf: secondsNow(context),
  };
}

type Published = Awaited<ReturnType<typeof publishedAmong>>;
type SealedInput = Omit<PortraitInput, 'reading' | 'response' | 'asOf'>;

/** How entries are read now. */
export async function readingNow(db: Db, { config }: Context, by: Reckoning): Promise<PortraitInput['reading']> {
  return {
    table: (await settingOf(db, config, 'categories')).map(
      ({ id, zh, en, mode, mark, letter }): Category => ({ id, zh, en, mode, markZh: mark, markEn: letter }),
    ),
    calendar: by.calendar,
    offset: by.offset,
  };
}

/** What one person sealed for one unit, and which of it is published. */
export async function gatherSealed(
  db: Db,
  context: Context,
  by: Reckoning,
  unit: string,
  person: string,
  span: Span,
): Promise<SealedInput & { readonly published: Published }> {
  const asOf = secondsNow(context);
  const weeks = weeksIn(span, dayNameAt(asOf, by));
  const [first = ''] = weeks;
  const known = new Set(weeks);
  const seals = await sealsFrom(db, unit, person, first);
  const hashes = seals.map(({ seal_hash }) => seal_hash);
  const published = hashes.length === 0 ? [] : await publishedAmong(db, hashes);
  const drawOf = new Map(published.map(({ seal_hash, draw }) => [seal_hash, draw]));
  const sealed = new Map(
    seals.map(({ week, seal_hash, idx, rev }) => [
      week,
      { seal: seal_hash, index: idx, rev, draw: drawOf.get(seal_hash) ?? null },
    ]),
  );
  const isInTime = await inTime(db, unit, person, first);
  const leave = await leaveWeeks(db, unit);
  const read = await itemsOf(db, context, seals, drawOf);
  return {
    weeks: weeks.map(
      (week): PortraitWeek => ({
        week,
        seal: sealed.get(week) ?? null,
        inTime: isInTime(week),
        leave: leave.has(week),
      }),
    ),
    carriers: seals.flatMap(({ week }): SealedWeek[] =>
      known.has(week) ? [] : [{ week, seal: sealed.get(week) ?? null }],
    ),
    // Later ones too: a correction of what lies in the period counts wherever it is sealed.
    entries: read.entries,
    reviews: read.reviews.filter(({ week }) => known.has(week)),
    heldOthers: read.heldOthers,
    released: read.released,
    published: published.filter(({ week }) => known.has(week)),
  };
}

/** The same for the leader's own device: what it cannot know by itself. */
export async function responseFor(
  db: Db,
  context: Context,
  by: Reckoning,
  unit: string,
  person: string,
  span: Span,
): Promise<PublicPart> {
  const weeks = weeksIn(span, dayNameAt(secondsNow(context), by));
  const seals = (await sealsFrom(db, unit, person, weeks[0] ?? '9999-W01')).filter(({ week }) => weeks.includes(week));
  const hashes = seals.map(({ seal_hash }) => seal_hash);
  const published = hashes.length === 0 ? [] : await publishedAmong(db, hashes);
  const part = await publicPart(db, unit, await ticketsIn(db, by, span), published);
  const since = await sinceSealed(db, seals);
  return {
    ...part,
    diaries: part.diaries.map((diary) => ({ ...diary, sinceSealed: [...(since.get(diary.week) ?? [])] })),
  };
}

type SinceSealed = NonNullable<PublicPart['diaries'][number]['sinceSealed']>;

/** By week, the items of which the cover says something else than what counts now. */
async function sinceSealed(db: Db, seals: readonly SealRow[]): Promise<ReadonlyMap<string, SinceSealed>> {
  const hashes = seals.map(({ seal_hash }) => seal_hash);
  if (hashes.length === 0) return new Map();
  const shown = new Set((await disclosuresOf(db, hashes)).map(({ seal_hash, item }) => `${seal_hash} ${item}`));
  const grounds = await heldSince(db, hashes);
  return new Map(
    seals.map(({ week, seal_hash, cover }) => [
      week,
      v.parse(Cover, JSON.parse(cover)).items.flatMap(({ hold }, item) => {
        const key = `${seal_hash} ${item}`;
        const sealed = hold?.ground ?? null;
        const ground = shown.has(key) ? null : (grounds.get(key) ?? sealed);
        return ground === sealed ? [] : [{ item, ground }];
      }),
    ]),
  );
}

/** The grounds of holds after the seal by `seal item`, the last in the log for each. */
async function heldSince(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, Ground>> {
  const holds = await holdsOf(db, hashes);
  return new Map(
    holds.flatMap(({ seal_hash, item, ground }) => {
      const known = groundNamed(ground);
      return known === null ? [] : [[`${seal_hash} ${item}`, known] as const];
    }),
  );
}

/** Tickets registered on the days of a span. */
export function ticketsIn(db: Db, by: Reckoning, { from, to }: Span): Promise<readonly Counted[]> {
  const start = instantOf(civilAt(parseDay(from) ?? 0, 0), by.offset);
  const end = instantOf(civilAt((parseDay(to) ?? 0) + 1, 0), by.offset) - 1;
  return countedTickets(db, start, end);
}

/** Comments under some published diaries, and which of some tickets the unit handles. */
export async function publicPart(
  db: Db,
  unit: string,
  tickets: readonly Counted[],
  published: Published,
): Promise<PublicPart> {
  const diaries: PublicPart['diaries'] = [];
  for (const diary of published.toSorted((a, b) => (a.week < b.week ? -1 : 1)))
    diaries.push({
      week: diary.week,
      draw: diary.draw,
      unit: diary.unit,
      comments: await commentsUnder(db, diary.draw, diary.unit),
    });
  const own = tickets.filter((ticket) => ticket.unit === unit);
  return { diaries, tickets: own.map(({ number, ticket }) => ({ number, ...ticket })) };
}

/** Whether a week was first sealed by the deadline of the rule in force; null without a rule. */
async function inTime(db: Db, unit: string, person: string, first: string): Promise<(week: Week) => boolean | null> {
  const rule = (await ruleInForce(db))?.payload;
  if (rule === undefined) return () => null;
  const sealedAt = new Map((await firstSeals(db, unit, person, first)).map(({ week, iat }) => [week, Number(iat)]));
  return (week) => {
    const at = sealedAt.get(week);
    return at !== undefined && at <= deadlineOf(rule, week);
  };
}

type SealRow = Awaited<ReturnType<typeof sealsFrom>>[number];
type Items = Pick<PortraitInput, 'entries' | 'reviews' | 'heldOthers' | 'released'>;

async function itemsOf(
  db: Db,
  { config }: Context,
  seals: readonly SealRow[],
  drawOf: ReadonlyMap<string, string>,
): Promise<Items> {
  const hashes = seals.map(({ seal_hash }) => seal_hash);
  if (hashes.length === 0) return { entries: [], reviews: [], heldOthers: [], released: [] };
  const names = new Map((await settingOf(db, config, 'threads')).map(({ id, name }) => [id, name]));
  const disclosed = new Map(
    (await disclosuresOf(db, hashes)).map(({ seal_hash, item, encoded }) => [`${seal_hash} ${item}`, encoded]),
  );
  const grounds = await heldSince(db, hashes);
  const entries: PortraitEntry[] = [];
  const reviews: Items['reviews'][number][] = [];
  const heldOthers: Items['heldOthers'][number][] = [];
  const released: string[] = [];
  for (const { week, seal_hash: seal, cover } of seals)
    for (const [item, each] of v.parse(Cover, JSON.parse(cover)).items.entries()) {
      const key = `${seal} ${item}`;
      const held = grounds.get(key) ?? each.hold?.ground ?? null;
      // A disclosed item is shown as text even if held (verification.md 5).
      const isShown = disclosed.has(key);
      if (isShown && held !== null) released.push(week);
      const ground = isShown ? null : held;
      const text = proseIn(disclosed.get(key) ?? null);
      if (each.kind === 'review') reviews.push({ week, day: each.day ?? null });
      if (each.kind !== 'entry' || each.day === undefined || each.start === undefined) {
        if (ground !== null) heldOthers.push({ week, ground });
        continue;
      }
      const { day, start, end, category, mode, lateFor } = each;
      entries.push({
        day,
        start,
        end,
        category,
        mode,
        lateFor,
        corrects: each.corrects ?? null,
        sealedIn: week,
        at: { seal, item },
        threads: (text?.threads ?? []).map(({ id, name }) => ({
          id,
          name: names.get(id) ?? (drawOf.has(seal) ? name : null),
        })),
        hasThinking: text?.thinking !== undefined,
        hasResult: text?.result !== undefined,
        ground,
      });
    }
  return { entries, reviews, heldOthers, released };
}

/** The item object of a disclosure; undefined where it cannot be read. */
function proseIn(encoded: string | null): v.InferOutput<typeof Prose> | undefined {
  const bytes = encoded === null ? null : fromB64u(encoded);
  const json = bytes === null ? null : fromUtf8(bytes);
  const read = v.safeParse(v.pipe(v.string(), v.parseJson(), Disclosure), json);
  return read.success ? read.output : undefined;
}
