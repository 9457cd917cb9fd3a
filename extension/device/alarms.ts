/** The clock of the worker: one alarm, every minute. Alarms may vanish when the browser restarts, so it is looked for at each start
 *  (sync.md, pitfall 3). */
import { browser } from 'wxt/browser';

export const syncAlarm = 'sync';

/** Makes sure the alarm is there. */
export async function startAlarms(): Promise<void> {
  const known = await browser.alarms.get(syncAlarm);
  if (known?.periodInMinutes !== 1) await browser.alarms.create(syncAlarm, { periodInMinutes: 1 });
}
