/** What may be wider than its place: it scrolls sideways, by keyboard too. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** `opensAt` end: what stands last, as the newest of a row of times, is seen first. */
export function ScrollRegion({
  label,
  opensAt = 'start',
  children,
}: {
  readonly label: string;
  readonly opensAt?: 'start' | 'end';
  readonly children: ComponentChildren;
}) {
  const region = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    if (opensAt === 'end' && region.current !== null) region.current.scrollLeft = region.current.scrollWidth;
  }, []);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls sideways must be reached by keyboard
    <section class="scroll" tabIndex={0} aria-label={label} ref={region}>
      {children}
    </section>
  );
}
