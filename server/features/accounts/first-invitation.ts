/** The one invitation that begins the log: `sundial init` prints it, and the device that opens it signs leaf 0. */
import { Refusal } from '../../../shared/api/refusal.ts';
import type { Context } from '../../context.ts';
import { lockFor } from '../../database/lock.ts';
import { lockLog } from '../../log/append.ts';
import { personFor } from '../../organisation/actors.ts';
import { type Made, makeInvitation } from './invitations.ts';

/** Makes it; an earlier one that nobody claimed is void from then on. Throws ALREADY_DONE once the log has begun. */
export function firstInvitation(context: Context, name = context.config.name.zh): Promise<Made> {
  return context.database.transaction(async (trx) => {
    await lockFor(trx, 'accounts');
    if ((await lockLog(trx)) > 0) throw new Refusal('ALREADY_DONE');
    await trx.deleteFrom('invitation').where('first', '=', 1).where('state', '=', 'invited').execute();
    await trx.deleteFrom('actor').where('role', '=', 'organiser').execute();
    const wanted = [{ role: 'organiser', unit: null }] as const;
    const person = await personFor(trx, context, name, wanted);
    return makeInvitation(trx, context, 'system', { person, name, wanted }, true);
  });
}
