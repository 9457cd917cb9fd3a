/** The rules of one body in the journal, and the one order in which a week's rows become the items of a diary. Device and server
 *  use the same functions, so that what is sealed can be compared with what is stored (sync.md, seal request). */
import type { Body, EntryBody, Hold, Row } from '../api/journal.ts';
import { proseMembers } from '../api/journal.ts';
import type { Bytes } from '../base/bytes.ts';
import { fail, ok, type Result } from '../base/result.ts';
import type { ItemToSeal } from '../proof/make-seal.ts';
import { formatDay, minutesPerDay, parseDay, parseMinute } from '../time/civil.ts';
import { compareWeeks, weekOf } from '../time/week.ts';

export type BodyProblem = {
  readonly code: 'DAY_OUTSIDE_WEEK' | 'LATE_FOR_INVALID' | 'SPAN_INVALID';
  readonly field: string;
};

/** The rules between the members of a body (verification.md 4): `day` lies in `week` (of an entry with `lateFor`: in that earlier week);
 *  the date of `start` is `day` or the day after; the date of `end` that of `start` or the day after; `end` is not before `start`. */
export function judgeBody(body: Body): Result<Body, BodyProblem> {
  if (body.kind === 'title') return ok(body);
  if (body.kind === 'review')
    return body.day === undefined || weekOfDay(body.day) === body.week
      ? ok(body)
      : fail({ code: 'DAY_OUTSIDE_WEEK', field: 'day' });
  if (body.lateFor !== undefined && compareWeeks(body.lateFor, body.week) >= 0)
    return fail({ code: 'LATE_FOR_INVALID', field: 'lateFor' });
  if (weekOfDay(body.day) !== (body.lateFor ?? body.week)) return fail({ code: 'DAY_OUTSIDE_WEEK', field: 'day' });
  const day = parseDay(body.day);
  const start = parseMinute(body.start);
  const end = parseMinute(body.end);
  if (day === null || start === null) return fail({ code: 'SPAN_INVALID', field: 'start' });
  if (end === null) return fail({ code: 'SPAN_INVALID', field: 'end' });
  const startDay = Math.floor(start / minutesPerDay);
  const endDay = Math.floor(end / minutesPerDay);
  if (startDay !== day && startDay !== day + 1) return fail({ code: 'SPAN_INVALID', field: 'start' });
  if (end < start || (endDay !== startDay && endDay !== startDay + 1))
    return fail({ code: 'SPAN_INVALID', field: 'end' });
  return ok(body);
}

function weekOfDay(day: string): string | null {
  const parsed = parseDay(day);
  return parsed === null || formatDay(parsed) !== day ? null : weekOf(parsed);
}

/** One item of a diary before it is sealed. `cover` holds the members of the cover beside `_sd`; `prose` the item object, null where
 *  the item is withheld: then `digest` was fixed when it was marked. */
export interface DiaryItem {
  readonly id: string;
  readonly head: string;
  readonly cover: Readonly<Record<string, unknown>>;
  readonly prose: Readonly<Record<string, unknown>> | null;
  readonly hold: Hold | null;
  readonly digest: string | null;
}

const coverMembers = ['kind', 'day', 'start', 'end', 'category', 'mode', 'lateFor', 'corrects'] as const;

/** Members of a body that are no prose. Those that a later version may have added are taken for prose. */
const plainMembers: ReadonlySet<string> = new Set(['week', 'source', 'hold', 'digest', ...coverMembers]);

/** What stays on the device when a body is withheld: its prose, and `rest`: members that this version does not know. */
export function withheldOf(body: Body): {
  readonly prose: Readonly<Record<string, unknown>>;
  readonly rest: Readonly<Record<string, unknown>>;
} {
  const known: readonly string[] = [...plainMembers, ...proseMembers];
  return {
    prose: pick(body, proseMembers),
    rest: pick(
      body,
      Object.keys(body).filter((name) => !known.includes(name)),
    ),
  };
}

/** What leaves the device of a withheld body: span, ground and digest. */
export function withheldBody(body: Body, hold: Hold, digest: string): Record<string, unknown> {
  return { ...pick(body, [...plainMembers]), hold, digest };
}

/** The members of a body that a seal says: those of the cover, and its prose. */
export const sealedPart = (body: Body): Readonly<Record<string, unknown>> =>
  pick(body, [...coverMembers, ...proseMembers]);

/** The items of one week in the order in which they are sealed: title; by day the entries by start, end and id, then the reviews of that
 *  day; the reviews of the week last. Tombstones are left out. */
export function diaryItems(rows: readonly Row[]): readonly DiaryItem[] {
  const live = rows.flatMap((row) => (row.del || row.body === null ? [] : [{ row, body: row.body }]));
  live.sort((a, b) => compareKeys(orderKey(a.body, a.row.id), orderKey(b.body, b.row.id)));
  return live.map(({ row, body }) => ({
    id: row.id,
    head: row.head,
    cover: pick(body, body.hold === undefined ? coverMembers : [...coverMembers, 'hold']),
    prose: body.hold === undefined ? pick(body, proseMembers) : null,
    hold: body.hold ?? null,
    digest: body.digest ?? null,
  }));
}

/** An item as it is sealed under its salt. `prose` stands for that of the body where the item is withheld: it never left its device. */
export function itemToSeal(
  body: Body,
  salt: Bytes,
  prose: Readonly<Record<string, unknown>> = pick(body, proseMembers),
): ItemToSeal {
  const { kind, hold } = body;
  const item = { ...prose, text: typeof prose.text === 'string' ? prose.text : '' };
  return { kind, ...sealedCover(body), ...(hold === undefined ? {} : { hold }), salt, item };
}

/** Members of the cover beside `kind` and `hold`, by the kind of the item. */
function sealedCover(body: Body) {
  if (body.kind === 'title') return {};
  if (body.kind === 'review') return body.day === undefined ? {} : { day: body.day };
  const { day, start, end, category, mode, lateFor, corrects } = body;
  return {
    day,
    start,
    end,
    ...(category === undefined ? {} : { category }),
    ...(mode === undefined ? {} : { mode }),
    ...(lateFor === undefined ? {} : { lateFor }),
    ...(corrects === undefined ? {} : { corrects }),
  };
}

/** The manifest of a seal request: which entry at which head each item was made from, sorted by id. */
export function manifestOf(items: readonly DiaryItem[]): [string, string][] {
  return items.map((item): [string, string] => [item.id, item.head]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

const rank = { entry: 1, review: 2 } as const;

function orderKey(body: Body, id: string): readonly string[] {
  if (body.kind === 'title') return ['0', id];
  if (body.kind === 'review' && body.day === undefined) return ['2', id];
  const entry: Partial<EntryBody> = body.kind === 'entry' ? body : {};
  return ['1', body.day ?? '', String(rank[body.kind]), entry.start ?? '', entry.end ?? '', id];
}

function compareKeys(a: readonly string[], b: readonly string[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

function pick(from: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const name of names) if (from[name] !== undefined) out[name] = from[name];
  return out;
}
