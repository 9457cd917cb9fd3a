/** Search over everything written on this device, as one types. Nothing is sent. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { type Filter, narrows, noFilter } from '../../../shared/diary/search-filter.ts';
import { standsFor } from '../../../shared/diary/thread-line.ts';
import { Empty } from '../../components/loaded.tsx';
import { here } from '../../device/context.ts';
import { useWords } from '../../locales/use-words.ts';
import { useLive } from '../../store/live.ts';
import type { Reading } from '../../store/sheet-reader.ts';
import type { Sheet } from '../../store/sheets.ts';
import { threadNamesOf } from '../../store/thread-names.ts';
import { PageHead } from '../desk/page-head.tsx';
import { hrefOf } from '../desk/route.ts';
import { EntryDialog } from '../entry-dialog.tsx';
import { useJournal } from '../use-journal.ts';
import { useSheets } from '../use-sheets.ts';
import { type Facets, facetsOf } from './facets.ts';
import { FilterFields, type ThreadChoice } from './filter-fields.tsx';
import { HitRow } from './hit-row.tsx';
import { ReadingProgress } from './reading-progress.tsx';
import { useSearch } from './use-search.ts';
import { useWalk } from './use-walk.ts';

const pageSize = 25;
const noSheets: readonly Sheet[] = [];

/** `#/search/台风` searches at once. */
export function SearchScreen({ route }: { readonly route: readonly string[] }) {
  const words = useWords();
  const journal = useJournal();
  const reading = useSheets();
  const [typed, setTyped] = useState(route[0] ?? '');
  // A link to another word, followed on this page.
  useEffect(() => {
    if (route[0] !== undefined) setTyped(route[0]);
  }, [route[0]]);
  const [filter, setFilter] = useState<Filter>(noFilter);
  const [most, setMost] = useState(pageSize);
  const [open, setOpen] = useState<string | null>(null);
  const sheets = reading?.sheets ?? noSheets;
  const facets = useMemo(() => facetsOf(sheets), [sheets]);
  const threads = useThreadChoices(facets);
  const found = useSearch(sheets, typed, filter, most);
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLOListElement>(null);
  const walk = useWalk(box, list);
  const search = (text: string) => {
    setTyped(text);
    setMost(pageSize);
  };
  useAddress(typed);
  const isAsked = narrows(filter) || (found !== null && found.terms.length > 0);
  return (
    <search class="search" onKeyDown={walk}>
      <PageHead title={words.search.title}>
        {reading === null ? undefined : <ReadingProgress reading={reading} />}
      </PageHead>
      <div class="search-box">
        <label class="vh" for="search-box">
          {words.search.box}
        </label>
        <input
          id="search-box"
          ref={box}
          type="search"
          value={typed}
          placeholder={words.search.placeholder}
          autocomplete="off"
          spellcheck={false}
          aria-describedby="search-hint"
          onInput={(event) => {
            // While an input method composes, its letters are not what is looked for yet.
            if (!event.isComposing) search(event.currentTarget.value);
          }}
          onCompositionEnd={(event) => search(event.currentTarget.value)}
        />
        <p class="cap" id="search-hint">
          {words.search.hint}
        </p>
      </div>
      {journal === undefined ? null : (
        <FilterFields
          filter={filter}
          facets={facets}
          threads={threads}
          journal={journal}
          onChange={(changes) => {
            setFilter({ ...filter, ...changes });
            setMost(pageSize);
          }}
        />
      )}
      {found === null || reading === null || journal === undefined ? null : !isAsked ? (
        <Unasked reading={reading} lines={facets.lines} />
      ) : (
        <section class="found" aria-label={words.search.results} aria-busy={found.typed !== typed}>
          <p class="meta count" role="status">
            {found.total === 0 ? null : (
              <>
                {found.isWhole && reading.read === reading.of
                  ? words.search.count(found.total)
                  : words.search.countSoFar(found.total)}
                {found.total > found.hits.length ? words.search.newest(found.hits.length) : null}
              </>
            )}
          </p>
          {found.total > 0 ? (
            <ol class="hits" ref={list}>
              {found.hits.map((hit) => (
                <HitRow key={hit.id} hit={hit} terms={found.terms} journal={journal} onOpen={() => setOpen(hit.id)} />
              ))}
            </ol>
          ) : (
            <Empty
              title={found.isWhole && reading.read === reading.of ? words.search.none : words.search.noneSoFar}
              hint={narrows(filter) ? words.search.noneFiltered : words.search.noneHint}
            />
          )}
          <p class="row">
            {found.total > found.hits.length ? (
              <button type="button" class="btn quiet" onClick={() => setMost(most + pageSize)}>
                {words.search.more(Math.min(pageSize, found.total - found.hits.length))}
              </button>
            ) : null}
            {narrows(filter) ? (
              <button type="button" class="link" onClick={() => setFilter(noFilter)}>
                {words.search.clear}
              </button>
            ) : null}
          </p>
        </section>
      )}
      {open === null ? null : <EntryDialog id={open} onClose={() => setOpen(null)} />}
    </search>
  );
}

/** Before anything is asked: how much there is, and the keys. */
function Unasked({ reading, lines }: { readonly reading: Reading; readonly lines: number }) {
  const words = useWords();
  if (lines === 0 && reading.read === reading.of)
    return (
      <>
        <Empty title={words.search.nothing} hint={words.search.nothingHint} />
        <p>
          <a href={hrefOf('week')}>{words.search.toWeek}</a>
        </p>
      </>
    );
  return (
    <div class="unasked meta">
      <p>{words.search.inJournal(lines)}</p>
      <p class="row">
        <span>
          <kbd>/</kbd> {words.search.keys}
        </span>
        <span>
          <kbd>↓</kbd> <kbd>↑</kbd> {words.search.walk}
        </span>
        <span>
          <kbd>Enter</kbd> {words.search.open}
        </span>
      </p>
    </div>
  );
}

/** Keeps what is looked for in the address, so that coming back finds it again; once typing rests, as browsers limit how often. */
function useAddress(typed: string): void {
  useEffect(() => {
    const address = hrefOf('search', ...(typed.trim() === '' ? [] : [typed]));
    const timer = setTimeout(() => history.replaceState(null, '', address), 400);
    return () => clearTimeout(timer);
  }, [typed]);
}

/** Threads after all merges, under the names that their author gives them. */
function useThreadChoices({ threads }: Facets): readonly ThreadChoice[] {
  const said = useLive(() => threadNamesOf(here.database), []);
  return useMemo(() => {
    const choices = new Map<string, { id: string; name: string; ids: Set<string> }>();
    for (const link of threads.values()) {
      const id = said === undefined ? link.id : standsFor(link.id, said);
      const name = said?.get(id)?.name ?? threads.get(id)?.name ?? link.name;
      const choice = choices.get(id) ?? { id, name, ids: new Set() };
      choice.ids.add(link.id);
      choices.set(id, choice);
    }
    return [...choices.values()];
  }, [threads, said]);
}
