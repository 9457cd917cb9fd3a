/** What the clock says and no deed: comments near the end of their review, people who say that a diary names them, and weeks that are not
 *  sealed on the eve of their deadline. Each is told once, whoever looks and however often. What the clock says of tickets is a deed
 *  (feedback/alerts.ts). */
import { sql } from 'kysely';
import { writesIn } from '../../shared/organisation/plan.ts';
import { deadlineOf } from '../../shared/proof/list.ts';
import { civilOf, dayOf, zoneOffset } from '../../shared/time/civil.ts';
import { weekOf } from '../../shared/time/week.ts';
import { type Context, secondsNow } from '../context.ts';
import type { Db } from '../database/port.ts';
import { settingOf } from '../organisation/setting.ts';
import { countingSeals, ruleOfWeek, unitsOnLeave } from '../records/queries.ts';
import { isTelling, tell } from './tell.ts';

const hour = 3600;
/** How long before the end of a comment's review, and of the time for a seal, in seconds. */
const ahead = { comment: hour, seal: 24 * hour } as const;
const batch = 200;

/** Writes what the clock has to say. */
export async function tellByClock(context: Context): Promise<void> {
  if (!isTelling(context)) return;
  const { db } = context.database;
  const now = secondsNow(context);
  await commentsDue(db, context, now);
  await mentionsWaiting(db, context);
  await weeksOpen(db, context, now);
}

/** One notice an hour while any comment comes near its deadline. Index `comment_waiting`. */
async function commentsDue(db: Db, context: Context, now: number): Promise<void> {
  const row = await db
    .selectFrom('comment')
    .select((eb) => [eb.fn.countAll().as('count'), eb.fn.min('decide_by').as('due')])
    .where('state', '=', 'waiting')
    .where('decide_by', '>', now)
    .where('decide_by', '<=', now + ahead.comment)
    .executeTakeFirst();
  if (row === undefined || Number(row.count) === 0) return;
  const once = `commentDue ${Math.floor(now / hour)}`;
  await tell(db, context, { kind: 'commentDue', subject: String(row.count), due: Number(row.due), once });
}

/** Index `mention_waiting`, unique `notice.once`. */
async function mentionsWaiting(db: Db, context: Context): Promise<void> {
  const rows = await db
    .selectFrom('mention')
    .select(['id', 'decide_by'])
    .where('state', '=', 'waiting')
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('notice').select('notice.id').where('notice.once', '=', sql<string>`'mention ' || mention.id`),
        ),
      ),
    )
    .orderBy('decide_by')
    .limit(batch)
    .execute();
  for (const { id, decide_by } of rows)
    await tell(db, context, { kind: 'reviewWaiting', subject: id, due: decide_by, once: `mention ${id}` });
}

/** The week that runs and the one before it, whose deadline may still come. */
async function weeksOpen(db: Db, context: Context, now: number): Promise<void> {
  const today = dayOf(civilOf(now, zoneOffset(context.config.zone) ?? (() => 0)));
  const plan = await settingOf(db, context.config, 'plan');
  for (const week of [weekOf(today - 7), weekOf(today)]) {
    const rule = (await ruleOfWeek(db, week))?.payload;
    if (rule === undefined) continue;
    const due = deadlineOf(rule, week);
    if (now < due - ahead.seal || now >= due) continue;
    const sealed = new Set((await countingSeals(db, week)).map(({ unit }) => unit));
    const away = await unitsOnLeave(db, week);
    for (const { unit } of rule.roll)
      if (!sealed.has(unit) && !away.has(unit) && writesIn(plan, unit, week))
        await tell(db, context, {
          kind: 'weekOpen',
          unit,
          subject: week,
          due,
          once: `weekOpen ${week} ${unit} ${due}`,
        });
  }
}
