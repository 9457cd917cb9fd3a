/** Rows that belong to no capability: audit, idempotency, rates, jobs, and the server's own values. */
import type { Generated } from 'kysely';

export interface AuditTable {
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  subject: string;
  facts: string;
}

/** The answer to a POST with an `Idempotency-Key`, kept for 24 hours. `key` is `<METHOD path> <key>`. */
export interface IdempotencyTable {
  key: string;
  body_hash: string;
  answer: string;
  at: number;
}

/** How often `key` did `name` in the window that began at `since`. */
export interface RateTable {
  name: string;
  key: string;
  since: number;
  count: number;
}

/** When a job of the clock last ran, so that many processes run it once. */
export interface JobTable {
  name: string;
  ran_at: number;
}

/** Values of the server itself: `epoch` of the journal. */
export interface ServerValueTable {
  name: string;
  value: number;
}

export interface HouseTables {
  audit: AuditTable;
  idempotency: IdempotencyTable;
  rate: RateTable;
  job: JobTable;
  server_value: ServerValueTable;
}
