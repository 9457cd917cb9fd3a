/** Parts of one line; the separator stays with what is before it. */
export const dotted = (parts: readonly string[]): string => parts.join('\u00a0· ');
