/** The toolbar badge: how many entries are unsent, else how many hours of today are blank; no third meaning (look.md 6). */
import { browser } from 'wxt/browser';

/** Sets the badge; `unsent` wins, `blankHours` stands where nothing waits, nothing where both are 0. */
export async function setBadge(unsent: number, blankHours: number): Promise<void> {
  const text = unsent > 0 ? String(Math.min(unsent, 999)) : blankHours > 0 ? String(blankHours) : '';
  await browser.action.setBadgeText({ text });
  await browser.action.setBadgeBackgroundColor({ color: unsent > 0 ? '#855300' : '#67696d' });
  await browser.action.setBadgeTextColor({ color: '#ffffff' });
}
