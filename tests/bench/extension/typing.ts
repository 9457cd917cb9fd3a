/** Keystrokes for one demonstration week: typed into the quick line, and into a form of date, start, end and text. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readAll, textFromOf } from '../../../extension/screens/quick-line/read-all.ts';
import { type Offer, type Offerable, offersAt } from '../../../shared/diary/completion.ts';
import { initialKeys, matchesInitials } from '../../../shared/diary/initials.ts';
import type { KnownThread } from '../../../shared/diary/quick-entry/marks.ts';
import { type PastEntry, recentLines } from '../../../shared/diary/recent.ts';
import { civilAt, parseDay, weekday } from '../../../shared/time/civil.ts';

interface Week {
  readonly items: readonly (PastEntry & { readonly kind: string })[];
  readonly typed: readonly { readonly on: string; readonly line: string; readonly rest: string }[];
}

const folder = join(import.meta.dirname, '..', '..', '..', 'server', 'demo', 'data');
const week = '2026-w42-shibu';
const weeksBefore = ['2026-w30-shibu', '2026-w38-shibu'];
const secondsPerKey = 0.25;

/** The figures of one week of thirty entries, whose author has written two weeks before it.
 *
 *  Counting. One key for each character on both sides: a 汉字 counts as one, as does a digit, a sign or a blank; how an input method makes it
 *  is the same in line and form and left out. A native form: 8 for the date, Tab, 4 for the start, Tab, 4 for the end, Tab, the text with its
 *  marks, Enter; going back to its first field is free. The line: the characters of the typed line as the data spells it, and Enter. Where
 *  the list under the line offers what comes next, its way is taken if it is shorter: the characters or initials typed before it, an arrow
 *  key for each step to the offer, Enter or Tab to take it, and Escape where an open list would take the last Enter. The offers are those of
 *  the product's own functions, from the entries before. */
export async function measureTyping(): Promise<{ weekTypingKeysVsForm: number; keys: number; seconds: number }> {
  const { items, typed } = readWeek(week);
  const written = weeksBefore.flatMap((name) => entriesOf(readWeek(name)));
  const entries = entriesOf({ items, typed });
  let keys = 0;
  let form = 0;
  for (const [n, { on, line, rest }] of typed.entries()) {
    const past = [...written, ...entries.slice(0, n)];
    keys += keysOf(line, offerer(on, past));
    form += 8 + 1 + 4 + 1 + 4 + 1 + lengthOf(rest) + 1;
  }
  return { weekTypingKeysVsForm: keys / form, keys, seconds: keys * secondsPerKey };
}

type Offerer = (text: string) => readonly Offer[];

/** The fewest keys that write a line and save it. `least[at]`: to have its first `at` UTF-16 units. */
function keysOf(line: string, offers: Offerer): number {
  const least = new Array<number>(line.length + 1).fill(Number.POSITIVE_INFINITY);
  least[0] = 0;
  for (let at = 0; at <= line.length; at += 1) {
    const before = least[at] ?? 0;
    const step = String.fromCodePoint(line.codePointAt(at) ?? 0).length;
    if (at < line.length) lower(least, at + step, before + 1);
    for (const typed of ways(line, at)) {
      const text = line.slice(0, at) + typed;
      for (const [index, offer] of offers(text).entries()) {
        const target = offer.line.trimEnd();
        // The blank behind a name comes with it.
        const to = line.startsWith(`${target} `) ? target.length + 1 : target.length;
        const arrows = offer.kind === 'line' ? (index === 0 ? 0 : index + 1) : index;
        if (line.startsWith(target) && to > at) lower(least, to, before + lengthOf(typed) + arrows + 1);
      }
    }
  }
  const [open] = offers(line);
  return (least[line.length] ?? 0) + 1 + (open === undefined || open.kind === 'line' ? 0 : 1);
}

/** What may be typed at a place to bring up an offer: nothing more, or up to four initials, behind the sign of a mark where one comes. */
function ways(line: string, at: number): readonly string[] {
  const sign = /^[#@]/.exec(line.slice(at))?.[0] ?? '';
  const initials = initialKeys(line.slice(at + sign.length, at + 12));
  return ['', ...[0, 1, 2, 3, 4].map((count) => sign + initials.slice(0, count))];
}

function offerer(on: string, past: readonly PastEntry[]): Offerer {
  const day = parseDay(on) ?? 0;
  const recent = past.toReversed();
  const known = new Map(recent.flatMap(({ threads }) => threads ?? []).map(({ id, name }) => [id, name]));
  const threads: KnownThread[] = [...known].map(([id, name]) => ({ id, name, aliases: [] }));
  for (const thread of organisationThreads()) if (!known.has(thread.id)) threads.push(thread);
  const offerable: Offerable = {
    threads,
    places: recent.flatMap(({ place }) => place ?? []),
    lines: recentLines(past, weekday(day)),
  };
  return (text) => {
    const [reading] = readAll(text, { day: null, today: on, now: civilAt(day, 1320), threads });
    return offersAt(text, text.length, reading === undefined ? 0 : textFromOf(reading), offerable, matchesInitials);
  };
}

function lower(least: number[], at: number, keys: number): void {
  if (keys < (least[at] ?? 0)) least[at] = keys;
}

const lengthOf = (text: string): number => [...text].length;

const entriesOf = ({ items }: Week): readonly PastEntry[] => items.filter(({ kind }) => kind === 'entry');

function readWeek(name: string): Week {
  return JSON.parse(readFileSync(join(folder, 'weeks', `${name}.json`), 'utf8'));
}

function organisationThreads(): readonly KnownThread[] {
  return JSON.parse(readFileSync(join(folder, 'organisation.json'), 'utf8')).threads;
}
