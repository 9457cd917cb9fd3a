/** The audit trail as a chain: the hash of each row covers that of the row before it, so that no row is changed, left out or put between
 *  without every later hash. Whoever rewrites all of them is caught by an anchor that somebody kept. Our own, SHA-256 over RFC 8785. */
import { b64u } from '../base/bytes.ts';
import { sha256Text } from '../base/digest.ts';
import { canonical } from './canonical.ts';

/** A row of the trail as it is hashed. `n` counts from 0 without gaps; `facts` is the JSON text as it was written. */
export interface AuditRow {
  readonly n: number;
  /** Unix seconds. */
  readonly at: number;
  readonly actor: string;
  readonly action: string;
  readonly subject: string;
  readonly facts: string;
}

/** A row with its hash, b64u. */
export interface ChainedRow extends AuditRow {
  readonly hash: string;
}

/** What stood on one day: the first `rows` rows end with `hash`. */
export interface AuditAnchor {
  /** Civil day in the organisation's zone. */
  readonly day: string;
  readonly rows: number;
  readonly hash: string;
}

/** What does not hold. ROW_ALTERED: the row at `n` is not what was hashed, or the one before it was another; ROW_MISSING: `n` is not there;
 *  ANCHOR_DIFFERS: the chain up to the anchor of `day` was rewritten since; ANCHOR_BEYOND: rows that were anchored are gone. */
export interface ChainFault {
  readonly code: 'ROW_ALTERED' | 'ROW_MISSING' | 'ANCHOR_DIFFERS' | 'ANCHOR_BEYOND';
  readonly n: number;
  readonly day?: string;
}

export interface ChainReport {
  readonly rows: number;
  /** Hash of the last row, null where there is none. */
  readonly head: string | null;
  /** How many anchors the chain agrees with. */
  readonly anchored: number;
  readonly faults: readonly ChainFault[];
}

/** b64u(SHA-256("sundial-audit/v1\n" + hash before + "\n" + JCS(row))); before the first row stands the empty text. */
export async function chainHash(before: string, { n, at, actor, action, subject, facts }: AuditRow): Promise<string> {
  return b64u(await sha256Text(`sundial-audit/v1\n${before}\n${canonical({ n, at, actor, action, subject, facts })}`));
}

/** Checks a whole trail, given in ascending order, and what was anchored of it. Every fault is reported, each once: after an altered row it
 *  goes on from the hash that stands there. */
export async function checkChain(
  pages: AsyncIterable<readonly ChainedRow[]> | Iterable<readonly ChainedRow[]>,
  anchors: readonly AuditAnchor[],
): Promise<ChainReport> {
  const faults: ChainFault[] = [];
  const open = Map.groupBy(anchors, ({ rows }) => rows);
  let before = '';
  let next = 0;
  let anchored = 0;
  const agree = (rows: number): void => {
    for (const { day, hash } of open.get(rows) ?? []) {
      if (hash === before) anchored += 1;
      else faults.push({ code: 'ANCHOR_DIFFERS', n: rows - 1, day });
    }
    open.delete(rows);
  };
  for await (const page of pages)
    for (const row of page) {
      for (; next < row.n; next += 1) faults.push({ code: 'ROW_MISSING', n: next });
      if (row.hash !== (await chainHash(before, row))) faults.push({ code: 'ROW_ALTERED', n: row.n });
      before = row.hash;
      next = row.n + 1;
      agree(next);
    }
  for (const { day, rows } of [...open.values()].flat()) faults.push({ code: 'ANCHOR_BEYOND', n: rows - 1, day });
  return { rows: next, head: next === 0 ? null : before, anchored, faults };
}
