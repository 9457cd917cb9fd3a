/** A selection on any page becomes a line in the side panel, where its author completes and saves it. */
import { browser } from 'wxt/browser';
import { longest } from '../../shared/diary/longest.ts';
import { here } from '../device/context.ts';
import { handOver } from '../device/handed.ts';
import { openPanel } from '../device/panel.ts';
import { languageOf, wordsOf } from '../locales/use-words.ts';
import { profileOf } from '../store/database.ts';

const item = 'log-selection';

/** Puts the item into the menu, in the language of the profile. */
export async function showContextMenu(): Promise<void> {
  const { language } = await profileOf(here.database);
  const { shell } = wordsOf(languageOf(language, navigator.language));
  await browser.contextMenus.removeAll();
  browser.contextMenus.create({ id: item, title: shell.logSelection, contexts: ['selection'] });
}

/** Listens for the item. The panel is opened first: browsers allow it only while the click is being handled. */
export function listenToContextMenu(): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId, selectionText }, tab) => {
    if (menuItemId !== item || selectionText === undefined) return;
    void openPanel(tab?.windowId);
    // The rest of a longer selection is not taken.
    void handOver(selectionText.slice(0, longest.text));
  });
}
