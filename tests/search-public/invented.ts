/** Any number of invented diaries of about the length and wealth of words of real ones: clauses of the demonstration's weeks put together anew, with
 *  other numbers, and names that nobody else has. */
import { readDemoSet } from '../../server/demo/demo-set.ts';
import type { SaidItem } from '../../shared/api/public-search.ts';

/** The clauses of all texts of the demonstration, each once. */
function clauses(): readonly string[] {
  const texts = [...readDemoSet().diaries.values()].flatMap(({ items }) =>
    items.flatMap(({ text, detail, thinking, result, next }) => [text, detail, thinking, result, next]),
  );
  return [...new Set(texts.flatMap((text) => (text ?? '').split(/[，。；：、]/u)).filter((text) => text.length > 2))];
}

/** `count` diaries of 33 entries and a review; the same for the same seed. */
export function inventedDiaries(count: number, seed: number): SaidItem[][] {
  const known = clauses();
  let state = seed;
  // Mulberry32: what matters is only that it is even and the same everywhere.
  const below = (n: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * n);
  };
  // Characters of names: the common ones come often, the rare ones seldom.
  const name = (): string =>
    Array.from({ length: 2 + below(3) }, () =>
      String.fromCharCode(0x4e00 + Math.floor(6000 * (below(1000) / 1000) ** 2)),
    ).join('');
  const clause = (): string =>
    (known[below(known.length)] ?? '').replace(/\d+/g, (digits) => String(below(10 ** digits.length)));
  const said = (most: number): string => Array.from({ length: 1 + below(most) }, clause).join('，');
  return Array.from({ length: count }, () => [
    { item: 0, kind: 'title', text: said(1) },
    ...Array.from({ length: 33 }, (_, n) => ({
      item: n + 1,
      kind: 'entry',
      text: `${said(3)}${below(3) === 0 ? name() : ''}`,
      place: name(),
      ...(below(3) === 0 ? { detail: said(4), thinking: said(3) } : {}),
      ...(below(4) === 0 ? { result: said(2), next: said(2) } : {}),
    })),
    { item: 34, kind: 'review', text: said(8) },
  ]);
}
