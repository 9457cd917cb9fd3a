/** The mark of a category: one character in a small seal, colour and frame of the entry's mode (look.md 3). */
import { type Category, categoryOf, type Mode, unknownMark } from '../../shared/diary/category.ts';
import { useLanguage, useWords } from '../locales/use-words.ts';

export interface MarkOf {
  readonly category: string | null;
  readonly mode: Mode | null;
  readonly held: boolean;
}

/** Hidden from screen readers, because the word follows; with `named` it carries the word itself. */
export function Mark({
  of,
  table,
  named = false,
}: {
  readonly of: MarkOf;
  readonly table: readonly Category[];
  readonly named?: boolean;
}) {
  const words = useWords();
  const language = useLanguage();
  const category = of.category === null ? null : categoryOf(of.category, table);
  const character = of.held
    ? words.journal.heldShort
    : language === 'en'
      ? (category?.markEn ?? unknownMark.markEn)
      : (category?.markZh ?? unknownMark.markZh);
  const kind = of.held ? 'held' : (of.mode ?? 'none');
  const word = of.held ? words.journal.held : category === null ? words.journal.noCategory : category[language];
  return (
    <>
      <span class={`mark m-${kind}`} aria-hidden="true" title={word}>
        {character}
      </span>
      {named ? <span class="vh">{word}</span> : null}
    </>
  );
}

/** The word of a category in the page's language; an unknown id is shown as it is. */
export function categoryWord(id: string, table: readonly Category[], language: 'zh' | 'en'): string {
  return categoryOf(id, table)?.[language] ?? id;
}
