/** What was written before, for completion and for proposed ends: read once something is typed, a bounded number of entries. */
import { useMemo } from 'preact/hooks';
import type { EntryBody } from '../../../shared/api/journal.ts';
import type { Offerable } from '../../../shared/diary/completion.ts';
import { recentLines } from '../../../shared/diary/recent.ts';
import { here } from '../../device/context.ts';
import { useLive } from '../../store/live.ts';
import { recentEntries } from '../../store/queries.ts';
import type { Journal } from '../use-journal.ts';

const none: readonly EntryBody[] = [];

/** The bodies of recent entries, the latest first; none before something is typed. */
export function useRecent(wanted: boolean): readonly EntryBody[] {
  const recent = useLive(
    async () => (wanted ? (await recentEntries(here.database)).map(({ body }) => body) : none),
    [wanted],
  );
  return recent ?? none;
}

/** What may be offered on a weekday, 1 to 7. */
export function useOfferable(recent: readonly EntryBody[], journal: Journal, on: number): Offerable {
  return useMemo(
    () => ({
      threads: journal.threads,
      places: recent.flatMap(({ place }) => place ?? []),
      lines: recentLines(recent, on),
    }),
    [recent, journal.threads, on],
  );
}
