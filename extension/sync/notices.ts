/** Notices at one waking of the worker: what is due follows from the store and the time; what was shown is noted first, so that a worker
 *  that is killed in between loses a banner and never repeats one. The list on the desk keeps it. */
import { getDraws } from '../../shared/api/draws.ts';
import { type Notice, noted, type OwnDraw, withConditions } from '../../shared/diary/notice.ts';
import { conditionsOf, dueNotices, toShow } from '../../shared/diary/reminder.ts';
import { grantFor } from '../../shared/organisation/role.ts';
import type { Context } from '../device/context.ts';
import { callAll, isNoAnswer } from '../remote/client.ts';
import { profileOf, progressOf } from '../store/database.ts';
import { situationOf } from '../store/notice-situation.ts';
import { noticeMemory, noticePlan, personalId } from '../store/private-settings.ts';

/** Shows what is due. `show` puts one up in the browser. */
export async function giveNotices(show: (notice: Notice) => Promise<void>, context: Context): Promise<void> {
  await context.alone('sundial-notices', async () => {
    for (const notice of await noteDue(context)) await show(notice);
  });
}

async function noteDue(context: Context): Promise<readonly Notice[]> {
  const { database } = context;
  const { offsetMs } = await progressOf(database);
  const now = context.now() + (offsetMs ?? 0);
  const plan = await noticePlan(database);
  const situation = await situationOf(database, plan, now);
  return database.transaction('rw', database.personal, async () => {
    const before = await noticeMemory(database);
    const known = withConditions(before, conditionsOf(situation, before.since), now);
    const due = toShow(dueNotices(plan, situation, known, now), known, now);
    const value = noted(
      known,
      'shown',
      due.map(({ id }) => id),
      now,
    );
    if (value !== before) await database.personal.put({ id: personalId.memory, value });
    return due;
  });
}

/** Keeps which of the own weeks are drawn or published. A server without draws has none; one that is not reached changes nothing. */
export async function refreshDraws(context: Context): Promise<void> {
  const { database } = context;
  const { grants } = await profileOf(database);
  const units = grants.flatMap(({ role, unit }) => (role === 'leader' && unit !== null ? [unit] : []));
  if (units.length === 0 || grantFor(grants, 'draws.read') === null) return;
  try {
    const { rows } = await callAll(getDraws, context);
    const value: readonly OwnDraw[] = rows.flatMap(({ draw, week, stage, drawn, publishedAt }) =>
      stage !== 'drawn' && stage !== 'published'
        ? []
        : (drawn ?? []).flatMap(({ unit }) =>
            units.includes(unit)
              ? [{ draw, unit, week, publishedAt: publishedAt === null ? null : publishedAt * 1000 }]
              : [],
          ),
    );
    await database.personal.put({ id: personalId.draws, value });
  } catch (error) {
    // What else is refused, or not understood, stands in the state of sync already.
    if (!isNoAnswer(error)) throw error;
  }
}
