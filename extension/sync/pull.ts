/** Server truth downward, by a cursor that only the server moves; and what a restored server means (sync.md i). */
import * as v from 'valibot';
import type { Answer } from '../../shared/api/endpoint.ts';
import { Body, getPull, type Row } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { withheldBody, withheldOf } from '../../shared/diary/journal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import type { Context } from '../device/context.ts';
import { call } from '../remote/client.ts';
import { changeProgress, type LoggedOp, progressOf, type StoredRow, type SundialDatabase } from '../store/database.ts';
import { appendOp } from '../store/ops.ts';
import { addToTray } from '../store/tray.ts';
import { forgetWords, redactedTables } from './redacted.ts';
import { writeRows } from './settle.ts';

/** Fetches rows after the cursor until there are no more. At the end, rows that a restored server no longer has go to the tray: their author
 *  decides. */
export async function pull(epoch: number, context: Context): Promise<void> {
  await pullRows(epoch, context);
  // A record of before this member was kept is looked through once.
  if ((await progressOf(context.database)).restored !== false) await lost(epoch, context);
}

/** Fetches rows after the cursor, each page in one transaction with its cursor. */
export async function pullRows(epoch: number, context: Context): Promise<void> {
  const { database } = context;
  for (let more = true; more; ) {
    const { cursor } = await progressOf(database);
    const page = await call(getPull, { query: { epoch, after: cursor, limit: 200 } }, context);
    if (!followsOn(page, cursor)) throw new Refusal('INTERNAL');
    await database.transaction('rw', [...redactedTables(database), database.progress], async () => {
      const known = await database.rows.bulkGet(page.rows.map(({ id }) => id));
      for (const [n, row] of page.rows.entries()) {
        const before = known[n];
        if (before !== undefined && isChanged(before, row, epoch)) await keepSetBack(row, before, context);
      }
      await writeRows(page.rows, epoch, context);
      await meetParked(page.rows, context);
      await meetLost(page.rows, database);
      for (const [n, row] of page.rows.entries())
        if (row.body?.hold !== undefined) {
          await keepBack(row, known[n]?.head ?? null, context);
          await forgetWords(row, known[n]?.body ?? null, database);
        }
      await changeProgress(database, { cursor: page.next });
    });
    more = page.more;
  }
}

/** Whether a page goes on from the cursor: one that goes back is of another server, and one that stays where more is said to come would be
 *  asked for without end. */
const followsOn = ({ next, more }: Answer<typeof getPull>, cursor: number): boolean =>
  more ? next > cursor : next >= cursor;

/** Words that were withheld since, which a restored server or a restored backup would have had this device send: they stay here. What the server
 *  is not known to have had goes to the tray. `before`: the head that stood here. */
async function keepBack(row: Row, before: string | null, context: Context): Promise<void> {
  const { database } = context;
  const waiting = await database.outbox.where('id').equals(row.id).sortBy('n');
  for (const { n, op, body, sent, replaced } of waiting) {
    if (!sent || body === null || body.hold !== undefined) continue;
    await database.outbox.delete(n);
    if (replaced === true || op === before) continue;
    const refused = { id: row.id, body, reason: 'CONFLICT' as const, field: null, detail: null, current: row };
    await addToTray(database, { ...refused, at: context.now() });
  }
}

/** A line that waited here for the signing device was entered there. Where it reads otherwise by now, or was made public or deleted there,
 *  its author decides: it may have been changed here meanwhile. */
async function meetParked(rows: readonly Row[], context: Context): Promise<void> {
  const { held } = context.database;
  const items = await held.bulkGet(rows.map(({ id }) => id));
  for (const [n, row] of rows.entries()) {
    const item = items[n];
    if (item === undefined || item.parked === null) continue;
    if (row.body?.digest === item.digest) await held.update(item.id, { parked: null });
    else {
      await held.delete(item.id);
      if (row.body !== null && canonical(withheldOf(row.body).prose) === canonical(item.prose)) continue;
      const { id, parked, hold, digest } = item;
      const body = v.parse(Body, withheldBody(parked, hold, digest));
      const refused = { id, body, reason: 'CONFLICT' as const, field: null, detail: null };
      await addToTray(context.database, { ...refused, current: row, at: context.now() }, item);
    }
  }
}

/** What a restored server did not have was brought by another device of its author, or with its seal, which does not say where an entry was
 *  imported from: nothing is left to ask. */
async function meetLost(rows: readonly Row[], { tray }: SundialDatabase): Promise<void> {
  const told = (body: Body | null) => {
    const { source: _, ...members }: Readonly<Record<string, unknown>> = body ?? {};
    return canonical(members);
  };
  const bodies = new Map(rows.map(({ id, body }) => [id, told(body)]));
  await tray.filter(({ id, reason, body }) => reason === 'LOST' && bodies.get(id) === told(body)).delete();
}

/** A new epoch: the server was restored from a backup. Everything is asked for again, every own op is sent again in order (those it
 *  still has are answered as before), and seals are sent again with their receipts at hand. */
export async function beginEpoch(epoch: number, context: Context): Promise<void> {
  const { database } = context;
  const { outbox, log, rows, progress, weeks, seals } = database;
  const tables = [outbox, log, rows, progress, weeks, seals];
  await database.transaction('rw', tables, async () => {
    const own = await log.orderBy('n').toArray();
    const waiting = new Map((await outbox.toArray()).map(({ n, replaced }) => [n, replaced === true]));
    const heads = new Map((await rows.toArray()).map(({ id, head }) => [id, head]));
    const isReplaced = ({ n, id, op }: Pick<LoggedOp, 'n' | 'id' | 'op'>) =>
      waiting.get(n) ?? (heads.get(id) ?? op) !== op;
    await outbox.clear();
    await outbox.bulkAdd(
      own.flatMap(({ blanked, ...op }) => (blanked ? [] : [{ ...op, sent: true, replaced: isReplaced(op) }])),
    );
    await deleteAgain(own, new Set(waiting.keys()), context);
    await weeks.clear();
    await seals
      .where('state')
      .anyOf('logged', 'signed')
      .modify((copy) => {
        Object.assign(copy, { state: 'signed', confirmed: null, again: true });
      });
    await changeProgress(database, { epoch, cursor: 0, sealsAfter: -1, restored: true });
  });
}

/** What another device had deleted is sent for those who made something from it, and deleted again behind that: the other device may come
 *  later or never. Goes without a word where it is refused. `unsent`: the numbers of own ops that wait for an answer. */
async function deleteAgain(own: readonly LoggedOp[], unsent: ReadonlySet<number>, context: Context): Promise<void> {
  const { database } = context;
  const mine = new Set(own.map(({ op }) => op));
  const last = new Map(own.map((op) => [op.id, op]));
  const gone = await database.rows.filter(({ del, head }) => del && !mine.has(head)).toArray();
  for (const { id } of gone) {
    const before = last.get(id);
    if (before === undefined || before.blanked || before.body === null || unsent.has(before.n)) continue;
    const { n } = await appendOp(database, { id, parent: before.op, body: null }, context);
    await database.outbox.update(n, { replaced: true });
  }
}

/** Whether a row takes the place of words that stand here. */
function isChanged(known: StoredRow, row: Row, epoch: number): boolean {
  return known.epoch === epoch && !known.del && known.body !== null && known.seq < row.seq;
}

/** A freeze sets a reopened week back to its seal: what this device wrote since is offered as corrections (sync.md j). */
async function keepSetBack(row: Row, known: StoredRow, context: Context): Promise<void> {
  const { database } = context;
  const own = await database.log.where('op').equals(known.head).first();
  if (own === undefined || canonical(row.body) === canonical(known.body)) return;
  const putAway = row.del && row.head === known.head;
  if (!putAway && !(await isBefore(row.head, own, database))) return;
  const { id, body } = known;
  const current = row.del ? null : row;
  await addToTray(database, { id, body, reason: 'SEALED', field: null, detail: null, current, at: context.now() });
}

/** Whether a head stood before an own op: it is an earlier one of this device, or what one of them was made from. */
async function isBefore(head: string, { id, n }: LoggedOp, { log }: SundialDatabase): Promise<boolean> {
  const own = await log.where('id').equals(id).toArray();
  return own.some((op) => (op.op === head && op.n < n) || (op.parent === head && op.n <= n));
}

/** What the server said in an epoch before and not in this one. */
async function lost(epoch: number, context: Context): Promise<void> {
  const { database } = context;
  const tables = [database.rows, database.outbox, database.tray, database.held, database.progress];
  await database.transaction('rw', tables, async () => {
    const stale = await database.rows.filter((row) => row.epoch !== epoch).toArray();
    for (const row of stale) {
      await database.rows.delete(row.id);
      const waits = (await database.outbox.where('id').equals(row.id).count()) > 0;
      if (row.del || row.body === null || waits) continue;
      const { id, body } = row;
      const refused = { id, body, reason: 'LOST' as const, field: null, detail: null, current: null };
      await addToTray(database, { ...refused, at: context.now() });
    }
    await changeProgress(database, { restored: false });
  });
}
