/** The drafts that are kept and not saved yet, by their surface. */
import { keptDrafts } from '../store/drafts.ts';
import { useLive } from '../store/live.ts';

/** Undefined until the first read; follows what is typed here and in other pages. */
export function useKeptDrafts(): ReadonlyMap<string, string> | undefined {
  return useLive(keptDrafts, []);
}
