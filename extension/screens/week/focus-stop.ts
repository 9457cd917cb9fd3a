/** Puts the focus on a stop of the grid. */

/** `key` as of `walk.ts`. */
export function focusStop(key: string): void {
  document.querySelector<HTMLElement>(`[data-stop="${key}"]`)?.focus();
}

/** The first block of an entry. */
export function focusEntry(id: string): void {
  document.querySelector<HTMLElement>(`[data-entry="${id}"]`)?.focus();
}
