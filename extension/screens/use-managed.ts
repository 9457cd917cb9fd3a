/** The organisation's presets as state of a page: asked at its opening, and for a few seconds more while none came, because a policy may
 *  load after the first page of a fresh installation (sync.md, pitfall 6). */
import { useEffect, useState } from 'preact/hooks';
import { keptManaged, type Managed, readManaged } from '../device/managed.ts';

const askAgainAfterMs = [500, 1500, 4000];

/** Undefined until what was kept is read. */
export function useManaged(): Managed | undefined {
  const [managed, setManaged] = useState<Managed>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const begin = async () => {
      const kept = await keptManaged();
      if (gone) return;
      setManaged(kept);
      await ask(0);
    };
    const ask = async (tries: number) => {
      const told = await readManaged();
      if (gone) return;
      setManaged(told);
      const pause = askAgainAfterMs[tries];
      if (told.server === undefined && pause !== undefined) timer = setTimeout(() => void ask(tries + 1), pause);
    };
    void begin();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
  return managed;
}
