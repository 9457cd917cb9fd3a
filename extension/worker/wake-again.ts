/** One waking, with what a worker that slept may meet: a store whose connection was closed under it (sync.md, pitfall 2). */
import { Dexie } from 'dexie';
import { setTitle } from '../device/badge.ts';
import type { Context } from '../device/context.ts';
import { languageOf, wordsOf } from '../locales/use-words.ts';
import { profileOf } from '../store/database.ts';
import { saveState } from '../store/queries.ts';
import { wake } from '../sync/wake.ts';

/** Wakes; once more on a new connection where the old one was closed. */
export async function wakeAgain(soon: boolean, context: Context): Promise<boolean> {
  try {
    return await wakeAndTell(soon, context);
  } catch (error) {
    if (!(error instanceof Dexie.DatabaseClosedError)) throw error;
    context.database.close({ disableAutoOpen: false });
    await context.database.open();
    return wakeAndTell(soon, context);
  }
}

async function wakeAndTell(soon: boolean, context: Context): Promise<boolean> {
  const ran = await wake(soon, context);
  await tellAge(context);
  return ran;
}

/** What the button says when it is pointed at: how many wait, and how long the oldest has (the watchdog of sync.md). */
async function tellAge(context: Context): Promise<void> {
  const { language } = await profileOf(context.database);
  const { common, time } = wordsOf(languageOf(language, navigator.language));
  const { waiting, oldestAt } = await saveState(context.database);
  const minutes = oldestAt === null ? 0 : Math.floor((context.now() - Date.parse(oldestAt)) / 60_000);
  const age = minutes < 5 ? '' : `${common.separator}${common.oldestUnsent(time.duration(minutes))}`;
  await setTitle(
    waiting === 0 ? common.product : `${common.product}${common.separator}${common.storedWaiting(waiting)}${age}`,
  );
}
