/** `article/<draw>/<unit>.html`: a published diary in the form of an article, to be copied into the editor of a public account (公众号) or of any
 *  content system. Such an editor drops style sheets, classes, ids, links to other hosts and positions: every look stands in a `style` of its
 *  element, and the address at the end is text. */
import { type DayCalendar, hoursOf } from '../../shared/diary/hours.ts';
import { dateOfDay, parseDay, weekday, zoneOffset } from '../../shared/time/civil.ts';
import { daysOf } from '../../shared/time/week.ts';
import type { PageWords } from '../locales/zh/page.ts';
import { entriesOf, ownEntries } from './diary-hours.ts';
import { type DiaryView, isTitleHeld, type ViewHold, type ViewItem, type ViewProse } from './diary-view.ts';
import { clockOf, headlineOf, heldLines, releasedWords, sourceLines, weekName } from './diary-words.ts';
import { type FragmentSetting, linedText, whenOf } from './fragment.ts';
import { escapeHtml } from './html.ts';

export interface ArticleSetting extends FragmentSetting {
  readonly organisation: string;
  /** Of the leader in that week; null where nobody knows it. */
  readonly post: string | null;
  readonly calendar: DayCalendar;
}

/** Looks of look.md as inline declarations, in px; colours with contrast on white and on the wash (look.md 2). */
const looks = {
  whole: 'font-size:16px;line-height:1.75;color:#1b1c1e;text-align:left;word-break:break-word',
  kicker: 'margin:0 0 4px;font-size:13px;line-height:20px;color:#67696d',
  title: 'margin:0 0 8px;font-size:24px;line-height:34px;font-weight:700;color:#1b1c1e;white-space:pre-wrap',
  byline: 'margin:0 0 24px;font-size:14px;line-height:22px;color:#494b4f',
  day: 'margin:28px 0 12px;padding:8px 0 0;border-top:2px solid #1b1c1e;font-size:18px;line-height:28px;font-weight:700;color:#1b1c1e',
  when: 'margin:16px 0 2px;font-size:14px;line-height:22px;color:#67696d',
  text: 'margin:0 0 8px;font-size:16px;line-height:28px;color:#1b1c1e;white-space:pre-wrap',
  more: 'margin:0 0 6px;padding:0 0 0 12px;border-left:2px solid #dddcd6;font-size:15px;line-height:26px;color:#494b4f;white-space:pre-wrap',
  label: 'color:#67696d',
  held: 'margin:0 0 8px;padding:8px 12px;border:1px dashed #6f7075;font-size:14px;line-height:22px;color:#494b4f',
  picture: 'margin:8px 0',
  image: 'max-width:100%;height:auto',
  caption: 'margin:2px 0 8px;font-size:13px;line-height:20px;color:#67696d',
  source:
    'margin:36px 0 0;padding:12px 14px;background-color:#f5f5f2;font-size:13px;line-height:22px;color:#494b4f;word-break:break-all',
} as const;

const paragraph = (look: keyof typeof looks, html: string): string => `<p style="${looks[look]}">${html}</p>`;

/** The whole page. One tap or click chooses the article and nothing else, so that it can be copied without a script. */
export function articlePage(diary: DiaryView, setting: ArticleSetting): string {
  const { page } = setting;
  const unit = setting.unitName(diary.unit);
  const days = daysOf(diary.week);
  const range = page.days(dateOfDay(days[0] ?? 0), dateOfDay(days[6] ?? 0));
  const title = escapeHtml(headlineOf(diary, unit, page));
  const own = ownEntries(diary);
  const minutes = hoursOf(own, zoneOffset(diary.zone) ?? undefined).unionMinutes;
  const kicker = [...(setting.demo ? [page.demo] : []), setting.organisation, weekName(diary.week, page), range];
  const titleHold = isTitleHeld(diary) ? (diary.items.find(({ kind }) => kind === 'title')?.hold ?? null) : null;
  const body = diary.items.map((item, n) => {
    if (item.kind === 'title') return '';
    const before = diary.items[n - 1];
    const isNewDay = before === undefined || before.kind === 'title' || before.day !== item.day;
    return `${isNewDay ? paragraph('day', dayHead(item, page)) : ''}${one(item, diary, setting)}`;
  });
  return `<!doctype html>
<html lang="${page.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
<title>${title} · ${page.article}</title>
<link rel="canonical" href="../../d/${diary.draw}/${diary.unit}.html">
<style>body{margin:0;background:#f5f5f2;color:#494b4f;font:14px/22px "PingFang SC","Microsoft YaHei","Noto Sans CJK SC","Segoe UI",Roboto,sans-serif}
.hint{max-width:646px;margin:0 auto;padding:16px;user-select:none;-webkit-user-select:none}.hint a{color:#1c4f91}
main{max-width:646px;margin:0 auto 48px;padding:24px 16px;background:#fff;box-sizing:content-box;user-select:all;-webkit-user-select:all}
@media print{.hint{display:none}body,main{background:#fff}main{max-width:none;margin:0;padding:0}}</style>
</head>
<body>
<p class="hint">${page.articleHow} <a href="../../d/${diary.draw}/${diary.unit}.html">${page.articlePlain}</a></p>
<main>
<section style="${looks.whole}">${paragraph('kicker', kicker.map(escapeHtml).join(' · '))}<h1 style="${looks.title}">${title}</h1>${titleHold === null ? '' : heldBox(titleHold, diary, setting)}${paragraph('byline', `${escapeHtml(page.byline(unit, setting.post))} · ${page.duration(minutes)} · ${page.weekHours(own.length)}`)}${body.join('')}${source(diary, setting)}</section>
</main>
</body>
</html>
`;
}

function dayHead(item: ViewItem, page: PageWords): string {
  const day = parseDay(item.day ?? '');
  if (day === null) return item.kind === 'entry' ? page.imported.undated : page.weekReview;
  return `${page.day(dateOfDay(day))} ${page.weekday[weekday(day) - 1] ?? ''}`;
}

function one(item: ViewItem, diary: DiaryView, setting: ArticleSetting): string {
  const [entry] = entriesOf([item], diary.seal);
  const { page } = setting;
  const name = item.kind === 'entry' ? page.imported.untimed : page.dayReview;
  const head = entry === undefined ? (item.day === null ? '' : name) : whenOf(entry, setting);
  const top = head === '' ? '' : paragraph('when', head);
  const { released } = item;
  if (item.prose !== null)
    return `${top}${proseOf(item.prose, setting)}${released === null ? '' : paragraph('held', escapeHtml(releasedWords(released, diary, setting)))}`;
  return `${top}${item.hold === null ? '' : heldBox(item.hold, diary, setting)}`;
}

function proseOf(prose: ViewProse, { page, base }: ArticleSetting): string {
  const rows = [
    [page.thinking, prose.thinking],
    [page.result, prose.result],
    [page.next, prose.next],
    [page.detail, prose.detail],
    [page.place, prose.place],
    [page.threads, prose.threads.length === 0 ? null : prose.threads.map(({ name }) => name).join(' · ')],
  ] as const;
  const more = rows.flatMap(([name, said]) =>
    said === null
      ? []
      : [paragraph('more', `<span style="${looks.label}">${name}</span>${page.colon}${linedText(said)}`)],
  );
  const images = prose.images.map(
    ({ sha256, alt }) =>
      `${paragraph('picture', `<img src="${escapeHtml(base ?? '../../')}blob/${sha256}" alt="${escapeHtml(alt)}" style="${looks.image}">`)}${paragraph('caption', escapeHtml(page.picture(alt)))}`,
  );
  return `${paragraph('text', linedText(prose.text))}${more.join('')}${images.join('')}`;
}

const heldBox = (hold: ViewHold, diary: DiaryView, setting: ArticleSetting): string =>
  paragraph('held', heldLines(hold, diary, setting).map(escapeHtml).join('<br>'));

/** Where it comes from, by which anyone can find and check the diary itself: what is copied carries no check with it. */
function source(diary: DiaryView, { page, base }: ArticleSetting): string {
  const lines = [
    ...(diary.imported === null
      ? [page.articleSource]
      : [
          page.imported.mark,
          ...sourceLines(diary.imported, page).map(([name, said]) => `${name}${page.colon}${said}`),
        ]),
    `${page.published}${page.colon}${clockOf(diary.publishedAt, diary.zone, page)}`,
    ...(diary.sealed === null
      ? []
      : [`${page.digest}${page.colon}${diary.seal}`, `${page.leaf}${page.colon}${page.leafAt(diary.sealed.index)}`]),
    ...(base === null ? [] : [`${page.articleAddress}${page.colon}${base}d/${diary.draw}/${diary.unit}.html`]),
  ];
  return paragraph('source', lines.map(escapeHtml).join('<br>'));
}
