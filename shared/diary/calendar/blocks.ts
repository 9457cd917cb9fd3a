/** A calendar cut into its components, so that one bad event never loses the file. */
import { type Notice, notice } from './notice.ts';
import { hasValue, nameOn } from './property.ts';
import type { Line } from './unfold.ts';

/** An event or a zone with its own lines; `parts` are the components in it (STANDARD, DAYLIGHT, VALARM). `line` is that of its BEGIN. */
export interface Block {
  readonly kind: string;
  readonly line: number;
  readonly lines: readonly Line<string>[];
  readonly parts: readonly Block[];
}

export interface Blocks {
  readonly events: readonly Block[];
  readonly zones: readonly Block[];
  /** Lines of the calendar itself: METHOD, names. */
  readonly head: readonly Line<string>[];
  readonly notices: readonly Notice[];
}

interface Open {
  readonly kind: string;
  readonly line: number;
  readonly lines: Line<string>[];
  readonly parts: Block[];
}

/** The events and zones of a calendar, in order. A component that is not closed ends where its parent ends, or the next event begins. */
export function blocksOf(lines: readonly Line<string>[]): Blocks {
  const events: Block[] = [];
  const zones: Block[] = [];
  const head: Line<string>[] = [];
  const notices: Notice[] = [];
  let open: Open[] = [];
  const close = (depth: number) => {
    while (open.length > depth) {
      const last = open.pop();
      if (last === undefined) return;
      if (last.kind === 'VEVENT') events.push(last);
      else if (last.kind === 'VTIMEZONE') zones.push(last);
      else open.at(-1)?.parts.push(last);
    }
  };
  for (const line of lines) {
    const [, word = '', kind = ''] = /^(BEGIN|END):\s*([A-Za-z0-9-]+)\s*$/i.exec(line.content) ?? [];
    const name = kind.toUpperCase();
    if (word.toUpperCase() === 'BEGIN') {
      if (name === 'VCALENDAR') close(0);
      else {
        const unclosed = name === 'VEVENT' ? open.findIndex((each) => each.kind === 'VEVENT') : -1;
        if (unclosed >= 0) {
          notices.push(notice('BLOCK_UNCLOSED', open[unclosed]?.line ?? null));
          close(unclosed);
        }
        open.push({ kind: name, line: line.number, lines: [], parts: [] });
      }
    } else if (word.toUpperCase() === 'END') {
      const depth = open.findLastIndex((each) => each.kind === name);
      if (depth >= 0) close(depth);
    } else if (!hasValue(line.content) || /^(?:BEGIN|END):/i.test(line.content)) {
      if (line.content.trim() !== '')
        notices.push(notice('LINE_WITHOUT_VALUE', line.number, nameOn(line.content) || line.content));
    } else (open.at(-1)?.lines ?? head).push(line);
  }
  const [unfinished] = open;
  if (unfinished !== undefined) notices.push(notice('BLOCK_UNCLOSED', unfinished.line));
  close(0);
  open = [];
  return { events, zones, head, notices };
}
