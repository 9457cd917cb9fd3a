/** Ways from one page of the extension to another. */
import { browser } from 'wxt/browser';

/** Opens a screen of the desk in a tab, `#/week` or `#/enrol`. */
export async function openDesk(hash: string): Promise<void> {
  await browser.tabs.create({ url: new URL(`/desk.html${hash}`, location.href).href });
}

/** Whether this browser has side panels; Firefox has a sidebar that its own button opens. */
export const hasSidePanel = (): boolean => browser.sidePanel !== undefined;

/** Opens the side panel of this window; where the browser has none, the writing place opens in a tab. */
export async function openSidePanel(): Promise<void> {
  const { id } = await browser.windows.getCurrent();
  if (id !== undefined && hasSidePanel()) await browser.sidePanel.open({ windowId: id });
  else await browser.tabs.create({ url: new URL('/sidepanel.html', location.href).href });
}
