/** Costly work, few pieces at a time. */

/** Runs what it is given, `atOnce` at a time and in order; throws what `full` gives while `mostWaiting` wait already. */
export function queueOf(
  atOnce: number,
  mostWaiting: number,
  full: () => Error,
): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  const turn = async (): Promise<void> => {
    if (free > 0) {
      free -= 1;
      return;
    }
    if (waiting.length >= mostWaiting) throw full();
    await new Promise<void>((resolve) => waiting.push(resolve));
  };
  return async (work) => {
    await turn();
    try {
      return await work();
    } finally {
      // The place is handed on, not given back, where somebody waits.
      const next = waiting.shift();
      if (next === undefined) free += 1;
      else next();
    }
  };
}
