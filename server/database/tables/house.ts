/** Rows that belong to no capability: audit with its chain, idempotency, rates, and the server's own values. */
import type { Generated } from 'kysely';

interface AuditTable {
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  subject: string;
  facts: string;
}

/** The place of an audit row in the chain: `n` from 0 without gaps, `hash` over the row and the hash before it. */
interface AuditLinkTable {
  n: number;
  audit: number;
  hash: string;
}

/** The end of the chain on one civil day, and the head of the log that stood then; `size` is 0 before leaf 0. */
interface AuditAnchorTable {
  day: string;
  rows: number;
  hash: string;
  size: number;
  root: string;
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

/** Values of the server itself: `epoch` of the journal; `backup`, when the last one was made (Unix seconds), with what was in it as JSON;
 *  `logFloor`, the size of a head that the world has seen of this log, with its root. */
interface ServerValueTable {
  name: string;
  value: number;
  detail: Generated<string | null>;
}

export interface HouseTables {
  audit: AuditTable;
  audit_link: AuditLinkTable;
  audit_anchor: AuditAnchorTable;
  idempotency: IdempotencyTable;
  rate: RateTable;
  server_value: ServerValueTable;
}
