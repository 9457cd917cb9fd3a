/** Rows that a leaf stands for, made from the leaf alone: a server that was restored gets leaves back that it logged before, out of a copy of
 *  its public tree. They were judged when they were logged, and are not judged again; only texts are missing, which devices send. */
import { readRecord } from '../../shared/proof/keys.ts';
import {
  isDraw,
  isHold,
  isKeyAdd,
  isKeyRevoke,
  isList,
  isNonce,
  isRule,
  isSeal,
  isVoid,
} from '../../shared/proof/records.ts';
import { thumbprint } from '../../shared/proof/signature.ts';
import type { Config } from '../config.ts';
import type { Db } from '../database/port.ts';
import { keysNamed } from './admit.ts';
import { eraseItem } from './erase.ts';
import { freezeWeek } from './freeze-week.ts';
import { endKey, insertKey } from './keys.ts';
import { drawById, insertDraw, insertHold, insertNonce, insertRule, ruleAt, updateDraw } from './queries.ts';

/** Makes the rows of the leaf at `index`. `now`: Unix seconds; `reviewDue`: when the review of a draw recorded by this leaf ends. */
export async function relog(
  trx: Db,
  config: Pick<Config, 'file'>,
  index: number,
  jws: string,
  { now, reviewDue }: { readonly now: number; readonly reviewDue: number },
): Promise<void> {
  const record = readRecord(index, jws);
  const payload = record?.payload;
  if (isKeyAdd(payload)) {
    if (payload.old !== undefined) await endKey(trx, payload.old, index);
    await insertKey(trx, payload, await thumbprint(payload.jwk), index);
  } else if (isKeyRevoke(payload)) await endKey(trx, payload.kid, index);
  else if (isRule(payload)) await insertRule(trx, index, payload);
  else if (isList(payload)) {
    await insertDraw(trx, {
      draw: payload.draw,
      week: payload.week,
      stage: 'frozen',
      rule_idx: payload.rule,
      list_idx: index,
      list: JSON.stringify(payload),
      frozen_at: now,
      lock_size: null,
      lock_root: null,
      locked_at: null,
      record_idx: null,
      record: null,
      published_at: null,
      review_due: null,
    });
    const { roll } = await ruleAt(trx, payload.rule);
    await freezeWeek(
      trx,
      payload.week,
      payload.draw,
      roll.map(({ unit }) => unit),
    );
  } else if (isNonce(payload))
    await insertNonce(trx, { draw: payload.draw, unit: payload.iss, idx: index, nonce: payload.nonce });
  else if (isDraw(payload))
    await updateDraw(trx, payload.draw, {
      stage: 'drawn',
      record_idx: index,
      record: JSON.stringify(payload),
      lock_size: payload.lock.size,
      lock_root: payload.lock.root,
      locked_at: (await drawById(trx, payload.draw))?.locked_at ?? now,
      review_due: reviewDue,
    });
  else if (isVoid(payload))
    await updateDraw(trx, payload.draw, { stage: 'void', record_idx: index, record: JSON.stringify(payload) });
  else if (isHold(payload)) {
    const kid = record?.kid ?? '';
    const role = (await keysNamed(trx, [kid])).added.get(kid)?.role ?? 'reviewer';
    const { seal, item, iss, ground, basis, iat } = payload;
    await insertHold(trx, { seal_hash: seal, item, idx: index, iss, role, ground, basis, iat });
    const row = await trx.selectFrom('seal').selectAll().where('seal_hash', '=', seal).executeTakeFirst();
    if (row !== undefined) await eraseItem(trx, config, row, payload, { size: index + 1, now });
  }
}

/** Opens or shuts the weeks of seals whose leaves came back without their texts. Shut while lists are logged again, so that a freeze does not set
 *  them back to an older seal; open afterwards, so that their devices can send both again. */
export async function setAwaited(trx: Db, leaves: readonly string[], open: 0 | 1): Promise<void> {
  for (const jws of leaves) {
    const payload = readRecord(0, jws)?.payload;
    if (!isSeal(payload)) continue;
    await trx
      .updateTable('week_state')
      .set({ open })
      .where('unit', '=', payload.iss)
      .where('week', '=', payload.week)
      .execute();
  }
}
