/** Pinyin initials for completion. The readings of all characters are a large table: it is fetched when the first line is typed, so that
 *  no page waits for it. */
import { useEffect, useState } from 'preact/hooks';
import type { Matcher } from '../../../shared/diary/recent.ts';

const none: Matcher = () => false;

/** Matches once they are loaded, nothing before. `wanted` starts the loading. */
export function useInitials(wanted: boolean): Matcher {
  const [matches, setMatches] = useState<Matcher>(() => none);
  useEffect(() => {
    if (!wanted) return;
    let gone = false;
    void import('../../../shared/diary/initials.ts').then(({ matchesInitials }) => {
      if (!gone) setMatches(() => matchesInitials);
    });
    return () => {
      gone = true;
    };
  }, [wanted]);
  return matches;
}
