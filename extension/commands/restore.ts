/** Bringing a backup back: read it whole, say what it would do, then do it in pieces. Done twice it changes nothing more; nothing here is
 *  overwritten; what is in conflict goes to the tray. */
import * as v from 'valibot';
import { Refusal } from '../../shared/api/refusal.ts';
import { fail, ok, type Result } from '../../shared/base/result.ts';
import { DamagedFile, type FileProblem, type OpenedFile, openFile } from '../../shared/diary/sealed-file.ts';
import { matchOf } from '../../shared/organisation/same-name.ts';
import { type Context, here } from '../device/context.ts';
import { type BackupContents, noContents, takeRecord } from '../store/backup-contents.ts';
import { type About, BackupRecord, type RecordOf } from '../store/backup-record.ts';
import { changeProfile } from '../store/database.ts';
import { writerOf } from '../store/writer.ts';
import { browserDrafts, type Drafts, type Work } from './backup.ts';
import { idsOf, planEntries, restoreEntries, trayToRestore } from './restore-entries.ts';
import { missingApart, missingImages, restoreApart, restoreImages } from './restore-tables.ts';
import { enterParked } from './withhold.ts';

/** A backup that was read; images stay in the file until they are restored. */
export interface Backup {
  readonly about: About;
  readonly contents: BackupContents;
  /** Lines that this version cannot read. */
  readonly unread: number;
  readonly file: OpenedFile;
}

/** Reads a backup to its end, so that a damaged one changes nothing. Throws FIELD_INVALID with reason `FILE_GONE` where the file cannot be read
 *  any more: it was moved, or lay on a stick that was pulled. */
export async function readBackup(file: Blob, passphrase: string, work: Work): Promise<Result<Backup, FileProblem>> {
  const read = async (from: number, to: number) => {
    try {
      return new Uint8Array(await file.slice(from, to).arrayBuffer());
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      throw new Refusal('FIELD_INVALID', { field: 'file', facts: { reason: 'FILE_GONE' }, cause: error });
    }
  };
  const opened = await openFile({ size: file.size, read }, passphrase);
  if (!opened.ok) return opened;
  try {
    return await contentsOf(opened.value, work);
  } catch (error) {
    if (error instanceof DamagedFile) return fail('DAMAGED');
    throw error;
  }
}

/** What restoring would do on this device. */
export interface RestorePreview {
  /** Entries, reviews and titles in the backup. */
  readonly entries: number;
  /** Those that are here already as they are in the backup, or newer. */
  readonly known: number;
  /** Those that come back. */
  readonly back: number;
  /** Those whose text goes to the tray: this device has another one. */
  readonly tray: number;
  /** Withheld texts that come back. */
  readonly held: number;
  /** Templates, names, settings, nonces and copies of seals that come back. */
  readonly apart: number;
  /** Images that come back. */
  readonly images: number;
  /** Drafts that come back, and those that do not because something else is being written in their place. */
  readonly drafts: number;
  readonly otherDrafts: number;
  /** The backup is another person's: it is not restored. */
  readonly otherPerson: boolean;
}

/** Says what would be done, and does nothing. */
export async function previewRestore(
  backup: Backup,
  context: Context = here,
  drafts: Drafts = browserDrafts,
): Promise<RestorePreview> {
  let [entries, known, back, tray, texts] = [0, 0, 0, 0, 0];
  for (const ids of idsOf(backup.contents))
    for (const { isLive, decision, held } of await planEntries(backup.contents, ids, context)) {
      if (!isLive) continue;
      entries += 1;
      if (decision.tray !== null) tray += 1;
      else if (decision.row || decision.op !== null || held?.parked != null) back += 1;
      else known += 1;
      if (held !== null) texts += 1;
    }
  tray += (await trayToRestore(backup.contents, context)).length;
  const apart = await missingApart(backup.contents, context);
  return {
    entries,
    known,
    back,
    tray,
    held: texts,
    ...(await draftsIn(backup, drafts)),
    apart: Object.values(apart).reduce((count, values) => count + values.length, 0),
    images: (await missingImages(backup.contents, context)).length,
    otherPerson: await isOther(backup, context),
  };
}

async function draftsIn({ contents }: Backup, drafts: Drafts) {
  const present = await Promise.all(contents.drafts.map(({ surface }) => drafts.read(surface)));
  const isOther = (at: number) => present[at] !== null && present[at] !== contents.drafts[at]?.text;
  return {
    drafts: present.filter((text) => text === null).length,
    otherDrafts: present.filter((_, at) => isOther(at)).length,
  };
}

/** Restores. Refuses `NOT_ALLOWED` with reason `OTHER_PERSON` for another person's backup. Stopped, it has done a part and can be begun
 *  again. No sync runs meanwhile. */
export async function restoreBackup(
  backup: Backup,
  work: Work,
  context: Context = here,
  drafts: Drafts = browserDrafts,
): Promise<void> {
  if (await isOther(backup, context)) throw new Refusal('NOT_ALLOWED', { facts: { reason: 'OTHER_PERSON' } });
  const whose = (await writerOf(context.database)) ?? backup.about.person;
  if (whose !== null) await changeProfile(context.database, { writer: whose });
  await withoutSync(context, async () => {
    await restoreEntries(backup.contents, work, context);
    await restoreApart(backup.contents, context);
    for (const { surface, text } of backup.contents.drafts)
      if ((await drafts.read(surface)) === null) await drafts.keep(surface, text);
    await restoreImages(imagesOf(backup.file, work), context);
  });
  await enterParked(context);
  context.poke(false);
}

/** Ids differ from server to server, and a name may be corrected: one of the two is enough. */
async function isOther({ about: { person } }: Backup, { database }: Context): Promise<boolean> {
  const whose = await writerOf(database);
  if (whose === null || person === null) return false;
  return person.id !== whose.id && matchOf(person.name) !== matchOf(whose.name);
}

/** Runs while no sync does. Where another run already waits for its turn, this one asks again. */
async function withoutSync(context: Context, run: () => Promise<void>): Promise<void> {
  const done = async () => {
    await run();
    return true;
  };
  while ((await context.alone('sundial-sync', done)) === null) await new Promise((wait) => setTimeout(wait, 200));
}

async function contentsOf(file: OpenedFile, { progress, signal }: Work): Promise<Result<Backup, FileProblem>> {
  let contents = noContents();
  let unread = 0;
  for await (const line of file.lines(progress)) {
    signal.throwIfAborted();
    if (line.startsWith(imageBegins)) {
      const named = v.safeParse(NamedImage, line);
      if (named.success) contents.images.push(named.output.value.sha256);
      else unread += 1;
      continue;
    }
    const parsed = v.safeParse(Line, line);
    if (!parsed.success) unread += 1;
    else if (parsed.output.kind !== 'image') contents = takeRecord(contents, parsed.output);
  }
  const { about } = contents;
  return about === null ? fail('DAMAGED') : ok({ about, contents, unread, file });
}

const Line = v.pipe(v.string(), v.parseJson(), BackupRecord);
const NamedImage = v.pipe(v.string(), v.parseJson(), v.object({ value: v.object({ sha256: v.string() }) }));
const imageBegins = '{"kind":"image"';

/** The images of the file, one after another. */
async function* imagesOf(file: OpenedFile, { progress, signal }: Work): AsyncGenerator<RecordOf<'image'>> {
  for await (const line of file.lines(progress)) {
    signal.throwIfAborted();
    if (!line.startsWith(imageBegins)) continue;
    const parsed = v.safeParse(Line, line);
    if (parsed.success && parsed.output.kind === 'image') yield parsed.output.value;
  }
}
