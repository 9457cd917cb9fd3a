/** `theme/<id>.json`: the threads of a theme (shared/api/public-lists.ts). */
import type { PublicTheme } from '../../shared/api/public-lists.ts';
import type { Context } from '../context.ts';
import { settingOf } from '../organisation/setting.ts';
import { memberCount } from '../records/members.ts';
import { threadSums, unitsOfThreads } from './thread-lists.ts';

export async function themeFile({ config, database }: Context, id: string): Promise<PublicTheme | null> {
  const { db } = database;
  const theme = (await settingOf(db, config, 'themes')).find((one) => one.id === id);
  if (theme === undefined) return null;
  const threads = (await settingOf(db, config, 'threads')).filter((thread) => thread.theme === id);
  const ids = threads.map((thread) => thread.id);
  const sums = new Map((await threadSums(db, ids)).map((sum) => [sum.thread, sum]));
  const units = await unitsOfThreads(db, ids);
  const rows = threads.map((thread) => {
    const sum = sums.get(thread.id);
    return {
      id: thread.id,
      name: thread.name,
      entries: sum?.entries ?? 0,
      units: [...(units.get(thread.id) ?? [])],
      from: sum?.from.slice(0, 10) ?? null,
      to: sum?.to.slice(0, 10) ?? null,
    };
  });
  return {
    v: 1,
    theme: { id: theme.id, zh: theme.zh, en: theme.en },
    diaries: await memberCount(db, 'theme', id),
    threads: rows.sort((a, b) => ((a.to ?? '') < (b.to ?? '') ? 1 : (a.to ?? '') > (b.to ?? '') ? -1 : 0)),
  };
}
