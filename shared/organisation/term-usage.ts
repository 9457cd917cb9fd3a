/** How often published diaries use the terms of the term base, and the words that the terms are preferred to. Pure. */
import type { PreferredTerm } from '../api/organisation.ts';
import { folded } from '../diary/wording/folded.ts';
import { listedIn, wordIndex } from '../diary/wording/listed.ts';

/** In how many diaries the preferred term stands, and each alias that stands in any. */
export interface TermUsage {
  readonly id: string;
  readonly preferred: number;
  readonly aliases: readonly { readonly word: string; readonly diaries: number }[];
}

/** Counts diaries, not places. A word inside a longer listed one does not count: 例会 is not found in 工作例会. */
export function usageOf(
  terms: readonly PreferredTerm[],
  diaries: readonly (readonly string[])[],
): readonly TermUsage[] {
  const index = wordIndex(
    terms.flatMap(({ id, preferred, aliases }) => [
      { word: withoutSlot(preferred), means: keyOf(id, null) },
      ...aliases.map((alias) => ({ word: alias, means: keyOf(id, alias) })),
    ]),
  );
  const counts = new Map<string, number>();
  for (const texts of diaries) {
    const found = new Set(texts.flatMap((text) => listedIn(folded(text), index).map(({ means }) => means)));
    for (const key of found) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return terms.map(({ id, aliases }) => ({
    id,
    preferred: counts.get(keyOf(id, null)) ?? 0,
    aliases: aliases.flatMap((word) => {
      const diaries = counts.get(keyOf(id, word)) ?? 0;
      return diaries === 0 ? [] : [{ word, diaries }];
    }),
  }));
}

/** 专题会议（主题） is written as 专题会议. */
const withoutSlot = (preferred: string): string => preferred.replace(/（.*）$/, '');

const keyOf = (id: string, alias: string | null): string => JSON.stringify([id, alias]);
