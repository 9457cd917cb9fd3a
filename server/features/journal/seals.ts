/** Sealing a week, reopening it, and what is sealed (sync.md, rules f, g, j; verification.md 4). */

import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import type { getSeals, postSeal, Receipt } from '../../../shared/api/journal.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { diaryItems, manifestOf } from '../../../shared/diary/journal.ts';
import { canonical } from '../../../shared/proof/canonical.ts';
import { isHold, isSeal, type Seal } from '../../../shared/proof/records.ts';
import { sealHash } from '../../../shared/proof/seal.ts';
import { parseWeek } from '../../../shared/time/week.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { appendLeaf, lockLog } from '../../log/append.ts';
import { headAt, indexOfLeaf, indexOfTwin } from '../../log/prove.ts';
import { admit } from '../../records/admit.ts';
import { eraseItem } from '../../records/erase.ts';
import { resetWeek } from '../../records/freeze-week.ts';
import { weekLock } from '../../records/lock.ts';
import { orRefuse, refused } from '../../records/problem.ts';
import { drawById, holdsOf, listOf } from '../../records/queries.ts';
import { lockAuthor } from '../../records/sequence.ts';
import { isSignedBy } from '../../records/signed-by.ts';
import type { Author } from './author.ts';
import { bringBack, namedItems } from './bring-back.ts';
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
import { requireSame, type Said, saidBySeal } from './said.ts';

type Request = Output<(typeof postSeal)['body']>;

export interface Sealed {
  readonly receipt: Receipt;
  /** False when this very seal was in the log already. */
  readonly isNew: boolean;
}

/** Seals a week: what was signed must be what the server holds, item by item. Throws SEAL_STALE with `heads`, WEEK_SEALED with `receipt`,
 *  WEEK_FROZEN, NOT_AUTHOR for what another person signed, RECORD_REFUSED with a reason, LOG_ABSENT. */
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
    const { record, key } = orRefuse(await admit(trx, request.jws, logged ?? index));
    const payload = record.payload;
    if (record.typ !== 'wd-seal+sd-jwt' || !isSeal(payload)) return orRefuse(refused('TYP'));
    if (payload.iss !== author.unit) return orRefuse(refused('NOT_OWN_UNIT', 'iss'));
    // What a seal brings becomes the journal of whoever sends it, so it is taken from its signer alone.
    if (!(await isSignedBy(trx, key.kid, author.unit, author.person))) throw new Refusal('NOT_AUTHOR');
    if (payload.week !== request.week) return orRefuse(refused('WEEK', 'week'));
    const before = await lastSeal(trx, author.unit, request.week);
    if (logged === null) {
      await requireOpen(trx, author, request.week, before);
      const isTwin = (await indexOfTwin(trx, request.jws)) !== null;
      if (isTwin || payload.rev !== (before?.rev ?? 0) + 1) return orRefuse(refused('REVISION', 'rev'));
    }
    const isAgain = logged !== null && request.items !== undefined;
    const said = await saidBySeal(request, payload, context.config.zone, isAgain);
    const made = { author, payload, hash, index: logged ?? index, said };
    if (isAgain) await sealAgain(trx, context, made, request, before);
    else {
      const items = diaryItems(await rowsOfWeek(trx, author.person, request.week));
      const heads = manifestOf(items);
      if (canonical(heads) !== canonical(request.manifest)) throw new Refusal('SEAL_STALE', { facts: { heads } });
      requireSame(said, items);
      if (logged === null) await appendLeaf(trx, context, request.jws);
      if (before !== undefined) await eraseDisclosures(trx, before.seal_hash);
      await store(trx, context, { ...made, manifest: heads, items: items.map(({ id }) => id) });
      await setSealed(trx, made, false);
      if (logged !== null) await eraseHeld(trx, context, hash);
    }
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
  const state = await weekState(trx, author.unit, week);
  const draw = state?.frozen_draw ?? null;
  const receipt = before === undefined ? {} : { receipt: await receiptOf(trx, before) };
  if (draw !== null && (before !== undefined || (await isListed(trx, author.unit, draw))))
    throw new Refusal('WEEK_FROZEN', { facts: { draw, ...receipt } });
  if (before !== undefined && state?.open !== 1) throw new Refusal('WEEK_SEALED', { facts: receipt });
}

/** Whether the list of a draw names a seal of the unit, which a restored server may still wait for. */
async function isListed(trx: Db, unit: string, draw: string): Promise<boolean> {
  const row = await drawById(trx, draw);
  return row !== undefined && listOf(row).list.some((each) => each.unit === unit);
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

interface Made {
  readonly author: Author;
  readonly payload: Seal;
  readonly hash: string;
  readonly index: number;
  readonly said: Said;
}

/** A seal that was in the log before the server was restored: what it sealed comes back. Where it stands beside later edits its week stands
 *  reopened, or goes back to it once a list has frozen the week; one whose leaf is before that of the one that counts is only known again. */
async function sealAgain(
  trx: Db,
  context: Context,
  made: Made,
  { manifest, items, week }: Request,
  before: SealRow | undefined,
): Promise<void> {
  const { author, payload, hash, index, said } = made;
  const ids = items ?? [];
  const sealed = namedItems(said, manifest, ids);
  if (sealed === null) return orRefuse(refused('ITEMS', 'items'));
  const shown = said.items.findIndex(({ cover, encoded }) => cover.hold !== undefined && encoded !== null);
  if (shown >= 0) return orRefuse(refused('ITEM_DIFFERS', `items.${shown}`));
  if (before !== undefined && before.idx > index) {
    await store(trx, context, { ...made, said: undisclosed(said), manifest, items: ids });
    return;
  }
  const holds = await holdsOf(trx, [hash]);
  const heads = await bringBack(trx, context, author, { week, iat: payload.iat, sealed, holds });
  if (before !== undefined) await eraseDisclosures(trx, before.seal_hash);
  await store(trx, context, { ...made, manifest: heads ?? manifest, items: ids });
  const isFrozen = ((await weekState(trx, author.unit, week))?.frozen_draw ?? null) !== null;
  await setSealed(trx, made, heads === null && !isFrozen);
  if (heads === null && isFrozen) await resetWeek(trx, week, hash);
  await eraseHeld(trx, context, hash);
}

const undisclosed = (said: Said): Said => ({
  ...said,
  coverText: null,
  items: said.items.map((item) => ({ ...item, encoded: null })),
});

async function store(
  trx: Db,
  context: Context,
  made: Made & { readonly manifest: readonly (readonly [string, string])[]; readonly items: readonly string[] },
): Promise<void> {
  const { author, payload, hash, index, said, manifest, items } = made;
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
      cover: said.cover,
      manifest: JSON.stringify(manifest),
      items: JSON.stringify(items),
    })
    .execute();
  const disclosed = [said.coverText, ...said.items.map(({ encoded }) => encoded)];
  await trx
    .insertInto('disclosure')
    .values(disclosed.map((encoded, n) => ({ seal_hash: hash, item: n - 1, encoded })))
    .execute();
  const subject = `${author.unit} ${week}`;
  await writeAudit(trx, { at, actor: author.unit, action: 'week.seal', subject, facts: { rev, index, seal: hash } });
}

/** The seal counts for its week, which is shut, or open to edits until the next one. */
async function setSealed(trx: Db, { author, payload, hash }: Made, isOpen: boolean): Promise<void> {
  const state = { sealed_seal_hash: hash, open: isOpen ? 1 : 0 };
  await trx
    .insertInto('week_state')
    .values({ unit: author.unit, week: payload.week, ...state, frozen_draw: null })
    .onConflict((conflict) => conflict.columns(['unit', 'week']).doUpdateSet(state))
    .execute();
}
