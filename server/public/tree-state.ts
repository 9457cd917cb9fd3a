/** By what a writer of many files of the tree sees that it moved meanwhile. */
import type { AuditAction } from '../../shared/organisation/audit-action.ts';
import type { Db } from '../database/port.ts';
import { newestHead } from '../log/prove.ts';
import { publicationCount } from '../records/queries.ts';

export interface TreeState {
  /** Other once something was logged, published, withheld or released. A release is no leaf. */
  readonly moved: string;
  /** How often something was withheld after its seal; an item that was released counts each time. */
  readonly holds: number;
}

export async function treeState(db: Db): Promise<TreeState> {
  const holds = await deeds(db, 'item.hold');
  const size = (await newestHead(db))?.size ?? 0;
  return { moved: [size, await publicationCount(db), holds, await deeds(db, 'item.release')].join('/'), holds };
}

/** Index `audit_action`. */
async function deeds(db: Db, action: AuditAction): Promise<number> {
  const { count } = await db
    .selectFrom('audit')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('action', '=', action)
    .executeTakeFirstOrThrow();
  return Number(count);
}
