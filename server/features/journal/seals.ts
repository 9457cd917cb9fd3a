/** Sealing a week, reopening it, and what is sealed (sync.md, rules f, g, j; verification.md 4). */

import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import type { getSeals, postSeal, Receipt } from '../../../shared/api/journal.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type DiaryItem, diaryItems, manifestOf } from '../../../shared/diary/journal.ts';
import { canonical } from '../../../shared/proof/canonical.ts';
import { readSeal, saidBy } from '../../../shared/proof/make-seal.ts';
import { isHold, isSeal, type Seal } from '../../../shared/proof/records.ts';
import { itemDigest, sealHash } from '../../../shared/proof/seal.ts';
import { isObject } from '../../../shared/proof/shape.ts';
import { parseWeek } from '../../../shared/time/week.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { appendLeaf, lockLog } from '../../log/append.ts';
import { headAt, indexOfLeaf } from '../../log/prove.ts';
import { admit } from '../../records/admit.ts';
import { eraseItem } from '../../records/erase.ts';
import { weekLock } from '../../records/lock.ts';
import { orRefuse, refused } from '../../records/problem.ts';
import { holdsOf } from '../../records/queries.ts';
import { lockAuthor } from '../../records/sequence.ts';
import type { Author } from './author.ts';
import {
  eraseDisclosures,
  lastSeal,
  rowsOfWeek,
  type SealRow,
  sealByHash,
  sealsAfter,
  weekState,
  weekStatesOf,
} from './queries.ts';

type Request = Output<(typeof postSeal)['body']>;

export interface Sealed {
  readonly receipt: Receipt;
  /** False when this very seal was in the log already. */
  readonly isNew: boolean;
}

/** Seals a week: what was signed must be what the server holds, item by item. Throws SEAL_STALE with `heads`, WEEK_SEALED with `receipt`,
 *  WEEK_FROZEN, RECORD_REFUSED with a reason, LOG_ABSENT. */
export async function seal(context: Context, author: Author, request: Request): Promise<Sealed> {
  const hash = await sealHash(request.jws);
  return context.database.transaction(async (trx) => {
    await lockFor(trx, weekLock(request.week));
    const index = await lockLog(trx);
    if (index === 0) throw new Refusal('LOG_ABSENT');
    await lockAuthor(trx, author.person);
    const known = await sealByHash(trx, hash);
    if (known !== undefined && known.unit === author.unit)
      return { receipt: await receiptOf(trx, known), isNew: false };
    // A restored log may have the leaf already; then only what it sealed is new here.
    const logged = await indexOfLeaf(trx, request.jws);
    const { record } = orRefuse(await admit(trx, request.jws, logged ?? index));
    const payload = record.payload;
    if (record.typ !== 'wd-seal+sd-jwt' || !isSeal(payload)) return orRefuse(refused('TYP'));
    if (payload.iss !== author.unit) return orRefuse(refused('NOT_OWN_UNIT', 'iss'));
    if (payload.week !== request.week) return orRefuse(refused('WEEK', 'week'));
    const before = await lastSeal(trx, author.unit, request.week);
    if (logged === null) {
      await requireOpen(trx, author, request.week, before);
      if (payload.rev !== (before?.rev ?? 0) + 1) return orRefuse(refused('REVISION', 'rev'));
    }
    const items = diaryItems(await rowsOfWeek(trx, author.person, request.week));
    const heads = manifestOf(items);
    if (canonical(heads) !== canonical(request.manifest)) throw new Refusal('SEAL_STALE', { facts: { heads } });
    const { cover, disclosures } = await compare(context, payload, request, items);
    if (logged === null) await appendLeaf(trx, context, request.jws);
    if (before !== undefined) await eraseDisclosures(trx, before.seal_hash);
    await store(trx, context, { author, request, payload, hash, index: logged ?? index, cover, disclosures, items });
    if (logged !== null) await eraseHeld(trx, context, hash);
    const stored = { week: payload.week, rev: payload.rev, seal_hash: hash, idx: logged ?? index };
    return { receipt: await receiptOf(trx, stored), isNew: true };
  });
}

/** Reopens a sealed week until its list is frozen; the last seal goes on counting. Done twice it is done once. Throws NOT_SEALED,
 *  WEEK_FROZEN, NOT_AUTHOR for a week that the leader before has sealed. */
export async function reopen(context: Context, author: Author, week: string): Promise<undefined> {
  await context.database.transaction(async (trx) => {
    await lockFor(trx, weekLock(week));
    await lockAuthor(trx, author.person);
    const state = parseWeek(week) === null ? undefined : await weekState(trx, author.unit, week);
    if (state === undefined || state.sealed_seal_hash === null) throw new Refusal('NOT_SEALED');
    if (state.frozen_draw !== null) throw new Refusal('WEEK_FROZEN', { facts: { draw: state.frozen_draw } });
    const sealed = await sealByHash(trx, state.sealed_seal_hash);
    if (sealed?.author !== author.person) throw new Refusal('NOT_AUTHOR');
    if (state.open === 1) return;
    await trx
      .updateTable('week_state')
      .set({ open: 1 })
      .where('unit', '=', author.unit)
      .where('week', '=', week)
      .execute();
    await writeAudit(trx, {
      at: secondsNow(context),
      actor: author.unit,
      action: 'week.reopen',
      subject: `${author.unit} ${week}`,
      facts: { seal: state.sealed_seal_hash },
    });
  });
}

/** Seals of a unit after a log index. */
export async function listSeals(context: Context, unit: string, after: number): Promise<Answer<typeof getSeals>> {
  const { db } = context.database;
  const states = await weekStatesOf(db, unit);
  return {
    rows: (await sealsAfter(db, unit, after)).map(({ week, rev, seal_hash, idx, note }) => ({
      week,
      rev,
      seal: seal_hash,
      index: idx,
      checkpoint: note,
      open: states.get(week)?.open === 1,
      frozen: (states.get(week)?.frozen_draw ?? null) !== null,
    })),
  };
}

async function requireOpen(trx: Db, author: Author, week: string, before: SealRow | undefined): Promise<void> {
  if (before === undefined) return;
  const state = await weekState(trx, author.unit, week);
  if (state !== undefined && state.frozen_draw !== null)
    throw new Refusal('WEEK_FROZEN', { facts: { draw: state.frozen_draw, receipt: await receiptOf(trx, before) } });
  if (state?.open !== 1) throw new Refusal('WEEK_SEALED', { facts: { receipt: await receiptOf(trx, before) } });
}

/** What was withheld of a seal while its texts were away from here goes again. */
async function eraseHeld(trx: Db, context: Context, hash: string): Promise<void> {
  const seal = await sealByHash(trx, hash);
  for (const { item, iss, iat, ground, basis, idx } of seal === undefined ? [] : await holdsOf(trx, [hash])) {
    const hold = { iss, iat, seal: hash, item, ground, basis };
    if (seal !== undefined && isHold(hold))
      await eraseItem(trx, context.config, seal, hold, { size: idx + 1, now: secondsNow(context) });
  }
}

async function receiptOf(
  trx: Db,
  { week, rev, seal_hash, idx }: Pick<SealRow, 'week' | 'rev' | 'seal_hash' | 'idx'>,
): Promise<Receipt> {
  const head = await headAt(trx, idx + 1);
  return { week, rev, seal: seal_hash, index: idx, checkpoint: head?.note ?? '' };
}

interface Compared {
  /** The cover's value as JSON. */
  readonly cover: string;
  /** By item, the cover as -1; null where it stays on the device. */
  readonly disclosures: ReadonlyMap<number, string | null>;
}

/** Holds what was signed against what is stored: the same cover, the digest of each withheld item, the same prose of every other. */
async function compare(
  context: Context,
  payload: Seal,
  { jws, disclosures }: Request,
  items: readonly DiaryItem[],
): Promise<Compared> {
  const read = await readSeal(jws, { ...payload }, disclosures);
  if (!read.ok) return orRefuse(refused(read.problem, 'disclosures'));
  const byDigest = new Map<string, string>();
  for (const encoded of disclosures) byDigest.set(await itemDigest(encoded), encoded);
  const coverText = byDigest.get(payload._sd[0] ?? '') ?? '';
  const cover = saidBy(coverText);
  if (read.value.zone !== context.config.zone) return orRefuse(refused('ZONE', 'disclosures'));
  const signed: unknown = isObject(cover) ? cover.items : null;
  if (!Array.isArray(signed) || signed.length !== items.length) return orRefuse(refused('ITEMS', 'disclosures'));
  const found = new Map<number, string | null>([[-1, coverText]]);
  for (const [n, item] of items.entries()) {
    const member: unknown = signed[n];
    const { _sd, ...shown } = isObject(member) ? member : {};
    const digest: unknown = Array.isArray(_sd) ? _sd[0] : null;
    const encoded = typeof digest === 'string' ? (byDigest.get(digest) ?? null) : null;
    const isSame =
      canonical(shown) === canonical(item.cover) &&
      (item.prose === null
        ? encoded === null && digest === item.digest
        : encoded !== null && canonical(saidBy(encoded)) === canonical(item.prose));
    if (!isSame) return orRefuse(refused('ITEM_DIFFERS', `items.${n}`));
    found.set(n, encoded);
  }
  return { cover: JSON.stringify(cover), disclosures: found };
}

async function store(
  trx: Db,
  context: Context,
  made: Compared & {
    readonly author: Author;
    readonly request: Request;
    readonly payload: Seal;
    readonly hash: string;
    readonly index: number;
    readonly items: readonly DiaryItem[];
  },
): Promise<void> {
  const { author, request, payload, hash, index, cover, disclosures, items } = made;
  const { week, rev, nc, iat } = payload;
  const at = secondsNow(context);
  await trx
    .insertInto('seal')
    .values({
      seal_hash: hash,
      unit: author.unit,
      author: author.person,
      week,
      rev,
      idx: index,
      nc,
      iat,
      at,
      cover,
      manifest: JSON.stringify(request.manifest),
      items: JSON.stringify(items.map(({ id }) => id)),
    })
    .execute();
  await trx
    .insertInto('disclosure')
    .values([...disclosures].map(([item, encoded]) => ({ seal_hash: hash, item, encoded })))
    .execute();
  await trx
    .insertInto('week_state')
    .values({ unit: author.unit, week, sealed_seal_hash: hash, open: 0, frozen_draw: null })
    .onConflict((conflict) => conflict.columns(['unit', 'week']).doUpdateSet({ sealed_seal_hash: hash, open: 0 }))
    .execute();
  const subject = `${author.unit} ${week}`;
  await writeAudit(trx, { at, actor: author.unit, action: 'week.seal', subject, facts: { rev, index, seal: hash } });
}
