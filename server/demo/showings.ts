/** Weeks and draws of the demonstration: every unit seals, the list is frozen, devices reveal and acknowledge, the lot is drawn, the drawn
 *  diaries are reviewed and so published. The lottery's numbers are invented, and chosen so that the lot falls on the diaries of the set. */
import { getDraws, getFreeze, postLock } from '../../shared/api/draws.ts';
import type { Body } from '../../shared/api/journal.ts';
import { noncesHash, select } from '../../shared/proof/draw.ts';
import { type Draw, isRule } from '../../shared/proof/records.ts';
import { formatDay, two } from '../../shared/time/civil.ts';
import { daysOf, weekAfter } from '../../shared/time/week.ts';
import { type Cast, vacant } from './cast.ts';
import type { DemoDiary, DemoItem, DemoSet } from './demo-set.ts';
import { fillerWeek } from './filler.ts';
import { reviewAll } from './robots.ts';
import { at, type Step } from './step.ts';

/** Where an entry of the set stands once sealed: draw, unit and item of the cover. */
export interface Place {
  readonly draw: string;
  readonly unit: string;
  readonly item: number;
}

type Source = { readonly kind: 'nonces' | 'lottery'; readonly name: string };
const sources: readonly Source[] = [
  { kind: 'nonces', name: 'units' },
  { kind: 'lottery', name: 'ssq' },
];

const autumn = {
  strata: [
    { id: 'office', seats: 1 },
    { id: 'subdistrict', seats: 1 },
  ],
  of: (kind: string) => (kind === 'subdistrict' ? 'subdistrict' : 'office'),
};

/** Seats by season: the typhoon week shows five diaries, autumn weeks two, from November on one; after the summer everybody starts without
 *  a rest. `of` puts a unit kind into a stratum. */
const seasons: readonly Season[] = [
  {
    from: '2026-07-01T10:00',
    window: 2,
    strata: [
      { id: 'department', seats: 2 },
      { id: 'functionalzone', seats: 2 },
      { id: 'subdistrict', seats: 1 },
    ],
    of: (kind) => kind.toLowerCase(),
  },
  { from: '2026-09-14T10:00', window: 0, ...autumn },
  { from: '2026-09-28T10:00', window: 2, ...autumn },
  { from: '2026-11-01T10:00', window: 2, strata: [{ id: 'all', seats: 1 }], of: () => 'all' },
];

interface Season {
  readonly from: string;
  readonly window: number;
  readonly strata: readonly { readonly id: string; readonly seats: number }[];
  readonly of: (kind: string) => string;
}

/** Steps of rules and showings. `places` is filled as weeks are sealed. */
export function showingSteps(set: DemoSet, cast: Cast, places: Map<string, Place>): Step[] {
  const steps: Step[] = seasons.map((season) => ({ at: at(season.from), act: () => signRule(set, cast, season) }));
  for (const showing of set.organisation.showings) {
    const { week } = showing;
    const monday = daysOf(weekAfter(week)).map(formatDay);
    const on = (dayIndex: number, clock: string): number => at(`${monday[dayIndex]}T${clock}`);
    const sunday = daysOf(week).map(formatDay)[6] ?? '';
    const draw = `d-${week.toLowerCase()}`;
    const diaries = showing.diaries.flatMap((id) => set.diaries.get(id) ?? []);
    const drawn = new Set(diaries.map(({ unit }) => unit));
    const units = set.organisation.units.filter(({ status }) => status === undefined);
    const missing = unitsWithout(
      units.map(({ id }) => id),
      drawn,
      week,
    );
    for (const [n, { id, kind }] of units.entries()) {
      const why = missing.get(id);
      if (why !== undefined) continue;
      const diary = diaries.find(({ unit }) => unit === id);
      const sealing = diary === undefined ? `${sunday}T19:${two(n)}` : `${sunday}T21:${two(n)}`;
      steps.push({
        at: at(sealing),
        act: async () => {
          if (diary === undefined) await sealFiller(cast, id, kind, week);
          else await sealDiary(cast, diary, draw, places);
        },
      });
    }
    steps.push(
      { at: on(0, '12:05'), act: () => freeze(cast, week, missing, on(1, '21:15')) },
      { at: on(0, '13:00'), act: () => witnessAll(cast, missing) },
      {
        at: on(0, '14:00'),
        act: async () => {
          await cast.organiser.call(postLock, { params: { draw } });
        },
      },
      { at: on(0, '15:00'), act: () => witnessAll(cast, missing) },
      { at: on(1, '21:40'), act: () => runDraw(cast, draw, drawn) },
      {
        at: at(showing.publishedAt),
        act: () => reviewAll(reviewerOf(cast)),
      },
    );
  }
  return steps;
}

/** Two units each week are not there: one whose leader is still to come, one that did not seal. */
function unitsWithout(
  units: readonly string[],
  drawn: ReadonlySet<string>,
  week: string,
): Map<string, 'leave' | 'none'> {
  const free = units.filter((unit) => !drawn.has(unit) && unit !== 'lianpu' && unit !== vacant);
  const first = Number(week.slice(-2)) % free.length;
  return new Map([
    [vacant, 'leave'],
    [free[first] ?? '', 'none'],
  ]);
}

async function signRule(set: DemoSet, cast: Cast, season: Season): Promise<void> {
  const units = set.organisation.units.filter(({ status }) => status === undefined);
  const roll = units.map(({ id, kind }) => ({ unit: id, stratum: season.of(kind) })).sort(byUnit);
  await cast.organiser.record('wd-rule+jwt', 'organiser', {
    roll,
    strata: [...season.strata],
    window: season.window,
    min_acks: 13,
    close: 720,
    zone: 'Asia/Shanghai',
    sources,
  });
}

const byUnit = (a: { readonly unit: string }, b: { readonly unit: string }): number => (a.unit < b.unit ? -1 : 1);

async function sealFiller(
  cast: Cast,
  unit: string,
  kind: Parameters<typeof fillerWeek>[1],
  week: string,
): Promise<void> {
  const leader = leaderOf(cast, unit);
  for (const body of fillerWeek(unit, kind, week)) await leader.put(body);
  await leader.seal(week);
}

/** Writes a diary of the set on the device of its leader and seals it; `places` learns where its entries stand. */
export async function sealDiary(cast: Cast, diary: DemoDiary, draw: string, places: Map<string, Place>): Promise<void> {
  const leader = leaderOf(cast, diary.unit);
  const ids = new Map<string, string>();
  for (const item of diary.items) {
    const id = await leader.put(bodyOf(item, diary.week), item.hold);
    if (item.id !== undefined) ids.set(item.id, id);
  }
  await leader.seal(diary.week);
  const order = leader.sealedItems(diary.week);
  for (const [entry, id] of ids) places.set(entry, { draw, unit: diary.unit, item: order.indexOf(id) });
}

/** An item of the set as the body that its leader's device writes. */
export function bodyOf(item: DemoItem, week: string): Body {
  const { kind, id: _, hold: __, ...members } = item;
  return { kind, week, ...members } as Body;
}

/** Signs the list of a week and the lottery that is due after `notBefore`; `missing` says why a unit is not in it. */
export async function freeze(
  cast: Cast,
  week: string,
  missing: ReadonlyMap<string, 'leave' | 'none'>,
  notBefore: number,
): Promise<void> {
  const truth = await cast.organiser.call(getFreeze, { params: { week } });
  const issue = `2026${String(Number(week.slice(-2)) * 3 - 1).padStart(3, '0')}`;
  await cast.organiser.record('wd-list+jwt', 'organiser', {
    draw: truth.draw,
    week,
    rule: truth.rule,
    list: truth.list,
    absent: truth.absent.map(({ unit }) => ({ unit, why: missing.get(unit) ?? 'none' })),
    rest: truth.rest,
    sources: sources.map((source) =>
      source.kind === 'nonces' ? source : { ...source, issue, not_before: Math.floor(notBefore / 1000) },
    ),
  });
}

/** Every leader that is not missing opens its nonce or acknowledges, whatever is due. */
export async function witnessAll(cast: Cast, missing: ReadonlyMap<string, string>): Promise<void> {
  const present = [...cast.leaders].filter(([unit]) => !missing.has(unit));
  await Promise.all(present.map(([, leader]) => leader.witness()));
}

/** Enters the numbers and signs the result: numbers are tried until the lot falls on the wanted units. */
export async function runDraw(cast: Cast, draw: string, wanted: ReadonlySet<string>): Promise<void> {
  const { rows, rule } = await cast.organiser.call(getDraws);
  const row = rows.find((each) => each.draw === draw);
  if (row === undefined || rule === null || row.lock === null) throw new TypeError(`${draw} is not locked`);
  if (!isRule(rule.payload)) throw new TypeError('the rule in force is none');
  const { roll, strata } = rule.payload;
  const nonces = await cast.organiser.log.nonces(draw);
  const hash = await noncesHash(row.candidates, nonces);
  const issue = row.sources.find(({ kind }) => kind === 'lottery')?.issue;
  if (typeof issue !== 'string') throw new TypeError(`${draw} names no issue`);
  for (let attempt = 0; attempt < 100_000; attempt += 1) {
    const value = numbers(draw, attempt);
    const drawn = await select({ roll, strata, draw, list: row.candidates, rest: row.rest, values: [hash, value] });
    if (drawn.length !== wanted.size || drawn.some(({ unit }) => !wanted.has(unit))) continue;
    const { size, root } = row.lock;
    const record: Omit<Draw, 'iss' | 'iat'> = {
      draw,
      list: row.list,
      lock: { size, root },
      nonces: [...nonces.keys()],
      values: [{ kind: 'lottery', name: 'ssq', issue, value }],
      drawn,
    };
    await cast.organiser.record('wd-draw+jwt', 'organiser', record);
    return;
  }
  throw new RangeError(`no numbers let ${draw} fall on the diaries of the set`);
}

/** Six different numbers from 1 to 33 and one from 1 to 16, as this lottery draws them; another set for each attempt. */
function numbers(draw: string, attempt: number): number[] {
  let state = attempt * 2_654_435_761 + [...draw].reduce((sum, letter) => sum * 31 + (letter.codePointAt(0) ?? 0), 7);
  const next = (most: number): number => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 374_761_393) >>> 0;
    return 1 + (state % most);
  };
  const red = new Set<number>();
  while (red.size < 6) red.add(next(33));
  return [...red, next(16)];
}

function reviewerOf({ officials }: Cast) {
  const reviewer = officials.get('rev-1');
  if (reviewer === undefined) throw new TypeError('nobody reviews');
  return reviewer;
}

function leaderOf(cast: Cast, unit: string) {
  const leader = cast.leaders.get(unit);
  if (leader === undefined) throw new TypeError(`no leader of ${unit}`);
  return leader;
}
