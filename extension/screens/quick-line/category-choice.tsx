/** The category of a line: suggested, changed by a key or by the list. */
import type { Category, Mode } from '../../../shared/diary/category.ts';
import { categoryOf } from '../../../shared/diary/category.ts';
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

/** The next category of the table, none behind the last: what Alt+C does. */
export function nextCategory(category: string | null, table: readonly Category[]): string | null {
  const at = category === null ? -1 : table.findIndex(({ id }) => id === category);
  return table[at + 1]?.id ?? null;
}
