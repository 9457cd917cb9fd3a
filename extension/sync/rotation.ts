/** Log keys that were offered come into use once an organiser has enrolled them in the log (verification.md 12). */
import { type Context, here } from '../device/context.ts';
import { recordsNow } from './records.ts';

/** Takes offered keys that stand in the log into use, and forgets those that they ended. Asks nothing where none was offered. */
export async function useEnrolledKeys(context: Context = here): Promise<void> {
  const { keys: kept } = context.database;
  const offered = await kept.filter((key) => key.offered === true).toArray();
  if (offered.length === 0) return;
  const { keys } = await recordsNow(context);
  await context.database.transaction('rw', kept, async () => {
    for (const { kid, use } of offered) {
      if (!keys.added.has(kid) || keys.ended.has(kid)) continue;
      await kept.update(kid, { offered: false });
      const ended = (await kept.where('use').equals(use).toArray()).filter((key) => keys.ended.has(key.kid));
      await kept.bulkDelete(ended.map((key) => key.kid));
    }
  });
}
