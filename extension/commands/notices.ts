/** What a person does with notices and sets for themselves. All of it stays on this device. */
import { Refusal } from '../../shared/api/refusal.ts';
import { type NoticeKind, type NoticePlan, noted } from '../../shared/diary/notice.ts';
import { type Context, here } from '../device/context.ts';
import { noticeMemory, noticePlan, personalId } from '../store/private-settings.ts';

/** Takes notices off the list for good; they are not shown again either. */
export async function tickOff(ids: readonly string[], context: Context = here): Promise<void> {
  const { database } = context;
  await database.transaction('rw', database.personal, async () => {
    const value = noted(await noticeMemory(database), 'ticked', ids, context.now());
    await database.personal.put({ id: personalId.memory, value });
  });
}

/** Sets the hour of a weekday's evening reminder, 1 Monday to 7 Sunday, in minutes after midnight; null: none. */
export async function setEveningHour(weekday: number, minutes: number | null, context: Context = here): Promise<void> {
  if (minutes !== null && (!Number.isInteger(minutes) || minutes < 0 || minutes > 1439))
    throw new Refusal('FIELD_INVALID', { field: 'evening' });
  await changePlan(context, ({ evening, off }) => ({
    evening: evening.map((hour, at) => (at === weekday - 1 ? minutes : hour)),
    off,
  }));
}

/** Switches kinds of notices on or off. */
export async function setNotices(kinds: readonly NoticeKind[], on: boolean, context: Context = here): Promise<void> {
  await changePlan(context, ({ evening, off }) => {
    const others = off.filter((kind) => !kinds.includes(kind));
    return { evening, off: on ? others : [...others, ...kinds] };
  });
}

/** Sets the own target of the focused share in percent, 1 to 100; null: none. */
export async function setFocusedTarget(percent: number | null, context: Context = here): Promise<void> {
  const { personal } = context.database;
  if (percent === null) await personal.delete(personalId.target);
  else if (!Number.isInteger(percent) || percent < 1 || percent > 100)
    throw new Refusal('FIELD_INVALID', { field: 'target' });
  else await personal.put({ id: personalId.target, value: percent });
}

/** Shows on the page of one's time what one may think about, or no longer. */
export async function setThoughts(on: boolean, context: Context = here): Promise<void> {
  await context.database.personal.put({ id: personalId.thoughts, value: on });
}

async function changePlan({ database }: Context, change: (plan: NoticePlan) => NoticePlan): Promise<void> {
  await database.transaction('rw', database.personal, async () => {
    await database.personal.put({ id: personalId.plan, value: change(await noticePlan(database)) });
  });
}
