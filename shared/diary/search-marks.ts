/** Where the words of a search stand in a text as it is shown, and the part of a long text around them. */
import { folded } from '../base/text.ts';
import { initialsOf } from './initials.ts';
import type { Term } from './search.ts';
import { isLatin, isSaid } from './search-keys.ts';

/** A stretch `[from, to)` of a text in UTF-16 units. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Every place where a word of the search stands, in order; touching ones are one. */
export function marksIn(text: string, terms: readonly Term[]): readonly Stretch[] {
  const units = unitsOf(text);
  const found = terms.flatMap(({ typed }) => [...asWritten(units, typed), ...byInitials(units, typed)]);
  return joined(found);
}

/** A part of a text with its marks, at most about `most` characters long, the first mark in its first third. `cutBefore` and `cutAfter`
 *  say that something was left out there. */
export interface Excerpt {
  readonly text: string;
  readonly marks: readonly Stretch[];
  readonly cutBefore: boolean;
  readonly cutAfter: boolean;
}

/** The part of a text around its first mark; never half a character. */
export function excerptOf(text: string, marks: readonly Stretch[], most: number): Excerpt {
  const first = marks[0]?.from ?? 0;
  const start = text.length <= most ? 0 : Math.max(0, Math.min(first - Math.floor(most / 3), text.length - most));
  const from = isLowSurrogate(text, start) ? start - 1 : start;
  const end = Math.min(text.length, from + most);
  const to = isLowSurrogate(text, end) ? end + 1 : end;
  return {
    text: text.slice(from, to),
    marks: marks.flatMap((mark) => {
      const inside = { from: Math.max(0, mark.from - from), to: Math.min(to, mark.to) - from };
      return inside.to > inside.from ? [inside] : [];
    }),
    cutBefore: from > 0,
    cutAfter: to < text.length,
  };
}

/** One character as it is compared, and where it stands. */
interface Unit extends Stretch {
  readonly said: string;
}

function unitsOf(text: string): readonly Unit[] {
  const units: Unit[] = [];
  let from = 0;
  for (const character of text) {
    const to = from + character.length;
    for (const said of folded(character)) units.push({ said, from, to });
    from = to;
  }
  return units;
}

function asWritten(units: readonly Unit[], typed: string): readonly Stretch[] {
  const wanted = [...typed];
  const isLatin = /^[a-z0-9]+$/.test(typed);
  return stretches(units, wanted.length, (at) => {
    if (isLatin && isWordUnit(units[at - 1])) return false;
    return wanted.every((character, index) => units[at + index]?.said === character);
  });
}

function byInitials(all: readonly Unit[], typed: string): readonly Stretch[] {
  const wanted = [...typed];
  if (wanted.length < 2 || !/[a-z0-9]/.test(typed)) return [];
  const units = all.filter(({ said }) => isSaid(said));
  return stretches(units, wanted.length, (at) => {
    const before = units[at - 1];
    const first = units[at];
    if (isWordUnit(first) && isWordUnit(before) && before?.to === first?.from) return false;
    return wanted.every((letter, index) => {
      const said = units[at + index]?.said ?? '';
      return said === letter || initialsOf(said).includes(letter);
    });
  });
}

function stretches(units: readonly Unit[], length: number, isAt: (at: number) => boolean): readonly Stretch[] {
  const found: Stretch[] = [];
  for (let at = 0; at + length <= units.length; at += 1) {
    const [first, last] = [units[at], units[at + length - 1]];
    if (first !== undefined && last !== undefined && isAt(at)) found.push({ from: first.from, to: last.to });
  }
  return found;
}

function joined(found: readonly Stretch[]): readonly Stretch[] {
  const out: Stretch[] = [];
  for (const stretch of found.toSorted((a, b) => a.from - b.from)) {
    const last = out.at(-1);
    if (last === undefined || stretch.from > last.to) out.push(stretch);
    else out[out.length - 1] = { from: last.from, to: Math.max(last.to, stretch.to) };
  }
  return out;
}

function isWordUnit(unit: Unit | undefined): boolean {
  return unit !== undefined && isLatin(unit.said);
}

function isLowSurrogate(text: string, at: number): boolean {
  return /^[\udc00-\udfff]/.test(text.slice(at, at + 1));
}
