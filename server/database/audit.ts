/** The audit trail: who did what to what, written in the transaction of the deed. Rows are never changed, and each is linked to the one
 *  before it by a hash (shared/proof/audit-chain.ts). */
import type { AuditAction } from '../../shared/organisation/audit-action.ts';
import { chainHash } from '../../shared/proof/audit-chain.ts';
import { lockFor } from './lock.ts';
import type { Db } from './port.ts';

export interface AuditEntry {
  /** Unix seconds. */
  readonly at: number;
  /** Actor id, `reader` or `system`. */
  readonly actor: string;
  /** What was done. */
  readonly action: AuditAction;
  /** Id of what it was done to. */
  readonly subject: string;
  /** Values, never prose of a diary or comment. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

/** Writes a row at the end of the chain. From here to the end of the transaction nobody else can: do it last. Primary key. */
export async function writeAudit(trx: Db, entry: AuditEntry): Promise<void> {
  if (!trx.isTransaction) throw new TypeError('an audit row belongs into the transaction of its deed');
  await lockAudit(trx);
  const last = await newestLink(trx);
  const row = {
    at: entry.at,
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    facts: JSON.stringify(entry.facts ?? {}),
  };
  const { id } = await trx.insertInto('audit').values(row).returning('id').executeTakeFirstOrThrow();
  const n = last === undefined ? 0 : last.n + 1;
  const hash = await chainHash(last?.hash ?? '', { n, ...row });
  await trx.insertInto('audit_link').values({ n, audit: id, hash }).execute();
}

/** Takes the end of the chain for the rest of the transaction. */
export const lockAudit = (trx: Db): Promise<void> => lockFor(trx, 'audit');

/** The last link; undefined before the first row. Primary key. */
export const newestLink = (db: Db): Promise<{ readonly n: number; readonly hash: string } | undefined> =>
  db.selectFrom('audit_link').select(['n', 'hash']).orderBy('n', 'desc').limit(1).executeTakeFirst();
