/** Draws from freeze to publication (verification.md 7). What is signed goes through records; here stands what is not: the view of a draw,
 *  the lock, and the publication of all drawn diaries together. */
import type { DrawRow as DrawAnswer, Freeze, getDraws, postLock, postPublish } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { judged } from '../../../shared/proof/failure.ts';
import { earliestValue } from '../../../shared/proof/lock.ts';
import { isDraw, isVoid } from '../../../shared/proof/records.ts';
import { readDiary } from '../../../shared/proof/seal.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { newestHead } from '../../log/prove.ts';
import { givenHolds, publicationCount, sealMaterial } from '../../public/load.ts';
import { freezeOf } from '../../records/freeze.ts';
import { drawsLock } from '../../records/lock.ts';
import {
  allDraws,
  countingSeals,
  type DrawRow,
  drawById,
  drawnOf,
  earlierDraws,
  listOf,
  ruleAt,
  ruleInForce,
  unitsOnLeave,
  updateDraw,
} from '../../records/queries.ts';
import { insertPublications, insertPublicImages, unitsByDraw } from './queries.ts';

/** Every draw, newest first, and the rule in force. */
export async function listDraws(context: Context): Promise<Answer<typeof getDraws>> {
  const { db } = context.database;
  const rule = await ruleInForce(db);
  const nonces = await unitsByDraw(db, 'nonce');
  const acks = await unitsByDraw(db, 'ack');
  const rows = await Promise.all(
    (await allDraws(db))
      .reverse()
      .map((row) => answerOf(db, row, nonces.get(row.draw) ?? [], acks.get(row.draw) ?? [])),
  );
  return { rule: rule === null ? null : { index: rule.index, payload: { ...rule.payload } }, rows };
}

async function answerOf(db: Db, row: DrawRow, nonces: string[], acks: string[]): Promise<DrawAnswer> {
  const list = listOf(row);
  const rule = await ruleAt(db, row.rule_idx);
  const record: unknown = row.record === null ? null : JSON.parse(row.record);
  const lock =
    row.lock_size === null || row.lock_root === null || row.locked_at === null
      ? null
      : { size: row.lock_size, root: row.lock_root, at: row.locked_at };
  return {
    draw: row.draw,
    week: row.week,
    stage: stageOf(row.stage),
    rule: row.rule_idx,
    list: row.list_idx,
    record: row.record_idx,
    frozenAt: row.frozen_at,
    candidates: list.list.map(({ unit, i, seal }) => ({ unit, i, seal })),
    absent: list.absent.map(({ unit, why }) => ({ unit, why })),
    rest: list.rest.map(({ unit, last }) => ({ unit, last })),
    sources: list.sources.map((source) => ({ ...source })),
    minAcks: rule.min_acks,
    nonces,
    lock,
    acks,
    drawn: isDraw(record) ? record.drawn.map(({ stratum, unit }) => ({ stratum, unit })) : null,
    voidReason: isVoid(record) ? record.void : null,
    publishedAt: row.published_at,
  };
}

/** What a freeze of this week would say now. Throws OUT_OF_ORDER with the reason, LOG_ABSENT before leaf 0. */
export async function freezeNow(context: Context, week: string): Promise<Freeze> {
  const { db } = context.database;
  if ((await newestHead(db)) === null) throw new Refusal('LOG_ABSENT');
  const found = freezeOf({
    week,
    now: secondsNow(context),
    rule: await ruleInForce(db),
    seals: await countingSeals(db, week),
    leave: await unitsOnLeave(db, week),
    draws: await earlierDraws(db),
  });
  if (!found.ok) throw new Refusal('OUT_OF_ORDER', { facts: { reason: found.problem } });
  return found.value;
}

/** Names the present head as the one that devices acknowledge. Not once a source's value may be known: then only a void is left. */
export function lockDraw(context: Context, draw: string, actor: string): Promise<Answer<typeof postLock>> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const row = await drawById(trx, draw);
    if (row === undefined) throw new Refusal('NOT_FOUND');
    if (row.stage === 'void') throw new Refusal('OUT_OF_ORDER', { facts: { reason: 'DRAW_VOID' } });
    if (row.stage !== 'frozen') throw new Refusal('ALREADY_DONE');
    const now = secondsNow(context);
    if (now >= earliestValue(listOf(row))) throw new Refusal('OUT_OF_ORDER', { facts: { reason: 'NOT_BEFORE' } });
    const head = await newestHead(trx);
    if (head === null || head.size <= row.list_idx) throw new TypeError(`the log ends before the list of ${draw}`);
    await updateDraw(trx, draw, { stage: 'locked', lock_size: head.size, lock_root: head.root, locked_at: now });
    await writeAudit(trx, { at: now, actor, action: 'draw.lock', subject: draw, facts: { size: head.size } });
    return { size: head.size, root: head.root };
  });
}

/** Publishes every drawn diary, all together or none. Refused with `missing` while a drawn diary's texts are not here. */
export function publishDraw(context: Context, draw: string, actor: string): Promise<Answer<typeof postPublish>> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const row = await drawById(trx, draw);
    if (row === undefined) throw new Refusal('NOT_FOUND');
    if (row.stage === 'published') throw new Refusal('ALREADY_DONE');
    if (row.stage !== 'drawn') throw new Refusal('OUT_OF_ORDER', { facts: { reason: 'NOT_DRAWN' } });
    const listed = new Map(listOf(row).list.map(({ unit, seal }) => [unit, seal]));
    const drawn = drawnOf(row).map(({ unit }) => ({ unit, seal: listed.get(unit) ?? '' }));
    const diaries = await readDrawn(trx, drawn);
    const missing = diaries.flatMap(({ unit, images }) => (images === null ? [unit] : []));
    if (missing.length > 0) throw new Refusal('OUT_OF_ORDER', { facts: { reason: 'DISCLOSURES_MISSING', missing } });
    const head = await newestHead(trx);
    const now = secondsNow(context);
    const first = await publicationCount(trx);
    await insertPublications(
      trx,
      drawn.map(({ unit, seal }, n) => ({
        position: first + n,
        draw,
        unit,
        week: row.week,
        seal_hash: seal,
        size: head?.size ?? 0,
        published_at: now,
      })),
    );
    await insertPublicImages(
      trx,
      diaries.flatMap(({ unit, images }) =>
        (images ?? []).map(({ item, sha256, type }) => ({ sha256, draw, unit, item, type })),
      ),
    );
    await updateDraw(trx, draw, { stage: 'published', published_at: now });
    const published = drawn.map(({ unit }) => unit).sort();
    await writeAudit(trx, { at: now, actor, action: 'draw.publish', subject: draw, facts: { published } });
    return { published, publishedAt: now };
  });
}

/** The images of each drawn diary; null where an item has neither text nor hold, or the cover is missing. */
async function readDrawn(trx: Db, drawn: readonly { readonly unit: string; readonly seal: string }[]) {
  const seals = await sealMaterial(
    trx,
    drawn.map(({ seal }) => seal),
  );
  return Promise.all(
    drawn.map(async ({ unit, seal }) => {
      const material = seals.get(seal);
      if (material === undefined) return { unit, images: null };
      const { payload, disclosures, holds } = material;
      const read = await judged(() => readDiary(payload, seal, disclosures, givenHolds(holds)));
      if (!read.ok) return { unit, images: null };
      const images = read.value.items.flatMap(({ item }, n) =>
        (item?.images ?? []).map(({ sha256, type }) => ({ item: n, sha256, type })),
      );
      return { unit, images };
    }),
  );
}

/** The text of the database as a stage of the contract. */
export function stageOf(text: string): DrawAnswer['stage'] {
  switch (text) {
    case 'frozen':
    case 'locked':
    case 'drawn':
    case 'published':
    case 'void':
      return text;
    default:
      throw new TypeError(`not a stage: ${text}`);
  }
}
