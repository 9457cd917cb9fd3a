// Completing #threads and @places while a line is typed (design.md 4).

import { markOf } from './entry-line.ts';
import { type KnownThread, nameKey } from './quick-entry/marks.ts';
import type { Matcher } from './recent.ts';

/** What the caret stands in: a mark begun but not ended. `typed` is what stands behind the sign; `[from, to)` is the
 *  stretch of the line, sign included, that a completion replaces. */
export type OpenMark = {
  readonly kind: 'thread' | 'place';
  readonly typed: string;
  readonly from: number;
  readonly to: number;
};

/** The mark in which the caret stands, `null` when there is none: no # or @ before it, a blank or a stop in between, or the
 *  sign belongs to a word (3#楼, a@b.cn). Full-width ＃ and ＠ count. `caret`: UTF-16 units from the start of the line. */
export function openMarkAt(line: string, caret: number): OpenMark | null {
  const found = /(?:^|[^A-Za-z0-9_.+#@＃＠-])([#＃@＠])([^\s#@＃＠,，。；;:：!！?？、]*)$/u.exec(line.slice(0, caret));
  if (found === null) return null;
  const typed = found[2] ?? '';
  const kind = found[1] === '#' || found[1] === '＃' ? 'thread' : 'place';
  return { kind, typed, from: caret - typed.length - 1, to: caret };
}

/** Threads whose name or an alias begins with what was typed, best first: by the place among `threads` given (the caller
 *  puts recent ones first); then those with these initials, then those matched in the middle of a name. All of them when
 *  nothing was typed. */
export function completeThread<T extends KnownThread>(
  typed: string,
  threads: readonly T[],
  limit = 8,
  matches: Matcher = never,
): readonly T[] {
  return bestOf(typed, threads, (thread) => [thread.name, ...thread.aliases], matches).slice(0, limit);
}

/** Places that begin with what was typed, then those with these initials, then those that contain it; `places` most recent
 *  first, each once. */
export function completePlace(
  typed: string,
  places: readonly string[],
  limit = 8,
  matches: Matcher = never,
): readonly string[] {
  const once = [...new Map(places.toReversed().map((place) => [nameKey(place), place])).values()].toReversed();
  return bestOf(typed, once, (place) => [place], matches).slice(0, limit);
}

/** The line after a completion was chosen, and where the caret then stands: behind the name and one blank. */
export function completed(
  line: string,
  mark: OpenMark,
  name: string,
): { readonly line: string; readonly caret: number } {
  const behind = line.slice(mark.to);
  const said = mark.kind === 'thread' ? `#${name}` : markOf('@', name);
  const inserted = `${said}${/^\s/.test(behind) ? '' : ' '}`;
  return { line: line.slice(0, mark.from) + inserted + behind, caret: mark.from + said.length + 1 };
}

function bestOf<T>(
  typed: string,
  all: readonly T[],
  namesOf: (one: T) => readonly string[],
  matches: Matcher,
): readonly T[] {
  const key = nameKey(typed);
  const tests: readonly ((name: string) => boolean)[] = [
    (name) => nameKey(name).startsWith(key),
    (name) => matches(name, key, 'start'),
    (name) => nameKey(name).includes(key),
  ];
  return [...new Set(tests.flatMap((test) => all.filter((one) => namesOf(one).some(test))))];
}

const never: Matcher = () => false;
