/** Ways from one page of the extension to another. */
import { browser } from 'wxt/browser';
import { handOver } from '../device/handed.ts';
import { openPanel } from '../device/panel.ts';

/** Opens a screen of the desk in a tab, `#/week` or `#/enrol`. */
export async function openDesk(hash: string): Promise<void> {
  await browser.tabs.create({ url: new URL(`/desk.html${hash}`, location.href).href });
}

/** Opens the side panel of this window. `text`: what was being typed here, which goes on there. */
export async function openSidePanel(text = ''): Promise<void> {
  // Firefox opens its sidebar only before the first wait of a click's handler.
  await openPanel(browser.sidePanel === undefined ? undefined : (await browser.windows.getCurrent()).id);
  if (text.trim() !== '') await handOver(text);
}
