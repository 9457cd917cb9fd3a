/** One search as one types: what is found first is shown at once, the rest is looked through in slices that keep the page awake. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { hasAll, staysWithin, type Term, termsOf } from '../../../shared/diary/search.ts';
import { type Filter, passes } from '../../../shared/diary/search-filter.ts';
import { here } from '../../device/context.ts';
import type { Written } from '../../store/queries.ts';
import type { Sheet, SheetLine } from '../../store/sheets.ts';
import { writtenByIds } from '../../store/written.ts';

/** What was found by what was typed: the first hits to show, and how many there are. */
export interface Found {
  readonly typed: string;
  readonly terms: readonly Term[];
  readonly hits: readonly Written[];
  readonly total: number;
  /** False while older weeks are still looked through. */
  readonly isWhole: boolean;
}

/** All that a search found: typing on, one looks no further than here. */
interface Looked {
  readonly typed: string;
  readonly sheets: readonly Sheet[];
  readonly filter: Filter;
  readonly matches: readonly SheetLine[];
}

/** A slice leaves most of a frame to typing and drawing. */
const sliceMs = 8;
const breath = () => new Promise((resolve) => setTimeout(resolve));

/** Null before the first search. `most`: how many hits are read to be shown, the newest first. */
export function useSearch(sheets: readonly Sheet[], typed: string, filter: Filter, most: number): Found | null {
  const [found, setFound] = useState<Found | null>(null);
  const last = useRef<Looked | null>(null);
  // Begun before the letter is painted: its hits then come with the next frame, not the one after.
  useLayoutEffect(() => {
    let isGone = false;
    const search = async () => {
      const terms = termsOf(typed);
      const fits = passes(filter);
      const within = last.current;
      const isNarrower = within?.sheets === sheets && within.filter === filter && staysWithin(within.typed, typed);
      // The same question again, since something was written: its hits, one of which may have the focus, stay until all are known anew.
      const isAgain = within?.typed === typed && within.filter === filter;
      const matches = isNarrower ? within.matches.filter((line) => hasAll(line, terms)) : [];
      const show = async (isWhole: boolean) => {
        const ids = matches.slice(0, most).map(({ id }) => id);
        const hits = ids.length === 0 ? [] : await writtenByIds(here.database, ids);
        if (!isGone) setFound({ typed, terms, hits, total: matches.length, isWhole });
      };
      let until = performance.now() + sliceMs;
      for (const { week, lines } of isNarrower ? [] : sheets) {
        for (const line of lines) if (fits(line, week) && hasAll(line, terms)) matches.push(line);
        if (performance.now() < until) continue;
        if (isAgain || matches.length === 0) await breath();
        else await show(false);
        if (isGone) return;
        until = performance.now() + sliceMs;
      }
      last.current = { typed, sheets, filter, matches };
      await show(true);
    };
    void search();
    return () => {
      isGone = true;
    };
  }, [sheets, typed, filter, most]);
  return found;
}
