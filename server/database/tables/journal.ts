/** Rows of journals and seals (sync.md). An author is a person; what is sealed belongs to the unit. */

/** The author's counter; its lock makes `seq` rise without gaps of visibility. */
interface AuthorTable {
  author: string;
  seq: number;
}

/** Server truth of one entry, review or title. `body` is JSON, null of a tombstone. */
export interface EntryTable {
  author: string;
  id: string;
  unit: string;
  week: string;
  head: string;
  seq: number;
  schema: number;
  del: number;
  body: string | null;
}

/** An op as it came and its first answer. `hash` is null of a refused one and once the entry was redacted: the digest of a
 *  withheld text would let it be guessed. */
export interface OpTable {
  author: string;
  op: string;
  n: number;
  device: string;
  id: string;
  parent: string | null;
  kind: string;
  schema: number;
  at: string;
  body: string | null;
  hash: string | null;
  status: string;
  week: string | null;
  seq: number | null;
  received_at: number;
}

/** A seal in the log. `cover` is the JSON of the cover's value; `manifest` that of the request; `items` the entry id of each cover item, as JSON. */
export interface SealTable {
  seal_hash: string;
  unit: string;
  author: string;
  week: string;
  rev: number;
  idx: number;
  nc: string;
  iat: number;
  at: number;
  cover: string;
  manifest: string;
  items: string;
}

/** A disclosure that left the device; item -1 is the cover. Null once it was redacted or erased. */
interface DisclosureTable {
  seal_hash: string;
  item: number;
  encoded: string | null;
}

/** Where a unit's week stands. `sealed_seal_hash`: the seal that counts; `open`: reopened by its leader; `frozen_draw`: the first draw whose
 *  list froze it. A week without a row was never sealed nor frozen. */
export interface WeekStateTable {
  unit: string;
  week: string;
  sealed_seal_hash: string | null;
  open: number;
  frozen_draw: string | null;
}

/** A week that its leader declared as leave. */
interface WeekLeaveTable {
  unit: string;
  week: string;
  at: number;
}

/** An image of an author; `bytes` is base64. */
export interface BlobTable {
  author: string;
  sha256: string;
  type: string;
  size: number;
  bytes: string;
  at: number;
}

export interface JournalTables {
  author: AuthorTable;
  entry: EntryTable;
  op: OpTable;
  seal: SealTable;
  disclosure: DisclosureTable;
  week_state: WeekStateTable;
  week_leave: WeekLeaveTable;
  blob: BlobTable;
}
