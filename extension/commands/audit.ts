/** The audit trail: read, checked on this machine, exported; and the opening of a reader's identity. Nothing here changes a row. */
import * as v from 'valibot';
import { type AuditExport, type AuditLine, auditPageMax, getAudit, PublicAudit } from '../../shared/api/audit.ts';
import type { Answer } from '../../shared/api/endpoint.ts';
import { postIdentityOpening } from '../../shared/api/sign-in.ts';
import { fromUtf8 } from '../../shared/base/bytes.ts';
import { csvOf } from '../../shared/diary/export/csv.ts';
import { type ChainReport, checkChain } from '../../shared/proof/audit-chain.ts';
import { parseJson } from '../../shared/proof/signature.ts';
import { type Context, here } from '../device/context.ts';
import { call, publicBytes } from '../remote/client.ts';

/** What is looked for; times in Unix seconds, `to` not included. */
export interface AuditWish {
  readonly who?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly from?: number;
  readonly to?: number;
}

export interface AuditPages extends Pick<Answer<typeof getAudit>, 'rowsInAll' | 'anchor'> {
  /** Newest first. */
  readonly rows: readonly AuditLine[];
  readonly hasMore: boolean;
}

/** The newest rows that fit, at most `most`; `read` hears how many are there. */
export async function readAudit(
  wish: AuditWish,
  most: number,
  read: (rows: number, total: number) => void = () => undefined,
  context: Context = here,
): Promise<AuditPages> {
  const rows: AuditLine[] = [];
  let after: string | undefined;
  for (;;) {
    const limit = Math.min(auditPageMax, most - rows.length);
    const { rowsInAll, anchor, ...page } = await call(getAudit, { query: { ...wish, after, limit } }, context);
    rows.push(...page.rows);
    read(rows.length, rowsInAll);
    if (page.next === null || rows.length >= most) return { rows, rowsInAll, anchor, hasMore: page.next !== null };
    after = page.next;
  }
}

/** Reads the whole trail and works out every hash here; what was published is compared with it. */
export async function checkAudit(
  read: (rows: number, total: number) => void,
  context: Context = here,
): Promise<ChainReport> {
  // Before the rows: what is anchored while they are read lies beyond them.
  const published = v.parse(
    PublicAudit,
    parseJson(fromUtf8((await publicBytes('audit.json', context)) ?? new Uint8Array())),
  );
  const { rows } = await readAudit({}, Number.MAX_SAFE_INTEGER, read, context);
  return checkChain([[...rows].reverse()], published.anchors);
}

/** The rows as a file for `sundial audit`, oldest first. */
export const auditJson = (rows: readonly AuditLine[]): Blob => {
  const file: AuditExport = { v: 1, rows: [...rows].reverse() };
  return new Blob([JSON.stringify(file)], { type: 'application/json' });
};

/** The rows as a table, oldest first, under these names of columns. */
export function auditCsv(
  rows: readonly AuditLine[],
  columns: readonly string[],
  shown: { readonly time: (at: number) => string; readonly deed: (action: string) => string },
): Blob {
  const cells = [...rows]
    .reverse()
    .map(({ n, at, actor, name, action, subject, facts, hash }) => [
      String(n),
      shown.time(at),
      actor,
      name ?? '',
      shown.deed(action),
      action,
      subject,
      facts,
      hash,
    ]);
  return new Blob([csvOf([columns, ...cells])], { type: 'text/csv' });
}

/** Opens who is behind a comment; the server writes the basis down before it answers. */
export const openIdentity = (
  comment: string,
  basis: string,
  context: Context = here,
): Promise<Answer<typeof postIdentityOpening>> =>
  call(postIdentityOpening, { params: { comment }, body: { basis } }, context);
