/** The day that an address asks for (`sidepanel.html?day=2026-07-21#review`): where an evening's notice leads. */
import { useEffect } from 'preact/hooks';
import { parseDay } from '../../../shared/time/civil.ts';

/** The day named in the address, null without one. */
export function dayInAddress(): string | null {
  const named = new URLSearchParams(location.search).get('day');
  return named !== null && parseDay(named) !== null ? named : null;
}

/** Puts the cursor into the review, if the address asks for it: the day's rows and blanks stand above it. `ready`: the review is on the
 *  page. */
export function useReviewInAddress(ready: boolean): void {
  useEffect(() => {
    if (location.hash === '#review') document.querySelector<HTMLElement>('#review textarea')?.focus();
  }, [ready]);
}
