/** The showing plan: turns from the settings, deadlines from the rule in force, seals as they were received. No text is read. */
import type { Answer } from '../../../shared/api/endpoint.ts';
import { type getPlan, planWeeks } from '../../../shared/api/plan.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { groupIn, standingIn, writesIn } from '../../../shared/organisation/plan.ts';
import { deadlineOf } from '../../../shared/proof/list.ts';
import { civilOf, dayOf, zoneOffset } from '../../../shared/time/civil.ts';
import { parseWeek, type Week, weekBefore, weekOf } from '../../../shared/time/week.ts';
import { type Context, secondsNow } from '../../context.ts';
import { unitsOf } from '../../organisation/read.ts';
import { settingOf } from '../../organisation/setting.ts';
import { ruleOfWeek, unitsOnLeave } from '../../records/queries.ts';
import { firstSeals } from './queries.ts';

/** `last`: the newest week shown, by default the one that runs. FIELD_INVALID where the year has no such week. */
export async function readPlan(context: Context, last: string | undefined): Promise<Answer<typeof getPlan>> {
  const { db } = context.database;
  const now = secondsNow(context);
  const running = weekOf(dayOf(civilOf(now, zoneOffset(context.config.zone) ?? (() => 0))));
  const newest = last === undefined ? running : parseWeek(last);
  if (newest === null) throw new Refusal('FIELD_INVALID', { field: 'last' });
  const plan = await settingOf(db, context.config, 'plan');
  const weeks = await Promise.all(
    endingWith(newest).map(async (week) => {
      const rule = await ruleOfWeek(db, week);
      const deadline = rule === null ? null : deadlineOf(rule.payload, week);
      // Nobody had to seal before a rule said until when.
      const isAsked = rule === null || deadline === null ? week >= running : rule.payload.iat <= deadline;
      const due = isAsked ? deadline : null;
      return { week, due, isAsked, group: groupIn(plan, week), away: await unitsOnLeave(db, week) };
    }),
  );
  const seals = await firstSeals(
    db,
    weeks.map(({ week }) => week),
  );
  const sealed = new Map(seals.map(({ week, unit, at }) => [`${week} ${unit}`, at]));
  const rows = (await unitsOf(db)).map(({ id }) => ({
    unit: id,
    group: plan.find((turn) => turn.id === id)?.group ?? null,
    standings: weeks.map(({ week, due, isAsked, away }) => {
      const sealedAt = sealed.get(`${week} ${id}`) ?? null;
      const facts = { sealedAt, writes: isAsked && writesIn(plan, id, week), onLeave: away.has(id), due, now };
      return { standing: standingIn(facts), sealedAt };
    }),
  }));
  return { weeks: weeks.map(({ week, due, group }) => ({ week, due, group })), rows };
}

/** The week and those before it, newest first. */
function endingWith(newest: Week): readonly Week[] {
  const weeks = [newest];
  for (let week = weekBefore(newest); weeks.length < planWeeks; week = weekBefore(week)) weeks.push(week);
  return weeks;
}
