/** What of a backup stands apart from entries: nonces and copies of seals, templates, names, settings, images. Nothing here is overwritten. */
import type { Table } from 'dexie';
import { fromB64u } from '../../shared/base/bytes.ts';
import { nonceCommitment } from '../../shared/proof/seal.ts';
import { openJws } from '../../shared/proof/signature.ts';
import type { Context } from '../device/context.ts';
import type { BackupContents } from '../store/backup-contents.ts';
import { ofThisDevice, type RecordOf } from '../store/backup-record.ts';
import { progressOf, type SundialDatabase } from '../store/database.ts';

type Apart = Pick<BackupContents, 'seals' | 'nonces' | 'weeks' | 'templates' | 'threads' | 'personal'>;

/** What this device lacks. What the server says of weeks comes back only to a device that never heard of it. */
export async function missingApart(contents: BackupContents, { database }: Context): Promise<Apart> {
  const isNew = (await progressOf(database)).deliveredAt === null;
  const own = contents.personal.filter(({ id }) => !ofThisDevice.has(id));
  const seals = await missing(database.seals, contents.seals, ({ seal }) => seal);
  return {
    seals,
    nonces: await missingNonces(contents, seals, database),
    weeks: isNew ? await missing(database.weeks, contents.weeks, ({ week }) => week) : [],
    templates: await missing(database.templates, contents.templates, ({ id }) => id),
    threads: await missing(database.threadNames, contents.threads, ({ id }) => id),
    personal: await missing(database.personal, own, ({ id }) => id),
  };
}

/** Brings back what this device lacks. */
export async function restoreApart(contents: BackupContents, context: Context): Promise<void> {
  const { database } = context;
  const { seals, nonces, weeks, templates, threads, personal } = await missingApart(contents, context);
  const tables = [database.seals, database.nonces, database.weeks, database.templates, database.threadNames];
  await database.transaction('rw', [...tables, database.personal], async () => {
    await database.seals.bulkPut(seals);
    await database.nonces.bulkPut(nonces);
    await database.weeks.bulkPut(weeks);
    await database.templates.bulkPut(templates);
    await database.threadNames.bulkPut(threads);
    await database.personal.bulkPut(personal);
  });
}

/** Names of the images that this device lacks. */
export const missingImages = ({ images }: BackupContents, { database }: Context): Promise<readonly string[]> =>
  missing(database.images, images, (name) => name);

/** Brings back images one after another; the server may have them, which sending again does not hurt. */
export async function restoreImages(images: AsyncIterable<RecordOf<'image'>>, { database }: Context): Promise<void> {
  for await (const image of images)
    await database.transaction('rw', database.images, async () => {
      if ((await database.images.get(image.sha256)) === undefined) await database.images.add({ ...image, sent: false });
    });
}

/** The nonce of a week stays the one that its newest known seal commits to (verification.md 4): a device that sealed without the old one
 *  keeps its own, one that only made a new one takes the old one back. `comingSeals`: copies that come back with it. */
async function missingNonces(
  { nonces }: BackupContents,
  comingSeals: Apart['seals'],
  database: SundialDatabase,
): Promise<Apart['nonces']> {
  const found: Apart['nonces'] = [];
  for (const kept of nonces) {
    const present = await database.nonces.get(kept.week);
    if (present?.nonce === kept.nonce) continue;
    if (present === undefined || (await isCommitted(kept, comingSeals, database))) found.push(kept);
  }
  return found;
}

async function isCommitted(
  { week, nonce }: RecordOf<'nonce'>,
  comingSeals: Apart['seals'],
  database: SundialDatabase,
): Promise<boolean> {
  const known = await database.seals.where('week').equals(week).toArray();
  const copies = [...known, ...comingSeals.filter((copy) => copy.week === week)].sort((a, b) => a.rev - b.rev);
  const newest = copies.findLast(({ state }) => state !== 'refused');
  const bytes = fromB64u(nonce);
  if (newest === undefined || bytes === null) return false;
  return openJws(newest.jws)?.payload.nc === (await nonceCommitment(bytes));
}

async function missing<T>(
  table: Table<unknown, string>,
  values: readonly T[],
  keyOf: (value: T) => string,
): Promise<T[]> {
  const present = await table.bulkGet(values.map(keyOf));
  return values.filter((_, at) => present[at] === undefined);
}
