/** The category of a line: suggested, changed by a key or by the list. */

import type { Category, Mode } from '../../../shared/diary/category.ts';
import { categoryOf } from '../../../shared/diary/category.ts';
import { matchesInitials } from '../../../shared/diary/initials.ts';
import type { Matcher } from '../../../shared/diary/recent.ts';
import { Mark } from '../../components/mark.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';

/** `category` null: none. Where the category goes by how it was done, the mode is asked beside it. */
export function CategoryChoice({
  category,
  mode,
  table,
  onCategory,
  onMode,
}: {
  readonly category: string | null;
  readonly mode: Mode | null;
  readonly table: readonly Category[];
  readonly onCategory: (category: string | null) => void;
  readonly onMode: (mode: Mode) => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const known = category === null ? null : categoryOf(category, table);
  return (
    <span class="sug">
      <Mark of={{ category, mode, held: false }} table={table} />
      <select
        aria-label={words.journal.category}
        value={category ?? ''}
        onChange={(event) => onCategory(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.ctrlKey || event.metaKey || event.altKey || !/^[\p{L}\d]$/u.test(event.key)) return;
          const chosen = categoryByLetter(event.key, category, table, matchesInitials);
          if (chosen === null) return;
          event.preventDefault();
          onCategory(chosen);
        }}
      >
        <option value="">{words.journal.noCategory}</option>
        {table.map((each) => (
          <option key={each.id} value={each.id}>
            {each[language]}
          </option>
        ))}
      </select>
      {known !== null && known.mode === null ? (
        <select
          aria-label={words.journal.mode}
          value={mode ?? 'collective'}
          onChange={(event) => {
            const chosen = askedModes.find((each) => each === event.currentTarget.value);
            if (chosen !== undefined) onMode(chosen);
          }}
        >
          {askedModes.map((each) => (
            <option key={each} value={each}>
              {words.domain.mode[each]}
            </option>
          ))}
        </select>
      ) : null}
    </span>
  );
}

const askedModes = ['collective', 'focused', 'oneToOne'] as const satisfies readonly Mode[];

/** The next category of the table or, with `by` -1, the one before; none stands between last and first: Alt C and Alt Shift C. */
export function nextCategory(category: string | null, table: readonly Category[], by: 1 | -1 = 1): string | null {
  const at = category === null ? -1 : table.findIndex(({ id }) => id === category);
  const next = at + by;
  return table[next < -1 ? table.length - 1 : next]?.id ?? null;
}

/** The next category that a typed letter means, by its mark or the initials of its name; null where there is none. */
export function categoryByLetter(
  letter: string,
  category: string | null,
  table: readonly Category[],
  matches: Matcher,
): string | null {
  const at = table.findIndex(({ id }) => id === category);
  const around = [...table.slice(at + 1), ...table.slice(0, at + 1)];
  const begins = (each: Category) =>
    each.markEn.toLowerCase() === letter.toLowerCase() || each.markZh === letter || matches(each.zh, letter, 'start');
  return around.find(begins)?.id ?? null;
}
