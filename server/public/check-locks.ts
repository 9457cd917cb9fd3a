/** Whether every lock holds by the keys of the whole log: what is published of a draw can leave out that a key has ended (verification.md 10). */
import type { Audit } from '../../shared/proof/audit.ts';
import { judged } from '../../shared/proof/failure.ts';
import { checkLock } from '../../shared/proof/lock.ts';
import { isDrawing, isList, isRule } from '../../shared/proof/records.ts';

/** Acknowledgements that a file of a draw shows for its lock. */
export interface ShownLock {
  /** Path of the file. */
  readonly where: string;
  readonly draw: string;
  readonly acks: readonly string[];
}

export type LockFailure = { readonly code: 'LIST_NOT_LOCKED'; readonly where: string };

/** Counts the acknowledgements of draws with a result once more; each file with too few is a failure. */
export async function checkLocks(
  locks: readonly ShownLock[],
  { records, keys }: Pick<Audit, 'records' | 'keys'>,
): Promise<readonly LockFailure[]> {
  const at = new Map(records.map((record) => [record.index, record.payload]));
  const drawn = new Map(
    records.filter(({ payload }) => isDrawing(payload)).map((record) => [record.payload.draw, record]),
  );
  const failures = locks.map(async ({ where, draw, acks }): Promise<readonly LockFailure[]> => {
    const record = drawn.get(draw);
    const said = record?.payload;
    const list = isDrawing(said) ? at.get(said.list) : undefined;
    const rule = isList(list) ? at.get(list.rule) : undefined;
    // What has another shape is found by whoever looks at the file itself.
    if (record === undefined || !isDrawing(said) || !isList(list) || !isRule(rule)) return [];
    const locked = await judged(() => checkLock(acks, said.lock, { rule, list }, said.list, record.index, keys));
    return locked.ok ? [] : [{ code: 'LIST_NOT_LOCKED', where }];
  });
  return (await Promise.all(failures)).flat();
}
