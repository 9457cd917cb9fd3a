/** The entries of a backup: what is to be done for each by what this device knows of it, and doing it in pieces, each in one transaction. */
import type { Body } from '../../shared/api/journal.ts';
import { type Decision, decide } from '../../shared/diary/restore.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import type { Context } from '../device/context.ts';
import type { BackupContents } from '../store/backup-contents.ts';
import type { RecordOf } from '../store/backup-record.ts';
import { changeProgress, type HeldItem, progressOf, type SundialDatabase } from '../store/database.ts';
import { beforeOthers, heldFor, heldTexts } from '../store/held.ts';
import { appendOp, blankLog, opTables } from '../store/ops.ts';
import { forgetSteps } from '../store/steps.ts';
import { addToTray } from '../store/tray.ts';
import { writtenByIds } from '../store/written.ts';
import type { Work } from './backup.ts';
import { heldBody } from './withhold.ts';

/** What is to be done for one id. `isLive`: it was not deleted in the backup; `held`: its withheld text comes back, as it is put; `refused`:
 *  the words of a withheld text that goes to the tray. */
export interface EntryPlan {
  readonly id: string;
  readonly isLive: boolean;
  readonly decision: Decision;
  readonly held: HeldItem | null;
  readonly refused: HeldItem | null;
}

/** Every id of a backup in pieces, those of withheld lines that are in no op included. */
export function* idsOf({ rows, waiting, held }: BackupContents): Generator<readonly string[]> {
  const ids = [...new Set([...rows.keys(), ...waiting.map(({ id }) => id), ...held.keys()])];
  for (let at = 0; at < ids.length; at += 500) yield ids.slice(at, at + 500);
}

/** Judges a piece by what stands here now. */
export async function planEntries(
  contents: BackupContents,
  ids: readonly string[],
  { database }: Context,
): Promise<readonly EntryPlan[]> {
  const lastOps = new Map(contents.waiting.map((op) => [op.id, op]));
  const marks = await restoredMarks(database);
  const [rows, held, waiting, known] = await Promise.all([
    database.rows.bulkGet([...ids]),
    database.held.bulkGet([...ids]),
    database.outbox.where('id').anyOf(ids).sortBy('n'),
    database.log
      .where('op')
      .anyOf(ids.flatMap((id) => lastOps.get(id)?.op ?? []))
      .toArray(),
  ]);
  const synced = (await progressOf(database)).deliveredAt !== null;
  const mine = new Set([...known.map(({ op }) => op), ...marks]);
  const lastHere = new Map(waiting.map((op) => [op.id, op]));
  const refused = new Set(contents.tray.flatMap(({ body }) => body?.digest ?? []));
  return ids.map((id, at) => {
    const last = lastOps.get(id) ?? null;
    const row = rows[at] ?? null;
    const here = { row, last: lastHere.get(id) ?? null, parked: held[at]?.parked != null };
    const knowsOp = last !== null && mine.has(last.op);
    const decision = decide({ row: contents.rows.get(id) ?? null, last }, { ...here, knowsOp }, synced);
    const body = here.last?.body ?? row?.body ?? null;
    const item = contents.held.get(id);
    const comes = decision.row || decision.op !== null || decision.tray !== null;
    const isKept = row?.del === true || here.parked || (held[at] !== undefined && hasTexts(held[at], item));
    const back = item === undefined || isKept ? null : heldBack(item, body, comes || refused.has(item.digest));
    const isLive = last === null ? contents.rows.get(id)?.del === false || item?.parked != null : last.body !== null;
    const plan = { id, isLive, held: back === null ? null : beforeOthers(back, held[at]) };
    const isLeft = back === null && !here.parked && !hasTexts(held[at], item) && !marks.has(heldMark(item));
    if (item?.parked != null && isLeft && decision.op === null && decision.tray === null)
      return { ...plan, decision: { ...decision, tray: heldBody(item.parked, item.hold, item.digest) }, refused: item };
    return { ...plan, decision, refused: heldOf(item, decision.tray) };
  });
}

/** Whether this device has the withheld texts of an item already. */
function hasTexts(here: HeldItem | undefined, item: HeldItem | undefined): boolean {
  const digests = new Set(here === undefined ? [] : heldTexts(here).map(({ digest }) => digest));
  return item !== undefined && heldTexts(item).every(({ digest }) => digests.has(digest));
}

const heldOf = (item: HeldItem | undefined, body: Body | null): HeldItem | null =>
  item === undefined || body?.hold === undefined ? null : heldFor({ ...item, parked: null }, body);

/** A withheld text comes back where its entry does (`comes`) or stands here under the same digest; a parked line where nothing is known of
 *  it: where its entry stands here otherwise, it goes to the tray, once. `body`: the entry as it stands here. */
function heldBack(item: HeldItem, body: Body | null, comes: boolean): HeldItem | null {
  if (heldTexts(item).some(({ digest }) => digest === body?.digest)) return { ...item, parked: null };
  if (item.parked !== null) return body === null && !comes ? item : null;
  return comes ? item : null;
}

/** Brings the entries back. On a device that never wrote, own ops come back as they were, so that the server knows them again. */
export async function restoreEntries(contents: BackupContents, work: Work, context: Context): Promise<void> {
  const { database } = context;
  await restoreOwnOps(contents, database);
  const pieces = [...idsOf(contents)];
  for (const [at, ids] of pieces.entries()) {
    work.signal.throwIfAborted();
    await restorePiece(contents, ids, context);
    work.progress((at + 1) / pieces.length);
  }
  await restoreTray(contents, context);
  // What was gathered of older entries is gathered anew.
  await database.personal.delete('threads');
}

async function restoreOwnOps({ about, waiting, logged }: BackupContents, database: SundialDatabase): Promise<void> {
  await database.transaction('rw', opTables(database), async () => {
    const { counter, epoch } = await progressOf(database);
    if (counter > 0 || (await database.log.count()) > 0 || (await database.outbox.count()) > 0) return;
    await database.outbox.bulkAdd(waiting.map((op) => ({ ...op, sent: true })));
    // A hundred thousand at once would freeze the page.
    for (let at = 0; at < logged.length; at += 500) await database.log.bulkAdd(logged.slice(at, at + 500));
    await changeProgress(database, {
      counter: about?.counter ?? 0,
      epoch: epoch ?? about?.epoch ?? null,
      restored: true,
    });
  });
}

async function restorePiece(contents: BackupContents, ids: readonly string[], context: Context): Promise<void> {
  const { database } = context;
  const tables = [
    ...opTables(database),
    database.rows,
    database.held,
    database.tray,
    database.steps,
    database.personal,
  ];
  await database.transaction('rw', tables, async () => {
    const plans = await planEntries(contents, ids, context);
    // Of no epoch until a pull confirms them: what the server does not have goes to the tray then (sync.md i).
    const rows = plans.flatMap(({ id, decision }) => {
      const row = contents.rows.get(id);
      return decision.row && row !== undefined ? [{ ...row, epoch: 0 }] : [];
    });
    await database.rows.bulkPut(rows);
    if (rows.length > 0) await changeProgress(database, { restored: true });
    await database.held.bulkPut(plans.flatMap(({ held }) => held ?? []));
    for (const { id, held } of plans) {
      const item = contents.held.get(id);
      if (held !== null && item?.parked != null) await mark(database, heldMark(item));
    }
    for (const plan of plans) await apply(contents, plan, context);
  });
}

async function apply(
  contents: BackupContents,
  { id, decision: { op, tray }, refused }: EntryPlan,
  context: Context,
): Promise<void> {
  const { database } = context;
  if (op === null && tray === null) return;
  const last = contents.waiting.findLast((waiting) => waiting.id === id);
  if (op !== null) {
    if (op.body?.hold !== undefined) {
      await blankLog(database, id);
      await forgetSteps(database, id);
    }
    const { n } = await appendOp(database, { id, parent: op.parent, body: op.body }, context);
    // Its words may have been withheld since: a pull comes before it is sent.
    await database.outbox.update(n, { sent: true });
    await changeProgress(database, { restored: true });
  }
  if (tray !== null) {
    const current = (await database.rows.get(id)) ?? null;
    const item = { id, body: tray, reason: 'CONFLICT' as const, field: null, detail: null, current };
    await addToTray(database, { ...item, at: context.now() }, refused);
    if (refused !== null) await mark(database, heldMark(refused));
  }
  if (last !== undefined) await mark(database, last.op);
}

/** Texts that stood in the backup's tray, stand neither in the tray nor in the diary here, and were not brought back before. */
export async function trayToRestore(
  { tray }: BackupContents,
  { database }: Context,
): Promise<readonly RecordOf<'tray'>[]> {
  const written = await writtenByIds(database, [...new Set(tray.map(({ id }) => id))]);
  const waiting = await database.tray.toArray();
  const present = new Set([...written, ...waiting].map(({ id, body }) => canonical([id, body])));
  const marks = await restoredMarks(database);
  return tray.filter((item) => !present.has(canonical([item.id, item.body])) && !marks.has(trayMark(item)));
}

async function restoreTray(contents: BackupContents, context: Context): Promise<void> {
  const { database } = context;
  const tables = [database.rows, database.outbox, database.held, database.tray, database.personal];
  await database.transaction('rw', tables, async () => {
    for (const item of await trayToRestore(contents, context)) {
      const held = item.held ?? heldOf(contents.held.get(item.id), item.body);
      await database.tray.add(held === null ? item : { ...item, held });
      await mark(database, trayMark(item));
    }
  });
}

const trayMark = ({ id, at }: RecordOf<'tray'>): string => `tray ${id} ${at}`;

const heldMark = (item: HeldItem | undefined): string => `held ${item?.digest}`;

const marksId = 'restored';

/** What was brought back once does not come again, whatever became of it. */
async function restoredMarks(database: SundialDatabase): Promise<ReadonlySet<string>> {
  const value = (await database.personal.get(marksId))?.value;
  return new Set(Array.isArray(value) ? value.filter((name) => typeof name === 'string') : []);
}

async function mark(database: SundialDatabase, name: string): Promise<void> {
  await database.personal.put({ id: marksId, value: [...(await restoredMarks(database)), name] });
}
