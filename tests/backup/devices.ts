import type { Drafts, Work } from '../../extension/commands/backup.ts';
import { addImage } from '../../extension/commands/images.ts';
import { addEntries, changeMembers, setReview, setTitle } from '../../extension/commands/journal.ts';
import { previewRestore, readBackup, restoreBackup } from '../../extension/commands/restore.ts';
import type { Context } from '../../extension/device/context.ts';
import { entriesOn, writtenIn } from '../../extension/store/queries.ts';
import { runSync } from '../../extension/sync/run.ts';
import { hex } from '../../shared/base/bytes.ts';
import { sha256 } from '../../shared/base/digest.ts';
import { openProfile } from '../extension/profile-double.ts';
import { ServerDouble } from '../extension/server-double.ts';
import { pngOfShade } from '../images/pictures.ts';

export const day = '2026-11-20';
export const week = '2026-W47';
export const passphrase = '四个 词的 通关 口令';
export const hold = { ground: 'privacy' as const, basis: '《政府信息公开条例》第十五条' };
export const entry = (hour: number, text: string) => ({
  day,
  start: `${day}T${String(hour).padStart(2, '0')}:00`,
  end: `${day}T${String(hour).padStart(2, '0')}:45`,
  text,
});

export const work: Work = { progress: () => undefined, signal: new AbortController().signal };

/** Drafts in memory. */
export function draftsOf(texts: Record<string, string> = {}): Drafts & { readonly texts: Map<string, string> } {
  const kept = new Map(Object.entries(texts));
  return {
    texts: kept,
    all: async () => kept,
    read: async (surface) => kept.get(surface) ?? null,
    keep: async (surface, text) => void kept.set(surface, text),
  };
}

export const alone = async (): Promise<Context> => {
  const { context } = await openProfile(async () => Promise.reject(new TypeError('no network')), { enrolled: false });
  return context;
};

/** What a preview says where the backup has nothing more to give. */
export const nothing = { back: 0, tray: 0, held: 0, apart: 0, images: 0, drafts: 0, otherDrafts: 0 };

export async function restored(file: Blob, context: Context, drafts = draftsOf()) {
  const read = await readBackup(file, passphrase, work);
  if (!read.ok) throw new Error(read.problem);
  const preview = await previewRestore(read.value, context, drafts);
  await restoreBackup(read.value, work, context, drafts);
  return preview;
}

/** Everything that a person wrote, without the numbers of this device. */
export async function everything({ database }: Context) {
  const rows = (await database.rows.toArray()).map(({ epoch: _, ...row }) => row);
  const personal = (await database.personal.toArray()).filter(({ id }) => id !== 'backup' && id !== 'restored');
  return {
    rows,
    personal,
    waiting: (await database.outbox.toArray()).map(({ sent: _, ...op }) => op),
    log: await database.log.toArray(),
    tray: await database.tray.toArray(),
    held: await database.held.toArray(),
    nonces: await database.nonces.toArray(),
    seals: await database.seals.toArray(),
    templates: await database.templates.toArray(),
    threads: await database.threadNames.toArray(),
    images: (await database.images.toArray()).map(({ sent: _, ...image }) => image),
  };
}

export const texts = async (context: Context) =>
  (await writtenIn(context.database, week)).map(({ body, held }) => body.text ?? held?.prose.text).sort();

/** A device with something of every kind: delivered, waiting, withheld, refused, named, drawn. */
export async function full(server = new ServerDouble()) {
  const { context, network } = await openProfile(server.fetch);
  const { database } = context;
  await addEntries([entry(8, '送达的'), entry(9, '送达后改的')], null, context);
  await addEntries([entry(10, '不能出去的话')], hold, context);
  await setTitle(week, '有“风”度', '', context);
  await runSync(true, context);
  network.on = false;
  const [, second] = await entriesOn(database, day);
  if (second === undefined) throw new Error('no entry');
  await changeMembers(second, { text: '改了还没送' }, context);
  await addEntries([entry(11, '还没送的')], null, context);
  await setReview(week, null, '本周复盘', '', context);
  const [first] = await entriesOn(database, day);
  if (first === undefined) throw new Error('no entry');
  const bytes = pngOfShade(3);
  const name = hex(await sha256(bytes));
  await addImage(
    first.id,
    { sha256: name, type: 'image/png', width: 2, height: 2, bytes, sent: false, addedAt: 5 },
    context,
  );
  await database.tray.add({
    id: first.id,
    body: { ...first.body, text: '没送进去的' },
    reason: 'CONFLICT',
    field: null,
    detail: null,
    current: null,
    at: 7,
  });
  await database.templates.add({ id: 't', line: '8:30-9:30 班子例会', weekdays: [1], usedAt: 3 });
  await database.personal.put({ id: 'focusedTarget', value: 30 });
  await database.personal.put({ id: 'personCheck', value: { kind: 'pin', hash: 'never in a backup' } });
  return { server, context, network, name };
}
