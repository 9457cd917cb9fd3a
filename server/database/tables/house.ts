/** Rows that belong to no capability: audit, idempotency, rates, and the server's own values. */
import type { Generated } from 'kysely';

interface AuditTable {
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  subject: string;
  facts: string;
}

/** The answer to a POST with an `Idempotency-Key`, kept for 24 hours. `key` is `<METHOD path> <key>`. */
interface IdempotencyTable {
  key: string;
  body_hash: string;
  answer: string;
  at: number;
}

/** How often `key` did `name` in the window that began at `since`. */
interface RateTable {
  name: string;
  key: string;
  since: number;
  count: number;
}

/** Values of the server itself: `epoch` of the journal. */
interface ServerValueTable {
  name: string;
  value: number;
}

export interface HouseTables {
  audit: AuditTable;
  idempotency: IdempotencyTable;
  rate: RateTable;
  server_value: ServerValueTable;
}
