/** A draw's path as verification.md 7, 12 and 13 tell it, written down once more and slowly: what is allowed in a state, and what a list then says.
 *  It knows nothing of the server and of the desk; the tests hold both against it. */
import type { List } from '../../shared/proof/records.ts';

export const roll = ['u01', 'u02', 'u03', 'u04', 'u05'] as const;
export const weeks = ['2026-W47', '2026-W48'] as const;
export type Week = (typeof weeks)[number];
export const leastAcks = 3;
const window = 2;

/** Monday 2026-11-23 00:00 in Shanghai; a week later for W48. Unix seconds. */
export const mondayAfter = (week: Week): number => 1_795_363_200 + (week === '2026-W47' ? 0 : 604_800);
/** Sealing ends twelve hours later. */
export const deadlineOf = (week: Week): number => mondayAfter(week) + 43_200;

export interface Seal {
  readonly unit: string;
  readonly week: Week;
  readonly index: number;
  readonly seal: string;
}

export interface Attempt {
  readonly draw: string;
  readonly week: Week;
  readonly list: number;
  /** The rule that it was frozen under; a re-run stays under that of the week's first list. */
  readonly rule: number;
  readonly candidates: readonly string[];
  readonly notBefore: number;
  stage: 'frozen' | 'locked' | 'drawn' | 'published' | 'void';
  readonly nonces: Set<string>;
  readonly acks: Set<string>;
  drawn: readonly string[];
}

export interface World {
  now: number;
  rule: number | null;
  readonly seals: Seal[];
  readonly attempts: Attempt[];
}

export const newWorld = (now: number): World => ({ now, rule: null, seals: [], attempts: [] });

/** An act of somebody; `draw` names an attempt, existing or not. */
export type Act =
  | { readonly act: 'rule' }
  | { readonly act: 'freeze'; readonly week: Week }
  | { readonly act: 'lock' | 'record' | 'publish' | 'void'; readonly draw: string }
  | { readonly act: 'nonce' | 'ack'; readonly draw: string; readonly unit: string };

const isRunning = ({ stage }: Attempt): boolean => stage === 'frozen' || stage === 'locked';

/** Whether it is the act's turn. */
export function isAllowed(world: World, act: Act): boolean {
  const { now, attempts } = world;
  if (act.act === 'rule') return !attempts.some(isRunning);
  if (act.act === 'freeze') {
    const before = attempts.filter(({ week }) => week === act.week);
    const seals = countingSeals(world, act.week);
    if (world.rule === null || attempts.some(isRunning)) return false;
    if (before.some(({ stage }) => stage !== 'void') || before.length === 9) return false;
    if (seals.length === 0 || now < mondayAfter(act.week)) return false;
    return now >= deadlineOf(act.week) || seals.length === roll.length;
  }
  const attempt = attempts.find(({ draw }) => draw === act.draw);
  if (attempt === undefined) return false;
  const { stage, notBefore, nonces, acks, candidates } = attempt;
  switch (act.act) {
    case 'nonce':
      return stage === 'frozen' && candidates.includes(act.unit) && !nonces.has(act.unit);
    case 'lock':
      return stage === 'frozen' && now < notBefore;
    case 'ack':
      return stage === 'locked' && now < notBefore && !acks.has(act.unit);
    case 'record':
      return stage === 'locked' && now >= notBefore && acks.size >= leastAcks;
    case 'publish':
      return stage === 'drawn';
    case 'void':
      return stage === 'frozen' || stage === 'locked';
  }
}

/** The seal of each unit that counts in a week: the highest below the week's first list. */
export function countingSeals({ seals, attempts }: World, week: Week): readonly Seal[] {
  const first = attempts.find((attempt) => attempt.week === week)?.list ?? Number.POSITIVE_INFINITY;
  return roll.flatMap((unit) => {
    const own = seals.filter((seal) => seal.unit === unit && seal.week === week && seal.index < first);
    return own.length === 0 ? [] : [own.reduce((a, b) => (a.index > b.index ? a : b))];
  });
}

/** The list that the organiser signs for a week, whether it is allowed or not. */
export function listFor(world: World, week: Week, issue: string, notBefore: number): Omit<List, 'iss' | 'iat'> {
  const attempt = world.attempts.filter((each) => each.week === week).length + 1;
  const counting = countingSeals(world, week);
  const results = world.attempts.filter(({ stage }) => stage === 'drawn' || stage === 'published').slice(-window);
  const rest = roll.flatMap((unit) => {
    const drawnIn = results.filter(({ drawn }) => drawn.includes(unit)).map((each) => each.week);
    return drawnIn.length === 0 ? [] : [{ unit, last: drawnIn.sort().at(-1) ?? '' }];
  });
  return {
    draw: `d-${week.toLowerCase()}${attempt === 1 ? '' : `-r${attempt}`}`,
    week,
    rule: world.attempts.find((each) => each.week === week)?.rule ?? world.rule ?? 0,
    list: counting.map(({ index, seal, unit }) => ({ i: index, seal, unit })),
    absent: roll.flatMap((unit) =>
      counting.some((each) => each.unit === unit) ? [] : [{ unit, why: 'none' as const }],
    ),
    rest,
    sources: [
      { kind: 'nonces', name: 'units' },
      { kind: 'lottery', name: 'ssq', issue, not_before: notBefore },
    ],
  };
}

/** What the organiser's page offers for an attempt: the primary button, and what stands aside. */
export function offered(
  world: World,
  { draw }: Attempt,
): { readonly next: string | null; readonly also: string | null } {
  const may = (act: 'lock' | 'record' | 'void') => isAllowed(world, { act, draw });
  const attempt = world.attempts.find((each) => each.draw === draw);
  const canGoOn = attempt !== undefined && (world.now < attempt.notBefore || attempt.acks.size >= leastAcks);
  for (const next of ['lock', 'record'] as const) if (may(next)) return { next, also: may('void') ? 'void' : null };
  if (!may('void')) return { next: null, also: null };
  return canGoOn && (attempt.stage === 'locked' || may('lock'))
    ? { next: null, also: 'void' }
    : { next: 'void', also: null };
}
