/** Taking ops in (sync.md, rules a, h, k): one transaction under the author's lock, one result for each op, in order. */
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
import { b64u } from '../../../shared/base/bytes.ts';
import { sha256Text } from '../../../shared/base/digest.ts';
import { fail, ok, type Result } from '../../../shared/base/result.ts';
import { judgeBody } from '../../../shared/diary/journal.ts';
import { jcs } from '../../../shared/proof/canonical.ts';
import { type Context, secondsNow } from '../../context.ts';
import type { Db } from '../../database/port.ts';
import { countRate } from '../../http/rate.ts';
import type { Session } from '../../http/session.ts';
import { redactOps } from '../../records/redact.ts';
import { lockAuthor, nextSeq } from '../../records/sequence.ts';
import {
  deleteBlob,
  type EntryRow,
  entryById,
  epochOf,
  eraseDisclosure,
  imageTypes,
  insertOp,
  isImageNamed,
  type OpRow,
  opById,
  sealsNaming,
  weekState,
  writeEntry,
} from './queries.ts';
import { readRow } from './row.ts';

/** Whose journal it is, and for which unit. */
export interface Author {
  readonly person: string;
  readonly unit: string;
  readonly device: string;
}

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
      await lockAuthor(trx, author.person);
      for (const op of body.ops) results.push(await take(trx, context, author, op));
    }
    return { epoch, serverTime: secondsNow(context), results };
  });
}

async function take(trx: Db, context: Context, author: Author, op: Op): Promise<OpResult> {
  if (!isStorable(op)) return { op: op.op, status: 'INVALID', reason: 'TEXT' };
  const hash = b64u(await sha256Text(jcs({ ...op })));
  const known = await opById(trx, author.person, op.op);
  if (known !== undefined) return again(trx, author, op, known, hash);
  if (op.schema > schemaMax) return { op: op.op, status: 'TOO_NEW' };
  const judged = judge(op);
  if (!judged.ok) return { op: op.op, status: 'INVALID', ...judged.problem };
  const entry = await entryById(trx, author.person, op.id);
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
    // A refused op's text goes to its author's tray; of a withheld entry not even its digest may stay here.
    body: null,
    hash: isHeld(entry) ? null : hash,
    week: null,
    seq: null,
    received_at: secondsNow(context),
  };
  for (const week of new Set([entry?.week ?? [], judged.value?.week ?? []].flat()))
    if (await isShut(trx, author.unit, week)) {
      await insertOp(trx, { ...row, status: 'SEALED', week });
      return { op: op.op, status: 'SEALED', week };
    }
  if (op.parent !== (entry?.head ?? null)) {
    await insertOp(trx, { ...row, status: 'CONFLICT' });
    return { op: op.op, status: 'CONFLICT', current: entry === undefined ? null : readRow(entry) };
  }
  const missing = await missingImage(trx, author, judged.value);
  if (missing !== null) return { op: op.op, status: 'INVALID', field: 'images', reason: missing };
  const seq = await nextSeq(trx, author.person);
  const body = judged.value === null ? null : JSON.stringify(op.body);
  await writeEntry(trx, {
    author: author.person,
    id: op.id,
    unit: author.unit,
    week: judged.value?.week ?? entry?.week ?? '',
    head: op.op,
    seq,
    schema: op.schema,
    del: judged.value === null ? 1 : 0,
    body,
  });
  if (judged.value?.hold !== undefined) await redact(trx, author, op.id, judged.value);
  await insertOp(trx, { ...row, body, hash, status: 'APPLIED', seq });
  return { op: op.op, status: 'APPLIED', seq };
}

/** A known op gets its first answer; `current` of a conflict is read afresh. Once its entry was redacted only its frame is compared. */
async function again(trx: Db, author: Author, op: Op, known: OpRow, hash: string): Promise<OpResult> {
  const isSame =
    known.hash === null
      ? known.id === op.id && known.n === op.n && known.parent === op.parent && known.kind === op.kind
      : known.hash === hash;
  if (!isSame) return { op: op.op, status: 'ID_REUSE' };
  if (known.status === 'CONFLICT') {
    const entry = await entryById(trx, author.person, op.id);
    return { op: op.op, status: 'CONFLICT', current: entry === undefined ? null : readRow(entry) };
  }
  if (known.status === 'SEALED') return { op: op.op, status: 'SEALED', week: known.week ?? '' };
  return { op: op.op, status: 'REPLAYED', first: known.status, ...(known.seq === null ? {} : { seq: known.seq }) };
}

type Invalid = { readonly field?: string; readonly reason: string };

/** The body of an op by its schema and the rules between its members; null of a deletion. */
function judge(op: Op): Result<Body | null, Invalid> {
  if (op.kind === 'del') return op.body === null ? ok(null) : fail({ field: 'body', reason: 'NOT_NULL' });
  const parsed = v.safeParse(Body, op.body);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    const field = v.getDotPath(issue);
    const reason = /^[A-Z_]+$/.test(issue.message) ? issue.message : issue.type.toUpperCase();
    return fail({ ...(field === null ? {} : { field }), reason });
  }
  const judged = judgeBody(parsed.output);
  return judged.ok ? judged : fail({ field: judged.problem.field, reason: judged.problem.code });
}

const isHeld = (entry: EntryRow | undefined): boolean => entry !== undefined && readRow(entry).body?.hold !== undefined;

/** A sealed week takes nothing until its leader reopens it. */
async function isShut(trx: Db, unit: string, week: string): Promise<boolean> {
  const state = await weekState(trx, unit, week);
  return state !== undefined && state.sealed_seal_hash !== null && state.open === 0;
}

async function missingImage(trx: Db, author: Author, body: Body | null): Promise<string | null> {
  if (body?.kind !== 'entry' || body.images === undefined) return null;
  const here = await imageTypes(
    trx,
    author.person,
    body.images.map(({ sha256 }) => sha256),
  );
  for (const { sha256, type } of body.images) {
    const known = here.get(sha256);
    if (known === undefined) return 'BLOB_MISSING';
    if (known !== type) return 'TYPE';
  }
  return null;
}

/** Rule k: the prose of every stored op, of what seals disclosed, and the images that nothing else names, in the same transaction. */
async function redact(trx: Db, author: Author, id: string, body: Body): Promise<void> {
  if (body.hold === undefined || body.digest === undefined) return;
  const images = await redactOps(trx, author.person, id, body.hold, body.digest);
  for (const { seal_hash, items } of await sealsNaming(trx, author.person, id)) {
    const ids: unknown = JSON.parse(items);
    if (Array.isArray(ids) && ids.includes(id)) await eraseDisclosure(trx, seal_hash, ids.indexOf(id));
  }
  for (const image of new Set(images))
    if (!(await isImageNamed(trx, author.person, image))) await deleteBlob(trx, author.person, image);
}

const maxDepth = 16;

/** No lone surrogate anywhere, and no nesting without end. U+0000 and its like are refused by the schema where they matter. */
function isStorable(value: unknown, depth = 0): boolean {
  if (typeof value === 'string') return value.isWellFormed();
  if (typeof value !== 'object' || value === null) return true;
  return (
    depth < maxDepth &&
    Object.entries(value).every(([name, each]) => name.isWellFormed() && isStorable(each, depth + 1))
  );
}
