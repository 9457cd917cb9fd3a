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

/** Every draft that is kept, by its surface. */
export async function keptDrafts(): Promise<ReadonlyMap<string, string>> {
  const kept = await browser.storage.local.get<Record<string, unknown>>(null);
  return new Map(
    Object.entries(kept).flatMap(([key, text]): [string, string][] =>
      key.startsWith(keyOf('')) && typeof text === 'string' ? [[key.slice(keyOf('').length), text]] : [],
    ),
  );
}

/** Calls when a draft is kept or dropped, in this page or another. Gives what ends it. */
export function onDrafts(changed: () => void): () => void {
  const heard = (changes: Readonly<Record<string, unknown>>) => {
    if (Object.keys(changes).some((key) => key.startsWith(keyOf('')))) changed();
  };
  browser.storage.local.onChanged.addListener(heard);
  return () => browser.storage.local.onChanged.removeListener(heard);
}
