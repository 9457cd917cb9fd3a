/** What waits for this person, and the last answer for a time without the network. */
import * as v from 'valibot';
import type { Answer } from '../../shared/api/endpoint.ts';
import { getWaiting } from '../../shared/api/waiting.ts';
import { type Context, here } from '../device/context.ts';
import { callKnown, Unreachable } from '../remote/client.ts';
import { profileOf, progressOf } from '../store/database.ts';
import { kept, personalId } from '../store/private-settings.ts';

export interface Waiting {
  readonly groups: Answer<typeof getWaiting>['groups'];
  /** When the answer came, in milliseconds by the server's clock, where it is an older one, which has no texts; null of a fresh one. */
  readonly keptAt: number | null;
  /** Whether there may be more that only a later version of the extension knows: a kind of thing, or a role that this person holds. */
  readonly later: boolean;
}

const Kept = v.object({ at: v.number(), person: v.string(), groups: getWaiting.answer.entries.groups });

/** Asks the server; without it gives what this person was told last. What readers wrote is not kept. */
export async function readWaiting(context: Context = here): Promise<Waiting> {
  const { database } = context;
  const { person } = await profileOf(database);
  try {
    const { answer, left } = await callKnown(getWaiting, {}, context);
    const { groups } = answer;
    const bare = groups.map((group) => ({ ...group, rows: group.rows.map((row) => ({ ...row, text: null })) }));
    const { offsetMs } = await progressOf(database);
    const value = { at: context.now() + (offsetMs ?? 0), person: person?.id ?? '', groups: bare };
    await database.personal.put({ id: personalId.waiting, value });
    // Asking may have signed in anew.
    const { unknownRoles = 0 } = await profileOf(database);
    return { groups, keptAt: null, later: left + unknownRoles > 0 };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    const last = await kept(database, personalId.waiting, Kept, null);
    if (last === null || last.person !== (person?.id ?? '')) throw error;
    return { groups: last.groups, keptAt: last.at, later: false };
  }
}
