/** An update of the extension waits until no page of it is open: an old page would lose its ground while somebody types (sync.md,
 *  pitfall 10). A worker may sleep while it waits, so that an update is there is kept, and the alarm looks again. */
import { browser } from 'wxt/browser';

const keptAs = 'updateWaits';

/** Listens for updates. With a listener the browser installs one when it is told to, or at its next start. */
export function listenToUpdates(): void {
  browser.runtime.onUpdateAvailable.addListener(() => void browser.storage.session.set({ [keptAs]: true }));
}

/** Installs the update that waits, if no page is open. Called a minute or more after it was told of: a page that closed meanwhile has kept its
 *  drafts. */
export async function updateIfAlone(): Promise<void> {
  const { [keptAs]: waits } = await browser.storage.session.get(keptAs);
  if (waits === true && (await openPages()) === 0) browser.runtime.reload();
}

/** Popup, side panel, tabs. Firefox has no `getContexts`, but its event page can see the others. */
async function openPages(): Promise<number> {
  const { runtime, extension } = browser;
  if (runtime.getContexts !== undefined) {
    const all = await runtime.getContexts({});
    return all.filter(({ contextType }) => contextType !== 'BACKGROUND').length;
  }
  return extension.getViews().filter((view) => view !== globalThis).length;
}
