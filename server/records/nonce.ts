/** `wd-nonce+jwt`: a candidate's device opens the commitment in its listed seal (verification.md 7.3). */
import { ok, type Result } from '../../shared/base/result.ts';
import { isNonce, type List, type Nonce } from '../../shared/proof/records.ts';
import { commitmentOf } from '../../shared/proof/seal.ts';
import { alreadyDone, outOfOrder, type RecordProblem, refused } from './problem.ts';

export interface NonceState {
  /** The draw it names; null when there is none. */
  readonly draw: { readonly stage: string; readonly list: List } | null;
  /** Commitment `nc` of the unit's listed seal; null when it is not listed. */
  readonly commitment: string | null;
  readonly isKnown: boolean;
}

/** After the list and before the lock, once, by a listed unit, of a draw that has nonces among its sources. */
export async function judgeNonce(payload: unknown, state: NonceState): Promise<Result<Nonce, RecordProblem>> {
  if (!isNonce(payload)) return refused('SHAPE');
  if (state.draw === null) return refused('DRAW_UNKNOWN', 'draw');
  if (!state.draw.list.sources.some(({ kind }) => kind === 'nonces')) return refused('NO_NONCES', 'draw');
  if (state.commitment === null) return refused('NOT_LISTED', 'iss');
  if (state.isKnown) return alreadyDone('NONCE_KNOWN');
  if (state.draw.stage !== 'frozen') return outOfOrder('LOCKED');
  return (await commitmentOf(payload)) === state.commitment ? ok(payload) : refused('NONCE_WRONG', 'nonce');
}
