/** Enter that saves, and Enter that belongs to an input method (sync.md, pitfall 13; quick-entry.md). */
import { useRef } from 'preact/hooks';

/** A confirming Enter may come this long after the composition ended, where a browser sends it afterwards. */
const afterCompositionMs = 60;

interface KeyLike {
  readonly key: string;
  readonly isComposing: boolean;
  readonly keyCode: number;
  readonly shiftKey: boolean;
  readonly timeStamp: number;
  preventDefault(): void;
}

/** Handlers for a field in which Enter saves. Shift and Enter begin a new line. */
export function useEnter(save: () => void) {
  const endedAt = useRef(Number.NEGATIVE_INFINITY);
  return {
    onCompositionEnd: (event: { readonly timeStamp: number }) => {
      endedAt.current = event.timeStamp;
    },
    onKeyDown: (event: KeyLike) => {
      if (event.key !== 'Enter' || event.shiftKey) return;
      if (event.isComposing || event.keyCode === 229) return;
      event.preventDefault();
      if (event.timeStamp - endedAt.current < afterCompositionMs) return;
      save();
    },
  };
}
