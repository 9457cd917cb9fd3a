/** Taking ops in (sync.md, rules a, h, k): one transaction under the author's lock, one result for each op, in order. */
import { createHash } from 'node:crypto';
import * as v from 'valibot';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import {
  Body,
  maxBytes,
  maxOps,
  type Op,
  type OpResult,
  type postPush,
  schemaMax,
  schemaMin,
} from '../../../shared/api/journal.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { sealedPart } from '../../../shared/diary/journal.ts';
import { canonical, jcs } from '../../../shared/proof/canonical.ts';
import { type Context, secondsNow } from '../../context.ts';
import { erases } from '../../database/erasing.ts';
import { countRate } from '../../http/rate.ts';
import type { Session } from '../../http/session.ts';
import { forgetUnnamedImage } from '../../records/images.ts';
import { redactOps } from '../../records/redact.ts';
import { lockAuthor } from '../../records/sequence.ts';
import { Batch } from './batch.ts';
import { broughtBack } from './bring-back.ts';
import { isStorable, type JudgedOp, judgeOp } from './judge-op.ts';
import {
  deleteBlob,
  type EntryRow,
  epochOf,
  eraseDisclosure,
  type OpRow,
  sealsNaming,
  unnamedImages,
} from './queries.ts';
import { readRow } from './row.ts';

/** Takes a batch. `size`: bytes of the request; a batch of one op is never too big, its op may be. Throws NOT_AUTHOR, EPOCH_CHANGED,
 *  BATCH_TOO_BIG, SCHEMA_TOO_OLD; then nothing was applied. */
export async function push(
  context: Context,
  session: Session,
  unit: string,
  body: Output<(typeof postPush)['body']>,
  size: number,
): Promise<Answer<typeof postPush>> {
  if (body.device !== session.device) throw new Refusal('NOT_AUTHOR', { field: 'device' });
  await countRate(context.database.db, context, 'push', session.device);
  const [only, ...others] = body.ops;
  if (body.ops.length > maxOps || (size > maxBytes && others.length > 0))
    throw new Refusal('BATCH_TOO_BIG', { facts: { maxOps, maxBytes } });
  if (body.ops.some(({ schema }) => schema < schemaMin)) throw new Refusal('SCHEMA_TOO_OLD', { facts: { schemaMin } });
  const author = { person: session.person.id, unit, device: session.device };
  return context.database.transaction(async (trx) => {
    const epoch = await epochOf(trx);
    if (body.epoch !== epoch) throw new Refusal('EPOCH_CHANGED', { facts: { epoch } });
    const results: OpResult[] = [];
    if (size > maxBytes && only !== undefined) results.push({ op: only.op, status: 'INVALID', reason: 'TOO_LARGE' });
    else {
      const seq = await lockAuthor(trx, author.person);
      const ops = body.ops.map(judgeOp);
      const batch = await Batch.read(trx, author, ops, seq);
      for (const op of ops) results.push(await take(batch, context, op));
      await batch.write();
      if (ops.some(({ verdict }) => verdict.ok && verdict.value?.hold !== undefined)) await forgetUnnamed(batch);
    }
    return { epoch, serverTime: secondsNow(context), results };
  });
}

async function take(batch: Batch, context: Context, { op, verdict }: JudgedOp): Promise<OpResult> {
  const { author } = batch;
  // Free text of the frame, which no schema judges.
  if (!isStorable(op) || op.at.includes('\0')) return { op: op.op, status: 'INVALID', reason: 'TEXT' };
  const hash = createHash('sha256')
    .update(jcs({ ...op }))
    .digest('base64url');
  const known = batch.op(op.op);
  const entry = batch.entry(op.id);
  if (known?.n === broughtBack) return asSealed(batch, op, known, hash, verdict.ok ? verdict.value : null);
  if (known !== undefined) return again(op, known, hash, entry);
  if (op.schema > schemaMax) return { op: op.op, status: 'TOO_NEW' };
  if (!verdict.ok) return { op: op.op, status: 'INVALID', ...verdict.problem };
  const put = verdict.value;
  if (op.kind === 'del' && op.parent === null && entry === undefined)
    return { op: op.op, status: 'INVALID', field: 'id', reason: 'UNKNOWN' };
  const row = {
    author: author.person,
    op: op.op,
    n: op.n,
    device: author.device,
    id: op.id,
    parent: op.parent,
    kind: op.kind,
    schema: op.schema,
    at: op.at.slice(0, 40),
    // A refused op's text goes to its author's tray, who may withhold it there: not even its digest stays here.
    body: null,
    hash: null,
    week: null,
    seq: null,
    received_at: secondsNow(context),
  };
  for (const week of [entry?.week ?? [], put?.week ?? []].flat())
    if (batch.isShut(week)) {
      batch.addOp({ ...row, status: 'SEALED', week });
      return { op: op.op, status: 'SEALED', week };
    }
  if (op.parent !== (entry?.head ?? null)) {
    batch.addOp({ ...row, status: 'CONFLICT' });
    return { op: op.op, status: 'CONFLICT', current: entry === undefined ? null : readRow(entry) };
  }
  const missing = missingImage(batch, put);
  if (missing !== null) return { op: op.op, status: 'INVALID', field: 'images', reason: missing };
  const seq = batch.nextSeq();
  const body = put === null ? null : JSON.stringify(op.body);
  batch.setEntry({
    author: author.person,
    id: op.id,
    unit: author.unit,
    week: put?.week ?? entry?.week ?? '',
    head: op.op,
    seq,
    schema: op.schema,
    del: put === null ? 1 : 0,
    body,
  });
  if (put?.hold !== undefined) {
    await batch.write();
    await redact(batch, op.id, put);
  }
  batch.addOp({ ...row, body, hash, status: 'APPLIED', seq });
  return { op: op.op, status: 'APPLIED', seq };
}

/** A known op gets its first answer; `current` of a conflict is read afresh. Only the frame is compared of one that was refused, whose text
 *  goes to the tray whatever it is, and of any once its entry was redacted. */
function again(op: Op, known: OpRow, hash: string, entry: EntryRow | undefined): OpResult {
  const isSame =
    known.hash === null
      ? known.id === op.id && known.n === op.n && known.parent === op.parent && known.kind === op.kind
      : known.hash === hash;
  if (!isSame) return { op: op.op, status: 'ID_REUSE' };
  if (known.status === 'CONFLICT')
    return { op: op.op, status: 'CONFLICT', current: entry === undefined ? null : readRow(entry) };
  if (known.status === 'SEALED') return { op: op.op, status: 'SEALED', week: known.week ?? '' };
  return { op: op.op, status: 'REPLAYED', first: known.status, ...(known.seq === null ? {} : { seq: known.seq }) };
}

/** An op that a seal brought back before its device came: it took effect already. Its images did not come with it, nor what no seal says. */
function asSealed(batch: Batch, op: Op, known: OpRow, hash: string, put: Body | null): OpResult {
  const sealed = v.parse(Body, JSON.parse(known.body ?? 'null'));
  // Of one that is withheld by now nothing is left to compare, and nothing is taken.
  const isWithheld = sealed.hold !== undefined;
  if (known.id !== op.id || put === null || !(isWithheld || isSealedAs(put, sealed)))
    return { op: op.op, status: 'ID_REUSE' };
  const missing = missingImage(batch, put);
  if (missing !== null) return { op: op.op, status: 'INVALID', field: 'images', reason: missing };
  const seq = isWithheld ? known.seq : takeWhole(batch, op, known, hash);
  return { op: op.op, status: 'REPLAYED', first: 'APPLIED', ...(seq === null ? {} : { seq }) };
}

/** Keeps the op as its device made it in the place of what came with the seal. Gives the number of its row, null where that stands at another
 *  head. */
function takeWhole(batch: Batch, op: Op, known: OpRow, hash: string): number | null {
  const body = JSON.stringify(op.body);
  const entry = batch.entry(op.id);
  const seq = entry?.head === op.op ? batch.nextSeq() : known.seq;
  const { n, parent, schema } = op;
  batch.renewOp({ ...known, n, parent, schema, device: batch.author.device, at: op.at.slice(0, 40), body, hash, seq });
  if (entry?.head === op.op && seq !== null) batch.setEntry({ ...entry, schema, body, seq });
  return seq;
}

const isSealedAs = (put: Body, sealed: Body): boolean =>
  put.week === sealed.week && canonical(sealedPart(put)) === canonical(sealedPart(sealed));

function missingImage({ images }: Batch, body: Body | null): string | null {
  if (body?.kind !== 'entry' || body.images === undefined) return null;
  for (const { sha256, type } of body.images) {
    const known = images.get(sha256);
    if (known === undefined) return 'BLOB_MISSING';
    if (known !== type) return 'TYPE';
  }
  return null;
}

/** An image that came before its op may be of an entry that was withheld meanwhile, and no op will ever name it. Of another one that waits
 *  its op is answered with BLOB_MISSING, and it comes again. */
async function forgetUnnamed({ trx, author }: Batch): Promise<void> {
  erases(trx);
  for (const image of await unnamedImages(trx, author.person)) await deleteBlob(trx, author.person, image);
}

/** Rule k: the prose of every stored op, of what seals disclosed, and the images that nothing else names, in the same transaction. */
async function redact(batch: Batch, id: string, body: Body): Promise<void> {
  const { trx, author } = batch;
  if (body.hold === undefined || body.digest === undefined) return;
  const images = await redactOps(trx, author.person, id, body.hold, body.digest);
  batch.forgetHashes(id);
  for (const { seal_hash, items } of await sealsNaming(trx, author.person, id)) {
    const ids: unknown = JSON.parse(items);
    if (Array.isArray(ids) && ids.includes(id)) await eraseDisclosure(trx, seal_hash, ids.indexOf(id));
  }
  for (const image of new Set(images))
    if (await forgetUnnamedImage(trx, author.person, image)) batch.images.delete(image);
}
