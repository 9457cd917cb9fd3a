/** What the list under the quick line offers at the caret: threads behind #, places behind @, else whole lines written before. */

import { spanLine, textLine } from './entry-line.ts';
import type { KnownThread } from './quick-entry/marks.ts';
import { nameKey } from './quick-entry/marks.ts';
import { completeLine, type Matcher, type RecentLine } from './recent.ts';
import { completed, completePlace, completeThread, openMarkAt } from './thread.ts';

/** What may be offered, recent first. */
export type Offerable = {
  readonly threads: readonly KnownThread[];
  readonly places: readonly string[];
  readonly lines: readonly RecentLine[];
};

/** One offer: what it is, and the line with the caret behind it once it is taken. */
export type Offer = (
  | { readonly kind: 'thread'; readonly thread: KnownThread }
  | { readonly kind: 'place'; readonly place: string }
  | { readonly kind: 'line'; readonly of: RecentLine }
) & { readonly line: string; readonly caret: number };

/** The offers at the caret. `textFrom`: where the text begins behind the time that was read, 0 where none was. A whole line is offered only
 *  at the end of one physical line; a time that was typed stays, else the usual span of a recurring line stands before it. Nothing is
 *  offered where the name is typed in full. */
export function offersAt(
  line: string,
  caret: number,
  textFrom: number,
  { threads, places, lines }: Offerable,
  matches: Matcher,
): readonly Offer[] {
  const mark = openMarkAt(line, caret);
  if (mark?.kind === 'thread') {
    const found = completeThread(mark.typed, threads, 6, matches);
    if (isWhole(mark.typed, found[0]?.name)) return [];
    return found.map((thread) => ({ kind: 'thread', thread, ...completed(line, mark, thread.name) }));
  }
  if (mark?.kind === 'place') {
    const found = completePlace(mark.typed, places, 6, matches);
    if (isWhole(mark.typed, found[0])) return [];
    return found.map((place) => ({ kind: 'place', place, ...completed(line, mark, place) }));
  }
  if (caret < line.length || line.includes('\n')) return [];
  const typed = line.slice(textFrom);
  return completeLine(typed, lines, matches, 5).flatMap((of) => {
    if (isWhole(typed, of.text)) return [];
    const whole = `${timeOf(line.slice(0, textFrom), of)}${textLine(of)}`;
    return { kind: 'line', of, line: whole, caret: whole.length };
  });
}

/** The usual span of a recurring line as it is typed, `8:30-9:30`; null where it has none. */
export function usualSpan({ usual }: RecentLine): string | null {
  return usual === null ? null : spanLine(usual.start, usual.start + usual.minutes);
}

function timeOf(typed: string, of: RecentLine): string {
  if (typed.trim() !== '') return /\s$/.test(typed) ? typed : `${typed} `;
  const span = usualSpan(of);
  return span === null ? '' : `${span} `;
}

function isWhole(typed: string, name: string | undefined): boolean {
  return name !== undefined && typed !== '' && nameKey(typed) === nameKey(name);
}
