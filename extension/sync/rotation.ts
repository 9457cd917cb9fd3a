/** Log keys as the log has them: offered ones come into use once an organiser has enrolled them, ended ones are forgotten
 *  (verification.md 12). */
import { Refusal } from '../../shared/api/refusal.ts';
import type { Keys } from '../../shared/proof/keys.ts';
import { type Context, here } from '../device/context.ts';
import { isNoAnswer } from '../remote/client.ts';
import { changeProgress, progressOf } from '../store/database.ts';
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

/** Runs what sends own signatures; an own key for which they are refused is forgotten if the log has ended it. */
export async function sendSigned<T>(send: () => Promise<T>, context: Context): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof Refusal) await forgetEndedKeys(error, context);
    throw error;
  }
}

/** Where the server refuses what a key signed as of no valid key: forgets own keys that the log has ended. Another device signs now, or none.
 *  The log alone tells, no server's word costs a key; where it is not to be had, the audit looks later (own-audit.ts). */
export async function forgetEndedKeys(refused: Refusal, context: Context): Promise<void> {
  if (refused.facts.reason !== 'KEY_NOT_VALID') return;
  try {
    await forgetEnded((await recordsNow(context)).keys, context);
  } catch (error) {
    if (!isNoAnswer(error)) throw error;
  }
}

/** Forgets own keys that the log has ended. Of a leader's key that no offered one of this device ended, its leader is told. */
export async function forgetEnded({ added, ended }: Keys, { database }: Context): Promise<void> {
  const own = await database.keys.toArray();
  const gone = own.filter(({ kid }) => ended.has(kid));
  await database.keys.bulkDelete(gone.map(({ kid }) => kid));
  const signs = own.some(({ use, kid }) => use === 'leader' && added.has(kid) && !ended.has(kid));
  if (signs || !gone.some(({ use }) => use === 'leader')) return;
  const { auditProblems = [] } = await progressOf(database);
  await changeProgress(database, { auditProblems: [...new Set([...auditProblems, 'KEY_ENDED' as const])] });
}
