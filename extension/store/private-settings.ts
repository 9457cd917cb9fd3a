/** What a person set for themselves and what this device remembers of its notices. Kept in `personal`, sent nowhere. */
import * as v from 'valibot';
import { firstPlan, type NoticeMemory, type NoticePlan, noMemory, noticeKinds } from '../../shared/diary/notice.ts';
import type { SundialDatabase } from './database.ts';

/** Names of the records. */
export const personalId = {
  target: 'focusedTarget',
  plan: 'noticePlan',
  memory: 'notices',
  draws: 'draws',
  waiting: 'waiting',
  thoughts: 'thoughts',
} as const;

const Percent = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(100));
const Minutes = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(1439));
const Plan = v.object({
  evening: v.pipe(v.array(v.nullable(Minutes)), v.length(7)),
  off: v.array(v.picklist(noticeKinds)),
});
const Instants = v.record(v.string(), v.number());
const Memory = v.object({ shown: Instants, ticked: Instants, since: Instants });

/** The own target of the focused share in percent, 1 to 100, null where none is set. */
export async function focusedTarget(database: SundialDatabase): Promise<number | null> {
  return kept(database, personalId.target, Percent, null);
}

/** Hours and kinds of the notices. */
export async function noticePlan(database: SundialDatabase): Promise<NoticePlan> {
  return kept(database, personalId.plan, Plan, firstPlan);
}

/** What was shown and ticked off, and since when conditions hold. */
export async function noticeMemory(database: SundialDatabase): Promise<NoticeMemory> {
  return kept(database, personalId.memory, Memory, noMemory);
}

/** Whether the page of one's time shows what one may think about. */
export async function showsThoughts(database: SundialDatabase): Promise<boolean> {
  return kept(database, personalId.thoughts, v.boolean(), true);
}

/** A record of `personal` by its schema; `none` where it is missing or not readable by it. */
export async function kept<T, U>(
  database: SundialDatabase,
  id: string,
  schema: v.GenericSchema<unknown, T>,
  none: U,
): Promise<T | U> {
  const read = v.safeParse(schema, (await database.personal.get(id))?.value);
  return read.success ? read.output : none;
}
