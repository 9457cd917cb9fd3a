/** The check list of a week as it stands now. */
import { useMemo } from 'preact/hooks';
import { here } from '../../device/context.ts';
import { useLive } from '../../store/live.ts';
import { writtenIn } from '../../store/queries.ts';
import { useKeptDrafts } from '../use-kept-drafts.ts';
import { useWordBook } from '../wording/use-word-book.ts';
import { type CheckList, checkList } from './check-list.ts';

/** Undefined until everything was read once. */
export function useCheckList(week: string): CheckList | undefined {
  const written = useLive(() => writtenIn(here.database, week), [week]);
  const drafts = useKeptDrafts();
  const book = useWordBook();
  return useMemo(
    () => (written === undefined || drafts === undefined ? undefined : checkList(week, written, drafts, book)),
    [week, written, drafts, book],
  );
}
