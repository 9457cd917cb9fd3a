/** What waits for a person: every source is asked that one of the roles held may do something about. */
import type { Answer } from '../../../shared/api/endpoint.ts';
import type { getWaiting, WaitingRow } from '../../../shared/api/waiting.ts';
import { can } from '../../../shared/organisation/role.ts';
import { type Context, secondsNow } from '../../context.ts';
import type { Session } from '../../http/session.ts';
import { commentSources } from './comments.ts';
import { deviceSources } from './devices.ts';
import { drawSources } from './draws.ts';
import type { Source } from './source.ts';
import { ticketSources } from './tickets.ts';

/** A new kind of work is one more line here. */
const sources: readonly Source[] = [...commentSources, ...ticketSources, ...drawSources, ...deviceSources];

/** Groups and their rows, most urgent first. */
export async function waitingFor(
  context: Context,
  { person, grants: held }: Pick<Session, 'person' | 'grants'>,
): Promise<Answer<typeof getWaiting>> {
  const now = secondsNow(context);
  const groups = [];
  for (const { kind, needs, read } of sources) {
    const grants = held.filter(({ role }) => can(role, needs));
    if (grants.length === 0) continue;
    const { total, rows } = await read({ context, person, grants, now });
    if (rows.length > 0) groups.push({ kind, total, rows: [...rows].sort(byUrgency) });
  }
  return { groups: groups.sort((a, b) => byUrgency(a.rows[0], b.rows[0])) };
}

/** What has a deadline before what has none; among equals, what has waited longest. */
function byUrgency(a: WaitingRow | undefined, b: WaitingRow | undefined): number {
  const due = (row: WaitingRow | undefined) => row?.due ?? Number.MAX_SAFE_INTEGER;
  return due(a) - due(b) || (a?.since ?? 0) - (b?.since ?? 0);
}
