/** Stand-ins, and handing over when a person leaves. */
import type { Answer, Input } from '../../shared/api/endpoint.ts';
import { deleteStandIn, postHandOver, postStandIn } from '../../shared/api/stand-ins.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';

/** Lets a person stand in. Throws FIELD_INVALID with a reason. */
export async function addStandIn(body: Input<(typeof postStandIn)['body']>, context: Context = here): Promise<void> {
  await call(postStandIn, { body }, context);
}

/** Ends a stand-in at once. */
export async function endStandIn(id: string, context: Context = here): Promise<void> {
  await call(deleteStandIn, { params: { id } }, context);
}

/** Gives what a person held to another, with every open ticket, and ends the devices that sign nothing. */
export function handOver(from: string, to: string, context: Context = here): Promise<Answer<typeof postHandOver>> {
  return call(postHandOver, { body: { from, to } }, context);
}
