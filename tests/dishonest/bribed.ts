/** The judges of list and draw record in the hands of somebody who lies: whatever has the right shape is logged. */
import { ok, type Result } from '../../shared/base/result.ts';
import type { LogRecord } from '../../shared/proof/keys.ts';
import { type Draw, isDraw, isList, isVoid, type List, type Void } from '../../shared/proof/records.ts';

export async function judgeListRecord({ payload }: LogRecord): Promise<Result<List, never>> {
  if (!isList(payload)) throw new TypeError('no list');
  return ok(payload);
}

export async function judgeDrawRecord({ payload }: LogRecord): Promise<Result<Draw | Void, never>> {
  if (isDraw(payload) || isVoid(payload)) return ok(payload);
  throw new TypeError('no draw record');
}
