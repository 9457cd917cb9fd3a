/** `d/<draw>/<unit>.html`: a published diary as a plain page without script, for print, search engines and readers without JavaScript. */
import type { CategoryRow } from '../../shared/api/organisation.ts';
import type { ImportedFrom } from '../../shared/api/published.ts';
import { categoryOf, modeOf, unknownMark } from '../../shared/diary/category.ts';
import { type DayCalendar, type HoursMark, hoursOf, marksOf, spanOf } from '../../shared/diary/hours.ts';
import type { Words as DomainWords } from '../../shared/locales/zh.ts';
import {
  type CivilMinute,
  dateOfDay,
  dayOf,
  formatClock,
  formatMinute,
  instantOf,
  minuteOfDay,
  parseDay,
  two,
  weekday,
  type ZoneOffset,
  zoneOffset,
} from '../../shared/time/civil.ts';
import { daysOf } from '../../shared/time/week.ts';
import type { PageWords } from '../locales/zh/page.ts';
import { dayStrip, stackedBar, stripPatterns } from './day-strip.ts';
import { entriesOf, fillOf, minutesOfDay, ownEntries, type SpannedItem } from './diary-hours.ts';
import type { DiaryView, ViewHold, ViewItem, ViewProse, ViewRelease, ViewSeal } from './diary-view.ts';
import { clockOf, headlineOf, heldLines, releasedWords, sourceLines, weekName } from './diary-words.ts';
import { embedJson, escapeHtml } from './html.ts';
import { licenceLine, type ShownLicence } from './licence.ts';
import { pageStyle } from './page-style.ts';

/** What the page needs beside the diary. `unit` and `organisation` are names in the page's language; `pins` are what the log states of
 *  itself; `base` is the address of the tree with a slash at the end, null where it is unknown. */
export interface PageSetting {
  readonly organisation: string;
  readonly unit: string;
  readonly post: string | null;
  readonly demo: boolean;
  readonly categories: readonly CategoryRow[];
  readonly language: 'zh' | 'en';
  /** Public holidays and weekends that are made up for. */
  readonly calendar: DayCalendar;
  readonly pins: { readonly vkey: string; readonly organiser: string | null };
  readonly base: string | null;
  readonly licence: ShownLicence | null;
}

interface Writer {
  readonly diary: DiaryView;
  readonly setting: PageSetting;
  readonly page: PageWords;
  readonly domain: DomainWords;
}

/** The whole page. Every text is escaped; nothing undisclosed is in a `DiaryView`. */
export function diaryPage(diary: DiaryView, setting: PageSetting, page: PageWords, domain: DomainWords): string {
  const writer: Writer = { diary, setting, page, domain };
  const title = headline(writer);
  return `<!doctype html>
<html lang="${page.lang}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src 'self'">
<title>${escapeHtml(title)} · ${escapeHtml(setting.unit)}</title>
<link rel="alternate" type="application/json" href="../../draw/${diary.draw}/${diary.unit}.json">
<link rel="alternate" type="application/atom+xml" href="../../feed.atom">
<style>${pageStyle}</style>
<script type="application/ld+json">${embedJson(linkedData(writer, title))}</script>
</head>
<body>
${stripPatterns}
<main>
<article>
${head(writer, title)}
${hours(writer)}
${days(writer)}
${about(writer)}
</article>
${licenceLine(ownLicence(writer), page)}</main>
</body>
</html>
`;
}

/** What the organisation grants; null where it says nothing, and of what comes from somebody else. */
const ownLicence = ({ diary, setting }: Writer): ShownLicence | null =>
  diary.imported === null ? setting.licence : null;

const headline = ({ diary, setting, page }: Writer): string => headlineOf(diary, setting.unit, page);

function head({ diary, setting, page, domain }: Writer, title: string): string {
  const days = daysOf(diary.week);
  const range = page.days(dateOfDay(days[0] ?? 0), dateOfDay(days[6] ?? 0));
  const titleHold = diary.items.find((item) => item.kind === 'title')?.hold ?? null;
  return `<header>
<p class="kicker">${setting.demo ? `<span class="demo">${page.demo}</span>` : ''}<span>${escapeHtml(setting.organisation)}</span><span>${weekName(diary.week, page)}</span><span class="nb">${range}</span></p>
<h1>${escapeHtml(title)}</h1>
<p class="byline">${escapeHtml(page.byline(setting.unit, setting.post))}</p>
${titleHold === null ? '' : heldBox(titleHold, { diary, setting, page, domain })}
${diary.imported === null ? '' : `<div class="unsealed"><b>${page.imported.mark}</b><p>${page.imported.how}</p></div>`}
</header>`;
}

function hours({ diary, setting, page, domain }: Writer): string {
  const entries = ownEntries(diary);
  if (entries.length === 0) return '';
  const offset = zoneOffset(diary.zone) ?? undefined;
  const whole = hoursOf(entries, offset);
  const share = whole.focusedShare === null ? null : Math.round(whole.focusedShare * 100);
  const rows = byKind(entries)
    .map((group) => ({
      category: group[0]?.category ?? null,
      mode: group[0] === undefined ? null : modeOf(group[0]),
      minutes: hoursOf(group, offset).unionMinutes,
    }))
    .sort((a, b) => b.minutes - a.minutes);
  const table = rows
    .map((row) => {
      const name = escapeHtml(categoryName(row.category, { setting, page }));
      const mode = row.mode === null ? page.noMode : domain.mode[row.mode];
      return `<tr><td>${name}</td><td>${mode}</td><td class="n">${page.duration(row.minutes)}</td></tr>`;
    })
    .join('');
  const sum = whole.sumMinutes === whole.unionMinutes ? '' : ` · ${page.sum(page.duration(whole.sumMinutes))}`;
  return `<div class="hours">
<div class="hours-top"><strong class="num">${page.duration(whole.unionMinutes)}</strong><span class="meta">${page.weekHours(entries.length)}${sum}</span></div>
${stackedBar(
  rows.map((row) => ({ minutes: row.minutes, fill: row.mode })),
  escapeHtml(page.hours),
)}
<table><thead><tr><th>${page.category}</th><th>${page.countsAs}</th><th class="n">${page.time}</th></tr></thead><tbody>${table}</tbody></table>
<p class="meta">${share === null ? '' : `${page.focusedShare(share)} · `}${page.ratioHow}</p>
</div>`;
}

/** Entries of the same category and mode together. */
function byKind(entries: readonly SpannedItem[]): readonly SpannedItem[][] {
  const groups = new Map<string, SpannedItem[]>();
  for (const entry of entries) {
    const key = JSON.stringify([entry.category, modeOf(entry)]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  return [...groups.values()];
}

/** Sections by runs of the same day, in the signed order. */
function days(writer: Writer): string {
  const runs: ViewItem[][] = [];
  for (const item of writer.diary.items) {
    if (item.kind === 'title') continue;
    const last = runs.at(-1);
    if (last !== undefined && last[0]?.day === item.day) last.push(item);
    else runs.push([item]);
  }
  return runs.map((run) => section(run, writer)).join('\n');
}

function section(run: readonly ViewItem[], writer: Writer): string {
  const { page } = writer;
  const day = parseDay(run[0]?.day ?? '');
  const items = run.map((item) => one(item, writer)).join('\n');
  if (day === null)
    return `<section><div class="day-head"><h2>${run[0]?.kind === 'entry' ? page.imported.undated : page.weekReview}</h2></div><div class="items">${items}</div></section>`;
  const entries = entriesOf(run, writer.diary.seal);
  const total = page.duration(hoursOf(entries, zoneOffset(writer.diary.zone) ?? undefined).unionMinutes);
  const blocks = entries.map((entry) => ({ ...minutesOfDay(entry), fill: fillOf(entry) }));
  const heading = `<h2>${page.day(dateOfDay(day))}<small>${page.weekday[weekday(day) - 1] ?? ''}</small></h2>`;
  const sums = entries.length === 0 ? '' : `<span class="meta num">${page.dayHours(total, entries.length)}</span>`;
  const strip = entries.length === 0 ? '' : dayStrip(blocks, escapeHtml(page.strip(entries.length, total)));
  return `<section><div class="day-head">${heading}${sums}</div>${strip}<div class="items">${items}</div></section>`;
}

function one(item: ViewItem, writer: Writer): string {
  const [entry] = entriesOf([item], writer.diary.seal);
  if (entry === undefined) return review(item, writer);
  return `<div class="entry" id="item-${item.index}"><div class="when">${when(entry, writer)}</div><div>${body(item, writer)}</div></div>`;
}

function when(entry: SpannedItem, { diary, setting, page, domain }: Writer): string {
  const offset = zoneOffset(diary.zone) ?? undefined;
  const span = spanOf(entry);
  const isPoint = span.end === span.start;
  const text = isPoint
    ? wallClock(span.start)
    : page.span(wallClock(span.start), wallClock(span.end), dayOf(span.end) > dayOf(span.start));
  const notes = [
    isPoint ? page.pointInTime : page.duration(hoursOf([entry], offset).unionMinutes),
    ...marksOf(entry, setting.calendar).map((mark) => markWords(mark, entry, page)),
    ...(entry.corrects === null ? [] : [page.corrects]),
  ];
  const mode = modeOf(entry);
  const seal =
    entry.hold === null
      ? `<span class="mark m-${mode ?? 'none'}" aria-hidden="true">${escapeHtml(markOf(entry.category, { setting, page }))}</span>`
      : `<span class="mark m-held" aria-hidden="true">${page.markHeld}</span>`;
  const name = escapeHtml(categoryName(entry.category, { setting, page }));
  const title = mode === null ? '' : ` title="${domain.mode[mode]}"`;
  return `<time datetime="${entry.start}">${text}</time><span class="cat"${title}>${seal}${name}</span>${notes.map((note) => `<span class="num">${escapeHtml(note)}</span>`).join('')}`;
}

function markWords(mark: HoursMark, entry: SpannedItem, page: PageWords): string {
  return mark === 'lateEntry' ? page.lateFor(weekName(entry.lateFor ?? '', page)) : page[mark];
}

const wallClock = (minute: number): string => formatClock(minuteOfDay(minute));

function review(item: ViewItem, writer: Writer): string {
  const { page } = writer;
  // The heading of the week's section has said it already.
  if (item.kind === 'review' && item.day === null)
    return `<div class="review whole" id="item-${item.index}">${body(item, writer)}</div>`;
  const name =
    item.kind === 'review' ? page.dayReview : item.kind === 'entry' ? page.imported.untimed : escapeHtml(item.kind);
  return `<div class="review" id="item-${item.index}"><h3>${name}</h3><div>${body(item, writer)}</div></div>`;
}

function body(item: ViewItem, writer: Writer): string {
  if (item.prose !== null) return `${proseOf(item.prose, writer)}${releasedLine(item.released, writer)}`;
  return item.hold === null ? '' : heldBox(item.hold, writer);
}

function proseOf(prose: ViewProse, { page }: Writer): string {
  const rows = [
    [page.thinking, prose.thinking, 'think'],
    [page.result, prose.result, ''],
    [page.next, prose.next, ''],
    [page.detail, prose.detail, ''],
    [page.place, prose.place, ''],
    [page.threads, prose.threads.length === 0 ? null : prose.threads.map((thread) => thread.name).join(' · '), ''],
  ] as const;
  const more = rows
    .flatMap(([name, text, style]) =>
      text === null ? [] : [`<dt>${name}</dt><dd${style === '' ? '' : ` class="${style}"`}>${escapeHtml(text)}</dd>`],
    )
    .join('');
  const images = prose.images
    .map(
      (image) =>
        `<figure><img src="../../blob/${image.sha256}" width="${image.width}" height="${image.height}" alt="${escapeHtml(image.alt)}" loading="lazy"><figcaption>${escapeHtml(image.alt)}</figcaption></figure>`,
    )
    .join('');
  return `<p class="text">${escapeHtml(prose.text)}</p>${more === '' ? '' : `<dl class="more">${more}</dl>`}${images}`;
}

function releasedLine(released: ViewRelease | null, writer: Writer): string {
  return released === null ? '' : `<p class="meta">${escapeHtml(releasedWords(released, writer.diary, writer))}</p>`;
}

function heldBox(hold: ViewHold, writer: Writer): string {
  const [what, basis, how] = heldLines(hold, writer.diary, writer).map(escapeHtml);
  return `<div class="withheld"><b>${what}</b><p>${basis}</p><p>${how}</p></div>`;
}

function about({ diary, setting, page }: Writer): string {
  const at = (seconds: number): string => `<span class="nb">${clockOf(seconds, diary.zone, page)}</span>`;
  const bundle = `draw/${diary.draw}/${diary.unit}.json`;
  const { sealed, imported } = diary;
  const facts: (readonly [string, string])[] = [
    ...(sealed === null
      ? sourceLines(imported, page).map(([name, said]) => [name, escapeHtml(said)] as const)
      : sealLines(sealed, diary, page)),
    [imported === null ? page.published : page.imported.at, at(diary.publishedAt)],
    ...(sealed === null
      ? []
      : ([
          [page.digest, `<code>${diary.seal}</code>`],
          [page.leaf, page.leafAt(sealed.index)],
        ] as const)),
    // A tree that is carried away may be a part of one, without articles.
    ...(setting.base === null
      ? []
      : ([
          [page.article, `<a href="../../article/${diary.draw}/${diary.unit}.html">${escapeHtml(page.articleOf)}</a>`],
        ] as [string, string][])),
    ...(sealed === null
      ? []
      : ([[page.material, `<a href="../../${bundle}">${escapeHtml(page.materialOf(bundle))}</a>`]] as const)),
  ];
  const command = `sundial verify ${setting.base ?? 'https://…/public/'} --vkey '${setting.pins.vkey}' --organiser ${setting.pins.organiser ?? '…'}`;
  return `<section><div class="day-head"><h2>${page.about}</h2></div>
<dl class="facts">${facts.map(([name, value]) => `<dt>${name}</dt><dd class="num">${value}</dd>`).join('')}</dl>
${sealed === null ? '' : `<p class="meta">${page.plain}</p><pre><code>${escapeHtml(command)}</code></pre>`}</section>`;
}

function sealLines(
  { sealedAt, latestAck, acks, drawnAt }: ViewSeal,
  { zone }: DiaryView,
  page: PageWords,
): (readonly [string, string])[] {
  const at = (seconds: number): string => `<span class="nb">${clockOf(seconds, zone, page)}</span>`;
  return [
    [page.signedAt, at(sealedAt)],
    ...(latestAck === null ? [] : ([[page.notLater, page.witnessed(clockOf(latestAck, zone, page), acks)]] as const)),
    [page.draw, at(drawnAt)],
  ];
}

/** schema.org data of the page: an article with its dates, about what was done when; nothing that is not on the page. */
function linkedData(writer: Writer, title: string): Record<string, unknown> {
  const { diary, setting, page } = writer;
  const licence = ownLicence(writer);
  const instant = (seconds: number): string => new Date(seconds * 1000).toISOString();
  return {
    '@context': 'https://schema.org',
    '@type': 'Article',
    headline: title,
    inLanguage: page.lang,
    identifier: `${diary.draw}/${diary.unit}`,
    ...(diary.sealed === null ? {} : { dateCreated: instant(diary.sealed.sealedAt) }),
    ...(diary.imported === null ? {} : { creditText: page.imported.mark, isBasedOn: basisOf(diary.imported, page) }),
    datePublished: instant(diary.publishedAt),
    dateModified: instant(diary.changedAt),
    temporalCoverage: diary.week,
    author: { '@type': 'GovernmentOrganization', name: setting.unit },
    ...(licence === null ? {} : { license: licence.address }),
    publisher: { '@type': 'GovernmentOrganization', name: setting.organisation },
    ...(setting.base === null ? {} : { url: `${setting.base}d/${diary.draw}/${diary.unit}.html` }),
    about: diary.items.flatMap((item) => (item.kind === 'entry' ? eventOf(item, diary, setting) : [])),
  };
}

const basisOf = ({ name, address }: ImportedFrom, page: PageWords): Record<string, unknown> => ({
  '@type': 'CreativeWork',
  name: name[page.lang === 'en' ? 'en' : 'zh'],
  ...(address === null ? {} : { url: address }),
});

/** A disclosed entry as an event, its times with the offset that the zone had then; one without a time is of its day. */
function eventOf(item: ViewItem, diary: DiaryView, setting: PageSetting): Record<string, unknown>[] {
  const { prose, day } = item;
  const offset = zoneOffset(diary.zone);
  if (prose === null || offset === null || day === null) return [];
  const [entry] = entriesOf([item], diary.seal);
  const span = entry === undefined ? null : spanOf(entry);
  return [
    {
      '@type': 'Event',
      name: prose.text,
      startDate: span === null ? day : offsetTime(span.start, offset),
      ...(span === null || span.end === span.start ? {} : { endDate: offsetTime(span.end, offset) }),
      ...(prose.place === null ? {} : { location: { '@type': 'Place', name: prose.place } }),
      organizer: { '@type': 'GovernmentOrganization', name: setting.unit },
    },
  ];
}

/** ISO 8601 with the offset: `2026-09-16T08:30:00+08:00`. */
function offsetTime(minute: CivilMinute, offset: ZoneOffset): string {
  const ahead = offset(instantOf(minute, offset));
  const away = Math.abs(ahead);
  return `${formatMinute(minute)}:00${ahead < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}

type Named = Pick<Writer, 'setting' | 'page'>;

/** The organisation's own name of a category first, then the product's; an unknown id is shown as it is. */
function categoryName(category: string | null, { setting, page }: Named): string {
  if (category === null) return page.noCategory;
  const own = setting.categories.find((row) => row.id === category) ?? categoryOf(category);
  return own?.[setting.language] ?? category;
}

function markOf(category: string | null, { setting }: Named): string {
  const own = setting.categories.find((row) => row.id === category);
  if (own !== undefined) return setting.language === 'zh' ? own.mark : own.letter;
  const { markZh, markEn } = (category === null ? null : categoryOf(category)) ?? unknownMark;
  return setting.language === 'zh' ? markZh : markEn;
}
