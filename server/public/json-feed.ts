/** `feed.json`: the newest published diaries (JSON Feed 1.1, https://www.jsonfeed.org/version/1.1/). Ids are those of the Atom feed. */
import type { PageWords } from '../locales/zh/page.ts';
import { type AtomSetting, tagOf } from './atom.ts';
import type { DiaryView } from './diary-view.ts';
import { headlineOf, sourceLicence } from './diary-words.ts';

/** Newest first. */
export function jsonFeed(
  diaries: readonly DiaryView[],
  setting: AtomSetting,
  page: PageWords,
): Record<string, unknown> {
  const { base, licence } = setting;
  return {
    version: 'https://jsonfeed.org/version/1.1',
    title: page.feedTitle(setting.organisation),
    language: page.lang,
    // A name of our own: the format has none for it, and lets every other begin so.
    ...(licence !== null && { _licence: { name: licence.name, url: licence.address } }),
    ...(base !== null && { home_page_url: new URL('/', base).href, feed_url: `${base}feed.json` }),
    items: diaries.map((diary) => {
      const unit = setting.unitName(diary.unit);
      return {
        id: tagOf(setting.origin, diary.publishedAt, `${diary.draw}/${diary.unit}`),
        ...(base !== null && { url: `${base}d/${diary.draw}/${diary.unit}.html` }),
        title: headlineOf(diary, unit, page),
        content_text: setting.summary(diary),
        date_published: new Date(diary.publishedAt * 1000).toISOString(),
        date_modified: new Date(diary.changedAt * 1000).toISOString(),
        authors: [{ name: unit }],
        ...(licence !== null && diary.imported !== null && { _licence: { name: sourceLicence(diary.imported, page) } }),
      };
    }),
  };
}
