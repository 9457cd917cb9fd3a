/** `text/<position>.json`: the words of one published diary (shared/api/public-search.ts). */
import type { PublicText, SaidItem } from '../../shared/api/public-search.ts';
import { isMode } from '../../shared/diary/category.ts';
import type { Db } from '../database/port.ts';
import type { DiaryView } from './diary-view.ts';
import { loadDiaries, publications } from './load.ts';

export async function textOf(db: Db, position: number): Promise<PublicText | null> {
  const [diary] = await loadDiaries(db, await publications(db, position, 1));
  if (diary === undefined) return null;
  const { draw, unit, week, publishedAt, imported } = diary;
  const mark = imported !== null && ({ imported: true } as const);
  return { v: 1, position, draw, unit, week, publishedAt, ...mark, items: saidIn(diary) };
}

/** What the disclosed items say; members that an item lacks are left out. */
export const saidIn = (diary: DiaryView): SaidItem[] =>
  diary.items.flatMap(({ prose, ...item }) => {
    if (prose === null) return [];
    const { text, place, detail, thinking, result, next, threads } = prose;
    return [
      {
        item: item.index,
        kind: item.kind,
        ...(item.day !== null && { day: item.day }),
        ...(item.start !== null && { start: item.start }),
        ...(item.end !== null && { end: item.end }),
        ...(item.category !== null && { category: item.category }),
        ...(item.mode !== null && isMode(item.mode) && { mode: item.mode }),
        text,
        ...(place !== null && { place }),
        ...(detail !== null && { detail }),
        ...(thinking !== null && { thinking }),
        ...(result !== null && { result }),
        ...(next !== null && { next }),
        ...(threads.length > 0 && { threads: threads.map(({ id, name }) => ({ id, name })) }),
      },
    ];
  });
