/** `audit.json`: the end of the audit trail on each day. It says nothing of what was done, and binds it. */
import type { PublicAudit } from '../../shared/api/audit.ts';
import type { Db } from '../database/port.ts';

/** Primary key: one row a day. */
export async function auditFile(db: Db): Promise<PublicAudit> {
  const anchors = await db
    .selectFrom('audit_anchor')
    .select(['day', 'rows', 'hash', 'size', 'root'])
    .orderBy('day')
    .execute();
  return { v: 1, anchors };
}
