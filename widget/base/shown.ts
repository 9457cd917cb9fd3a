// What may wait until the reader sees what is there.

/** Resolves when a frame has been painted, or soon in a hidden page. */
export function shown(): Promise<void> {
  return new Promise((resolve) => {
    const later = setTimeout(resolve, 200);
    requestAnimationFrame(() => {
      clearTimeout(later);
      setTimeout(resolve);
    });
  });
}
