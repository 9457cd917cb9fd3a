/** One waking of the worker: sync if there is reason to, give what a draw awaits, set the badge. */

import { Refusal } from '../../shared/api/refusal.ts';
import { blanksOf } from '../../shared/diary/hours.ts';
import { civilAt, formatDay } from '../../shared/time/civil.ts';
import { setBadge } from '../device/badge.ts';
import type { Context } from '../device/context.ts';
import { NotUnderstood } from '../remote/answer.ts';
import { isNoAnswer, Unreachable } from '../remote/client.ts';
import { changeProgress, profileOf, progressOf } from '../store/database.ts';
import { zoneOf } from '../store/organisation-facts.ts';
import { entriesOn } from '../store/queries.ts';
import { wallClock, workingDayOf } from '../store/today.ts';
import { giveAcks } from './acks.ts';
import { refreshDraws } from './notices.ts';
import { auditForOwnUnit } from './own-audit.ts';
import { runSync } from './run.ts';

/** Without anything to send a run is due this long after the last one. */
const idleEveryMs = 15 * 60_000;
/** The badge turns red when the oldest unsent op is older than this. */
const stuckAfterMs = 24 * 60 * 60_000;

/** True when a sync run came to its end. `soon`: a person waits. */
export async function wake(soon: boolean, context: Context): Promise<boolean> {
  const { database } = context;
  const waiting = await database.outbox.count();
  const signed = await database.seals.where('state').equals('signed').count();
  const { deliveredAt } = await progressOf(database);
  const isDue = soon || waiting > 0 || signed > 0 || Math.abs(context.now() - (deliveredAt ?? 0)) >= idleEveryMs;
  const ran = isDue && (await runSync(soon, context));
  if (ran) await acksKept(context);
  if (ran) await auditKept(context);
  if (ran) await refreshDraws(context);
  await showBadge(context);
  return ran;
}

/** What hinders an acknowledgement is kept as its reason; it is tried again with the next run. */
async function acksKept(context: Context): Promise<void> {
  try {
    await context.alone('sundial-acks', () => giveAcks(context));
  } catch (error) {
    if (!(error instanceof Refusal) && !(error instanceof Unreachable)) console.error(error);
    await changeProgress(context.database, { ackProblem: hindrance(error) });
  }
}

function hindrance(error: unknown): string {
  if (error instanceof Refusal) return error.code;
  if (error instanceof Unreachable) return 'UNREACHABLE';
  return error instanceof NotUnderstood ? 'NOT_UNDERSTOOD' : 'INTERNAL';
}

/** Without the network, or before an update, the log is looked through with a later run. */
async function auditKept(context: Context): Promise<void> {
  try {
    await context.alone('sundial-audit', () => auditForOwnUnit(context));
  } catch (error) {
    if (!isNoAnswer(error)) throw error;
  }
}

/** Unsent first; else whole hours that today has blank so far, from nine in the morning on. */
export async function showBadge(context: Context): Promise<void> {
  const { database } = context;
  const { organisation } = await profileOf(database);
  const now = wallClock(zoneOf({ organisation }), context.now());
  const day = workingDayOf(now);
  const entries = await entriesOn(database, formatDay(day));
  const within = { start: civilAt(day, 9 * 60), end: Math.min(now, civilAt(day, 18 * 60)) };
  const blanks =
    entries.length === 0 || within.end <= within.start
      ? []
      : blanksOf(
          entries.map(({ body }) => body),
          { within },
        );
  const blankHours = blanks.reduce((hours, { start, end }) => hours + Math.floor((end - start) / 60), 0);
  const oldest = await database.outbox.orderBy('n').first();
  const isStuck = oldest !== undefined && context.now() - Date.parse(oldest.at) > stuckAfterMs;
  await setBadge(await database.outbox.count(), blankHours, isStuck);
}
