/** The list under the line as state: what is offered at the caret, which of it is chosen, and the keys that move and take. */
import { useMemo, useState } from 'preact/hooks';
import { type Offer, type Offerable, offersAt } from '../../../shared/diary/completion.ts';
import type { Matcher } from '../../../shared/diary/recent.ts';

export interface Offers {
  readonly all: readonly Offer[];
  /** Index of the chosen offer, -1 where Enter saves what was typed. */
  readonly active: number;
  readonly take: (offer: Offer) => void;
  /** Takes the chosen offer; false where none is chosen. */
  readonly takeActive: () => boolean;
  /** Whether a key of the line was one of the list. */
  readonly onKey: (event: Key) => boolean;
}

interface Key {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  preventDefault(): void;
  stopPropagation(): void;
}

/** `line` null: nothing is offered now, an input method is at work or several entries stand there. A thread or a place is chosen from the
 *  start, since its sign asked for it; a whole line only by a key, so that Enter never saves other words than those typed. */
export function useOffers(
  line: { readonly text: string; readonly caret: number; readonly textFrom: number } | null,
  offerable: Offerable,
  matches: Matcher,
  onTake: (offer: Offer) => void,
): Offers {
  const [closedAt, setClosedAt] = useState<string | null>(null);
  const [moved, setMoved] = useState<{ readonly at: string; readonly to: number } | null>(null);
  const at = line === null ? '' : `${line.caret} ${line.text}`;
  const all = useMemo(
    () => (line === null ? [] : offersAt(line.text, line.caret, line.textFrom, offerable, matches)),
    [at, line?.textFrom, offerable, matches],
  );
  const isOpen = all.length > 0 && closedAt !== at;
  const first = all[0]?.kind === 'line' ? -1 : 0;
  const active = !isOpen ? -1 : moved?.at === at ? moved.to : first;
  const take = (offer: Offer) => {
    setClosedAt(`${offer.caret} ${offer.line}`);
    onTake(offer);
  };
  const takeAt = (index: number) => {
    const offer = isOpen ? all[index] : undefined;
    if (offer !== undefined) take(offer);
    return offer !== undefined;
  };
  const onKey = (event: Key): boolean => {
    if (!isOpen || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return false;
    if (event.key === 'ArrowDown') setMoved({ at, to: (active + 1) % all.length });
    else if (event.key === 'ArrowUp') setMoved({ at, to: active <= 0 ? all.length - 1 : active - 1 });
    else if (event.key === 'Tab') takeAt(Math.max(active, 0));
    else if (event.key === 'Escape') setClosedAt(at);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  return { all: isOpen ? all : [], active, take, takeActive: () => active >= 0 && takeAt(active), onKey };
}
