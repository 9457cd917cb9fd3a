/** A published diary as lists show it (shared/api/published.ts). */
import type { DiaryCard } from '../../shared/api/published.ts';
import { codePointLength } from '../../shared/base/text.ts';
import { hoursOf } from '../../shared/diary/hours.ts';
import { formatDay, zoneOffset } from '../../shared/time/civil.ts';
import { daysOf } from '../../shared/time/week.ts';
import type { Context } from '../context.ts';
import { termsOf } from '../organisation/read.ts';
import { settingOf } from '../organisation/setting.ts';
import type { PublicationRow } from '../records/queries.ts';
import { ownEntries, weekStrip } from './diary-hours.ts';
import { type DiaryView, heldCount, titleOf } from './diary-view.ts';
import { type FeedbackCounts, feedbackCounts } from './feedback-counts.ts';
import type { TreeOptions } from './file.ts';
import { loadDiaries } from './load.ts';

/** A longest review of the week that a card carries, in code points. */
const openingLimit = 200;

interface Term {
  readonly id: string;
  readonly unit: string;
  readonly from: string;
  readonly to: string | null;
}

/** The term of office that was under way on the Sunday of the week; null where the unit had none. */
export function termOf<T extends Term>(terms: readonly T[], unit: string, week: string): T | null {
  const sunday = formatDay(daysOf(week)[6] ?? 0);
  return (
    terms.find((term) => term.unit === unit && term.from <= sunday && (term.to === null || term.to >= sunday)) ?? null
  );
}

/** Cards of diaries in the order of the rows. */
export async function cardsOf(
  context: Context,
  rows: readonly PublicationRow[],
  options: TreeOptions,
): Promise<DiaryCard[]> {
  const { db } = context.database;
  const terms = await termsOf(db);
  const themes = new Map((await settingOf(db, context.config, 'threads')).map(({ id, theme }) => [id, theme]));
  const counts = await feedbackCounts(db, options.isStatic ? [] : rows);
  return (await loadDiaries(db, rows)).map((diary) =>
    cardOf(diary, terms, (thread) => themes.get(thread) ?? null, counts(diary)),
  );
}

/** `themeOf`: the theme of a thread's id, null where it has none. */
function cardOf(
  diary: DiaryView,
  terms: readonly Term[],
  themeOf: (thread: string) => string | null,
  counts: FeedbackCounts,
): DiaryCard {
  const entries = diary.items.filter((item) => item.kind === 'entry');
  const threads = [...new Set(entries.flatMap(({ prose }) => (prose?.threads ?? []).map(({ id }) => id)))];
  return {
    draw: diary.draw,
    unit: diary.unit,
    term: termOf(terms, diary.unit, diary.week)?.id ?? null,
    week: diary.week,
    title: titleOf(diary),
    publishedAt: diary.publishedAt,
    minutes: hoursOf(ownEntries(diary), zoneOffset(diary.zone) ?? undefined).unionMinutes,
    entries: entries.length,
    held: heldCount(diary),
    opening: openingOf(diary),
    strip: weekStrip(diary),
    comments: counts.comments,
    tickets: counts.tickets,
    closedLoop: counts.closedLoop,
    themes: [...new Set(threads.flatMap((id) => themeOf(id) ?? []))],
    threads,
    categories: [...new Set(entries.flatMap(({ category }) => (category === null ? [] : [category])))],
    ...(diary.imported !== null && { imported: diary.imported }),
  };
}

function openingOf(diary: DiaryView): string | null {
  const review = diary.items.find((item) => item.kind === 'review' && item.day === null);
  const text = review?.prose?.text ?? null;
  return text === null || codePointLength(text) > openingLimit ? null : text;
}
