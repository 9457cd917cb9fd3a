/** Lines that are written together: each write to a file goes by another thread, and would cost as much as a small answer. */

/** How long a line waits for others. */
const gatherMs = 10;

export interface Gathered {
  write(line: string): void;
  /** Writes at once what waits. */
  flush(): void;
}

/** Gathers lines for a destination. A process that exits has written every one before; one that is killed loses those of a moment. */
export function gathered(to: { write(lines: string): unknown; flushSync(): void }): Gathered {
  let lines = '';
  let timer: NodeJS.Timeout | null = null;
  const flush = (): void => {
    if (timer === null) return;
    clearTimeout(timer);
    timer = null;
    process.off('exit', last);
    const waiting = lines;
    lines = '';
    to.write(waiting);
  };
  const last = (): void => {
    flush();
    to.flushSync();
  };
  return {
    write: (line) => {
      lines += line;
      if (timer !== null) return;
      timer = setTimeout(flush, gatherMs);
      process.on('exit', last);
    },
    flush,
  };
}
