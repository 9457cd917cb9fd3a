/** What an author does with threads: names, aliases, how far a piece of work has come, and merging two into one. A seal is never touched:
 *  entries of shut weeks and withheld ones keep the links they were signed with, and stand under the new thread on this device alone. */
import type { EntryBody, ThreadLink } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { relinked, standsFor } from '../../shared/diary/thread-line.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import { type Context, here } from '../device/context.ts';
import { profileOf, type SundialDatabase, type ThreadName } from '../store/database.ts';
import { appendOp, opTables } from '../store/ops.ts';
import { standingOf, type Written } from '../store/queries.ts';
import { linesOf, overlayOf, sheetOf, weeksWritten } from '../store/sheets.ts';
import { threadNamesOf } from '../store/thread-names.ts';
import { entriesAmong, writtenByIds } from '../store/written.ts';
import { isShut, judged, refuseStale, tidied } from './judge.ts';

/** Gives a thread another name; its open entries carry it from now on. A name of the organisation's stays: `NOT_ALLOWED`. */
export async function renameThread(id: string, name: string, context: Context = here): Promise<void> {
  const { database } = context;
  const link = linkNamed(id, name);
  await refuseGiven(database, id);
  const entries = await openEntriesOf(database, id);
  await database.transaction('rw', tablesOf(database), async () => {
    await say(database, id, { name: link.name });
    for (const entry of entries) await relink(entry, relinked(entry.body.threads ?? [], id, link), context);
  });
  context.poke(false);
}

/** Sets the further names by which `#` finds a thread; blank ones and repetitions are dropped. They stay on this device. */
export async function setAliases(id: string, aliases: readonly string[], context: Context = here): Promise<void> {
  const { database } = context;
  const named = aliases.map((alias) => alias.trim()).filter((alias) => alias !== '');
  await database.transaction('rw', database.threadNames, () => say(database, id, { aliases: [...new Set(named)] }));
}

/** Sets how far a thread has come, in its author's words. `seen` is what they were looking at: `VERSION_STALE` where it changed since. */
export async function setThreadState(id: string, state: string, seen: string, context: Context = here): Promise<void> {
  const { database } = context;
  await database.transaction('rw', database.threadNames, async () => {
    const standing = (await database.threadNames.get(id))?.state ?? '';
    if (standing !== seen && standing !== state) throw new Refusal('VERSION_STALE');
    await say(database, id, { state });
  });
}

/** Says that a piece of work has come to its end, or that it goes on. */
export async function setEnded(id: string, ended: boolean, context: Context = here): Promise<void> {
  const { database } = context;
  await database.transaction('rw', database.threadNames, () => say(database, id, { ended }));
}

/** Merges a thread into another: its open entries are linked to that one, all or none; sealed and withheld ones are shown there. A thread
 *  of the organisation's is not merged away: `NOT_ALLOWED`. */
export async function mergeThread(from: ThreadLink, into: ThreadLink, context: Context = here): Promise<void> {
  const { database } = context;
  await refuseGiven(database, from.id);
  if (standsFor(into.id, await threadNamesOf(database)) !== into.id || into.id === from.id)
    throw new Refusal('NOT_ALLOWED');
  const entries = await openEntriesOf(database, from.id);
  await database.transaction('rw', tablesOf(database), async () => {
    const moved = entries.map(({ id, body }) => ({ id, before: body.threads ?? [] }));
    // Its name is kept: no entry may bear it any more, and # must still find it.
    await say(database, from.id, { name: from.name, mergedInto: into.id, moved });
    for (const entry of entries) await relink(entry, relinked(entry.body.threads ?? [], from.id, into), context);
  });
  context.poke(false);
}

/** Takes a merge back: entries that still are as the merge left them get their links again. Refuses `WEEK_SEALED` once one of them is
 *  sealed: the thread it was merged into is signed then. */
export async function unmergeThread(from: string, context: Context = here): Promise<void> {
  const { database } = context;
  const said = await database.threadNames.get(from);
  if (said === undefined || said.mergedInto === null) throw new Refusal('NOT_FOUND');
  if (await isSealedInto(database, said)) throw new Refusal('WEEK_SEALED');
  const into = said.mergedInto;
  const entries = entriesAmong(
    await writtenByIds(
      database,
      said.moved.map(({ id }) => id),
    ),
  );
  await database.transaction('rw', tablesOf(database), async () => {
    await say(database, from, { mergedInto: null, moved: [] });
    for (const entry of entries) {
      const links = entry.body.threads ?? [];
      const before = said.moved.find(({ id }) => id === entry.id)?.before ?? links;
      const left = relinked(before, from, links.find(({ id }) => id === into) ?? { id: into, name: into });
      if (canonical(left) === canonical(links)) await relink(entry, before, context);
    }
  });
  context.poke(false);
}

/** Has an entry been sealed since the merge changed its link? Then the merge cannot be taken back. */
export async function isSealedInto(database: SundialDatabase, { moved }: ThreadName): Promise<boolean> {
  const ids = moved.map(({ id }) => id);
  const weeks = new Set((await writtenByIds(database, ids)).map(({ body }) => body.week));
  for (const week of weeks) if (isShut(await standingOf(database, week))) return true;
  return false;
}

const tablesOf = (database: SundialDatabase) => [...opTables(database), database.rows, database.threadNames];

async function say(database: SundialDatabase, id: string, saying: Partial<Omit<ThreadName, 'id'>>): Promise<void> {
  const blank = { id, name: null, aliases: [], mergedInto: null, moved: [], state: '', ended: false };
  await database.threadNames.put({ ...((await database.threadNames.get(id)) ?? blank), ...saying });
}

async function relink(entry: Written<EntryBody>, threads: readonly ThreadLink[], context: Context): Promise<void> {
  await refuseStale(context.database, entry);
  const body = judged(tidied({ ...entry.body, threads }));
  await appendOp(context.database, { id: entry.id, parent: entry.head, body }, context);
}

/** Entries linked to a thread whose links may be changed: in open weeks, and with prose that nothing has committed to. */
async function openEntriesOf(database: SundialDatabase, threadId: string): Promise<readonly Written<EntryBody>[]> {
  const overlay = await overlayOf(database);
  const weeks = new Set([...(await weeksWritten(database)), ...overlay.lines.keys()]);
  const ids: string[] = [];
  for (const week of weeks)
    for (const line of sheetOf(week, await linesOf(database, week), overlay).lines)
      if (line.threads.some(({ id }) => id === threadId)) ids.push(line.id);
  const open: Written<EntryBody>[] = [];
  for (const entry of entriesAmong(await writtenByIds(database, ids)))
    if (entry.held === null && !isShut(await standingOf(database, entry.body.week))) open.push(entry);
  return open;
}

async function refuseGiven(database: SundialDatabase, id: string): Promise<void> {
  const { organisation } = await profileOf(database);
  if (organisation?.threads.some((given) => given.id === id) === true) throw new Refusal('NOT_ALLOWED');
}

function linkNamed(id: string, name: string): ThreadLink {
  const trimmed = name.trim();
  if (trimmed === '') throw new Refusal('FIELD_INVALID', { field: 'name' });
  return { id, name: trimmed };
}
