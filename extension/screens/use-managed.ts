/** The organisation's presets as state of a page: asked at its opening, and for a few seconds more while none came, because a policy may
 *  load after the first page of a fresh installation (sync.md, pitfall 6). */
import { useEffect, useState } from 'preact/hooks';
import { type Managed, readManaged } from '../device/managed.ts';

const askAgainAfterMs = [500, 1500, 4000];

/** Undefined until the first answer. */
export function useManaged(): Managed | undefined {
  const [managed, setManaged] = useState<Managed>();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const ask = async (tries: number) => {
      const told = await readManaged();
      if (gone) return;
      setManaged(told);
      const pause = askAgainAfterMs[tries];
      if (told.server === undefined && pause !== undefined) timer = setTimeout(() => void ask(tries + 1), pause);
    };
    void ask(0);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
  return managed;
}
