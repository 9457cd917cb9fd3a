/** The save state of the page, and the two wakers that only pages have: the network is back, and a person is looking (sync.md, Loop). */
import { useEffect } from 'preact/hooks';
import { SyncIndicator } from '../components/sync-indicator.tsx';
import { here } from '../device/context.ts';
import { useLive } from '../store/live.ts';
import { type SaveState as State, saveState } from '../store/queries.ts';

/** While a page is open and something waits, it is tried again this often. */
const lookEveryMs = 20_000;

/** What waits to be sent; wakes sync when the page opens, when the network is back, and while something waits. */
export function useSaveState(): State | undefined {
  const state = useLive(() => saveState(here.database), []);
  const waits = state?.enrolled === true && state.waiting > 0;
  useEffect(() => {
    const wake = () => here.poke(true);
    wake();
    window.addEventListener('online', wake);
    return () => window.removeEventListener('online', wake);
  }, []);
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => here.poke(true), lookEveryMs);
    return () => clearInterval(timer);
  }, [waits]);
  return state;
}

/** The words of the save state. */
export function SaveState({ state, nowMs }: { readonly state: State | undefined; readonly nowMs: number }) {
  return state === undefined ? null : <SyncIndicator state={state} now={nowMs} />;
}
