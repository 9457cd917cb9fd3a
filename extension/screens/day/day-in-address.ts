/** The day that an address asks for (`sidepanel.html?day=2026-07-21#review`): where an evening's notice leads. */
import { useEffect } from 'preact/hooks';
import { parseDay } from '../../../shared/time/civil.ts';

/** The day named in the address, null without one. */
export function dayInAddress(): string | null {
  const named = new URLSearchParams(location.search).get('day');
  return named !== null && parseDay(named) !== null ? named : null;
}

/** Puts the cursor into the review once it is read, if the address asks for it: the day's rows and blanks stand above it. `ready`: the
 *  place of the review is on the page. */
export function useReviewInAddress(ready: boolean): void {
  useEffect(() => {
    const place = document.getElementById('review');
    if (place === null || location.hash !== '#review') return;
    const observer = new MutationObserver(() => {
      const area = place.querySelector('textarea');
      if (area === null) return;
      observer.disconnect();
      area.focus();
    });
    observer.observe(place, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, [ready]);
}
