/** Overlap is shown and offered to be trimmed, never refused (quick-entry.md). */
import type { CivilMinute } from '../../../shared/time/civil.ts';
import { useWords } from '../../locales/use-words.ts';
import type { Overlap } from './reading.ts';

/** The entry that overlaps most, with trimming to its edge where something would be left. */
export function Overlapping({
  overlap,
  onTrim,
}: {
  readonly overlap: Overlap;
  readonly onTrim: (span: { readonly start: CivilMinute; readonly end: CivilMinute }) => void;
}) {
  const words = useWords();
  const { trimmed } = overlap;
  return (
    <p class="term">
      <span class="cap">
        {words.journal.overlap(words.time.clock(overlap.with.body.start), words.time.duration(overlap.minutes))}
      </span>
      {trimmed === null ? null : (
        <button type="button" class="link" onClick={() => onTrim(trimmed)}>
          {words.journal.trim}
        </button>
      )}
    </p>
  );
}
