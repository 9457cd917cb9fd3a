/** Words about a published diary that its plain page, article, fragment and feeds share. */
import type { ImportedFrom } from '../../shared/api/published.ts';
import type { Words as DomainWords } from '../../shared/locales/zh.ts';
import { civilOf, dateOfDay, dayOf, minuteOfDay, zoneOffset } from '../../shared/time/civil.ts';
import type { PageWords } from '../locales/zh/page.ts';
import { type DiaryView, isTitleHeld, titleOf, type ViewHold, type ViewRelease } from './diary-view.ts';

/** A language: words of the pages and of the domain. */
interface Spoken {
  readonly page: PageWords;
  readonly domain: DomainWords;
}

/** The title as signed, or what stands in its place. */
export function headlineOf(diary: DiaryView, unit: string, page: PageWords): string {
  if (isTitleHeld(diary)) return page.titleWithheld;
  return titleOf(diary) ?? page.untitled(unit, weekName(diary.week, page));
}

/** `2026年第38周`. */
export const weekName = (week: string, page: PageWords): string =>
  page.week(Number(week.slice(0, 4)), Number(week.slice(6)));

/** That an item is withheld and on which ground, by which provision, and by whom and when. */
export function heldLines(
  hold: ViewHold,
  { zone }: DiaryView,
  { page, domain }: Spoken,
): readonly [string, string, string] {
  const who = hold.by === 'leader' ? page.heldByLeader : page.heldByReviewer;
  const how =
    hold.by === 'seal' || hold.at === null
      ? page.heldSealed
      : page.heldLater(who, clockOf(hold.at, zone, page), hold.afterDraw);
  return [page.held(domain.ground[hold.ground]), page.basis(hold.basis), how];
}

/** That an item was withheld before, until when, and why it is shown now. */
export const releasedWords = (
  { ground, why, at }: ViewRelease,
  { zone }: DiaryView,
  { page, domain }: Spoken,
): string => page.released(domain.ground[ground], clockOf(at, zone, page), why);

/** Where a diary was brought in from, as pairs of name and text. */
export const sourceLines = ({ name, address, licence }: ImportedFrom, page: PageWords): [string, string][] => [
  [page.imported.source, name[page.lang === 'en' ? 'en' : 'zh']],
  ...(address === null ? [] : ([['URL', address]] as [string, string][])),
  ...(licence === null ? [] : ([[page.imported.licence, licence]] as [string, string][])),
];

/** Under which terms a diary may be used again that was brought in: those of its source. */
export const sourceLicence = ({ licence }: ImportedFrom, page: PageWords): string =>
  licence === null ? page.imported.noLicence : `${page.imported.licence}${page.colon}${licence}`;

/** An instant as the wall shows it in a zone; UTC where the zone is unknown. */
export function clockOf(seconds: number, zone: string, page: PageWords): string {
  const civil = civilOf(seconds, zoneOffset(zone) ?? (() => 0));
  const minute = minuteOfDay(civil);
  return page.clock({ ...dateOfDay(dayOf(civil)), hour: Math.floor(minute / 60), minute: minute % 60 });
}
