/** What a portrait is made from on the leader's own device: every entry of the weeks that are over, sealed or not. */
import type { EntryBody } from '../../shared/api/journal.ts';
import { timeOfWeeks } from '../../shared/diary/my-time.ts';
import { isLeaveWeek } from '../../shared/diary/time-total.ts';
import type {
  PortraitEntry,
  PortraitInput,
  PortraitWeek,
  PublicPart,
  SealedWeek,
} from '../../shared/portrait/portrait-input.ts';
import { deadlineOf } from '../../shared/proof/list.ts';
import type { Week } from '../../shared/time/week.ts';
import { writtenCountedFrom } from './counted-entries.ts';
import type { Profile, SealCopy, SundialDatabase } from './database.ts';
import { readingOf } from './organisation-facts.ts';
import { type Written, writtenIn } from './queries.ts';
import { linksOf, proseOf } from './written.ts';

/** Everything that `portraitOf` takes. `response`: what the server says of comments and tickets, null where it was not reached. `asOf` in
 *  Unix seconds. */
export async function ownPortrait(
  database: SundialDatabase,
  profile: Profile,
  weeks: readonly Week[],
  response: PublicPart | null,
  asOf: number,
): Promise<PortraitInput> {
  const [first = '', last = ''] = [weeks[0], weeks.at(-1)];
  const reading = readingOf(profile);
  const entries = await writtenCountedFrom(database, first, last);
  const bodies = entries.map(({ body }) => body);
  const written = (await Promise.all(weeks.map((week) => writtenIn(database, week)))).flat();
  const copies = (await database.seals.where('week').aboveOrEqual(first).toArray()).filter(
    ({ state }) => state === 'logged',
  );
  const drawOf = new Map((response?.diaries ?? []).map(({ week, draw }) => [week, draw]));
  const sealed = sealsByWeek(copies, drawOf);
  const since = sinceSealed(copies, response);
  const groundOf: GroundOf = ({ id, body }) => since.get(id) ?? (since.has(id) ? null : (body.hold?.ground ?? null));
  const leave = new Set(
    timeOfWeeks(weeks, bodies, reading).flatMap((time) => (time.minutes > 0 && isLeaveWeek(time) ? [time.week] : [])),
  );
  return {
    weeks: weeks.map(
      (week): PortraitWeek => ({
        week,
        seal: sealed.get(week) ?? null,
        inTime: profile.rule === null ? null : wasInTime(copies, week, deadlineOf(profile.rule, week)),
        leave: leave.has(week),
      }),
    ),
    carriers: [...new Set(bodies.map(({ week }) => week))].flatMap((week): SealedWeek[] =>
      weeks.includes(week) ? [] : [{ week, seal: sealed.get(week) ?? null }],
    ),
    entries: entries.map((entry) => inFigures(entry, groundOf(entry))),
    reviews: written.flatMap(({ body }) =>
      body.kind === 'review' ? [{ week: body.week, day: body.day ?? null }] : [],
    ),
    heldOthers: written.flatMap((each) => {
      const ground = groundOf(each);
      return each.body.kind === 'entry' || ground === null ? [] : [{ week: each.body.week, ground }];
    }),
    released: (response?.diaries ?? []).flatMap(({ week, sinceSealed = [] }) =>
      sinceSealed.flatMap(({ ground }) => (ground === null ? [week] : [])),
    ),
    reading,
    response,
    asOf,
  };
}

type GroundOf = (written: Pick<Written, 'id' | 'body'>) => PortraitEntry['ground'];

/** What became of sealed items since, by the id of their entry. */
function sinceSealed(
  copies: readonly SealCopy[],
  response: PublicPart | null,
): ReadonlyMap<string, PortraitEntry['ground']> {
  const items = new Map(copies.toSorted((a, b) => a.rev - b.rev).map((copy) => [copy.week, copy.items]));
  return new Map(
    (response?.diaries ?? []).flatMap(({ week, sinceSealed: changes = [] }) =>
      changes.flatMap(({ item, ground }) => {
        const id = items.get(week)?.[item];
        return id === undefined ? [] : [[id, ground] as const];
      }),
    ),
  );
}

/** Of a withheld entry the prose stays unread here too, so that the leader sees what the dossier will say. */
function inFigures(written: Written<EntryBody>, ground: PortraitEntry['ground']): PortraitEntry {
  const { day, start, end, category, mode, lateFor, corrects, week } = written.body;
  const isHeld = ground !== null;
  return {
    day,
    start,
    end,
    category,
    mode,
    lateFor,
    corrects,
    sealedIn: week,
    threads: isHeld ? [] : linksOf(written),
    hasThinking: !isHeld && proseOf(written, 'thinking') !== null,
    hasResult: !isHeld && proseOf(written, 'result') !== null,
    ground,
  };
}

/** The seal that counts: the one with the highest revision. */
function sealsByWeek(
  copies: readonly SealCopy[],
  drawOf: ReadonlyMap<Week, string>,
): ReadonlyMap<Week, SealedWeek['seal']> {
  const found = new Map<Week, SealedWeek['seal']>();
  for (const { week, seal, rev, receipt } of copies.toSorted((a, b) => a.rev - b.rev))
    if (receipt !== null) found.set(week, { seal, index: receipt.index, rev, draw: drawOf.get(week) ?? null });
  return found;
}

const wasInTime = (copies: readonly SealCopy[], week: Week, deadline: number): boolean =>
  copies.some((copy) => copy.week === week && copy.iat <= deadline);
