/** Walking a long line by keyboard: [ to the entry before, ] to the one after; the address may name where to begin. */
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

const steps: Readonly<Record<string, -1 | 1>> = { '[': -1, '【': -1, ']': 1, '】': 1 };

/** The element that holds the line; entries in it bear `data-entry`. `entry` gets the focus once `isThere`; `onArrive` is called then. */
export function useLineKeys(
  entry: string | null,
  isThere: boolean,
  onArrive: () => void,
): RefObject<HTMLDivElement | null> {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const walk = (event: KeyboardEvent) => {
      const step = steps[event.key];
      if (step === undefined || event.ctrlKey || event.metaKey || event.altKey || isElsewhere(event.target)) return;
      const entries = entriesIn(line.current);
      const focused = document.activeElement;
      const at = focused instanceof HTMLElement ? entries.indexOf(focused) : -1;
      const next = at < 0 ? (step > 0 ? 0 : entries.length - 1) : at + step;
      entries[next]?.focus();
      event.preventDefault();
    };
    window.addEventListener('keydown', walk);
    return () => window.removeEventListener('keydown', walk);
  }, []);
  useEffect(() => {
    if (entry === null || !isThere) return;
    onArrive();
    // The desk leads the focus to the page that was gone to; the entry comes after it.
    const frame = requestAnimationFrame(() => {
      const named = entriesIn(line.current).find((each) => each.dataset.entry === entry);
      named?.scrollIntoView({ block: 'center' });
      named?.focus({ preventScroll: true });
    });
    return () => cancelAnimationFrame(frame);
  }, [entry, isThere]);
  return line;
}

function entriesIn(line: HTMLElement | null): readonly HTMLElement[] {
  return [...(line?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])];
}

function isElsewhere(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, dialog') !== null;
}
