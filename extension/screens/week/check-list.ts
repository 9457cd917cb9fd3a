/** What to look at before a week is sealed (封存前); pure. Nothing here hinders a seal: it says what is there, and where. */
import type { EntryBody, Hold } from '../../../shared/api/journal.ts';
import { blanksOf } from '../../../shared/diary/hours.ts';
import { findings, type WordBook } from '../../../shared/diary/wording.ts';
import { formatMinute, parseDay } from '../../../shared/time/civil.ts';
import { overlaps } from '../../../shared/time/interval.ts';
import { daysOf, weekOf } from '../../../shared/time/week.ts';
import type { Written } from '../../store/queries.ts';
import { intervalOf } from '../day/day-facts.ts';
import type { Place } from '../day/jump.ts';

/** A word of a text, what is proposed instead, and where it first stands. */
export interface WordFound {
  readonly original: string;
  readonly instead: string;
  readonly at: Place;
}

export interface CheckList {
  /** Entries that will be sealed. */
  readonly entries: number;
  readonly uncategorised: readonly Place[];
  readonly secrecy: readonly { readonly word: string; readonly at: Place }[];
  readonly aliases: readonly WordFound[];
  readonly names: readonly WordFound[];
  /** Two entries of one day at the same time: when the second begins, `2026-07-24T15:00`. */
  readonly overlaps: readonly { readonly start: string; readonly at: Place }[];
  /** Half an hour and more between two entries of a day. */
  readonly blanks: readonly { readonly start: string; readonly minutes: number; readonly at: Place }[];
  /** Texts that are kept as drafts and will not be sealed. */
  readonly drafts: readonly Place[];
  readonly held: readonly { readonly hold: Hold; readonly start: string | null; readonly at: Place }[];
  readonly late: readonly { readonly forWeek: string; readonly corrects: boolean; readonly at: Place }[];
}

/** Reads the week as it would be sealed. `written`: everything that stands in the week; `drafts` by their surface (`entry:<id>:<field>`,
 *  `review:<week>:<day>`, `title:<week>`, `desk:<day>`; other surfaces are not the week's). */
export function checkList(
  week: string,
  written: readonly Written[],
  drafts: ReadonlyMap<string, string>,
  book: WordBook,
): CheckList {
  const inOrder = [...written].sort((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1));
  const entries = inOrder.filter(isEntry);
  const days = daysOf(week).map((day) =>
    entries.filter(({ body }) => parseDay(body.day) === day && body.lateFor === undefined),
  );
  const texts = inOrder.flatMap(textsOf);
  const found = texts.flatMap(({ text, at, shown }) =>
    findings(text, book).map((finding) => ({ finding, original: text.slice(finding.from, finding.to), at, shown })),
  );
  const proposed = (kind: 'alias' | 'name') =>
    found.flatMap(({ finding, original, at, shown }): WordFound[] => {
      if (!shown || finding.kind !== kind) return [];
      return [{ original, instead: finding.kind === 'alias' ? finding.preferred : finding.masked, at }];
    });
  return {
    entries: entries.length,
    uncategorised: entries
      .filter(({ body }) => body.category === undefined && body.hold === undefined)
      .map((entry) => placeOf(entry)),
    secrecy: found.flatMap(({ finding, at }) => (finding.kind === 'secrecy' ? [{ word: finding.word, at }] : [])),
    aliases: proposed('alias'),
    names: proposed('name'),
    overlaps: days.flatMap(overlapping),
    blanks: days.flatMap((day) =>
      blanksOf(day.map(({ body }) => body)).map(({ start, end }) => ({
        start: formatMinute(start),
        minutes: end - start,
        at: { kind: 'day' as const, day: day[0]?.body.day ?? '' },
      })),
    ),
    drafts: [...drafts].flatMap(([surface, text]) => (text.trim() === '' ? [] : draftPlace(surface, week, written))),
    held: inOrder.flatMap((item) =>
      item.body.hold === undefined
        ? []
        : [{ hold: item.body.hold, start: item.body.kind === 'entry' ? item.body.start : null, at: placeOf(item) }],
    ),
    late: entries.flatMap((entry) =>
      entry.body.lateFor === undefined
        ? []
        : [{ forWeek: entry.body.lateFor, corrects: entry.body.corrects !== undefined, at: placeOf(entry) }],
    ),
  };
}

const fields = ['text', 'place', 'detail', 'thinking', 'result', 'next'] as const;

/** The texts of an item with their places. Those of a withheld one are not `shown` to anyone and are looked through for secrets alone. */
function textsOf(item: Written): readonly { readonly text: string; readonly at: Place; readonly shown: boolean }[] {
  const shown = item.body.hold === undefined;
  const prose: Readonly<Record<string, unknown>> = shown ? item.body : (item.held?.prose ?? {});
  return fields.flatMap((field) => {
    const text = prose[field];
    return typeof text === 'string' ? [{ text, at: placeOf(item, field), shown }] : [];
  });
}

function placeOf({ id, body }: Written, field: string | null = null): Place {
  switch (body.kind) {
    case 'entry':
      return { kind: 'entry', id, field };
    case 'review':
      return { kind: 'field', surface: `review:${body.week}:${body.day ?? ''}` };
    case 'title':
      return { kind: 'field', surface: `title:${body.week}` };
  }
}

function draftPlace(surface: string, week: string, written: readonly Written[]): readonly Place[] {
  const [kind, name = '', field = ''] = surface.split(':');
  switch (kind) {
    case 'entry':
      return written.some(({ id }) => id === name) ? [{ kind: 'entry', id: name, field }] : [];
    case 'review':
    case 'title':
      return name === week ? [{ kind: 'field', surface }] : [];
    case 'desk': {
      const day = parseDay(name);
      return day !== null && weekOf(day) === week ? [{ kind: 'day', day: name }] : [];
    }
    default:
      return [];
  }
}

/** Each entry that shares time with one before it, once. */
function overlapping(day: readonly Written<EntryBody>[]): CheckList['overlaps'] {
  return day.flatMap((entry, at) =>
    day.slice(0, at).some((before) => meet(before.body, entry.body))
      ? [{ start: entry.body.start, at: placeOf(entry) }]
      : [],
  );
}

/** Equal spans of which one is withheld are one entry, split to withhold a part of it (verification.md 4). */
function meet(a: EntryBody, b: EntryBody): boolean {
  const isSplit = a.start === b.start && a.end === b.end && (a.hold === undefined) !== (b.hold === undefined);
  return !isSplit && overlaps(intervalOf(a), intervalOf(b));
}

/** Title first, entries by time, the review of a day behind them, the week's last: the order of the cover. */
function orderOf({ id, body }: Written): string {
  switch (body.kind) {
    case 'title':
      return '0';
    case 'entry':
      return `1 ${body.day} 0 ${body.start} ${body.end} ${id}`;
    case 'review':
      return body.day === undefined ? '2' : `1 ${body.day} 1`;
  }
}

function isEntry(item: Written): item is Written<EntryBody> {
  return item.body.kind === 'entry';
}
