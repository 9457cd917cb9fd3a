/** Rows of rules, draws, acknowledgements, holds and publications. The log decides; these rows are its index, but for acks, locks and
 *  publications, which are no leaves. Times are Unix seconds. */

/** A logged `wd-rule+jwt`. `payload` is the signed JSON. */
export interface RuleTable {
  idx: number;
  payload: string;
  iat: number;
}

/** A logged `wd-list+jwt` and what became of it. `stage` is a `DrawStage`. */
export interface DrawTable {
  draw: string;
  week: string;
  stage: string;
  rule_idx: number;
  list_idx: number;
  list: string;
  frozen_at: number;
  lock_size: number | null;
  lock_root: string | null;
  locked_at: number | null;
  /** The `wd-draw+jwt`, of a void draw too. */
  record_idx: number | null;
  record: string | null;
  published_at: number | null;
  /** When the review ends at the latest; null before the result, and of a result that a server without reviews logged. */
  review_due: number | null;
}

/** A drawn diary that a reviewer has passed. */
export interface ReviewTable {
  draw: string;
  unit: string;
  passed_by: string;
  passed_at: number;
}

/** A logged `wd-nonce+jwt`. */
export interface NonceTable {
  draw: string;
  unit: string;
  idx: number;
  nonce: string;
}

/** An acknowledgement of a locked head, checked on arrival; one for each unit. */
export interface AckTable {
  draw: string;
  unit: string;
  jws: string;
  iat: number;
  received_at: number;
}

/** A logged `wd-hold+jwt`; the first for an item counts. */
export interface HoldTable {
  seal_hash: string;
  item: number;
  idx: number;
  iss: string;
  /** Role of the key that signed it. */
  role: string;
  ground: string;
  basis: string;
  iat: number;
}

/** A published diary. `position` numbers publications from 0 without gaps; `size` is the log head its bundle proves against. */
export interface PublicationTable {
  position: number;
  draw: string;
  unit: string;
  week: string;
  seal_hash: string;
  size: number;
  published_at: number;
}

/** An image that a disclosed item of a published diary names. */
export interface PublicImageTable {
  sha256: string;
  draw: string;
  unit: string;
  item: number;
  type: string;
}

/** An image that was public and is withheld now: its address answers 410. */
export interface GoneImageTable {
  sha256: string;
  at: number;
}

/** A withheld item of a published diary that its author offers to readers after all; the last offer of an item (verification.md 5). */
export interface ReleaseTable {
  seal_hash: string;
  item: number;
  /** Ground and provision on which it was withheld. */
  ground: string;
  basis: string;
  /** Why it may be public now, in its author's words; public once passed. */
  why: string;
  author: string;
  offered_at: number;
  /** The disclosure while it waits, null before and after. */
  encoded: string | null;
  /** JSON of the names of its images while it waits or is public, else of none. */
  images: string;
  /** A `ReleaseState`. */
  state: string;
  decided_by: string | null;
  decided_at: number | null;
  /** Why it was declined. */
  reason: string | null;
}

export interface DrawTables {
  rule: RuleTable;
  draw: DrawTable;
  review: ReviewTable;
  nonce: NonceTable;
  ack: AckTable;
  hold: HoldTable;
  publication: PublicationTable;
  public_image: PublicImageTable;
  gone_image: GoneImageTable;
  item_release: ReleaseTable;
}
