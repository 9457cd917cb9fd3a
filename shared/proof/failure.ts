// The closed list of failures and notices of verification.md 9 and 10, and how the checks of this folder stop at the first.
import { fail, ok, type Result } from '../base/result.ts';

/** What a reader is told when a bundle does not verify (section 9). */
export type Failure =
  | 'BUNDLE_MALFORMED'
  | 'CHECKPOINT_INVALID'
  | 'LOG_REWRITTEN'
  | 'NOT_IN_LOG'
  | 'KEY_NOT_VALID'
  | 'SIGNATURE_INVALID'
  | 'TEXT_ALTERED'
  | 'DIARY_INVALID'
  | 'HOLD_INVALID'
  | 'ENTRY_MISSING'
  | 'LIST_INVALID'
  | 'SEAL_LATE'
  | 'SEAL_NOT_LISTED'
  | 'LIST_NOT_LOCKED'
  | 'RANDOMNESS_INVALID'
  | 'DRAW_MISMATCH'
  | 'NOT_DRAWN'
  | 'DRAWN_NOT_PUBLISHED';

/** What stands beside the tick and is never hidden (section 9). */
export type Notice =
  | 'HELD_AFTER_SEAL'
  | 'HELD_AFTER_DRAW'
  | 'NONCE_NOT_REVEALED'
  | 'LOCK_MINORITY'
  | 'FROZEN_EARLY'
  | 'DRAW_RERUN'
  | 'KEY_REPLACED'
  | 'KIND_UNKNOWN'
  | 'VALUE_TO_COMPARE'
  | 'DRAND_UNCHECKED';

/** Signals inside a judge that a check does not hold; `judged` turns it into a `Result`. */
class CheckFailed extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

/** Goes on only when the check holds; otherwise the judge around it ends with `failure`. */
export function must(holds: unknown, failure: Failure): asserts holds {
  if (!holds) throw new CheckFailed(failure);
}

/** Runs checks and gives their value, or the first failure. Any other error is a bug and passes. */
export async function judged<T>(checks: () => Promise<T>): Promise<Result<T, Failure>> {
  try {
    return ok(await checks());
  } catch (error) {
    if (error instanceof CheckFailed) return fail(error.failure);
    throw error;
  }
}
