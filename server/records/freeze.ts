/** What a truthful freeze of a week says: who takes part, who is absent, who rests (verification.md 7.1, 7.2). */
import type { Freeze } from '../../shared/api/draws.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { roundTime } from '../../shared/proof/drand-chains.ts';
import { deadlineOf } from '../../shared/proof/list.ts';
import type { List, Rule } from '../../shared/proof/records.ts';

/** The seal that counts of one unit: the one with the highest leaf index. */
export interface CountingSeal {
  readonly unit: string;
  readonly index: number;
  readonly seal: string;
}

/** One earlier draw of the log, in the order of its list. `drawn` is null while it has no record and of a void draw. */
export interface EarlierDraw {
  readonly draw: string;
  readonly week: string;
  readonly listIndex: number;
  readonly isOpen: boolean;
  readonly isVoid: boolean;
  readonly drawn: readonly string[] | null;
}

export interface FreezeState {
  readonly week: string;
  /** Unix seconds. */
  readonly now: number;
  readonly rule: { readonly index: number; readonly payload: Rule } | null;
  /** Of this week; of a week that was frozen before, those before its first list. */
  readonly seals: readonly CountingSeal[];
  /** Units whose leader declared the week as leave. */
  readonly leave: ReadonlySet<string>;
  /** Every draw of the log, oldest list first. */
  readonly draws: readonly EarlierDraw[];
}

export type FreezeProblem =
  | 'RULE_MISSING'
  | 'DRAW_OPEN'
  | 'WEEK_ALREADY_DRAWN'
  | 'RERUNS_EXHAUSTED'
  | 'WEEK_NOT_OVER'
  | 'DEADLINE_NOT_PASSED'
  | 'NOBODY_SEALED';

/** The freeze that the server would accept now, or why there is none. Before the deadline it is refused unless every unit of the roll has
 *  sealed; a week that is not over is never frozen (design.md 2, rule 7). */
export function freezeOf(state: FreezeState): Result<Freeze, FreezeProblem> {
  const { rule, week, draws } = state;
  if (rule === null) return fail('RULE_MISSING');
  if (draws.some((draw) => draw.isOpen)) return fail('DRAW_OPEN');
  const attempts = draws.filter((draw) => draw.week === week);
  if (attempts.some((draw) => !draw.isVoid)) return fail('WEEK_ALREADY_DRAWN');
  if (attempts.length >= 9) return fail('RERUNS_EXHAUSTED');
  if (state.now < deadlineOf({ zone: rule.payload.zone, close: 0 }, week)) return fail('WEEK_NOT_OVER');
  const deadline = deadlineOf(rule.payload, week);
  const units = rule.payload.roll.map((row) => row.unit).sort();
  const seals = new Map(state.seals.map((seal) => [seal.unit, seal]));
  const list = units.flatMap((unit) => {
    const seal = seals.get(unit);
    return seal === undefined ? [] : [{ i: seal.index, seal: seal.seal, unit }];
  });
  const absent = units
    .filter((unit) => !seals.has(unit))
    .map((unit) => ({ unit, why: state.leave.has(unit) ? ('leave' as const) : ('none' as const) }));
  if (list.length === 0) return fail('NOBODY_SEALED');
  if (state.now < deadline && absent.length > 0) return fail('DEADLINE_NOT_PASSED');
  return ok({
    draw: drawId(week, attempts.length),
    week,
    rule: rule.index,
    deadline,
    list,
    absent,
    rest: restOf(draws, rule.payload.window),
    sources: rule.payload.sources.map(({ kind, name }) => ({ kind, name })),
  });
}

/** `d-2026-w47`, after one void attempt `d-2026-w47-r2`. */
export const drawId = (week: string, earlierAttempts: number): string =>
  `d-${week.toLowerCase()}${earlierAttempts === 0 ? '' : `-r${earlierAttempts + 1}`}`;

/** Units drawn in the last `window` draws with a result, each with its latest week, sorted by unit; the same as `restBefore` over records. */
export function restOf(draws: readonly EarlierDraw[], window: number): { unit: string; last: string }[] {
  const past = draws.flatMap(({ week, drawn }) => (drawn === null ? [] : [{ week, drawn }]));
  const last = new Map<string, string>();
  for (const { week, drawn } of window === 0 ? [] : past.slice(-window))
    for (const unit of drawn) if ((last.get(unit) ?? '') < week) last.set(unit, week);
  return [...last].map(([unit, week]) => ({ unit, last: week })).sort((a, b) => (a.unit < b.unit ? -1 : 1));
}

export type ListProblem = 'NOT_THE_TRUTH' | 'SOURCES_INVALID' | 'NOT_BEFORE_PASSED';

/** Whether a signed list says what a truthful freeze says now. Its own are only why a unit is absent, and the issue and `not_before` of
 *  each source, which must lie in the future. */
export function judgeList(list: List, truth: Freeze, now: number): Result<List, { code: ListProblem; field: string }> {
  const wrong = (field: string) => fail({ code: 'NOT_THE_TRUTH' as const, field });
  if (list.draw !== truth.draw) return wrong('draw');
  if (list.week !== truth.week) return wrong('week');
  if (list.rule !== truth.rule) return wrong('rule');
  if (!same(list.list, truth.list, (row) => [row.unit, row.i, row.seal])) return wrong('list');
  if (!same(list.absent, truth.absent, (row) => [row.unit])) return wrong('absent');
  if (!same(list.rest, truth.rest, (row) => [row.unit, row.last])) return wrong('rest');
  if (!same(list.sources, truth.sources, (row) => [row.kind, row.name])) return wrong('sources');
  for (const source of list.sources) {
    const dated = source.issue !== undefined && source.not_before !== undefined && source.issue !== '';
    if (source.kind === 'nonces' ? source.issue !== undefined || source.not_before !== undefined : !dated)
      return fail({ code: 'SOURCES_INVALID', field: 'sources' });
    const { kind, name, issue = '', not_before } = source;
    // A round may not be out before the list says that it is: its number would choose the units.
    if (kind === 'drand' && (roundTime(name, issue) ?? 0) < (not_before ?? 0))
      return fail({ code: 'SOURCES_INVALID', field: 'sources' });
    if (not_before !== undefined && not_before <= now) return fail({ code: 'NOT_BEFORE_PASSED', field: 'sources' });
  }
  return ok(list);
}

function same<A, B>(a: readonly A[], b: readonly B[], key: (row: A & B) => unknown): boolean {
  const text = (rows: readonly unknown[]): string => JSON.stringify(rows.map((row) => key(row as A & B)));
  return text(a) === text(b);
}
