/** Whether the page has its store: what an update, another page or the browser can do to it (sync.md, pitfalls 8 and 11). */
import { useEffect, useState } from 'preact/hooks';
import type { SundialDatabase } from '../store/database.ts';

/** `blocked`: an older page holds the store, it opens once that closes; `outdated`: a newer version has taken it over, the page must be
 *  opened again; `refused`: the browser lets nothing be stored. */
export type StoreState = 'ready' | 'blocked' | 'outdated' | 'refused';

/** Opens the store. What follows from `outdated` and `refused` for what is shown is the page's: taking fields away keeps their drafts. */
export function useStore(database: SundialDatabase): StoreState {
  const [state, setState] = useState<StoreState>('ready');
  useEffect(() => {
    database.on('versionchange', () => {
      // The newer version waits for this connection to close; drafts lie in another storage and are kept as the page goes.
      setState('outdated');
      database.close();
    });
    database.on('blocked', () => setState('blocked'));
    database.open().then(
      () => setState((now) => (now === 'blocked' ? 'ready' : now)),
      (error: unknown) => {
        console.error(error);
        setState((now) => (now === 'outdated' ? now : 'refused'));
      },
    );
  }, [database]);
  return state;
}
