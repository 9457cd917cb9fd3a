/** Notices of the worker: shows what is due, and opens the right page for the one that is clicked. */
import { browser } from 'wxt/browser';
import { type Notice, readNoticeId } from '../../shared/diary/notice.ts';
import { here } from '../device/context.ts';
import { onNotificationClick, showNotification } from '../device/notifications.ts';
import { sayNotice } from '../locales/say-notice.ts';
import { languageOf, wordsOf } from '../locales/use-words.ts';
import { profileOf } from '../store/database.ts';
import { pageOf } from '../store/notice-page.ts';
import { zoneOf } from '../store/organisation-facts.ts';
import { giveNotices } from '../sync/notices.ts';

/** Shows what is due now. */
export async function tellNotices(): Promise<void> {
  await giveNotices(show, here);
}

async function show(notice: Notice): Promise<void> {
  const { language, organisation } = await profileOf(here.database);
  const words = wordsOf(languageOf(language, navigator.language));
  const { title, text } = sayNotice(notice, zoneOf({ organisation }), here.now(), words);
  await showNotification(notice.id, title, text);
}

/** Listens for clicks. What the page is follows from the id alone: the worker may have slept since. */
export function listenToNotices(): void {
  onNotificationClick((id) => {
    const notice = readNoticeId(id);
    if (notice !== null) void browser.tabs.create({ url: new URL(`/${pageOf(notice)}`, location.href).href });
  });
}
