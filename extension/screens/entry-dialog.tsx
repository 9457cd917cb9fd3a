/** One entry opened over the page that named it; closing it leads back to where one was. */
import { isShut } from '../commands/judge.ts';
import { Dialog } from '../components/dialog.tsx';
import { here } from '../device/context.ts';
import { useWords } from '../locales/use-words.ts';
import { useLive } from '../store/live.ts';
import { standingOf } from '../store/queries.ts';
import { entriesAmong, writtenByIds } from '../store/written.ts';
import { textOf } from './day/day-facts.ts';
import { EntryEditor } from './day/entry-editor.tsx';
import { hrefOf } from './desk/route.ts';
import { useJournal } from './use-journal.ts';

/** Follows the entry while it is open; `onClose` is called too when it is deleted. */
export function EntryDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const words = useWords();
  const journal = useJournal();
  const read = useLive(async () => {
    const [entry] = entriesAmong(await writtenByIds(here.database, [id]));
    return entry === undefined ? null : { entry, standing: await standingOf(here.database, entry.body.week) };
  }, [id]);
  if (journal === undefined || read === undefined || read === null) return null;
  const { entry, standing } = read;
  const { day, start, end, week, lateFor } = entry.body;
  const shut = isShut(standing);
  return (
    <Dialog
      title={words.search.dayAndSpan(words.time.day(day), day.slice(0, 4), words.time.span(start, end))}
      onClose={onClose}
    >
      {shut ? <p class="prose">{textOf(entry) ?? words.journal.held}</p> : null}
      <EntryEditor entry={entry} journal={journal} shut={shut} onGone={onClose} />
      <p class="meta">
        <a href={hrefOf('week', lateFor ?? week)}>{words.search.goToWeek(words.time.week(lateFor ?? week))}</a>
      </p>
    </Dialog>
  );
}
