/** The people of the demonstration go on working while somebody tries it out: the organiser activates whoever claims an invitation, leaders
 *  seal the week that has ended, open their nonces and acknowledge. Everything as their extensions would. */
import { getInvitations } from '../../shared/api/accounts.ts';
import { getDraws } from '../../shared/api/draws.ts';
import type { UnitKind } from '../../shared/api/organisation.ts';
import { planWeeks } from '../../shared/api/plan.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { getReview, getReviews, postPass } from '../../shared/api/reviews.ts';
import { civilOf, dayOf, zoneOffset } from '../../shared/time/civil.ts';
import { type Week, weekBefore, weekOf } from '../../shared/time/week.ts';
import type { Device } from './device.ts';
import { fillerWeek } from './filler.ts';

export interface Robots {
  readonly organiser: Device;
  /** Null in a folder that an older version filled. */
  readonly reviewer: Device | null;
  /** Names of the people who act by themselves. */
  readonly names: ReadonlySet<string>;
  readonly leaders: readonly { readonly unit: string; readonly kind: UnitKind; readonly device: Device }[];
}

/** The weeks of the showing plan after `last` that are over at an instant (milliseconds) in Asia/Shanghai; the oldest first. */
export function weeksEnded(nowMs: number, last: Week): readonly Week[] {
  const offset = zoneOffset('Asia/Shanghai') ?? (() => 480);
  const weeks: Week[] = [];
  let week = weekBefore(weekOf(dayOf(civilOf(Math.floor(nowMs / 1000), offset))));
  for (; week > last && weeks.length < planWeeks - 1; week = weekBefore(week)) weeks.unshift(week);
  return weeks;
}

/** Every leader seals a week, unless it is done. Refusals because the week is frozen are left at that. */
export async function sealWeek(leaders: Robots['leaders'], week: string): Promise<void> {
  for (const { unit, kind, device } of leaders) {
    if (device.hasSealed(week)) continue;
    for (const body of fillerWeek(unit, kind, week)) await device.put(body);
    await unlessRefused(() => device.seal(week), ['WEEK_FROZEN', 'WEEK_SEALED', 'SEAL_STALE']);
  }
}

/** A reviewer reads and passes everything that waits for him. */
export async function reviewAll(reviewer: Device): Promise<void> {
  const { rows } = await reviewer.call(getReviews);
  for (const { draw, unit, passed, barred } of rows) {
    if (passed !== null || barred !== null) continue;
    await reviewer.call(getReview, { params: { draw, unit } });
    await reviewer.call(postPass, { params: { draw, unit } });
  }
}

/** One round: activate claims, witness where a draw waits for it, and review, unless somebody else came to try that. */
export async function round(robots: Robots): Promise<void> {
  const { rows: invitations } = await robots.organiser.call(getInvitations);
  for (const row of invitations) if (row.state === 'claimed') await robots.organiser.activate(row);
  const { rows: draws } = await robots.organiser.call(getDraws);
  const isTried = invitations.some(
    ({ state, name, grants }) =>
      state === 'active' && !robots.names.has(name) && grants.some(({ role }) => role === 'reviewer'),
  );
  const { reviewer } = robots;
  if (reviewer !== null && !isTried && draws.some(({ stage }) => stage === 'drawn'))
    await unlessRefused(() => reviewAll(reviewer), ['NOT_FOUND', 'ALREADY_DONE']);
  const waits = draws.some(({ stage }) => stage === 'frozen' || stage === 'locked');
  if (!waits) return;
  for (const { device } of robots.leaders)
    await unlessRefused(() => device.witness(), ['NOT_ALLOWED', 'OUT_OF_ORDER', 'ALREADY_DONE', 'RECORD_REFUSED']);
}

async function unlessRefused(act: () => Promise<unknown>, codes: readonly Refusal['code'][]): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Refusal) || !codes.includes(error.code)) throw error;
  }
}
