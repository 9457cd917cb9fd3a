/** The toolbar badge: how many entries are unsent, else how many hours of today are blank; no third meaning (look.md 6). */
import { browser } from 'wxt/browser';

/** Sets the badge; `unsent` wins, `blankHours` stands where nothing waits, nothing where both are 0. `isStuck`: the oldest unsent one has
 *  waited for more than a day. */
export async function setBadge(unsent: number, blankHours: number, isStuck: boolean): Promise<void> {
  const text = unsent > 0 ? String(Math.min(unsent, 999)) : blankHours > 0 ? String(blankHours) : '';
  await browser.action.setBadgeText({ text });
  await browser.action.setBadgeBackgroundColor({ color: isStuck ? '#b0241c' : unsent > 0 ? '#855300' : '#67696d' });
  await browser.action.setBadgeTextColor({ color: '#ffffff' });
}

/** Sets what the button says when it is pointed at. */
export async function setTitle(title: string): Promise<void> {
  await browser.action.setTitle({ title });
}
