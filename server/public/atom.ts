/** `feed.atom`: the newest published diaries (RFC 4287). */
import type { PageWords } from '../locales/zh/page.ts';
import type { DiaryView } from './diary-view.ts';
import { headlineOf, sourceLicence } from './diary-words.ts';
import { escapeXml } from './html.ts';
import type { ShownLicence } from './licence.ts';

export interface AtomSetting {
  readonly origin: string;
  /** When the first diary was published, Unix seconds: part of the feed's id. */
  readonly since: number;
  readonly organisation: string;
  /** Address of the tree with a slash at its end; null where it is unknown: links are then relative. */
  readonly base: string | null;
  readonly licence: ShownLicence | null;
  readonly unitName: (unit: string) => string;
  readonly summary: (diary: DiaryView) => string;
}

/** Newest first. An entry is updated when an item of it is withheld or released (RFC 4287 section 4.2.15), the feed with the last entry that
 *  was, so that an unchanged tree gives the same bytes. */
export function atomFeed(diaries: readonly DiaryView[], setting: AtomSetting, page: PageWords): string {
  const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();
  const base = setting.base ?? '';
  const id = (seconds: number, name: string): string => escapeXml(tagOf(setting.origin, seconds, name));
  const entries = diaries.map((diary) => {
    const unit = setting.unitName(diary.unit);
    return `<entry>
<id>${id(diary.publishedAt, `${diary.draw}/${diary.unit}`)}</id>
<title>${escapeXml(headlineOf(diary, unit, page))}</title>
<link rel="alternate" type="text/html" href="${escapeXml(`${base}d/${diary.draw}/${diary.unit}.html`)}"/>
<author><name>${escapeXml(unit)}</name></author>
<published>${instant(diary.publishedAt)}</published>
<updated>${instant(diary.changedAt)}</updated>
<summary>${escapeXml(setting.summary(diary))}</summary>${setting.licence === null ? '' : sourceRights(diary, page)}
</entry>`;
  });
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${page.lang}">
<id>${id(setting.since, 'feed')}</id>
<title>${escapeXml(page.feedTitle(setting.organisation))}</title>
<link rel="self" type="application/atom+xml" href="${escapeXml(`${base}feed.atom`)}"/>${setting.licence === null ? '' : rights(setting.licence, page)}
<updated>${instant(Math.max(0, ...diaries.map(({ changedAt }) => changedAt)))}</updated>
${entries.join('\n')}
</feed>
`;
}

/** What holds of every entry that says nothing else (RFC 4287 section 4.2.10, RFC 4946 section 2.4). */
const rights = ({ name, address }: ShownLicence, page: PageWords): string => `
<rights>${escapeXml(`${page.licence}${page.colon}${name}`)}</rights>
<link rel="license" href="${escapeXml(address)}"/>`;

/** That the feed's terms are not those of an entry that was brought in (RFC 4946 section 2.1); empty of any other. */
const sourceRights = ({ imported }: DiaryView, page: PageWords): string =>
  imported === null
    ? ''
    : `
<rights>${escapeXml(sourceLicence(imported, page))}</rights>
<link rel="license" href="http://purl.org/atompub/license#unspecified"/>`;

/** A tag URI (RFC 4151) that stays when the host changes: the log's name, the year, and what it is. */
export function tagOf(origin: string, seconds: number, name: string): string {
  const [host = '', ...rest] = origin.split('/');
  return `tag:${host},${new Date(seconds * 1000).getUTCFullYear()}:${[...rest, name].join('/')}`;
}
