/** Moves and actions of tickets (closed-loop.md "Ticket state machine"). */
import type { Input } from '../../shared/api/endpoint.ts';
import { postMove, putAction, type TicketView } from '../../shared/api/tickets.ts';
import { type Context, here } from '../device/context.ts';
import { call } from '../remote/client.ts';
import { newId } from '../store/ops.ts';

/** What a move carries beside the version that was seen. */
export type MoveInput = Omit<Input<(typeof postMove)['body']>, 'version'>;
export type ActionInput = Input<(typeof putAction)['body']>;

/** Moves a ticket as it was seen. Refuses `VERSION_STALE` where somebody moved it since, `FIELD_INVALID` with the member that does not fit. */
export function moveTicket(seen: TicketView, move: MoveInput, context: Context = here): Promise<TicketView> {
  return call(postMove, { params: { number: seen.number }, body: { version: seen.version, ...move } }, context);
}

/** Adds an action (`id` null) or changes one. */
export function setAction(
  number: string,
  id: string | null,
  action: ActionInput,
  context: Context = here,
): Promise<TicketView> {
  return call(putAction, { params: { number, id: id ?? newId(context) }, body: action }, context);
}
