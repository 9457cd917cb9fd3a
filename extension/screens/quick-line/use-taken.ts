/** Taking an offer, and taking it back: what was typed comes again with Ctrl Z, which the browser's own undo forgets here. */
import { useState } from 'preact/hooks';
import type { Offer } from '../../../shared/diary/completion.ts';

interface Key {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  preventDefault(): void;
}

/** `put` writes into the line. `onKey` is true where the key took an offer back. */
export function useTaken(put: (text: string, caret?: number) => void) {
  const [last, setLast] = useState<{ readonly before: string; readonly after: string } | null>(null);
  return {
    take: (typed: string, offer: Offer) => {
      setLast({ before: typed, after: offer.line });
      put(offer.line, offer.caret);
    },
    onKey: (event: Key, text: string): boolean => {
      const isUndo = (event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === 'z';
      if (!isUndo || last === null || text !== last.after) return false;
      event.preventDefault();
      setLast(null);
      put(last.before);
      return true;
    },
  };
}
