/** `thread/<id>.json` and `thread/<id>/<year>.json`: one piece of work over weeks and years (shared/api/public-lists.ts). */

import type { Thread } from '../../shared/api/organisation.ts';
import { newestOfThread, type PublicThread, type ThreadEntry, type ThreadYear } from '../../shared/api/public-lists.ts';
import { isMode } from '../../shared/diary/category.ts';
import type { Context } from '../context.ts';
import type { Db } from '../database/port.ts';
import { settingOf } from '../organisation/setting.ts';
import { threadPath, threadYearPath } from '../records/occurrences.ts';
import { loadDiaries } from './load.ts';
import {
  newestPlaces,
  placesOfYear,
  type ThreadPlace,
  threadSums,
  threadYears,
  unitsOfThreads,
  yearsOfThread,
} from './thread-lists.ts';

/** A thread of the configuration or of any published entry; null for every other id. */
export async function threadFile({ config, database }: Context, id: string): Promise<PublicThread | null> {
  const { db } = database;
  const configured = (await settingOf(db, config, 'threads')).find((thread) => thread.id === id);
  const [sum] = await threadSums(db, [id]);
  const places = await newestPlaces(db, id, newestOfThread);
  const { entries, name } = await entriesOf(db, id, places);
  const thread: Thread | null =
    configured !== undefined
      ? { id, name: configured.name, aliases: configured.aliases }
      : name === null
        ? null
        : { id, name, aliases: [] };
  if (thread === null) return null;
  return {
    v: 1,
    thread,
    theme: configured?.theme ?? null,
    entries: sum?.entries ?? 0,
    units: [...((await unitsOfThreads(db, [id])).get(id) ?? [])],
    from: sum?.from.slice(0, 10) ?? null,
    to: sum?.to.slice(0, 10) ?? null,
    years: await yearsOfThread(db, id),
    newest: entries,
  };
}

export async function threadYear(db: Db, id: string, year: string): Promise<ThreadYear | null> {
  const { entries } = await entriesOf(db, id, await placesOfYear(db, id, year));
  return entries.length === 0 ? null : { v: 1, thread: id, year, rows: entries };
}

export async function threadPaths({ config, database }: Context): Promise<string[]> {
  const years = await threadYears(database.db);
  const ids = new Set([
    ...(await settingOf(database.db, config, 'threads')).map(({ id }) => id),
    ...years.map(({ thread }) => thread),
  ]);
  return [...[...ids].sort().map(threadPath), ...years.map(({ thread, year }) => threadYearPath(thread, year))];
}

/** Entries in the order of their places, and the name that the first of them gives the thread. */
async function entriesOf(
  db: Db,
  id: string,
  places: readonly ThreadPlace[],
): Promise<{ entries: ThreadEntry[]; name: string | null }> {
  const rows = [...new Map(places.map((place) => [place.position, place])).values()];
  const diaries = new Map((await loadDiaries(db, rows)).map((diary) => [diary.position, diary]));
  let name: string | null = null;
  const entries = places.flatMap((place): ThreadEntry[] => {
    const item = diaries.get(place.position)?.items[place.item];
    const named = item?.prose?.threads.find((thread) => thread.id === id);
    if (!item?.prose || item.day === null || item.start === null || named === undefined) return [];
    name ??= named.name;
    const { text, place: where, thinking, result, next } = item.prose;
    return [
      {
        draw: place.draw,
        unit: place.unit,
        item: place.item,
        week: place.week,
        day: item.day,
        start: item.start,
        ...(item.end !== null && { end: item.end }),
        ...(item.category !== null && { category: item.category }),
        ...(item.mode !== null && isMode(item.mode) && { mode: item.mode }),
        text,
        ...(where !== null && { place: where }),
        ...(thinking !== null && { thinking }),
        ...(result !== null && { result }),
        ...(next !== null && { next }),
      },
    ];
  });
  return { entries, name };
}
