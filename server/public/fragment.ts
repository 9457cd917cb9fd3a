/** `fragment/…`: HTML that a portal includes inside an element of the widget at each request (SSI, ESI, proxy). It is read without script, takes
 *  its looks from the page around it, and has no class, id, style, script or picture of its own. */
import { type DayCalendar, hoursOf, marksOf, spanOf } from '../../shared/diary/hours.ts';
import type { Words as DomainWords } from '../../shared/locales/zh.ts';
import { dateOfDay, dayOf, formatClock, minuteOfDay, parseDay, weekday, zoneOffset } from '../../shared/time/civil.ts';
import type { PageWords } from '../locales/zh/page.ts';
import { entriesOf, ownEntries, type SpannedItem } from './diary-hours.ts';
import { type DiaryView, heldCount, type ViewItem } from './diary-view.ts';
import { clockOf, headlineOf, releasedWords, weekName } from './diary-words.ts';
import { escapeHtml } from './html.ts';

export interface FragmentSetting {
  readonly page: PageWords;
  readonly domain: DomainWords;
  readonly unitName: (unit: string) => string;
  readonly categoryName: (category: string) => string;
  readonly calendar: DayCalendar;
  readonly demo: boolean;
  /** Address of the tree; null where it is unknown: there are no links then. */
  readonly base: string | null;
}

/** The newest diaries as a list: of the feed with its hours, of the carousel (`isShort`) by its title alone. */
export function listFragment(diaries: readonly DiaryView[], setting: FragmentSetting, isShort: boolean): string {
  const { page } = setting;
  const rows = diaries.map((diary) => {
    const unit = setting.unitName(diary.unit);
    const title = linked(escapeHtml(headlineOf(diary, unit, page)), `d/${diary.draw}/${diary.unit}.html`, setting);
    const line = `${escapeHtml(unit)} · ${weekName(diary.week, page)}`;
    return `<li><p><b>${title}</b></p><p>${line}${isShort && diary.imported === null ? '' : ` · ${summaryOf(diary, page)}`}</p></li>`;
  });
  return wrapped(rows.length === 0 ? '' : `<ol>${rows.join('')}</ol>`, setting);
}

/** One whole diary: times, texts, and why something is withheld. */
export function diaryFragment(diary: DiaryView, setting: FragmentSetting): string {
  const { page } = setting;
  const unit = setting.unitName(diary.unit);
  const body = diary.items.map((item, n) => {
    if (item.kind === 'title') return '';
    const isNewDay = diary.items[n - 1]?.day !== item.day || diary.items[n - 1]?.kind === 'title';
    return `${isNewDay ? dayHead(item, page) : ''}${one(item, diary, setting)}`;
  });
  const source = linked(escapeHtml(page.material), `d/${diary.draw}/${diary.unit}.html`, setting);
  return wrapped(
    `<article><h2>${escapeHtml(headlineOf(diary, unit, page))}</h2><p>${escapeHtml(unit)} · ${weekName(diary.week, page)} · ${summaryOf(diary, page)}</p>${body.join('')}<p>${page.published} ${clockOf(diary.publishedAt, diary.zone, page)}${setting.base === null ? '' : ` · ${source}`}</p></article>`,
    setting,
  );
}

const wrapped = (html: string, { page, demo }: FragmentSetting): string =>
  `<div lang="${page.lang}">${demo ? `<p>${page.demo}</p>` : ''}${html}</div>\n`;

const linked = (text: string, path: string, { base }: FragmentSetting): string =>
  base === null ? text : `<a href="${escapeHtml(`${base}${path}`)}">${text}</a>`;

function summaryOf(diary: DiaryView, page: PageWords): string {
  if (diary.imported !== null) return escapeHtml(page.imported.mark);
  const own = ownEntries(diary);
  const minutes = hoursOf(own, zoneOffset(diary.zone) ?? undefined).unionMinutes;
  return escapeHtml(page.feedSummary(page.duration(minutes), own.length, heldCount(diary)));
}

function dayHead(item: ViewItem, page: PageWords): string {
  const day = parseDay(item.day ?? '');
  if (day === null) return `<h3>${item.kind === 'entry' ? page.imported.undated : page.weekReview}</h3>`;
  return `<h3>${page.day(dateOfDay(day))} ${page.weekday[weekday(day) - 1] ?? ''}</h3>`;
}

function one(item: ViewItem, diary: DiaryView, setting: FragmentSetting): string {
  const { page, domain } = setting;
  const [entry] = entriesOf([item], diary.seal);
  const when = entry === undefined ? '' : `<p>${whenOf(entry, setting)}</p>`;
  const name = item.kind === 'entry' ? page.imported.untimed : page.dayReview;
  const head = entry === undefined && item.day !== null ? `<h4>${name}</h4>` : when;
  if (item.prose === null)
    return item.hold === null
      ? head
      : `${head}<p>${escapeHtml(page.held(domain.ground[item.hold.ground]))}</p><p>${escapeHtml(page.basis(item.hold.basis))}</p>`;
  const { text, place, detail, thinking, result, next, images } = item.prose;
  const rows = [
    [page.thinking, thinking],
    [page.result, result],
    [page.next, next],
    [page.detail, detail],
    [page.place, place],
  ] as const;
  const released = item.released === null ? '' : `<p>${escapeHtml(releasedWords(item.released, diary, setting))}</p>`;
  const more = rows.flatMap(([name, said]) => (said === null ? [] : [`<dt>${name}</dt><dd>${linedText(said)}</dd>`]));
  return `${head}<p>${linedText(text)}</p>${more.length === 0 ? '' : `<dl>${more.join('')}</dl>`}${images.map(({ alt }) => `<p>${escapeHtml(page.picture(alt))}</p>`).join('')}${released}`;
}

/** When an entry was, and what marks it, as HTML. */
export function whenOf(entry: SpannedItem, { page, calendar, categoryName }: FragmentSetting): string {
  const span = spanOf(entry);
  const isPoint = span.end === span.start;
  const text = isPoint
    ? wallClock(span.start)
    : page.span(wallClock(span.start), wallClock(span.end), dayOf(span.end) > dayOf(span.start));
  const marks = marksOf(entry, calendar).map((mark) =>
    mark === 'lateEntry' ? page.lateFor(weekName(entry.lateFor ?? '', page)) : page[mark],
  );
  const category = typeof entry.category === 'string' ? [categoryName(entry.category)] : [];
  const notes = [...category, ...marks, ...(entry.corrects === null ? [] : [page.corrects])];
  return `<time datetime="${escapeHtml(entry.start)}">${text}</time>${notes.map((note) => ` · ${escapeHtml(note)}`).join('')}`;
}

const wallClock = (minute: number): string => formatClock(minuteOfDay(minute));

/** Escaped; line feeds of a text stay. */
export const linedText = (text: string): string => escapeHtml(text).replaceAll('\n', '<br>');
