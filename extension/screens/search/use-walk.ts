/** Search by keyboard: / leads to the box, arrows walk through the hits, Enter in the box opens the first. */
import type { RefObject, TargetedKeyboardEvent } from 'preact';
import { useEffect } from 'preact/hooks';

/** The handler of the keys inside the search; `/` is heard on the whole page. */
export function useWalk(
  box: RefObject<HTMLInputElement | null>,
  list: RefObject<HTMLElement | null>,
): (event: TargetedKeyboardEvent<HTMLElement>) => void {
  useEffect(() => {
    const follow = (event: KeyboardEvent) => {
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    window.addEventListener('keydown', follow);
    box.current?.focus();
    return () => window.removeEventListener('keydown', follow);
  }, [box]);
  return (event) => {
    if (event.isComposing) return;
    const hits = [...(list.current?.querySelectorAll<HTMLElement>('.hit-open') ?? [])];
    const focused = document.activeElement;
    const at = focused instanceof HTMLElement ? hits.indexOf(focused) : -1;
    const inBox = focused === box.current;
    if (!inBox && at < 0) return;
    if (event.key === 'Enter' && inBox) hits[0]?.click();
    else if (event.key === 'ArrowDown') hits[at + 1]?.focus();
    else if (event.key === 'ArrowUp') (at === 0 ? box.current : hits[at - 1])?.focus();
    else return;
    event.preventDefault();
  };
}

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, dialog, [contenteditable]') !== null;
}
