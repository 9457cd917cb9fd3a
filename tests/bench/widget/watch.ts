/** What is measured inside a page: the moment something was painted, and what the page did besides. Runs in the page before its scripts. */

declare global {
  interface Window {
    /** Milliseconds from the navigation until the frame in which so many of the wanted were there was handed to the screen. */
    sundialPainted: Promise<number>;
    /** How many of the wanted are in the page now. */
    sundialCount: () => number;
    /** What shows more, or null. */
    sundialMore: (selector: string) => HTMLElement | null;
    /** Milliseconds from the navigation until `sundial:verified`. */
    sundialVerified: Promise<number>;
    /** Sum of all layout shifts. */
    sundialShift: number;
    sundialReports: string[];
  }
}

/** Looks for `selector` once a frame, also inside the shadow roots of `hosts`, so that looking costs next to nothing. */
export function watchFor({
  selector,
  wanted,
  hosts,
}: {
  readonly selector: string;
  readonly wanted: number;
  readonly hosts: string;
}): void {
  const within = (root: Document | ShadowRoot, found: Element[], of: string): Element[] => {
    found.push(...root.querySelectorAll(of));
    for (const { shadowRoot } of root.querySelectorAll(hosts)) if (shadowRoot !== null) within(shadowRoot, found, of);
    return found;
  };
  window.sundialCount = () => within(document, [], selector).length;
  window.sundialMore = (of) => {
    const found = within(document, [], of).filter((one) => one instanceof HTMLElement && one.offsetParent !== null);
    const last = found.at(-1);
    return last instanceof HTMLElement ? last : null;
  };
  window.sundialPainted = new Promise((resolve) => {
    const look = (): void => {
      if (window.sundialCount() < wanted) {
        requestAnimationFrame(look);
        return;
      }
      const channel = new MessageChannel();
      channel.port1.onmessage = () => resolve(performance.now());
      channel.port2.postMessage(null);
    };
    requestAnimationFrame(look);
  });
  window.sundialVerified = new Promise((resolve) => {
    document.addEventListener('sundial:verified', () => resolve(performance.now()), { once: true });
  });
  window.sundialShift = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries())
      if ('value' in entry && typeof entry.value === 'number') window.sundialShift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  window.sundialReports = [];
  document.addEventListener('securitypolicyviolation', (event) => window.sundialReports.push(event.violatedDirective));
}
