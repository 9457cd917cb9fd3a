/** What of a backup stands apart from entries: nonces and copies of seals, templates, names, settings, images. Nothing here is overwritten. */
import type { Table } from 'dexie';
import { fromB64u } from '../../shared/base/bytes.ts';
import { nonceCommitment } from '../../shared/proof/seal.ts';
import { openJws } from '../../shared/proof/signature.ts';
import type { Context } from '../device/context.ts';
import type { BackupContents } from '../store/backup-contents.ts';
import { ofThisDevice, type RecordOf } from '../store/backup-record.ts';
import { progressOf, type SundialDatabase } from '../store/database.ts';

/** Brings back what this device lacks. What the server says of weeks comes back only to a device that never heard of it. */
export async function restoreApart(contents: BackupContents, { database }: Context): Promise<void> {
  const { seals, weeks, templates, threads, personal } = contents;
  await addMissing(database.seals, seals, ({ seal }) => seal);
  await restoreNonces(contents, database);
  if ((await progressOf(database)).deliveredAt === null) await addMissing(database.weeks, weeks, ({ week }) => week);
  await addMissing(database.templates, templates, ({ id }) => id);
  await addMissing(database.threadNames, threads, ({ id }) => id);
  const own = personal.filter(({ id }) => !ofThisDevice.has(id));
  await addMissing(database.personal, own, ({ id }) => id);
}

/** Brings back images one after another; the server may have them, which sending again does not hurt. */
export async function restoreImages(images: AsyncIterable<RecordOf<'image'>>, { database }: Context): Promise<void> {
  for await (const image of images)
    await database.transaction('rw', database.images, async () => {
      if ((await database.images.get(image.sha256)) === undefined) await database.images.add({ ...image, sent: false });
    });
}

/** The nonce of a week stays the one that its newest known seal commits to (verification.md 4): a device that sealed without the old one
 *  keeps its own, one that only made a new one takes the old one back. */
async function restoreNonces({ nonces }: BackupContents, database: SundialDatabase): Promise<void> {
  await addMissing(database.nonces, nonces, ({ week }) => week);
  for (const kept of nonces) {
    if ((await database.nonces.get(kept.week))?.nonce === kept.nonce) continue;
    const copies = await database.seals.where('week').equals(kept.week).sortBy('rev');
    const newest = copies.findLast(({ state }) => state !== 'refused');
    const bytes = fromB64u(kept.nonce);
    if (newest === undefined || bytes === null) continue;
    const commitment = openJws(newest.jws)?.payload.nc;
    if (commitment === (await nonceCommitment(bytes))) await database.nonces.put(kept);
  }
}

async function addMissing<T>(
  table: Table<T, string>,
  values: readonly T[],
  keyOf: (value: T) => string,
): Promise<void> {
  await table.db.transaction('rw', table, async () => {
    const present = await table.bulkGet(values.map(keyOf));
    await table.bulkAdd(values.filter((_, at) => present[at] === undefined));
  });
}
