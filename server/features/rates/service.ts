/** The closed-loop figures as the desk asks for them. Figures of every unit are public; the tickets behind them are shown to whom the desk
 *  shows them. */
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { type CauseQuarter, type getDeskRates, type getRateTickets, noUnit } from '../../../shared/api/rates.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { grouped } from '../../../shared/base/grouped.ts';
import { commentKinds } from '../../../shared/feedback/comment.ts';
import { ratesOfTally } from '../../../shared/feedback/rates.ts';
import { rootCauses } from '../../../shared/feedback/ticket.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import {
  type CivilDay,
  civilAt,
  civilOf,
  dayOf,
  formatDay,
  instantOf,
  parseDay,
  type ZoneOffset,
  zoneOffset,
} from '../../../shared/time/civil.ts';
import { quarterAfter, quarterBefore, quarterOf } from '../../../shared/time/quarter.ts';
import { type Context, secondsNow } from '../../context.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { firstRegistered, rejectedBetween, type TallyLine, tallyTickets } from '../../feedback/tally.ts';
import { unitsOf } from '../../organisation/read.ts';
import { countBehind, pageBehind } from './behind.ts';
import { causesIn } from './queries.ts';

/** Longest window in days: ten years and their leap days. */
const longestWindow = 3653;
const quartersShown = 8;
const pageSize = 100;

type Query = Output<(typeof getDeskRates)['query']>;

/** The figures of a window under filters. Throws FIELD_INVALID where the window is none. */
export async function figures(context: Context, query: Query): Promise<Answer<typeof getDeskRates>> {
  const { db } = context.database;
  const window = windowOf(context, query);
  const asOf = minuteNow(context);
  const inside = passing(await tallyTickets(db, window.from, window.to, asOf), query);
  const byUnit = grouped(inside, ({ unit }) => unit);
  const byKind = grouped(inside, ({ kind }) => kind);
  const byCause = grouped(inside, ({ cause }) => cause);
  // Units that the organisation no longer lists stand behind the others, tickets without a unit last.
  const known = (await unitsOf(db)).map(({ id }) => id);
  const units = [...new Set([...known, ...[...byUnit.keys()].filter((id) => id !== null), null])];
  const first = await firstRegistered(db);
  const isFiltered = query.unit !== undefined || query.kind !== undefined || query.cause !== undefined;
  return {
    asOf,
    since: first === null ? null : formatDay(dayAt(first, window.offset)),
    all: ratesOfTally(inside),
    rejected: isFiltered ? null : await rejectedBetween(db, window.from, window.to),
    units: units.flatMap((unit) => lineOf(byUnit, unit, (own) => ({ unit, ...ratesOfTally(own) }))),
    kinds: commentKinds.flatMap((kind) => lineOf(byKind, kind, (own) => ({ kind, ...ratesOfTally(own) }))),
    causes: [...rootCauses, null].flatMap((cause) =>
      lineOf(byCause, cause, (own) => ({ cause, ...ratesOfTally(own) })),
    ),
    quarters: await quartersTo(context, window, query),
  };
}

/** The tickets behind one figure, in order of registration. A handler is shown those of the own units, and told how many others there are. */
export async function behind(
  context: Context,
  grants: readonly Grant[],
  query: Output<(typeof getRateTickets)['query']>,
): Promise<Answer<typeof getRateTickets>> {
  const { db } = context.database;
  const { from, to } = windowOf(context, query);
  const after = readCursor(query.after);
  const { figure, part } = query;
  const asked = { figure, part, ...filtersOf(query), from, to, asOf: minuteNow(context) };
  const units = unitsSeen(grants);
  const { total, seen } = await countBehind(db, asked, units);
  const rows = seen === 0 ? [] : await pageBehind(db, asked, { units, after, limit: pageSize + 1 });
  const { page, next } = pageFrom(rows, pageSize, ({ registeredAt, number }) => cursorAfter(registeredAt, number));
  return {
    rows: page.map(({ number, registeredAt, unit, kind, cause, clock, ticket }) => ({
      number,
      registeredAt,
      unit,
      kind,
      cause,
      state: ticket.state,
      due: ticket.due,
      clock,
    })),
    next,
    total,
    hidden: total - seen,
  };
}

interface Window {
  /** Unix seconds, both included. */
  readonly from: number;
  readonly to: number;
  readonly lastDay: CivilDay;
  readonly offset: ZoneOffset;
}

function windowOf({ config }: Context, query: Pick<Query, 'from' | 'to'>): Window {
  const offset = zoneOffset(config.zone) ?? (() => 0);
  const [first, last] = [dayNamed(query.from, 'from'), dayNamed(query.to, 'to')];
  if (last < first || last - first >= longestWindow) throw new Refusal('FIELD_INVALID', { field: 'to' });
  return { from: startOf(first, offset), to: startOf(last + 1, offset) - 1, lastDay: last, offset };
}

function dayNamed(text: string, field: string): CivilDay {
  const day = parseDay(text);
  if (day === null) throw new Refusal('FIELD_INVALID', { field });
  return day;
}

const startOf = (day: CivilDay, offset: ZoneOffset): number => instantOf(civilAt(day, 0), offset);
const dayAt = (at: number, offset: ZoneOffset): CivilDay => dayOf(civilOf(at, offset));
const minuteNow = (context: Context): number => Math.floor(secondsNow(context) / 60) * 60;

/** The filters as the rows have them: left out where nothing is filtered. */
const filtersOf = ({ unit, kind, cause }: Query) => ({
  ...(unit === undefined ? {} : { unit: unit === noUnit ? null : unit }),
  ...(kind === undefined ? {} : { kind }),
  ...(cause === undefined ? {} : { cause: cause === 'none' ? null : cause }),
});

function passing(all: readonly TallyLine[], query: Query): readonly TallyLine[] {
  const { unit, kind, cause } = filtersOf(query);
  return all.filter(
    (each) =>
      (unit === undefined || each.unit === unit) &&
      (kind === undefined || each.kind === kind) &&
      (cause === undefined || each.cause === cause),
  );
}

function lineOf<Key, Line>(
  groups: ReadonlyMap<Key, readonly TallyLine[]>,
  key: Key,
  line: (own: readonly TallyLine[]) => Line,
): Line[] {
  const own = groups.get(key);
  return own === undefined ? [] : [line(own)];
}

/** Null: every unit's tickets, as the desk's list of tickets has it. */
function unitsSeen(grants: readonly Grant[]): readonly string[] | null {
  if (grants.some(({ role }) => role === 'organiser' || role === 'moderator' || role === 'auditor')) return null;
  return grants.flatMap(({ role, unit }) => (role === 'handler' && unit !== null ? [unit] : []));
}

async function quartersTo(context: Context, { lastDay, offset }: Window, query: Query): Promise<CauseQuarter[]> {
  const days = [quarterOf(lastDay)];
  for (let n = 1; n < quartersShown; n += 1) days.unshift(quarterBefore(days[0] ?? lastDay));
  const found = await causesIn(
    context.database.db,
    days.map((day) => startOf(day, offset)),
    startOf(quarterAfter(quarterOf(lastDay)), offset),
    filtersOf(query),
  );
  return days.map((day, n) => {
    const line: CauseQuarter = { from: formatDay(day), informationGap: 0, workGap: 0, groupMissed: 0, external: 0 };
    for (const { stretch, cause, count } of found) if (stretch === n && cause !== null) line[cause] += count;
    return line;
  });
}
