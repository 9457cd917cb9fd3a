/** Draws from freeze to publication (verification.md 7). What is signed goes through records, what is published through public/publish.ts;
 *  here stands the view of a draw, and the lock. */
import type {
  DrawAct,
  DrawRow as DrawAnswer,
  Freeze,
  getDraws,
  postLock,
  postTrial,
} from '../../../shared/api/draws.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { type Grant, grantFor } from '../../../shared/organisation/role.ts';
import { earliestValue } from '../../../shared/proof/lock.ts';
import { isDraw, isVoid } from '../../../shared/proof/records.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { cursorAfter, pageFrom, readCursor } from '../../feedback/cursor.ts';
import { newestHead } from '../../log/prove.ts';
import { drawnDiaries } from '../../public/publish.ts';
import { freezeOf } from '../../records/freeze.ts';
import { drawsLock } from '../../records/lock.ts';
import {
  countingSeals,
  type DrawRow,
  drawById,
  earlierDraws,
  listOf,
  namesOf,
  openStages,
  ruleAt,
  ruleInForce,
  ruleOfWeek,
  unitsOnLeave,
  updateDraw,
} from '../../records/queries.ts';
import { deedsAt, drawsBefore, leadersSeen, unitsByDraw } from './queries.ts';

const pageSize = 100;

/** A page of draws, newest first, and the rule in force. What devices do is said to who runs draws. */
export async function listDraws(
  context: Context,
  grants: readonly Grant[],
  after: string | undefined,
): Promise<Answer<typeof getDraws>> {
  const { db } = context.database;
  const rule = await ruleInForce(db);
  const found = await drawsBefore(db, readCursor(after)?.at ?? null, pageSize + 1);
  const { page: rows, next } = pageFrom(found, pageSize, ({ list_idx, draw }) => cursorAfter(list_idx, draw));
  const draws = rows.map(({ draw }) => draw);
  const known = {
    nonces: await unitsByDraw(db, 'nonce', draws),
    acks: await unitsByDraw(db, 'ack', draws),
    deeds: await deedsOf(db, rows),
    passed: await unitsByDraw(db, 'review', draws),
    missing: new Map<string, string[]>(),
  };
  const open = rows.find(({ stage }) => openStages.some((each) => each === stage));
  const runs = grantFor(grants, 'draws.run') !== null;
  const late = rows.filter(
    ({ stage, review_due }) => runs && stage === 'drawn' && (review_due ?? 0) <= secondsNow(context),
  );
  for (const row of late) known.missing.set(row.draw, (await drawnDiaries(db, row)).missing);
  return {
    rule: rule === null ? null : { index: rule.index, payload: { ...rule.payload } },
    rows: await Promise.all(rows.map((row) => answerOf(db, row, known))),
    next,
    devices: open === undefined || !runs ? [] : await devicesOf(db, open),
    drand: context.config.drand,
  };
}

/** What is known of all draws at once. */
interface Known {
  readonly nonces: ReadonlyMap<string, string[]>;
  readonly acks: ReadonlyMap<string, string[]>;
  readonly deeds: ReadonlyMap<string, DrawAnswer['history']>;
  readonly passed: ReadonlyMap<string, string[]>;
  readonly missing: ReadonlyMap<string, string[]>;
}

async function answerOf(db: Db, row: DrawRow, known: Known): Promise<DrawAnswer> {
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
    nonces: known.nonces.get(row.draw) ?? [],
    lock,
    acks: known.acks.get(row.draw) ?? [],
    drawn: isDraw(record) ? record.drawn.map(({ stratum, unit }) => ({ stratum, unit })) : null,
    voidReason: isVoid(record) ? record.void : null,
    publishedAt: row.published_at,
    review:
      row.review_due === null
        ? null
        : {
            due: row.review_due,
            passed: known.passed.get(row.draw) ?? [],
            missing: known.missing.get(row.draw) ?? [],
          },
    history: known.deeds.get(row.draw) ?? [],
  };
}

/** The history of each draw: records say who signed them, of the lock and the publication the audit does. */
async function deedsOf(db: Db, rows: readonly DrawRow[]): Promise<Known['deeds']> {
  const moments = rows.flatMap(({ locked_at, published_at }) => [locked_at ?? [], published_at ?? []].flat());
  const audited = await deedsAt(db, moments);
  const deeds = rows.map((row) => {
    const record: unknown = row.record === null ? null : JSON.parse(row.record);
    const done = (act: DrawAct, at: number | null, by: string | undefined) => (at === null ? [] : { act, at, by });
    return [
      row.draw,
      [
        done('freeze', row.frozen_at, listOf(row).iss),
        done('lock', row.locked_at, audited.get(`draw.lock ${row.draw}`)),
        isDraw(record) ? done('record', record.iat, record.iss) : [],
        isVoid(record) ? done('void', record.iat, record.iss) : [],
        done('publish', row.published_at, audited.get(`draw.publish ${row.draw}`)),
      ].flat(),
    ] as const;
  });
  const names = await namesOf(
    db,
    deeds.flatMap(([, done]) => done.flatMap(({ by }) => by ?? [])),
  );
  return new Map(
    deeds.map(([draw, done]) => [draw, done.map(({ by = '', ...deed }) => ({ ...deed, by: names.get(by) ?? by }))]),
  );
}

async function devicesOf(db: Db, row: DrawRow): Promise<{ unit: string; lastSeen: number | null }[]> {
  const seen = await leadersSeen(db);
  return (await ruleAt(db, row.rule_idx)).roll.map(({ unit }) => ({ unit, lastSeen: seen.get(unit) ?? null }));
}

/** What a freeze of this week would say now. Throws OUT_OF_ORDER with the reason, LOG_ABSENT before leaf 0. */
export async function freezeNow(context: Context, week: string): Promise<Freeze> {
  const { db } = context.database;
  if ((await newestHead(db)) === null) throw new Refusal('LOG_ABSENT');
  const found = freezeOf({
    week,
    now: secondsNow(context),
    rule: await ruleOfWeek(db, week),
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

/** Leaves an audit row of an exercise, and nothing else. */
export function noteTrial(
  context: Context,
  actor: string,
  { week, basis, candidates }: Output<(typeof postTrial)['body']>,
): Promise<Answer<typeof postTrial>> {
  return context.database.transaction(async (trx) => {
    const at = secondsNow(context);
    await writeAudit(trx, { at, actor, action: 'draw.trial', subject: week, facts: { basis, candidates } });
    return { at };
  });
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
