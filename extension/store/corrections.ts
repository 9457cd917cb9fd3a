/** Which entry corrects which, as far as the own copies of seals tell: a seal's item n is made from `items[n]`. */
import type { EntryBody } from '../../shared/api/journal.ts';
import type { SundialDatabase } from './database.ts';

/** Where an entry stands in the newest seal of its week that is in the log; null where this device has no copy of it. */
export async function placeInSeal(
  database: SundialDatabase,
  week: string,
  id: string,
): Promise<{ readonly item: number; readonly seal: string } | null> {
  const copies = await database.seals.where('week').equals(week).sortBy('rev');
  const copy = copies.findLast(({ state }) => state === 'logged');
  const item = copy?.items.indexOf(id) ?? -1;
  return copy === undefined || item < 0 ? null : { item, seal: copy.seal };
}

/** Ids of entries that others correct, each with the one that counts instead: of two corrections of one entry the one later in the list
 *  (`standing` in shared/diary/hours.ts). */
export async function correctedAmong(
  database: SundialDatabase,
  entries: readonly { readonly id: string; readonly body: Pick<EntryBody, 'corrects'> }[],
): Promise<ReadonlyMap<string, string>> {
  const corrected = new Map<string, string>();
  for (const { id, body } of entries) {
    if (body.corrects === undefined) continue;
    const original = (await database.seals.get(body.corrects.seal))?.items[body.corrects.item];
    if (original !== undefined) corrected.set(original, id);
  }
  return corrected;
}
