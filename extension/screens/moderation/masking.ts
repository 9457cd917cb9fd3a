/** Spans that a moderator hides, as data: in order, joined where they touch, never cutting a character in half. */
import type { Span } from '../../commands/comments.ts';

/** The spans with one more; overlapping and touching ones become one. An empty span changes nothing. */
export function withSpan(spans: readonly Span[], [from, to]: Span): readonly Span[] {
  if (from >= to) return spans;
  const joined: [number, number][] = [];
  for (const [a, b] of [...spans, [from, to] as const].sort((x, y) => x[0] - y[0])) {
    const last = joined.at(-1);
    if (last !== undefined && a <= last[1]) last[1] = Math.max(last[1], b);
    else joined.push([a, b]);
  }
  return joined;
}

/** The span widened to whole characters of a text (UTF-16 pairs), and kept inside it. */
export function wholeSpan(text: string, from: number, to: number): Span {
  const low = (at: number) => /^[\udc00-\udfff]/.test(text.slice(at, at + 1));
  const start = Math.max(0, low(from) ? from - 1 : from);
  const end = Math.min(text.length, low(to) ? to + 1 : to);
  return [start, end];
}
