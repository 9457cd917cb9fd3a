/** Text being typed, one draft for each surface, in storage that outlives the browser (sync.md, pitfall 5). */
import { browser } from 'wxt/browser';

const keyOf = (surface: string) => `draft:${surface}`;

/** The draft of a surface, null where there is none. */
export async function readDraft(surface: string): Promise<string | null> {
  const kept = await browser.storage.local.get(keyOf(surface));
  const text: unknown = kept[keyOf(surface)];
  return typeof text === 'string' ? text : null;
}

/** Keeps the draft of a surface; null or an empty text drops it. */
export async function keepDraft(surface: string, text: string | null): Promise<void> {
  if (text === null || text === '') await browser.storage.local.remove(keyOf(surface));
  else await browser.storage.local.set({ [keyOf(surface)]: text });
}
