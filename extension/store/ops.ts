/** Own ops: how one edit becomes one op in outbox and log, inside the caller's transaction (sync.md b). */
import { Dexie } from 'dexie';
import { encodeTime, ulid } from 'ulid';
import { type Body, schemaMax } from '../../shared/api/journal.ts';
import type { Bytes } from '../../shared/base/bytes.ts';
import { parseDay } from '../../shared/time/civil.ts';
import { weekStart } from '../../shared/time/week.ts';
import { type OutgoingOp, type Progress, progressOf, type SundialDatabase } from './database.ts';
import { forgetSteps } from './steps.ts';

/** Clock and chance for new ids. */
export interface Maker {
  readonly now: () => number;
  readonly random: (length: number) => Bytes;
}

/** An edit: a body to put, or null to delete; `parent` is the head its author was looking at. */
export interface Edit {
  readonly id: string;
  readonly parent: string | null;
  readonly body: Body | null;
}

/** A new id: ULID in lower case. */
export function newId(maker: Maker): string {
  return ulid(maker.now(), () => (maker.random(1)[0] ?? 0) / 256).toLowerCase();
}

/** The id of what a week or a day has only one of; `day` null: the week's. Every device makes the same, so that what two of them write there
 *  meets as a conflict instead of standing twice. */
export function onlyId(kind: 'title' | 'review', week: string, day: string | null): string {
  const at = day === null ? weekStart(week) : parseDay(day);
  const place = kind === 'title' ? 't' : day === null ? 'w' : 'd';
  return `${encodeTime((at ?? 0) * 86_400_000).toLowerCase()}${place.padStart(16, '0')}`;
}

/** The tables that an op touches; a transaction that appends ops covers them. */
export const opTables = (database: SundialDatabase) => [database.outbox, database.log, database.progress];

/** Appends an op to outbox and log under the next number of this device, within the transaction that runs. */
export async function appendOp(database: SundialDatabase, edit: Edit, maker: Maker): Promise<OutgoingOp> {
  const progress = await progressOf(database);
  const op = opOf(edit, progress.counter + 1, maker);
  await append(database, [op], progress);
  return { ...op, sent: false };
}

/** Appends several, in order. `progress` as the transaction has read it. */
export function appendOps(
  database: SundialDatabase,
  edits: readonly Edit[],
  progress: Progress,
  maker: Maker,
): Promise<void> {
  const ops = edits.map((edit, at) => opOf(edit, progress.counter + 1 + at, maker));
  return append(database, ops, progress);
}

type OwnOp = Omit<OutgoingOp, 'sent'>;

function opOf({ id, parent, body }: Edit, n: number, maker: Maker): OwnOp {
  const kind = body === null ? 'del' : 'put';
  return { op: newId(maker), n, id, parent, kind, schema: schemaMax, at: new Date(maker.now()).toISOString(), body };
}

/** All at once: each wait for the disk's process would be felt at Enter. */
async function append(database: SundialDatabase, ops: readonly OwnOp[], progress: Progress): Promise<void> {
  await Promise.all([
    database.progress.put({ ...progress, counter: progress.counter + ops.length }),
    database.outbox.bulkAdd(ops.map((op) => ({ ...op, sent: false }))),
    database.log.bulkAdd(ops.map((op) => ({ ...op, blanked: false }))),
  ]);
}

/** Commits the transaction that runs with what it was asked for until here, without waiting for the answers: one way less to the disk's
 *  process. Whoever calls it asks for nothing more. */
export function commitNow(): void {
  Dexie.currentTransaction.idbtrans.commit();
}

/** The head of an entry as its author sees it: the last waiting own op, else the server's row; null for a new entry. */
export async function headOf(database: SundialDatabase, id: string): Promise<string | null> {
  const waiting = (await database.outbox.where('id').equals(id).sortBy('n')).at(-1);
  return waiting?.op ?? (await database.rows.get(id))?.head ?? null;
}

/** Takes the prose of an entry out of the own log and out of the steps: its ops stay as numbers that are mine and are never sent again
 *  (sync.md k). */
export async function blankLog(database: SundialDatabase, id: string): Promise<void> {
  await database.log
    .where('id')
    .equals(id)
    .modify((logged) => {
      if (logged.body !== null && logged.body.hold === undefined) Object.assign(logged, { body: null, blanked: true });
    });
  await forgetSteps(database, id);
}
