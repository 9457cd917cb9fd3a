/** What every signed record of the desk needs: the key of the role, the server's time, and one request. */
import { postRecord } from '../../shared/api/draws.ts';
import type { Answer } from '../../shared/api/endpoint.ts';
import { Refusal } from '../../shared/api/refusal.ts';
import type { LogRole } from '../../shared/organisation/role.ts';
import { type Context, here } from '../device/context.ts';
import { logSigner, type Signer } from '../device/key.ts';
import { call } from '../remote/client.ts';
import { progressOf } from '../store/database.ts';
import { sendSigned } from '../sync/rotation.ts';

/** The organiser's log key of this profile. Throws `NOT_ALLOWED` with reason `NO_KEY` where it has none. */
export const organiserSigner = (context: Context = here): Promise<Signer> => signerOf('organiser', context);

/** The reviewer's, likewise. */
export const reviewerSigner = (context: Context = here): Promise<Signer> => signerOf('reviewer', context);

async function signerOf(role: LogRole, context: Context): Promise<Signer> {
  const signer = await logSigner(role, context);
  if (signer === null) throw new Refusal('NOT_ALLOWED', { facts: { reason: 'NO_KEY' } });
  return signer;
}

/** Unix seconds by the server's clock, as far as this device has learnt it. */
export async function serverSeconds(context: Context = here): Promise<number> {
  const { offsetMs } = await progressOf(context.database);
  return Math.floor((context.now() + (offsetMs ?? 0)) / 1000);
}

/** Logs one signed record. A key that is refused because the log has ended it is forgotten. */
export function sendRecord(jws: string, context: Context = here): Promise<Answer<typeof postRecord>> {
  return sendSigned(() => call(postRecord, { body: { jws } }, context), context);
}
