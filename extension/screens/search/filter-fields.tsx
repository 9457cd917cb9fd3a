/** The filters of a search: year, category, thread, place, with a result, with thinking. */
import { useId } from 'preact/hooks';
import type { Filter } from '../../../shared/diary/search-filter.ts';
import { SelectField } from '../../components/field.tsx';
import { categoryWord } from '../../components/mark.tsx';
import { useLanguage, useWords } from '../../locales/use-words.ts';
import type { Journal } from '../use-journal.ts';
import type { Facets } from './facets.ts';

/** A thread to filter by: its id after all merges, its name, and every id that stands for it. */
export interface ThreadChoice {
  readonly id: string;
  readonly name: string;
  readonly ids: ReadonlySet<string>;
}

export function FilterFields({
  filter,
  facets,
  threads,
  journal,
  onChange,
}: {
  readonly filter: Filter;
  readonly facets: Facets;
  readonly threads: readonly ThreadChoice[];
  readonly journal: Journal;
  readonly onChange: (changes: Partial<Filter>) => void;
}) {
  const words = useWords();
  const language = useLanguage();
  const placeId = useId();
  const categories = [...facets.categories].map((id) => ({ id, word: categoryWord(id, journal.table, language) }));
  const thread = threads.find(({ ids }) => ids === filter.threads);
  return (
    <fieldset class="filters">
      <legend class="vh">{words.search.filters}</legend>
      <SelectField
        label={words.search.year}
        value={filter.year ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ year: value === '' ? null : value })}
      >
        <option value="">{words.search.anyYear}</option>
        {facets.years.map((year) => (
          <option key={year} value={year}>
            {year}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={words.search.category}
        value={filter.category ?? ''}
        onChange={({ currentTarget: { value } }) => onChange({ category: value === '' ? null : value })}
      >
        <option value="">{words.search.anyCategory}</option>
        {categories.map(({ id, word }) => (
          <option key={id} value={id}>
            {word}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={words.search.thread}
        value={thread?.id ?? ''}
        onChange={({ currentTarget: { value } }) =>
          onChange({ threads: threads.find(({ id }) => id === value)?.ids ?? null })
        }
      >
        <option value="">{words.search.anyThread}</option>
        {threads.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <div class="field">
        <label for={placeId}>{words.search.place}</label>
        <input
          id={placeId}
          type="text"
          list={`${placeId}-list`}
          value={filter.place}
          onInput={({ currentTarget: { value } }) => onChange({ place: value })}
        />
        <datalist id={`${placeId}-list`}>
          {[...facets.places].slice(0, 200).map((place) => (
            <option key={place} value={place} />
          ))}
        </datalist>
      </div>
      <div class="ticks">
        <label class="choice">
          <input
            type="checkbox"
            checked={filter.onlyResult}
            onChange={({ currentTarget: { checked } }) => onChange({ onlyResult: checked })}
          />
          {words.search.onlyResult}
        </label>
        <label class="choice">
          <input
            type="checkbox"
            checked={filter.onlyThinking}
            onChange={({ currentTarget: { checked } }) => onChange({ onlyThinking: checked })}
          />
          {words.search.onlyThinking}
        </label>
      </div>
    </fieldset>
  );
}
