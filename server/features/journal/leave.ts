/** A week of leave: declared by the leader, public by name in the list once it is frozen (verification.md 7.2, `absent`). */

import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import type { getLeave, putLeave } from '../../../shared/api/journal.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { parseWeek } from '../../../shared/time/week.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { weekLock } from '../../records/lock.ts';

/** Whether a unit's week is declared as leave. */
export async function leaveOf(context: Context, unit: string, week: string): Promise<Answer<typeof getLeave>> {
  return { leave: (await rowOf(context.database.db, unit, known(week))) !== undefined };
}

/** Declares it or takes it back. Throws WEEK_FROZEN once the week's list is frozen. */
export async function declareLeave(
  context: Context,
  unit: string,
  named: string,
  { leave }: Output<(typeof putLeave)['body']>,
): Promise<Answer<typeof putLeave>> {
  const week = known(named);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, weekLock(week));
    const frozen = await trx.selectFrom('draw').select('draw').where('week', '=', week).executeTakeFirst();
    if (frozen !== undefined) throw new Refusal('WEEK_FROZEN', { facts: { draw: frozen.draw } });
    if (leave === ((await rowOf(trx, unit, week)) !== undefined)) return { leave };
    const at = secondsNow(context);
    if (leave) await trx.insertInto('week_leave').values({ unit, week, at }).execute();
    else await trx.deleteFrom('week_leave').where('week', '=', week).where('unit', '=', unit).execute();
    await writeAudit(trx, { at, actor: unit, action: 'week.leave', subject: `${unit} ${week}`, facts: { leave } });
    return { leave };
  });
}

/** Primary key. */
const rowOf = (db: Db, unit: string, week: string) =>
  db.selectFrom('week_leave').select('at').where('week', '=', week).where('unit', '=', unit).executeTakeFirst();

function known(week: string): string {
  const parsed = parseWeek(week);
  if (parsed === null) throw new Refusal('NOT_FOUND');
  return parsed;
}
