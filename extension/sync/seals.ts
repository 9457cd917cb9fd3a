/** Seals: signed ones on their way up, and what the server says of each week of mine. */

import * as v from 'valibot';
import { getSeals, postSeal, Receipt } from '../../shared/api/journal.ts';
import { Refusal, type RefusalCode } from '../../shared/api/refusal.ts';
import type { Context } from '../device/context.ts';
import { call } from '../remote/client.ts';
import { changeProgress, progressOf, type SealCopy } from '../store/database.ts';
import { forgetEndedKeys } from './rotation.ts';

/** Sends every signed seal that the server has not answered, oldest first. The same seal sent twice is the same seal. One that is refused is a
 *  matter of its week and stands there: it stops neither the others nor the sync. */
export async function sendSeals(context: Context): Promise<void> {
  const { database } = context;
  const signed = await database.seals.where('state').equals('signed').sortBy('iat');
  // The newest first of those that a restored server may not have: an older one then counts no more. A new one comes after them.
  const before = signed.filter(({ again }) => again === true).sort((a, b) => b.rev - a.rev);
  for (const copy of [...before, ...signed.filter(({ again }) => again !== true)]) await sendSealKept(copy, context);
}

async function sendSealKept(copy: SealCopy, context: Context): Promise<void> {
  try {
    await sendSeal(copy, context);
  } catch (error) {
    if (!(error instanceof Refusal) || !weekCodes.has(error.code)) throw error;
  }
}

/** Sends one seal and keeps its receipt. What the server refuses for good is kept as refused with its code, and thrown; a key that the log has
 *  ended is forgotten then. */
export async function sendSeal(copy: SealCopy, context: Context): Promise<Receipt> {
  const disclosures = copy.disclosures.filter((_, at) => !copy.kept.includes(at));
  const manifest = copy.manifest.map(([id, head]): [string, string] => [id, head]);
  // What the log has comes back with its entries, should the server have been restored from before it.
  const items = copy.again === true ? { items: [...copy.items] } : {};
  const body = { week: copy.week, jws: copy.jws, disclosures, manifest, ...items };
  try {
    const { receipt } = await call(postSeal, { body }, context);
    await keepReceipt(copy, receipt, context);
    return receipt;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.code === 'WEEK_SEALED') {
      const given = v.safeParse(Receipt, error.facts.receipt);
      if (given.success && given.output.seal === copy.seal) {
        await keepReceipt(copy, given.output, context);
        return given.output;
      }
    }
    if (weekCodes.has(error.code) || finalCodes.has(error.code)) await refuseSeal(copy, error.code, context);
    await forgetEndedKeys(error, context);
    throw error;
  }
}

/** Takes over what the server says of my weeks since the oldest that may still change: sealed, reopened, frozen. */
export async function fetchSeals(context: Context): Promise<void> {
  const { database } = context;
  const { sealsAfter } = await progressOf(database);
  const changeable = (await database.weeks.toArray()).filter(({ frozen }) => !frozen).map(({ index }) => index - 1);
  const after = Math.min(sealsAfter, ...changeable);
  const { rows } = await call(getSeals, { query: { after } }, context);
  await database.transaction('rw', [database.weeks, database.progress], async () => {
    for (const row of rows) {
      const known = await database.weeks.get(row.week);
      if (known !== undefined && known.index > row.index) continue;
      const { week, seal, rev, index, open, frozen } = row;
      await database.weeks.put({ week, seal, rev, index, open, frozen });
    }
    await changeProgress(database, { sealsAfter: Math.max(sealsAfter, ...rows.map(({ index }) => index)) });
  });
}

const weekCodes: ReadonlySet<string> = new Set<RefusalCode>([
  'SEAL_STALE',
  'WEEK_SEALED',
  'WEEK_FROZEN',
  'RECORD_REFUSED',
  'NOT_AUTHOR',
]);
const finalCodes: ReadonlySet<string> = new Set<RefusalCode>(['MALFORMED', 'FIELD_INVALID', 'TOO_LARGE']);

async function keepReceipt(copy: SealCopy, receipt: Receipt, context: Context): Promise<void> {
  const { database } = context;
  // After a restore the seal may have lost its place: an alarm for the auditor (sync.md i).
  const moved = copy.receipt !== null && copy.receipt.index !== receipt.index;
  await database.transaction('rw', [database.seals, database.weeks], async () => {
    await database.seals.update(copy.seal, {
      state: 'logged',
      receipt,
      refusal: null,
      ...(moved ? { confirmed: false } : {}),
    });
    const known = await database.weeks.get(copy.week);
    if (known !== undefined && known.index > receipt.index) return;
    const { week, seal, rev, index } = receipt;
    await database.weeks.put({ week, seal, rev, index, open: false, frozen: false });
  });
}

async function refuseSeal(copy: SealCopy, code: string, context: Context): Promise<void> {
  // A seal that was in the log before a restore stays what it was; the server's word is kept beside it.
  const state = copy.receipt === null ? 'refused' : 'logged';
  await context.database.seals.update(copy.seal, { state, refusal: code });
}
