/** The organisation and a quarter in figures, where at least three units stand behind each (design.md 2.5): hours by mode and category,
 *  threads, public response, closed issues. No unit is named with a figure; nothing is ranked.
 *
 *  Hours and threads are known to nobody else, so that they come in blocks (blocks.ts). Comments and tickets are public for every unit: of
 *  those only what three units stand behind is shown, and what others have is no secret. */
import * as v from 'valibot';
import { grouped } from '../base/grouped.ts';
import { standing, weekCountedIn } from '../diary/hours.ts';
import { type Kind, kinds, type Reading, timeOfWeeks } from '../diary/my-time.ts';
import { totalOf } from '../diary/time-total.ts';
import { commentKinds, isActionable } from '../feedback/comment.ts';
import { isCounted, rateFigures, ratesOf, standsIn } from '../feedback/rates.ts';
import { closedStates } from '../feedback/ticket.ts';
import { areEnough, type Block, blocksOf, type Cell } from './blocks.ts';
import { Source, Value } from './figure.ts';
import type { PortraitEntry, PublicPart, SealedWeek } from './portrait-input.ts';

export const aggregateFaces = ['hours', 'threads', 'publicResponse', 'closedIssues'] as const;
export const aggregateFigures = [
  'mode',
  'category',
  'thread',
  'results',
  'thinking',
  'comments',
  'answered',
  'tickets',
  ...rateFigures,
] as const;
export type AggregateFigureId = (typeof aggregateFigures)[number];

export const AggregateFigure = v.object({
  id: v.picklist(aggregateFigures),
  /** Mode, category, thread, kind of comment or state; `rest`: those together that are too few alone; null: the figure has no parts. */
  code: v.nullable(v.string()),
  /** Of a category: the mode that it is part of. */
  within: v.nullable(v.string()),
  /** Of a thread: its name. */
  name: v.nullable(v.string()),
  /** Null: fewer than three units stand behind it, or it would tell of fewer. */
  value: v.nullable(Value),
  /** How many units stand behind it, 0 where it is not shown. */
  units: v.number(),
  facts: v.record(v.string(), v.number()),
  /** Places in the list of sources. */
  sources: v.array(v.number()),
});
export type AggregateFigure = v.InferOutput<typeof AggregateFigure>;

export const Aggregate = v.object({
  faces: v.array(v.object({ face: v.picklist(aggregateFaces), figures: v.array(AggregateFigure) })),
  sources: v.array(Source),
});
export type Aggregate = v.InferOutput<typeof Aggregate>;

/** One head of one unit: what was sealed of the quarter. */
export interface SealedPart {
  readonly unit: string;
  readonly weeks: readonly SealedWeek[];
  readonly carriers: readonly SealedWeek[];
  readonly entries: readonly PortraitEntry[];
}

export interface AggregateInput {
  readonly sealed: readonly SealedPart[];
  readonly response: readonly { readonly unit: string; readonly part: PublicPart }[];
  /** Units of which whoever reads this has a dossier that touches the quarter. */
  readonly known: ReadonlySet<string>;
  readonly reading: Reading;
  /** Unix seconds. */
  readonly asOf: number;
}

/** The figures of the input, each with the places of its sources. */
export function aggregateOf(input: AggregateInput): Aggregate {
  const heads = input.sealed.map((part) => ({ part, counted: countedOf(part) }));
  const seals = heads.flatMap(({ part, counted }) => sealsOf(part, counted));
  const diaries = input.response.flatMap(({ part }) => part.diaries);
  const tickets = input.response.flatMap(({ unit, part }) => part.tickets.map((ticket) => ({ unit, ticket })));
  const sources: Source[] = [
    ...seals,
    ...diaries.map(({ week, draw, unit }): Source => ({ kind: 'diary', week, draw, unit })),
    ...tickets.map(({ ticket: { number } }): Source => ({ kind: 'ticket', number })),
  ];
  const places = (from: number, length: number) => Array.from({ length }, (_, n) => from + n);
  const ofSeals = places(0, seals.length);
  const ofDiaries = places(seals.length, diaries.length);
  const ofTickets = places(seals.length + diaries.length, tickets.length);
  return {
    faces: [
      { face: 'hours', figures: hourFigures(heads, input, ofSeals) },
      { face: 'threads', figures: threadFigures(heads, input.known, ofSeals) },
      { face: 'publicResponse', figures: commentFigures(diaries, ofDiaries) },
      { face: 'closedIssues', figures: ticketFigures(tickets, input.asOf, ofTickets) },
    ],
    sources,
  };
}

type Head = { readonly part: SealedPart; readonly counted: readonly PortraitEntry[] };
type Shown = Pick<AggregateFigure, 'value' | 'units'>;
const nobody: ReadonlySet<string> = new Set();

const figure = (
  id: AggregateFigureId,
  { value, units }: Shown,
  sources: readonly number[],
  more: Partial<Pick<AggregateFigure, 'code' | 'within' | 'name' | 'facts'>> = {},
): AggregateFigure => ({
  id,
  code: null,
  within: null,
  name: null,
  facts: {},
  value,
  units,
  sources: value === null ? [] : [...sources],
  ...more,
});

const untold: Shown = { value: null, units: 0 };
const codeOf = ({ key }: Block): string => key ?? 'rest';
const counts = ({ amount, units }: Block): Shown => ({ value: { kind: 'count', count: amount }, units });

function countedOf({ entries, weeks }: SealedPart): readonly PortraitEntry[] {
  const known = new Set(weeks.map(({ week }) => week));
  return standing(entries).filter((entry) => known.has(weekCountedIn(entry)));
}

/** The quarter's own diaries, and later ones that carry something of it. */
function sealsOf({ unit, weeks, carriers }: SealedPart, counted: readonly PortraitEntry[]): readonly Source[] {
  const carrying = new Set(counted.map(({ sealedIn }) => sealedIn));
  return [...weeks, ...carriers.filter(({ week }) => carrying.has(week))].flatMap(({ week, seal }): Source[] =>
    seal === null ? [] : [{ kind: 'seal', week, ...seal, unit }],
  );
}

/** Modes with their categories: a mode that is too small alone lies whole in the rest, so that sums of categories and of modes agree. */
function hourFigures(
  heads: readonly Head[],
  { known, reading }: AggregateInput,
  sources: readonly number[],
): AggregateFigure[] {
  const cells = heads.flatMap(({ part: { unit, weeks }, counted }): readonly HourCell[] => {
    const times = timeOfWeeks(
      weeks.map(({ week }) => week),
      counted,
      reading,
    );
    return totalOf(times, '9999-W01').categories.flatMap(({ category, byKind }) =>
      kinds.map((kind) => ({ unit, kind, category: category ?? 'unknown', amount: byKind[kind] })),
    );
  });
  const facts = { diaries: sources.length };
  const minutes = ({ amount, units }: Block): Shown => ({ value: { kind: 'minutes', minutes: amount }, units });
  const modes = blocksOf(
    cells.map(({ unit, kind, amount }) => ({ unit, key: kind, amount })),
    known,
  );
  if (modes.length === 0) return [figure('mode', untold, sources)];
  return modes.flatMap((mode) => [
    figure('mode', minutes(mode), sources, { code: codeOf(mode), facts }),
    ...categoriesIn(mode.key, cells, known).map((category) =>
      figure('category', minutes(category), sources, { code: codeOf(category), within: codeOf(mode), facts }),
    ),
  ]);
}

interface HourCell extends Omit<Cell, 'key'> {
  readonly kind: Kind;
  readonly category: string;
}

/** None where the mode cannot be parted: it then stands alone. */
function categoriesIn(mode: string | null, cells: readonly HourCell[], known: ReadonlySet<string>): readonly Block[] {
  const inside = cells.filter(({ kind }) => kind === mode);
  const blocks = blocksOf(
    inside.map(({ unit, category, amount }) => ({ unit, key: category, amount })),
    known,
  );
  return blocks.every(({ key }) => key === null) ? [] : blocks;
}

function threadFigures(
  heads: readonly Head[],
  known: ReadonlySet<string>,
  sources: readonly number[],
): AggregateFigure[] {
  const cells = (of: (entry: PortraitEntry) => readonly string[]): readonly Cell[] =>
    heads.flatMap(({ part: { unit }, counted }) =>
      counted.flatMap((entry) => of(entry).map((key) => ({ unit, key, amount: 1 }))),
    );
  const threads = blocksOf(
    cells((entry) => entry.threads.map(({ id }) => id)),
    known,
  );
  const names = new Map(
    heads.flatMap(({ counted }) =>
      counted.flatMap((entry) => entry.threads.map(({ id, name }) => [id, name] as const)),
    ),
  );
  const whole = (id: 'results' | 'thinking', has: (entry: PortraitEntry) => boolean): AggregateFigure => {
    const [block] = blocksOf(
      cells((entry) => (has(entry) ? [''] : [])),
      known,
    );
    return figure(id, block === undefined ? untold : counts(block), sources);
  };
  return [
    ...(threads.length === 0
      ? [figure('thread', untold, sources)]
      : threads.map((block) =>
          figure('thread', counts(block), sources, { code: codeOf(block), name: names.get(codeOf(block)) ?? null }),
        )),
    whole('results', ({ hasResult }) => hasResult),
    whole('thinking', ({ hasThinking }) => hasThinking),
  ];
}

function commentFigures(diaries: PublicPart['diaries'], sources: readonly number[]): AggregateFigure[] {
  const lines = diaries.flatMap(({ unit, comments }) => comments.map((line) => ({ unit, ...line })));
  const blocks = blocksOf(
    lines.map(({ unit, kind, count }) => ({ unit, key: kind, amount: count })),
    nobody,
  );
  const asked = lines.filter(({ kind, count }) => isActionable(kind) && count > 0);
  const sum = (of: 'count' | 'answered') => asked.reduce((so, line) => so + line[of], 0);
  return [
    ...(blocks.length === 0
      ? [figure('comments', untold, sources)]
      : inOrder(commentKinds, blocks).map((block) =>
          figure('comments', counts(block), sources, { code: codeOf(block), facts: { diaries: diaries.length } }),
        )),
    figure(
      'answered',
      cases(
        asked.map(({ unit }) => unit),
        sum('answered'),
        sum('count'),
      ),
      sources,
    ),
  ];
}

function ticketFigures(
  tickets: readonly { readonly unit: string; readonly ticket: PublicPart['tickets'][number] }[],
  asOf: number,
  sources: readonly number[],
): AggregateFigure[] {
  const blocks = blocksOf(
    tickets.map(({ unit, ticket: { state } }) => ({
      unit,
      key: closedStates.includes(state) ? state : 'open',
      amount: 1,
    })),
    nobody,
  );
  const rates = ratesOf(
    tickets.map(({ ticket }) => ticket),
    asOf,
  );
  const facts = { referred: rates.referred, merged: rates.merged };
  const codes = ['closedLoop', 'closedUnsolved', 'open', 'referred', 'merged'];
  return [
    ...(blocks.length === 0
      ? [figure('tickets', untold, sources)]
      : inOrder(codes, blocks).map((block) =>
          figure('tickets', counts(block), sources, { code: codeOf(block), facts: { silent: rates.silent } }),
        )),
    ...rateFigures.map((id) => {
      const behind = tickets.filter(({ ticket }) => isCounted(ticket) && standsIn(ticket, id, asOf) !== null);
      return figure(
        id,
        cases(
          behind.map(({ unit }) => unit),
          rates[id].part,
          rates[id].of,
        ),
        sources,
        { facts },
      );
    }),
  ];
}

/** A share of what is public for every unit: by how many units the whole has. */
function cases(behind: readonly string[], part: number, of: number): Shown {
  const units = new Set(behind);
  return areEnough(units, nobody) ? { value: { kind: 'share', part, of, unit: 'cases' }, units: units.size } : untold;
}

/** In the order of the codes, the rest last. */
function inOrder(codes: readonly string[], blocks: readonly Block[]): readonly Block[] {
  const byKey = grouped(blocks, ({ key }) => key);
  return [...codes, null].flatMap((key) => byKey.get(key) ?? []);
}
