// `#脉络` and `@地点` in the text of an entry.

import { looksAt, scan } from './scan.ts';

/** A thread that a mark may name. */
export type KnownThread = { readonly id: string; readonly name: string; readonly aliases: readonly string[] };

/** A mark in the normal form: it lies at `[from, to)`, its name at `[nameFrom, nameTo)`. `thread` is the known one that the
 *  name or alias means, `null` for a place or a new name. */
export type Mark = {
  readonly kind: 'thread' | 'place';
  readonly from: number;
  readonly to: number;
  readonly nameFrom: number;
  readonly nameTo: number;
  readonly thread: KnownThread | null;
};

const name = /(?:[^\s#@,;:!?，。；：！？、()[\]【】<>《》|]|\([^\s()]*\))+/y;
const quoted = /["“「『]([^"”」』]+)["”」』](?=[\s#@,;:!?。、)]|$)/y;
const boundary = /[\s#@,;:!?，。；：！？、()[\]【】<>《》|]|\.(?=\s|$)|$/y;

/** The marks in `[from, to)`, in order. A sign inside a word is none (3#楼, a@b.cn), nor is # before a number that is no
 *  thread's name (#1机组). Names are compared without quotes and blanks, in the form that is read. */
export function readMarks(text: string, from: number, to: number, threads: readonly KnownThread[]): readonly Mark[] {
  const inside = text.slice(0, to);
  const marks: Mark[] = [];
  let at = from;
  while (at < to) {
    const mark = readMark(inside, at, from, threads);
    if (mark !== null) marks.push(mark);
    at = mark === null ? at + 1 : mark.to;
  }
  return marks;
}

/** The key under which names are compared. */
export function nameKey(typed: string): string {
  return typed.normalize('NFKC').toLowerCase().replace(ignored, '');
}

const ignored = /[\s"“”'‘’「」『』]/g;

function readMark(text: string, at: number, from: number, threads: readonly KnownThread[]): Mark | null {
  const sign = text[at];
  if (sign !== '#' && sign !== '@') return null;
  if (at > from && looksAt(/[a-z0-9_.+#@-]/y, text, at - 1)) return null;
  const kind = sign === '#' ? 'thread' : 'place';
  const known = kind === 'thread' ? longestKnown(text, at + 1, threads) : null;
  if (known !== null) return mark(text, kind, at, at + 1, known.to, known.thread);
  const inQuotes = scan(quoted, text, at + 1);
  if (inQuotes !== null) {
    const nameFrom = at + 2;
    return {
      ...mark(text, kind, at, nameFrom, nameFrom + (inQuotes[1] ?? '').length, null),
      to: at + 1 + inQuotes[0].length,
    };
  }
  const found = scan(name, text, at + 1)?.[0].replace(/\.+$/, '') ?? '';
  if (found === '' || (kind === 'thread' && /^\d/.test(found))) return null;
  return mark(text, kind, at, at + 1, at + 1 + found.length, null);
}

function mark(
  text: string,
  kind: Mark['kind'],
  from: number,
  nameFrom: number,
  nameTo: number,
  thread: KnownThread | null,
): Mark {
  // #一单到港# is closed with a second sign by habit.
  const to = kind === 'thread' && looksAt(/#(?=[\s,;:!?。、@]|$)/y, text, nameTo) ? nameTo + 1 : nameTo;
  return { kind, from, to, nameFrom, nameTo, thread };
}

function longestKnown(
  text: string,
  at: number,
  threads: readonly KnownThread[],
): { to: number; thread: KnownThread } | null {
  let best: { to: number; thread: KnownThread } | null = null;
  for (const thread of threads) {
    for (const typed of [thread.name, ...thread.aliases]) {
      const to = endOfKey(text, at, nameKey(typed));
      if (to !== null && (best === null || to > best.to) && looksAt(boundary, text, to)) best = { to, thread };
    }
  }
  return best;
}

function endOfKey(text: string, at: number, key: string): number | null {
  if (key === '' || /^\s/.test(text.slice(at, at + 1))) return null;
  let matched = 0;
  let to = at;
  while (to < text.length && matched < key.length) {
    const unit = text[to] ?? '';
    if (!ignorable.test(unit)) {
      if (unit !== key[matched]) return null;
      matched += 1;
    }
    to += 1;
  }
  if (matched < key.length) return null;
  while (closing.test(text[to] ?? '')) to += 1;
  return to;
}

const ignorable = /[\s"“”'‘’「」『』]/;
const closing = /["”'’」』]/;
