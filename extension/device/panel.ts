/** The side panel: Chromium's `sidePanel`, Firefox's `sidebar_action`, a tab where the browser has neither. */
import { browser } from 'wxt/browser';

interface WithSidebar {
  readonly sidebarAction: { readonly open: () => Promise<void> };
}

/** Opens the writing place of a window. Browsers allow it only while a click or a key is being handled: call it first, wait later. */
export async function openPanel(windowId: number | undefined): Promise<void> {
  if (browser.sidePanel !== undefined && windowId !== undefined) await browser.sidePanel.open({ windowId });
  else if (hasSidebar(browser)) await browser.sidebarAction.open();
  else await browser.tabs.create({ url: new URL('/sidepanel.html', location.href).href });
}

function hasSidebar(api: object): api is WithSidebar {
  return 'sidebarAction' in api;
}
