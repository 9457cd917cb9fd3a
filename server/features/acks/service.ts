/** What is awaited of a unit's signing device, and its acknowledgements (verification.md 7.3, 7.4). */
import type { Awaited as AwaitedRow, getAcks, postAck } from '../../../shared/api/draws.ts';
import type { Answer } from '../../../shared/api/endpoint.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { earliestValue } from '../../../shared/proof/lock.ts';
import { isAck } from '../../../shared/proof/records.ts';
import { openJws } from '../../../shared/proof/signature.ts';
import { type Context, secondsNow } from '../../context.ts';
import { writeAudit } from '../../database/audit.ts';
import { lockFor } from '../../database/lock.ts';
import type { Db } from '../../database/port.ts';
import { signingKey } from '../../records/admit.ts';
import { drawsLock } from '../../records/lock.ts';
import { orRefuse, refused } from '../../records/problem.ts';
import {
  acksOf,
  allDraws,
  type DrawRow,
  insertAck,
  listOf,
  noncesOf,
  openStages,
  ruleAt,
} from '../../records/queries.ts';

/** Open draws whose roll has the unit. */
export async function awaitedOf(context: Context, unit: string): Promise<Answer<typeof getAcks>> {
  const { db } = context.database;
  const rows: AwaitedRow[] = [];
  for (const draw of (await allDraws(db)).filter((row) => openStages.some((stage) => stage === row.stage)))
    if (await isOnRoll(db, draw, unit)) rows.push(await awaitedBy(db, draw, unit));
  return { now: context.now(), rows };
}

async function awaitedBy(db: Db, draw: DrawRow, unit: string): Promise<AwaitedRow> {
  const list = listOf(draw);
  const wantsNonce = draw.stage === 'frozen' && list.sources.some(({ kind }) => kind === 'nonces');
  const isListed = list.list.some((row) => row.unit === unit);
  const nonces = await noncesOf(db, draw.draw);
  const acks = await acksOf(db, [draw.draw]);
  const head =
    draw.lock_size === null || draw.lock_root === null || acks.some((ack) => ack.unit === unit)
      ? null
      : { size: draw.lock_size, root: draw.lock_root };
  const before = earliestValue(list);
  return {
    draw: draw.draw,
    week: draw.week,
    list: draw.list_idx,
    nonce: wantsNonce && isListed && !nonces.some((nonce) => nonce.unit === unit),
    head,
    notBefore: Number.isFinite(before) ? before : null,
  };
}

/** Takes an acknowledgement: of the locked head, by the unit's leader key that is valid there, before every source's value is known, one for
 *  each unit. The same one again gives the same answer. */
export function takeAck(context: Context, units: readonly string[], text: string): Promise<Answer<typeof postAck>> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, drawsLock);
    const jws = openJws(text);
    const ack = jws?.payload;
    if (jws?.typ !== 'wd-ack+jwt' || !isAck(ack)) return orRefuse(refused('SHAPE'));
    if (!units.includes(ack.iss)) return orRefuse(refused('NOT_OWN_UNIT', 'iss'));
    const draws = await allDraws(trx);
    const draw = draws.find((row) => row.lock_size === ack.size && row.lock_root === ack.root);
    if (draw === undefined) return orRefuse(refused('HEAD_UNKNOWN', 'root'));
    if (!(await isOnRoll(trx, draw, ack.iss))) return orRefuse(refused('NOT_ON_ROLL', 'iss'));
    const known = (await acksOf(trx, [draw.draw])).find((row) => row.unit === ack.iss);
    const answer = { draw: draw.draw, size: ack.size };
    if (known?.jws === text) return answer;
    if (known !== undefined) return orRefuse(refused('ACK_KNOWN'));
    if (draw.stage !== 'locked') throw new Refusal('OUT_OF_ORDER', { facts: { reason: 'NOT_LOCKED' } });
    const now = secondsNow(context);
    const before = earliestValue(listOf(draw));
    if (ack.iat >= before) return orRefuse(refused('TOO_LATE', 'iat'));
    if (now >= before) throw new Refusal('OUT_OF_ORDER', { facts: { reason: 'TOO_LATE' } });
    orRefuse(await signingKey(trx, jws, ack.iss, ['leader'], ack.size));
    await insertAck(trx, { draw: draw.draw, unit: ack.iss, jws: text, iat: ack.iat, received_at: now });
    await writeAudit(trx, {
      at: now,
      actor: ack.iss,
      action: 'draw.ack',
      subject: draw.draw,
      facts: { size: ack.size },
    });
    return answer;
  });
}

async function isOnRoll(db: Db, draw: DrawRow, unit: string): Promise<boolean> {
  const rule = await ruleAt(db, draw.rule_idx);
  return rule.roll.some((row) => row.unit === unit);
}
