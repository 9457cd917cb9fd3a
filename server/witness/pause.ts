/** The time between two looks. */

/** The first wait after no answer, and the longest, in seconds. */
const firstWait = 5;
const longestWait = 900;

/** Seconds until the next look: `every` after an answer, else twice as long after each of `failures` looks in a row that had none. */
export const waitAfter = (failures: number, every: number): number =>
  failures > 0 ? Math.min(longestWait, firstWait * 2 ** (failures - 1)) : every;

/** Ends after `ms`, or at once where the signal comes or has come, and leaves nothing behind on it. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, signal.aborted ? 0 : ms);
    signal.addEventListener('abort', end);
  });
