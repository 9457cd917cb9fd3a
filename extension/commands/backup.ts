/** The encrypted backup of all that stands on this device: withheld texts exist nowhere else (sync.md l). Works offline and without
 *  enrolment. */
import type { Table } from 'dexie';
import { Refusal } from '../../shared/api/refusal.ts';
import { b64u } from '../../shared/base/bytes.ts';
import { judgePassphrase, sealFile } from '../../shared/diary/sealed-file.ts';
import { type Context, here } from '../device/context.ts';
import { type About, type BackupRecord, backupLine, ofThisDevice } from '../store/backup-record.ts';
import { heldDigests, lastBackupId } from '../store/backup-state.ts';
import { profileOf, progressOf } from '../store/database.ts';
import { keepDraft, keptDrafts, readDraft } from '../store/drafts.ts';
import { zoneOf } from '../store/organisation-facts.ts';
import { writerOf } from '../store/writer.ts';

/** Where drafts are kept; tests make one of their own. */
export interface Drafts {
  readonly all: () => Promise<ReadonlyMap<string, string>>;
  readonly read: (surface: string) => Promise<string | null>;
  readonly keep: (surface: string, text: string) => Promise<void>;
}
export const browserDrafts: Drafts = { all: keptDrafts, read: readDraft, keep: keepDraft };

/** How a long piece of work reports and is stopped. */
export interface Work {
  /** 0 to 1. */
  readonly progress: (share: number) => void;
  readonly signal: AbortSignal;
}

/** Makes a backup. Throws `FIELD_INVALID` for a weak passphrase, the signal's reason when stopped. */
export async function makeBackup(
  passphrase: string,
  work: Work,
  context: Context = here,
  drafts: Drafts = browserDrafts,
): Promise<Blob> {
  const judged = judgePassphrase(passphrase);
  if (!judged.ok) throw new Refusal('FIELD_INVALID', { field: 'passphrase', facts: { reason: judged.problem } });
  const texts = await drafts.all();
  const { lines, images, held } = await collected(texts, context);
  const parts: Blob[] = [];
  let written = 0;
  const total = lines.length + images.length;
  const counted = async function* () {
    for await (const line of withImages(lines, images, context)) {
      work.signal.throwIfAborted();
      written += 1;
      yield line;
    }
  };
  const fresh = { salt: context.random(16), nonce: context.random(7) };
  for await (const part of sealFile(counted(), passphrase, fresh)) {
    work.signal.throwIfAborted();
    // Each piece leaves the page's memory at once.
    parts.push(new Blob([part]));
    work.progress(written / total);
    // Else one piece follows the other before the page can show anything.
    await new Promise((goOn) => setTimeout(goOn));
  }
  await context.database.personal.put({ id: lastBackupId, value: { at: context.now(), held } });
  return new Blob(parts, { type: 'application/octet-stream' });
}

/** Everything but the bytes of images, as of one moment. */
async function collected(drafts: ReadonlyMap<string, string>, context: Context) {
  const { database } = context;
  const read: readonly (readonly [BackupRecord['kind'], Table])[] = [
    ['row', database.rows],
    ['waiting', database.outbox],
    ['logged', database.log],
    ['tray', database.tray],
    ['held', database.held],
    ['nonce', database.nonces],
    ['seal', database.seals],
    ['week', database.weeks],
    ['template', database.templates],
    ['thread', database.threadNames],
  ];
  const tables = [
    ...read.map(([, table]) => table),
    database.personal,
    database.images,
    database.profile,
    database.progress,
  ];
  return database.transaction('r', tables, async () => {
    const lines: string[] = [];
    for (const [kind, table] of read) await eachOf(table, (value) => lines.push(backupLine(kind, value)));
    await eachOf(database.personal, (kept) => {
      if (!ofThisDevice.has(kept.id)) lines.push(backupLine('personal', kept));
    });
    for (const [surface, text] of drafts) lines.push(backupLine('draft', { surface, text }));
    const images = await database.images.toCollection().primaryKeys();
    const about = backupLine('about', await aboutOf(images.length, drafts.size, context));
    const held = (await heldDigests(database)).map(({ digest }) => digest);
    return { lines: [about, ...lines], images, held };
  });
}

async function aboutOf(images: number, drafts: number, { database, now }: Context): Promise<About> {
  const { organisation } = await profileOf(database);
  const person = await writerOf(database);
  const { epoch, counter } = await progressOf(database);
  return {
    at: new Date(now()).toISOString(),
    person: person === null ? null : { id: person.id, name: person.name },
    zone: zoneOf({ organisation }),
    epoch,
    counter,
    counts: {
      rows: await database.rows.count(),
      waiting: await database.outbox.count(),
      tray: await database.tray.count(),
      held: await database.held.count(),
      images,
      drafts,
    },
  };
}

async function* withImages(
  lines: readonly string[],
  images: readonly string[],
  { database }: Context,
): AsyncGenerator<string> {
  yield* lines;
  for (const sha256 of images) {
    const image = await database.images.get(sha256);
    if (image === undefined) continue;
    const { sent: _, bytes, ...rest } = image;
    yield backupLine('image', { ...rest, bytes: b64u(bytes) });
  }
}

/** Every value of a table, in pieces that leave the page time to breathe. */
async function eachOf<T>(table: Table<T>, take: (value: T) => void): Promise<void> {
  const keys = await table.toCollection().primaryKeys();
  for (let at = 0; at < keys.length; at += pieceLength) {
    const piece = keys.slice(at, at + pieceLength);
    const values = await table.where(':id').between(piece[0], piece.at(-1), true, true).toArray();
    for (const value of values) take(value);
  }
}

const pieceLength = 500;
