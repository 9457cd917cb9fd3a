/** A disk or a browser that has no room left. */

/** Whether this is why something could not be stored: the browser's own error, or Dexie's around it. */
export function isFull(error: unknown): boolean {
  if (!(error instanceof Error || error instanceof DOMException)) return false;
  if (error.name === 'QuotaExceededError') return true;
  return 'inner' in error && error.inner !== error && isFull(error.inner);
}
