/** What happens at the same time as an entry, and how to end it: shorten this one or the other. Nothing has to be changed. */
import type { EntryBody } from '../../../shared/api/journal.ts';
import type { Overlap } from '../../../shared/diary/overlap.ts';
import { formatMinute } from '../../../shared/time/civil.ts';
import type { Interval } from '../../../shared/time/interval.ts';
import { useWords } from '../../locales/use-words.ts';
import type { Written } from '../../store/queries.ts';
import { textOf } from '../day/day-facts.ts';

type Entry = Written<EntryBody>;

/** `onTrim` gets the entry to shorten and its new span. */
export function OverlapOffers({
  entry,
  overlaps,
  onTrim,
}: {
  readonly entry: Entry;
  readonly overlaps: readonly Overlap<Entry>[];
  readonly onTrim: (entry: Entry, span: Interval) => void;
}) {
  const words = useWords();
  const spanOf = ({ start, end }: Interval) => words.time.span(formatMinute(start), formatMinute(end));
  return (
    <ul class="offers">
      {overlaps.map(({ other, minutes, own, others }) => (
        <li key={other.id}>
          <p>
            {words.grid.overlap(
              words.time.span(other.body.start, other.body.end),
              shortened(textOf(other) ?? words.journal.held),
              words.time.duration(minutes),
            )}
          </p>
          <p class="row">
            {own === null ? null : (
              <button type="button" class="link" onClick={() => onTrim(entry, own)}>
                {words.grid.shortenThis(spanOf(own))}
              </button>
            )}
            {others === null ? null : (
              <button type="button" class="link" onClick={() => onTrim(other, others)}>
                {words.grid.shortenOther(spanOf(others))}
              </button>
            )}
          </p>
        </li>
      ))}
    </ul>
  );
}

const mostCharacters = 14;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length > mostCharacters ? `${characters.slice(0, mostCharacters).join('')}…` : text;
}
