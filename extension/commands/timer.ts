/** The running timer: one record of this device. It outlives the browser, and no other edit touches it. */
import * as v from 'valibot';
import { Timer } from '../../shared/diary/timer.ts';
import { type CivilMinute, formatMinute } from '../../shared/time/civil.ts';
import { type Context, here } from '../device/context.ts';
import type { SundialDatabase } from '../store/database.ts';
import { newId, opTables } from '../store/ops.ts';
import { appendAdded, type EntryInput, entryBody } from './journal.ts';

const record = 'timer';

/** The timer that runs, null where none does. */
export async function runningTimer(database: SundialDatabase): Promise<Timer | null> {
  const kept = v.safeParse(Timer, (await database.personal.get(record))?.value);
  return kept.success ? kept.output : null;
}

/** Starts it at a civil minute with the words typed so far. One that runs already goes on as it is. */
export async function startTimer(startedAt: CivilMinute, text: string, context: Context = here): Promise<void> {
  const { database } = context;
  const value: Timer = { startedAt: formatMinute(startedAt), text: text.trim() };
  await database.transaction('rw', database.personal, async () => {
    if ((await runningTimer(database)) === null) await database.personal.put({ id: record, value });
  });
}

/** Saves the entry that was timed and ends the timer, both or neither. */
export async function saveTimed(input: EntryInput, context: Context = here): Promise<void> {
  const { database } = context;
  const added = [{ id: newId(context), body: await entryBody(input, context) }];
  await database.transaction('rw', [...opTables(database), database.steps, database.personal], async () => {
    await appendAdded(added, context);
    await database.personal.delete(record);
  });
  context.poke(false);
}

/** Ends the timer without an entry: it was dropped, or its line is finished by hand. */
export async function endTimer(context: Context = here): Promise<void> {
  await context.database.personal.delete(record);
}
