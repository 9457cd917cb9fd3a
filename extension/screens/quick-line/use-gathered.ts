/** Gathers the threads of older entries while the page has nothing else to do. */
import { useEffect } from 'preact/hooks';
import { here } from '../../device/context.ts';
import { gatherThreads } from '../../store/gathered-threads.ts';

/** A page that is closed within this time does not begin. */
const afterMs = 3000;

export function useGathered(): void {
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(() => void gatherThreads(here.database, async () => (await idle()) && !gone), afterMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
}

function idle(): Promise<boolean> {
  return new Promise((resolve) => {
    requestIdleCallback(() => resolve(true), { timeout: 2000 });
  });
}
