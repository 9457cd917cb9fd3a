/** The whole log as records: what the desk computes lists' and draws' facts from. Only what the pinned keys and the hashes show. */
import { Refusal } from '../../shared/api/refusal.ts';
import { admitLeaves } from '../../shared/proof/audit.ts';
import type { Head } from '../../shared/proof/checkpoint.ts';
import type { Keys, LogRecord } from '../../shared/proof/keys.ts';
import { type Context, here } from '../device/context.ts';
import { profileOf } from '../store/database.ts';
import { leavesUnder, seeHead } from './log.ts';
import { refreshOrganisation } from './organisation.ts';

export interface LogNow {
  readonly head: Head;
  readonly records: readonly LogRecord[];
  readonly keys: Keys;
}

/** Every valid record under the present head. Throws `LOG_ABSENT` before the log begins, `RECORD_REFUSED` with the failure where the log
 *  does not fit its own head or what this device remembers. */
export async function recordsNow(context: Context = here): Promise<LogNow> {
  // A person may open the desk before the first sync has come to its end.
  if ((await profileOf(context.database)).pins === null) await refreshOrganisation(context);
  const head = await seeHead(context);
  if (!head.ok)
    throw head.problem === 'LOG_ABSENT'
      ? new Refusal('LOG_ABSENT')
      : new Refusal('RECORD_REFUSED', { facts: { failure: head.problem } });
  const { pins } = await profileOf(context.database);
  const leaves = await leavesUnder(head.value, context);
  if (pins === null) throw new Refusal('LOG_ABSENT');
  if (leaves === null) throw new Refusal('RECORD_REFUSED', { facts: { failure: 'LOG_INCOMPLETE' } });
  const organisers = pins.organiser === null ? null : pins.organiser.split(' ');
  const { records, keys, findings } = await admitLeaves(leaves, { origin: pins.origin, organisers });
  const [wrong] = findings;
  if (wrong !== undefined) throw new Refusal('RECORD_REFUSED', { facts: { failure: wrong.code, index: wrong.index } });
  return { head: head.value, records, keys };
}
