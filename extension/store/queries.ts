/** Named reads. What a screen shows is server truth overlaid by the outbox, so pending text never leaves it (sync.md). */
import type { Body, EntryBody, Row } from '../../shared/api/journal.ts';
import type { KnownThread } from '../../shared/diary/quick-entry/marks.ts';
import { namedThreads } from '../../shared/diary/thread-line.ts';
import { grantFor } from '../../shared/organisation/role.ts';
import { parseDay } from '../../shared/time/civil.ts';
import { weekOf } from '../../shared/time/week.ts';
import { correctedAmong } from './corrections.ts';
import {
  type HeldItem,
  type Profile,
  type Progress,
  profileOf,
  progressOf,
  type SealCopy,
  type SundialDatabase,
  type Template,
  type TrayItem,
  type WeekState,
} from './database.ts';
import { gatheredThreads } from './gathered-threads.ts';
import { heldFor } from './held.ts';
import { threadNamesOf } from './thread-names.ts';

/** One entry, review or title as its author sees it. */
export interface Written<B extends Body = Body> {
  readonly id: string;
  readonly body: B;
  /** Op whose result this is: `parent` of the next edit; null of a parked line, which has made no op. */
  readonly head: string | null;
  /** False while an own op on it waits. */
  readonly delivered: boolean;
  /** Prose of a withheld item on its signing device. */
  readonly held: HeldItem | null;
  /** The entry that corrects this one and counts instead, as far as this device knows; absent where there is none. */
  readonly correctedBy?: string;
}

/** How a week stands. `sealing`: signed, the server has not answered; `reopened`: sealed before, open again; `frozen`: shut for good. */
export type WeekStanding = 'open' | 'sealing' | 'sealed' | 'reopened' | 'frozen';

/** What stands in a week: its title, entries (those reported for earlier weeks too) and reviews, in no order. */
export async function writtenIn(database: SundialDatabase, week: string): Promise<readonly Written[]> {
  const rows = await database.rows.where('week').equals(week).toArray();
  return overlaid(database, rows, (body) => body.week === week);
}

/** Entries reported under a day (design.md 4), by start and end; late ones that are sealed in a later week too. */
export async function entriesOn(database: SundialDatabase, day: string): Promise<readonly Written<EntryBody>[]> {
  const week = weekOf(parseDay(day) ?? 0);
  const rows = [
    ...(await database.rows.where('body.day').equals(day).toArray()),
    // A correction may have been moved to another day of the week.
    ...(await database.rows.where('body.lateFor').equals(week).toArray()),
  ];
  const around = await overlaid(
    database,
    rows,
    (body) => body.kind === 'entry' && (body.day === day || body.lateFor === week),
  );
  return (await withCorrections(database, entriesOf(around))).filter(({ body }) => body.day === day);
}

/** Entries that count in a week: its own, and late ones of later weeks; by day, start and end. */
export async function entriesCountedIn(
  database: SundialDatabase,
  week: string,
): Promise<readonly Written<EntryBody>[]> {
  const rows = [
    ...(await database.rows.where('week').equals(week).toArray()),
    ...(await database.rows.where('body.lateFor').equals(week).toArray()),
  ];
  const counted = await overlaid(
    database,
    rows,
    (body) => body.kind === 'entry' && (body.lateFor ?? body.week) === week,
  );
  return withCorrections(database, entriesOf(counted));
}

/** Late entries and corrections that a week carries for earlier ones, by day and start. */
export async function lateEntriesIn(database: SundialDatabase, week: string): Promise<readonly Written<EntryBody>[]> {
  return entriesOf(await writtenIn(database, week)).filter(({ body }) => body.lateFor !== undefined);
}

/** The review of a day, or of the week where `day` is null. */
export async function reviewOf(database: SundialDatabase, week: string, day: string | null): Promise<Written | null> {
  const all = await writtenIn(database, week);
  return all.find(({ body }) => body.kind === 'review' && (body.day ?? null) === day) ?? null;
}

/** Whether the server has something of an id, or may have it: its row is here, or an own op on it was tried to be sent. */
export async function mayBeOnServer(database: SundialDatabase, id: string): Promise<boolean> {
  if ((await database.rows.get(id)) !== undefined) return true;
  const { sentThrough = 0 } = await progressOf(database);
  const waiting = await database.outbox.where('id').equals(id).toArray();
  return waiting.some(({ sent, n }) => sent || n <= sentThrough);
}

/** The title of a week. */
export async function titleOf(database: SundialDatabase, week: string): Promise<Written | null> {
  return (await writtenIn(database, week)).find(({ body }) => body.kind === 'title') ?? null;
}

/** One entry by its id, null where it is unknown or deleted. */
export async function writtenById(database: SundialDatabase, id: string): Promise<Written | null> {
  const row = await database.rows.get(id);
  return (await overlaid(database, row === undefined ? [] : [row], () => true)).find((each) => each.id === id) ?? null;
}

/** How a week stands, by the own copy and what the server said. */
export async function standingOf(database: SundialDatabase, week: string): Promise<WeekStanding> {
  const own = database.seals.where('week').equals(week).toArray();
  const [signed, state] = await Promise.all([own, database.weeks.get(week)]);
  if (signed.some(({ state }) => state === 'signed')) return 'sealing';
  if (state?.frozen === true) return 'frozen';
  if (state === undefined) return 'open';
  return state.open ? 'reopened' : 'sealed';
}

/** How a week stands: its state as the server said it, and its newest seal. */
export interface SealOfWeek {
  readonly standing: WeekStanding;
  readonly state: WeekState | null;
  readonly copy: SealCopy | null;
}

/** What the server says of a week, and the own copy of its newest seal. */
export async function sealOf(database: SundialDatabase, week: string): Promise<SealOfWeek> {
  const copies = await database.seals.where('week').equals(week).sortBy('rev');
  return {
    standing: await standingOf(database, week),
    state: (await database.weeks.get(week)) ?? null,
    copy: copies.at(-1) ?? null,
  };
}

export interface SaveState {
  readonly waiting: number;
  /** When the oldest waiting op was made, ISO 8601; null when none waits. */
  readonly oldestAt: string | null;
  readonly enrolled: boolean;
  /** An organiser or its person ended this device. */
  readonly ended: boolean;
  /** It waits for an organiser to compare its fingerprint. */
  readonly pending: boolean;
  readonly progress: Progress;
  readonly tray: number;
}

/** What waits to be sent, and why. */
export async function saveState(database: SundialDatabase): Promise<SaveState> {
  const oldest = await database.outbox.orderBy('n').first();
  const profile = await profileOf(database);
  return {
    waiting: await database.outbox.count(),
    oldestAt: oldest?.at ?? null,
    enrolled: profile.server !== null && profile.device !== null,
    ended: profile.device?.state === 'revoked',
    pending: profile.device?.state === 'claimed',
    progress: await progressOf(database),
    tray: await database.tray.count(),
  };
}

/** Refused texts, oldest first, each beside what the server has by now: its author decides by that. */
export function trayItems(database: SundialDatabase): Promise<TrayItem[]> {
  return database.transaction('r', [database.tray, database.rows], async () => {
    const items = await database.tray.orderBy('key').toArray();
    const rows = await database.rows.bulkGet(items.map(({ id }) => id));
    return items.map((item, at) => ({ ...item, current: rows[at] ?? null }));
  });
}

/** Profile and whether it may sign a seal. */
export async function signingProfile(
  database: SundialDatabase,
): Promise<{ readonly profile: Profile; readonly signs: boolean }> {
  const profile = await profileOf(database);
  const keys = await database.keys.where('use').equals('leader').toArray();
  return { profile, signs: keys.some(({ offered }) => offered !== true) };
}

/** How many rows a reading of what is recent takes: half a year of busy weeks, whatever the store holds. */
const recentRows = 800;

/** The entries reported last, by their day, with what waits to be sent; the latest first. Reads a bounded number of rows. */
export async function recentEntries(database: SundialDatabase): Promise<readonly Written<EntryBody>[]> {
  const rows = await database.rows.orderBy('body.day').reverse().limit(recentRows).toArray();
  return entriesOf(await overlaid(database, rows, () => true)).toReversed();
}

/** Threads that # may name, those of recent entries first: of own entries, the organisation's, and older own ones that were gathered
 *  (`gatherThreads`). Reads a bounded number of rows. */
export async function knownThreads(database: SundialDatabase): Promise<readonly KnownThread[]> {
  const { organisation } = await profileOf(database);
  const given = new Map<string, KnownThread>((organisation?.threads ?? []).map((thread) => [thread.id, thread]));
  const known = new Map<string, KnownThread>();
  for (const { body } of await recentEntries(database))
    for (const { id, name } of body.threads ?? [])
      if (!known.has(id)) known.set(id, given.get(id) ?? { id, name, aliases: [] });
  for (const thread of [...given.values(), ...(await gatheredThreads(database))])
    if (!known.has(thread.id)) known.set(thread.id, thread);
  return namedThreads([...known.values()], await threadNamesOf(database));
}

/** The templates, in the order in which they were made. */
export function templatesOf(database: SundialDatabase): Promise<readonly Template[]> {
  return database.templates.orderBy('id').toArray();
}

async function overlaid(
  database: SundialDatabase,
  rows: readonly Row[],
  wanted: (body: Body) => boolean,
): Promise<readonly Written[]> {
  const found = new Map<string, { body: Body; head: string | null; delivered: boolean }>();
  for (const row of rows)
    if (!row.del && row.body !== null) found.set(row.id, { body: row.body, head: row.head, delivered: true });
  for (const op of await database.outbox.orderBy('n').toArray()) {
    const body = op.kind === 'del' ? null : op.body;
    if (body === null) found.delete(op.id);
    else found.set(op.id, { body, head: op.op, delivered: false });
  }
  const held = await database.held.toArray();
  for (const item of held)
    if (item.parked !== null) found.set(item.id, { body: item.parked, head: null, delivered: false });
  const heldById = new Map(held.map((item) => [item.id, item]));
  return [...found]
    .filter(([, { body }]) => wanted(body))
    .map(([id, written]) => ({ id, ...written, held: heldFor(heldById.get(id) ?? null, written.body) }));
}

/** The entries, those that others among them correct marked so. */
async function withCorrections(
  database: SundialDatabase,
  entries: readonly Written<EntryBody>[],
): Promise<readonly Written<EntryBody>[]> {
  // Sealed later counts later.
  const inOrder = entries.toSorted((a, b) => (a.body.week < b.body.week ? -1 : a.body.week > b.body.week ? 1 : 0));
  const corrected = await correctedAmong(database, inOrder);
  return corrected.size === 0
    ? entries
    : entries.map((entry) => {
        const correctedBy = corrected.get(entry.id);
        return correctedBy === undefined ? entry : { ...entry, correctedBy };
      });
}

function entriesOf(all: readonly Written[]): readonly Written<EntryBody>[] {
  return all.filter(isEntry).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function isEntry(written: Written): written is Written<EntryBody> {
  return written.body.kind === 'entry';
}

function keyOf({ body, id }: Written<EntryBody>): string {
  return `${body.day} ${body.start} ${body.end} ${id}`;
}

/** Whether something is written here: before enrolment, as a leader, and where a text waits that was written before. */
export const writesJournal = async (database: SundialDatabase, { device, grants }: Profile): Promise<boolean> =>
  device === null ||
  grants.length === 0 ||
  grantFor(grants, 'journal.write') !== null ||
  (await database.outbox.count()) > 0;
