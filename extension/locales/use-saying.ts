/** Sentences that stay on a page: kept as what they say, so that they are in the language that the page has now. */
import { useCallback, useState } from 'preact/hooks';
import { useWords, type Words } from './use-words.ts';

/** What is said, in any language. */
export type Saying = (words: Words) => string;

/** The sentence that is said now, null where nothing is; and how to say another, or nothing any more. */
export function useSaying(first: Saying | null = null): readonly [string | null, (saying: Saying | null) => void] {
  const words = useWords();
  const [{ saying }, keep] = useState({ saying: first });
  const say = useCallback((next: Saying | null) => keep({ saying: next }), []);
  return [saying?.(words) ?? null, say];
}
