/** How much of the journal has been read; gone once all of it was. It stands in a line beside something else, so that nothing moves then. */
import { useWords } from '../../locales/use-words.ts';
import type { Reading } from '../../store/sheet-reader.ts';

export function ReadingProgress({ reading: { read, of } }: { readonly reading: Reading }) {
  const words = useWords();
  if (read === of) return null;
  return (
    <span class="reading-on">
      <progress max={of} value={read} aria-label={words.search.reading(read, of)} />
      <span class="cap">{words.search.reading(read, of)}</span>
    </span>
  );
}
