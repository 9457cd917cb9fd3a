/** The audit trail: who did what to what, written in the transaction of the deed. Rows are never changed. */
import type { Db } from './port.ts';

export interface AuditEntry {
  /** Unix seconds. */
  readonly at: number;
  /** Actor id, `reader` or `system`. */
  readonly actor: string;
  /** What was done, as `noun.verb`. */
  readonly action: string;
  /** Id of what it was done to. */
  readonly subject: string;
  /** Values, never prose of a diary or comment. */
  readonly facts?: Readonly<Record<string, unknown>>;
}

export async function writeAudit(trx: Db, entry: AuditEntry): Promise<void> {
  await trx
    .insertInto('audit')
    .values({
      at: entry.at,
      actor: entry.actor,
      action: entry.action,
      subject: entry.subject,
      facts: JSON.stringify(entry.facts ?? {}),
    })
    .execute();
}
