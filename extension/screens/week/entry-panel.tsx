/** An entry of the grid, unfolded beside it: what it overlaps with, and everything that may be written of it. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import type { Overlap } from '../../../shared/diary/overlap.ts';
import type { Interval } from '../../../shared/time/interval.ts';
import { useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { textOf } from '../day/day-facts.ts';
import { EntryEditor } from '../day/entry-editor.tsx';
import type { Journal } from '../use-journal.ts';
import { OverlapOffers } from './overlap-offers.tsx';
import { SidePanel } from './side-panel.tsx';

/** `onGone` is called after a deletion. */
export function EntryPanel({
  entry,
  journal,
  shut,
  overlaps,
  onTrim,
  onClose,
  onGone,
}: {
  readonly entry: Written<EntryBody>;
  readonly journal: Journal;
  readonly shut: boolean;
  readonly overlaps: readonly Overlap<Written<EntryBody>>[];
  readonly onTrim: (entry: Written<EntryBody>, span: Interval) => void;
  readonly onClose: () => void;
  readonly onGone: () => void;
}) {
  const words = useWords();
  const { body } = entry;
  return (
    <SidePanel title={words.grid.at(words.time.day(body.day), words.time.span(body.start, body.end))} onClose={onClose}>
      {shut ? <p class="prose">{textOf(entry) ?? words.journal.held}</p> : null}
      {shut || overlaps.length === 0 ? null : <OverlapOffers entry={entry} overlaps={overlaps} onTrim={onTrim} />}
      <EntryEditor entry={entry} journal={journal} shut={shut} onGone={onGone} />
    </SidePanel>
  );
}
