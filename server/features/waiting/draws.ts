/** The next act of a draw, and what a unit's device is asked for. */
import type { WaitingRow } from '../../../shared/api/waiting.ts';
import { deadlineOf } from '../../../shared/proof/list.ts';
import { earliestKnown } from '../../../shared/proof/lock.ts';
import { civilOf, dayOf, zoneOffset } from '../../../shared/time/civil.ts';
import { type Week, weekBefore, weekOf } from '../../../shared/time/week.ts';
import { type Context, secondsNow } from '../../context.ts';
import type { Db } from '../../database/port.ts';
import { freezeOf } from '../../records/freeze.ts';
import {
  acksOf,
  countingSeals,
  type DrawRow,
  earlierDraws,
  listOf,
  ruleAt,
  ruleOfWeek,
  unitsOnLeave,
} from '../../records/queries.ts';
import { waitingReviews } from '../../records/reviews.ts';
import { type Asked, all, type Found, type Source } from './source.ts';

export const drawSources: readonly Source[] = [
  { kind: 'draw', needs: 'draws.run', read: ({ context }) => nextActs(context) },
  {
    kind: 'acknowledge',
    needs: 'acks.give',
    read: ({ context, grants, now }) =>
      unacknowledged(
        context.database.db,
        grants.flatMap(({ unit }) => unit ?? []),
        now,
      ),
  },
  { kind: 'review', needs: 'reviews.decide', read: toReview },
];

async function nextActs(context: Context): Promise<Found> {
  const { db } = context.database;
  const running = await runningDraws(db);
  const now = secondsNow(context);
  const rows = await Promise.all(running.map((row) => nextAct(db, row, now)));
  return all([...rows.flat(), ...(await toFreeze(context))]);
}

/** What is to be done with a draw now; nothing while it waits for devices or for a number that is not out. */
async function nextAct(db: Db, row: DrawRow, now: number): Promise<WaitingRow[]> {
  const list = listOf(row);
  const known = list.sources.flatMap(({ not_before }) => not_before ?? []);
  const shown = { id: row.draw, unit: null, text: null };
  const earliest = earliestKnown(list);
  const lost = { ...shown, act: 'void' as const, since: earliest, due: null };
  switch (row.stage) {
    case 'frozen':
      if (now >= earliest) return [lost];
      return [{ ...shown, act: 'lock', since: row.frozen_at, due: Number.isFinite(earliest) ? earliest - 1 : null }];
    case 'locked': {
      const since = Math.max(row.locked_at ?? 0, ...known);
      const { min_acks } = await ruleAt(db, row.rule_idx);
      if (now >= earliest && (await acksOf(db, [row.draw])).length < min_acks) return [lost];
      return now < since ? [] : [{ ...shown, act: 'record', since, due: null }];
    }
    default:
      return [];
  }
}

/** The last week that could be frozen and was not: the two weeks before this one are looked at. */
async function toFreeze(context: Context): Promise<WaitingRow[]> {
  const { db } = context.database;
  const now = secondsNow(context);
  const last = weekBefore(weekOf(dayOf(civilOf(now, zoneOffset(context.config.zone) ?? (() => 0)))));
  for (const week of [last, weekBefore(last)]) {
    const rule = await ruleOfWeek(db, week);
    if (rule === null) return [];
    const since = deadlineOf(rule.payload, week);
    if (now < since) continue;
    return (await canFreeze(db, week, now, rule))
      ? [{ id: week, act: 'freeze', since, due: null, unit: null, text: null }]
      : [];
  }
  return [];
}

async function canFreeze(
  db: Db,
  week: Week,
  now: number,
  rule: Awaited<ReturnType<typeof ruleOfWeek>>,
): Promise<boolean> {
  const draws = await earlierDraws(db);
  // A week that a later list has left behind is over.
  if (draws.some((draw) => draw.week > week)) return false;
  const seals = await countingSeals(db, week);
  return freezeOf({ week, now, rule, seals, leave: await unitsOnLeave(db, week), draws }).ok;
}

/** A locked head that a unit's device has not acknowledged, while it still may. */
async function unacknowledged(db: Db, units: readonly string[], now: number): Promise<Found> {
  const rows: WaitingRow[] = [];
  for (const row of await runningDraws(db)) {
    const before = earliestKnown(listOf(row));
    if (row.stage !== 'locked' || now >= before) continue;
    const { roll } = await ruleAt(db, row.rule_idx);
    const done = new Set((await acksOf(db, [row.draw])).map(({ unit }) => unit));
    for (const unit of units)
      if (!done.has(unit) && roll.some((each) => each.unit === unit))
        rows.push({
          id: row.draw,
          since: row.locked_at ?? 0,
          due: Number.isFinite(before) ? before - 1 : null,
          unit,
          text: null,
        });
  }
  return all(rows);
}

/** Drawn diaries that this reviewer may pass; `id` is `draw/unit`. */
async function toReview({ context, person, grants }: Asked): Promise<Found> {
  const waiting = await waitingReviews(context.database.db, { person, grants }, context.config.onePerson);
  return all(waiting.map(({ draw, unit, since, due }) => ({ id: `${draw}/${unit}`, since, due, unit, text: null })));
}

/** Draws that are not over; there are a few. */
const runningDraws = (db: Db): Promise<DrawRow[]> =>
  db.selectFrom('draw').selectAll().where('stage', 'in', ['frozen', 'locked', 'drawn']).orderBy('list_idx').execute();
