/** Who reads the audit trail finds what is looked for; nothing here changes a row. */
import type { getAudit } from '../../../shared/api/audit.ts';
import type { Answer, Output } from '../../../shared/api/endpoint.ts';
import type { Context } from '../../context.ts';
import { newestLink } from '../../database/audit.ts';
import { actorsNamed, auditRows, namesOf, newestAnchor } from './queries.ts';

/** A page of the trail, newest first. */
export async function search(
  context: Context,
  { who, after, limit, ...rest }: Output<(typeof getAudit)['query']>,
): Promise<Answer<typeof getAudit>> {
  const { db } = context.database;
  const actors = who === undefined || who.trim() === '' ? null : await actorsNamed(db, who.trim());
  const found = await auditRows(db, { ...rest, actors }, after, limit + 1);
  const page = found.slice(0, limit);
  const names = await namesOf(
    db,
    page.map(({ actor }) => actor),
  );
  const last = await newestLink(db);
  const next = found.length > limit ? page.at(-1)?.n : undefined;
  return {
    rows: page.map((row) => ({ ...row, name: names.get(row.actor) ?? null })),
    next: next === undefined ? null : String(next),
    rowsInAll: last === undefined ? 0 : last.n + 1,
    anchor: await newestAnchor(db),
  };
}
