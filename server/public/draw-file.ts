/** `draw/<draw>.json`, a draw at any stage with all that proves it, and `draw/history.json` (verification.md 7, 8). */
import type { DrawHistory, PublicDraw } from '../../shared/api/published.ts';
import { b64 } from '../../shared/base/bytes.ts';
import { placeOf } from '../../shared/proof/place.ts';
import { consistencyPath } from '../../shared/proof/prove.ts';
import type { Rule } from '../../shared/proof/records.ts';
import type { Db } from '../database/port.ts';
import { servedNote } from '../log/note-lines.ts';
import { headAt } from '../log/prove.ts';
import { nodesAt } from '../log/tiles.ts';
import {
  acksOf,
  allDraws,
  type DrawRow,
  drawById,
  drawnOf,
  listOf,
  recordsOfDraw,
  ruleAt,
} from '../records/queries.ts';
import { keyRecords, provenLeaves, remembered, signersOf } from './bundle.ts';

/** The file of a draw, null where there is none. It proves against the smallest head that has every record and the lock, so that it changes
 *  only with the draw. */
export async function drawFile(db: Db, draw: string): Promise<PublicDraw | null> {
  const row = await drawById(db, draw);
  if (row === undefined) return null;
  const published = await db
    .selectFrom('publication')
    .select('unit')
    .where('draw', '=', draw)
    .orderBy('unit')
    .execute();
  const acks = await acksOf(db, [draw]);
  const lock = row.lock_size === null || row.lock_root === null ? null : { size: row.lock_size, root: row.lock_root };
  return {
    v: 1,
    draw: row.draw,
    week: row.week,
    stage: row.stage,
    rule: { ...(await ruleAt(db, row.rule_idx)) },
    list: JSON.parse(row.list),
    lock: lock && { ...lock, acks: acks.map(({ unit }) => unit) },
    record: row.record === null ? null : JSON.parse(row.record),
    published: published.map(({ unit }) => unit),
    publishedAt: row.published_at,
    reviewDue: row.review_due,
    proof: await proofOf(
      db,
      row,
      lock,
      acks.map(({ jws }) => jws),
    ),
  };
}

async function proofOf(
  db: Db,
  row: DrawRow,
  lock: { readonly size: number; readonly root: string } | null,
  acks: string[],
): Promise<PublicDraw['proof']> {
  const records = await recordsOfDraw(db, row);
  const size = Math.max(lock?.size ?? 0, ...records.map(({ index }) => index + 1));
  const head = await headAt(db, size);
  if (head === null) throw new TypeError(`the log has no head of ${size}`);
  const nodes = remembered(nodesAt(db, size));
  const keys = await keyRecords(db, signersOf(records, acks), size);
  return {
    checkpoint: await servedNote(db, head),
    leaves: (await provenLeaves([...records, ...keys], size, nodes)).map((leaf) => ({ ...leaf, path: [...leaf.path] })),
    lock: lock && { ...lock, consistency: (await consistencyPath(lock.size, size, nodes)).map(b64), acks },
  };
}

/** Every list, and what each unit was in it. */
export async function drawHistory(db: Db): Promise<DrawHistory> {
  const rows = await allDraws(db);
  const rolls = new Map<number, readonly string[]>();
  for (const index of new Set(rows.map((row) => row.rule_idx))) rolls.set(index, rollOf(await ruleAt(db, index)));
  const units = [...new Set([...rolls].sort(([a], [b]) => b - a).flatMap(([, roll]) => roll))];
  return {
    v: 1,
    units,
    draws: rows.map((row) => {
      const [list, drawn] = [listOf(row), drawnOf(row)];
      const marks = units.map((unit) => placeOf(unit, list, drawn)).join('');
      return { draw: row.draw, week: row.week, stage: row.stage, marks };
    }),
  };
}

const rollOf = ({ roll }: Rule): readonly string[] => roll.map(({ unit }) => unit);
