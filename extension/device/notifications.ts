/** Notices as the browser shows them. The id is the notice's own: shown twice it would still be one. */
import { browser } from 'wxt/browser';

/** Puts a notice up. It says no word of any entry: it may stand on a locked screen. */
export async function showNotification(id: string, title: string, message: string): Promise<void> {
  await browser.notifications.create(id, { type: 'basic', iconUrl: '/icon/128.png', title, message });
}

/** Calls the listener with the id of a notice that was clicked, and takes it down. */
export function onNotificationClick(listener: (id: string) => void): void {
  browser.notifications.onClicked.addListener((id) => {
    listener(id);
    void browser.notifications.clear(id);
  });
}
