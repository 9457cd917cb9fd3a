/** Text being typed as a draft: kept every 300 ms, at each end of a composition and when the page goes; back when it opens again
 *  (sync.md, pitfall 5). */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { here } from '../device/context.ts';
import { keepDraft, readDraft } from '../store/drafts.ts';
import { isFull } from '../store/full.ts';
import { takeSavedLine } from '../store/saved-line.ts';

const keepEveryMs = 300;

export interface Draft {
  readonly text: string;
  /** False until the kept draft was read. */
  readonly ready: boolean;
  /** True while the kept draft is what is shown. */
  readonly kept: boolean;
  /** True where the last try to keep it found no room. */
  readonly unkept: boolean;
  /** `composing`: an input method is at work, the text is not final and is not kept yet. */
  readonly type: (text: string, composing?: boolean) => void;
  /** Forgets the draft: it was saved. */
  readonly drop: () => void;
}

/** The draft of a surface. What is typed before the kept draft was read wins over it. */
export function useDraft(surface: string): Draft {
  const [text, setText] = useState('');
  const [ready, setReady] = useState(false);
  const [kept, setKept] = useState(false);
  const [unkept, setUnkept] = useState(false);
  const typed = useRef<string | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const keptAt = useRef(Number.NEGATIVE_INFINITY);

  const flush = useCallback(async () => {
    if (timer.current !== null) clearTimeout(timer.current);
    timer.current = null;
    if (typed.current === null) return;
    keptAt.current = performance.now();
    const keeping = typed.current;
    try {
      await keepDraft(surface, keeping);
    } catch (error) {
      if (!isFull(error)) throw error;
      return setUnkept(true);
    }
    setUnkept(false);
    setKept(typed.current === keeping);
  }, [surface]);

  useEffect(() => {
    let gone = false;
    void unsavedDraft(surface).then((found) => {
      if (gone) return;
      if (typed.current === null && found !== null) {
        typed.current = found;
        setText(found);
        setKept(true);
      }
      setReady(true);
    });
    const leave = () => void flush();
    window.addEventListener('pagehide', leave);
    document.addEventListener('visibilitychange', leave);
    return () => {
      gone = true;
      window.removeEventListener('pagehide', leave);
      document.removeEventListener('visibilitychange', leave);
      void flush();
    };
  }, [surface, flush]);

  const type = useCallback(
    (next: string, composing = false) => {
      typed.current = next;
      setText(next);
      setKept(false);
      if (composing) return;
      // By the clock, not by the timer alone: while keys come fast the browser lets timers wait.
      const due = keptAt.current + keepEveryMs - performance.now();
      if (due <= 0) void flush();
      else timer.current ??= setTimeout(() => void flush(), due);
    },
    [flush],
  );

  const drop = useCallback(() => {
    typed.current = '';
    setText('');
    void flush().then(() => takeSavedLine(here.database, surface));
  }, [surface, flush]);

  return { text, ready, kept, unkept, type, drop };
}

/** The kept draft, unless it is an entry already, or an earlier state of its line: then it goes now. */
async function unsavedDraft(surface: string): Promise<string | null> {
  const [found, saved] = await Promise.all([readDraft(surface), takeSavedLine(here.database, surface)]);
  if (found === null || saved?.startsWith(found) !== true) return found;
  await keepDraft(surface, null);
  return null;
}
