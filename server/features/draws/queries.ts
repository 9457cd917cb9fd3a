/** SQL of draws. */
import type { Db } from '../../database/port.ts';
import { grantsOf } from '../../http/session.ts';
import type { DrawRow } from '../../records/queries.ts';

/** Draws whose list stands before an index of the log, newest list first. Unique `list_idx`. */
export const drawsBefore = (db: Db, index: number | null, limit: number): Promise<DrawRow[]> =>
  db
    .selectFrom('draw')
    .selectAll()
    .$if(index !== null, (query) => query.where('list_idx', '<', index ?? 0))
    .orderBy('list_idx', 'desc')
    .limit(limit)
    .execute();

/** Nonces, acknowledgements and passed reviews of some draws: units, sorted. Primary keys. */
export async function unitsByDraw(
  db: Db,
  table: 'nonce' | 'ack' | 'review',
  draws: readonly string[],
): Promise<ReadonlyMap<string, string[]>> {
  if (draws.length === 0) return new Map();
  const rows = await db
    .selectFrom(table)
    .select(['draw', 'unit'])
    .where('draw', 'in', draws)
    .orderBy('draw')
    .orderBy('unit')
    .execute();
  const found = new Map<string, string[]>();
  for (const { draw, unit } of rows) found.set(draw, [...(found.get(draw) ?? []), unit]);
  return found;
}

/** Who locked and published draws, by `<action> <draw>`. `moments`: the times of these deeds. Index `audit_at`. */
export async function deedsAt(db: Db, moments: readonly number[]): Promise<ReadonlyMap<string, string>> {
  if (moments.length === 0) return new Map();
  const rows = await db
    .selectFrom('audit')
    .select(['actor', 'action', 'subject'])
    .where('at', 'in', [...new Set(moments)])
    .where('action', 'in', ['draw.lock', 'draw.publish'])
    .execute();
  return new Map(rows.map(({ actor, action, subject }) => [`${action} ${subject}`, actor]));
}

/** When an active device of each unit's leader signed in last. Active devices are as many as there are people. */
export async function leadersSeen(db: Db): Promise<ReadonlyMap<string, number | null>> {
  const rows = await db.selectFrom('device').select(['grants', 'last_seen']).where('state', '=', 'active').execute();
  const seen = new Map<string, number | null>();
  for (const row of rows)
    for (const { role, unit } of grantsOf(row.grants))
      if (role === 'leader' && unit !== null) seen.set(unit, Math.max(seen.get(unit) ?? 0, row.last_seen ?? 0) || null);
  return seen;
}
