/** Writing the journal: every edit is judged, then committed as one strict transaction of op and view, then sync is asked for. */
import type { Body, EntryBody, Hold } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import { deadlineOf } from '../../shared/proof/list.ts';
import { parseDay } from '../../shared/time/civil.ts';
import { weekAfter, weekOf } from '../../shared/time/week.ts';
import { type Context, here } from '../device/context.ts';
import { type Progress, profileOf, progressOf, type Step } from '../store/database.ts';
import { appendOp, appendOps, commitNow, headOf, newId, onlyId, opTables } from '../store/ops.ts';
import { reviewOf, standingOf, titleOf, type Written, writtenById } from '../store/queries.ts';
import { noteSavedLine } from '../store/saved-line.ts';
import { forgetSteps, isOneRequest, newestStep, recordStep } from '../store/steps.ts';
import { isShut, judged, refuseShut, refuseStale, refuseStaleParked, tidied } from './judge.ts';
import { heldOf, keepNewHeld, newHeld } from './withhold.ts';

/** What an author gives of an entry; the week follows from day and seals. */
export type EntryInput = Pick<
  EntryBody,
  | 'day'
  | 'start'
  | 'end'
  | 'text'
  | 'category'
  | 'mode'
  | 'place'
  | 'threads'
  | 'images'
  | 'detail'
  | 'thinking'
  | 'result'
  | 'next'
>;

/** Members that an edit changes; `undefined` takes an optional one away, absent ones stay as they are. */
export type EntryChange = { readonly [Name in keyof EntryInput]?: EntryInput[Name] | undefined };

/** The line that entries were typed in, and the surface whose draft it is. */
export interface TypedLine {
  readonly surface: string;
  readonly line: string;
}

interface Added {
  readonly id: string;
  readonly body: Body;
}

/** Adds entries, all or none. With `hold` their prose is withheld from the start and never leaves the device. Gives their ids. With
 *  `typed` the line is noted as saved in the same transaction. */
export async function addEntries(
  inputs: readonly EntryInput[],
  hold: Hold | null = null,
  context: Context = here,
  typed: TypedLine | null = null,
): Promise<readonly string[]> {
  const { database } = context;
  const made = async (): Promise<Added[]> => {
    const bodies = await Promise.all(inputs.map((input) => entryBody(input, context)));
    return bodies.map((body) => ({ id: newId(context), body }));
  };
  const { steps, personal, held, seals, weeks, profile } = database;
  let added: readonly Added[];
  if (hold !== null) {
    added = await made();
    const items = await Promise.all(added.map(({ id, body }) => newHeld(id, body, hold, context)));
    await database.transaction('rw', [...opTables(database), personal, held], async () => {
      for (const item of items) await keepNewHeld(item, context);
      if (typed !== null) await noteSavedLine(database, typed.surface, typed.line);
    });
  } else {
    // Where it may go is read in the transaction that writes it: no seal comes between, and Enter waits for one transaction only.
    added = await database.transaction(
      'rw',
      [...opTables(database), steps, personal, seals, weeks, profile],
      async () => {
        const [progress, newest, entries] = await Promise.all([progressOf(database), newestStep(database), made()]);
        const noted = typed === null ? null : noteSavedLine(database, typed.surface, typed.line);
        const written = Promise.all([appendAdded(entries, context, { progress, newest }), noted]);
        if (isOneRequest(newest)) commitNow();
        await written;
        return entries;
      },
    );
  }
  context.poke(false);
  return added.map(({ id }) => id);
}

/** Changes an entry that its author saw as `seen`. Refuses `VERSION_STALE` where it was changed since, `WEEK_SEALED` in a shut week. Moving
 *  it to another day moves it to that day's week. */
export async function changeEntry(
  seen: Written<EntryBody>,
  change: EntryChange,
  context: Context = here,
): Promise<void> {
  await refuseShut(context.database, seen.body.week);
  const { day, week, lateFor, hold, digest, corrects, ...rest } = seen.body;
  const kept = { ...rest, ...change };
  const placed =
    change.day === undefined || change.day === day
      ? { day, week, ...(lateFor === undefined ? {} : { lateFor }) }
      : await placeOf(change.day, context);
  const body = {
    ...kept,
    ...placed,
    ...(corrects === undefined ? {} : { corrects }),
    ...(hold === undefined ? {} : { hold, digest }),
  };
  const isMoved = Object.keys(change).every((name) => timeMembers.includes(name));
  await put(seen, judged(tidied(body)), isMoved ? 'moved' : 'changed', context);
}

/** Appends new entries and the step that takes them back. Within a transaction over the tables of ops and `steps`; `known`: what it
 *  has read of both; then every request is made at once. */
export async function appendAdded(
  added: readonly Added[],
  context: Context,
  known?: { readonly progress: Progress; readonly newest: Step | null },
): Promise<void> {
  const { database, now } = context;
  const edits = added.map(({ id, body }) => ({ id, parent: null, body }));
  const changes = added.map(({ id, body }) => ({ id, before: null, after: body }));
  const progress = known?.progress ?? (await progressOf(database));
  await Promise.all([
    appendOps(database, edits, progress, context),
    recordStep(database, 'added', changes, now(), known?.newest),
  ]);
}

/** Deletes what its author saw as `seen`: an entry, a review, a title. */
export async function removeWritten(seen: Written, context: Context = here): Promise<void> {
  const { database } = context;
  await refuseShut(database, seen.body.week);
  const tables = [...opTables(database), database.rows, database.held, database.steps];
  await database.transaction('rw', tables, async () => {
    await refuseStaleParked(database, seen);
    // Withheld prose of what the server has goes once the server took the deletion: it may be refused.
    if (seen.head === null) await database.held.delete(seen.id);
    else {
      await refuseStale(database, seen);
      await appendOp(database, { id: seen.id, parent: seen.head, body: null }, context);
    }
    // The prose of a withheld item is gone with it: there is nothing to put back.
    if (seen.body.hold !== undefined || seen.held !== null) await forgetSteps(database, seen.id);
    else await recordStep(database, 'removed', [{ id: seen.id, before: seen.body, after: null }], context.now());
  });
  context.poke(false);
}

/** Sets the title of a week; an empty one takes it away. `seen` is the text its author was looking at: where another stands there now,
 *  it is refused with `VERSION_STALE`. */
export async function setTitle(week: string, text: string, seen: string, context: Context = here): Promise<void> {
  await setText(await titleOf(context.database, week), { kind: 'title', week }, text, seen, context);
}

/** Sets the review of a day, or of the week where `day` is null; an empty one takes it away. `seen` as of the title. */
export async function setReview(
  week: string,
  day: string | null,
  text: string,
  seen: string,
  context: Context = here,
): Promise<void> {
  const blank = { kind: 'review' as const, week, ...(day === null ? {} : { day }) };
  await setText(await reviewOf(context.database, week, day), blank, text, seen, context);
}

/** Changes members of an entry as it stands now, if those members still are what their author saw in `seen`; others may have changed. */
export async function changeMembers(
  seen: Written<EntryBody>,
  change: EntryChange,
  context: Context = here,
): Promise<void> {
  const now = await writtenById(context.database, seen.id);
  if (now === null || now.body.kind !== 'entry') throw new Refusal('VERSION_STALE');
  const { body } = now;
  for (const name of Object.keys(change))
    if (canonical(body[name] ?? null) !== canonical(seen.body[name] ?? null)) throw new Refusal('VERSION_STALE');
  await changeEntry({ ...now, body }, change, context);
}

/** The week an entry of this day is written into: its own, or, where that is shut, as a late entry the next one that is open and whose
 *  deadline has not passed by the server's clock (sync.md g): in a week that nobody seals any more it would never be public. */
export async function placeOf(
  day: string,
  { database, now }: Pick<Context, 'database' | 'now'> = here,
): Promise<{ readonly day: string; readonly week: string; readonly lateFor?: string }> {
  const parsed = parseDay(day);
  if (parsed === null) throw new Refusal('FIELD_INVALID', { field: 'day' });
  const own = weekOf(parsed);
  if (!isShut(await standingOf(database, own))) return { day, week: own };
  const [{ rule }, { offsetMs }] = await Promise.all([profileOf(database), progressOf(database)]);
  const isPast = (week: string) => rule !== null && deadlineOf(rule, week) * 1000 <= now() + (offsetMs ?? 0);
  let week = weekAfter(own);
  while (isPast(week) || isShut(await standingOf(database, week))) week = weekAfter(week);
  return { day, week, lateFor: own };
}

/** The body of a new entry, in the week that takes it. It is judged as one of its own week while the store is asked which week that is. */
export async function entryBody(input: EntryInput, context: Context): Promise<Body> {
  const inWeek = async (place: object) => judged(tidied({ kind: 'entry', ...input, ...place }));
  const day = parseDay(input.day);
  const own = day === null ? '' : weekOf(day);
  const [placed, body] = await Promise.all([placeOf(input.day, context), inWeek({ week: own })]);
  return placed.week === own ? body : inWeek(placed);
}

async function setText(
  now: Written | null,
  blank: { readonly kind: 'title' | 'review'; readonly week: string; readonly day?: string },
  text: string,
  seen: string,
  context: Context,
): Promise<void> {
  const { database } = context;
  const standing = now?.body.text ?? '';
  if (standing === text) return;
  if (standing !== seen) throw new Refusal('VERSION_STALE');
  await refuseShut(database, blank.week);
  if (text.trim() === '') return now === null ? undefined : removeWritten(now, context);
  if (now !== null) return put(now, judged({ ...now.body, text }), 'changed', context);
  const body = judged({ ...blank, text });
  const id = onlyId(blank.kind, blank.week, blank.day ?? null);
  await database.transaction('rw', [...opTables(database), database.rows, database.held, database.steps], async () => {
    if ((await writtenById(database, id)) !== null) throw new Refusal('VERSION_STALE');
    // One that was taken away is written again.
    await appendOp(database, { id, parent: await headOf(database, id), body }, context);
    await recordStep(database, 'added', [{ id, before: null, after: body }], context.now());
  });
  context.poke(false);
}

const timeMembers: readonly string[] = ['day', 'start', 'end'] satisfies readonly (keyof EntryInput)[];

async function put(seen: Written, body: Body, kind: Step['kind'], context: Context): Promise<void> {
  const { database } = context;
  if (seen.held !== null && seen.held.parked !== null) {
    const { held } = await heldOf(seen.id, body, seen.held.hold, context);
    await database.transaction('rw', database.held, async () => {
      await refuseStaleParked(database, seen);
      await database.held.put({ ...held, parked: body });
    });
    return;
  }
  await database.transaction('rw', [...opTables(database), database.rows, database.steps], async () => {
    await refuseStale(database, seen);
    await appendOp(database, { id: seen.id, parent: seen.head, body }, context);
    await recordStep(database, kind, [{ id: seen.id, before: seen.body, after: body }], context.now());
  });
  context.poke(false);
}
