/** What every edit of the journal is held against before it is committed. */
import * as v from 'valibot';
import { Body, proseMembers } from '../../shared/api/journal.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import { judgeBody } from '../../shared/diary/journal.ts';
import { canonical } from '../../shared/proof/canonical.ts';
import type { SundialDatabase } from '../store/database.ts';
import { headOf } from '../store/ops.ts';
import { standingOf, type WeekStanding, type Written } from '../store/queries.ts';

/** Whether a week takes no edit now. */
export function isShut(standing: WeekStanding): boolean {
  return standing === 'sealed' || standing === 'sealing' || standing === 'frozen';
}

/** A body that may be stored. Refuses `FIELD_INVALID` with the member and the reason in its facts. */
export function judged(body: unknown): Body {
  const shaped = v.safeParse(Body, body);
  if (!shaped.success) {
    const [issue] = shaped.issues;
    throw new Refusal('FIELD_INVALID', { field: v.getDotPath(issue) ?? 'text', facts: { reason: issue.message } });
  }
  const rules = judgeBody(shaped.output);
  if (!rules.ok)
    throw new Refusal('FIELD_INVALID', { field: rules.problem.field, facts: { reason: rules.problem.code } });
  return rules.value;
}

/** Refuses `WEEK_SEALED` or `WEEK_FROZEN` where a week takes no edit. */
export async function refuseShut(database: SundialDatabase, week: string): Promise<void> {
  const standing = await standingOf(database, week);
  if (isShut(standing)) throw new Refusal(standing === 'frozen' ? 'WEEK_FROZEN' : 'WEEK_SEALED');
}

/** Refuses `VERSION_STALE` where something was changed after its author looked at it. Within a transaction over outbox and rows. */
export async function refuseStale(database: SundialDatabase, seen: Written): Promise<void> {
  if ((await headOf(database, seen.id)) !== seen.head) throw new Refusal('VERSION_STALE');
}

/** Refuses `VERSION_STALE` where a line that waits here for the signing device is another than its author looked at. Within a transaction
 *  over `held`. */
export async function refuseStaleParked({ held }: SundialDatabase, seen: Written): Promise<void> {
  const parked = (await held.get(seen.id))?.parked ?? null;
  if (canonical(parked) !== canonical(seen.held?.parked ?? null)) throw new Refusal('VERSION_STALE');
}

/** Without members that are undefined, and without prose that is empty: an emptied field is a field taken away. */
export function tidied(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const prose: readonly string[] = proseMembers;
  return Object.fromEntries(
    Object.entries(body).filter(
      ([name, value]) => value !== undefined && !(prose.includes(name) && name !== 'text' && isEmpty(value)),
    ),
  );
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}
