/** Text being typed, one draft for each surface. It lies in the store with its strict durability: `storage.local`, where drafts lay first,
 *  lags half a second and more behind what it has confirmed when the browser is killed (sync.md, pitfall 5). */
import { browser } from 'wxt/browser';
import { here } from '../device/context.ts';

/** The draft of a surface, null where there is none. */
export async function readDraft(surface: string): Promise<string | null> {
  const kept = await here.database.drafts.get(surface);
  return kept?.text ?? (await movedDraft(surface));
}

/** Keeps the draft of a surface; null or an empty text drops it. `seen`: the stored text that it changes, as its author saw it. */
export async function keepDraft(surface: string, text: string | null, seen?: string): Promise<void> {
  if (text === null || text === '') await here.database.drafts.delete(surface);
  else await here.database.drafts.put({ surface, text, ...(seen === undefined ? {} : { seen }) });
}

/** The stored text that the draft of a surface changes, null where that is not known. */
export async function seenByDraft(surface: string): Promise<string | null> {
  return (await here.database.drafts.get(surface))?.seen ?? null;
}

/** Every draft that is kept, by its surface. */
export async function keptDrafts(): Promise<ReadonlyMap<string, string>> {
  return new Map((await here.database.drafts.toArray()).map(({ surface, text }) => [surface, text]));
}

/** A draft that an earlier version left in `storage.local` comes into the store when it is first asked for. */
async function movedDraft(surface: string): Promise<string | null> {
  const key = `draft:${surface}`;
  const { [key]: text } = await browser.storage.local.get(key);
  if (typeof text !== 'string') return null;
  await keepDraft(surface, text);
  await browser.storage.local.remove(key);
  return text;
}
