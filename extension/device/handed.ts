/** Lines handed to the side panel from outside of it: a selection on a page, a line of the address bar, the popup's own draft. Each is
 *  kept until the panel has it in its draft, so that nothing is lost between the two. */
import { browser } from 'wxt/browser';

const prefix = 'handed:';

/** Hands a text over. */
export async function handOver(text: string): Promise<void> {
  await browser.storage.local.set({ [`${prefix}${Date.now()}:${crypto.randomUUID()}`]: text });
}

/** What was handed over and not taken yet, by its key, oldest first. */
export async function handedTexts(): Promise<ReadonlyMap<string, string>> {
  const kept: Readonly<Record<string, unknown>> = await browser.storage.local.get(null);
  const handed = Object.entries(kept).flatMap(([key, text]) =>
    key.startsWith(prefix) && typeof text === 'string' ? [[key, text] as const] : [],
  );
  return new Map(handed.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Forgets what was taken. */
export async function forgetHanded(keys: readonly string[]): Promise<void> {
  await browser.storage.local.remove([...keys]);
}

/** Calls the listener whenever something is handed over; gives what stops it. */
export function onHanded(listener: () => void): () => void {
  const heard = (changes: Readonly<Record<string, { readonly newValue?: unknown }>>) => {
    if (Object.entries(changes).some(([key, { newValue }]) => key.startsWith(prefix) && newValue !== undefined))
      listener();
  };
  browser.storage.local.onChanged.addListener(heard);
  return () => browser.storage.local.onChanged.removeListener(heard);
}
