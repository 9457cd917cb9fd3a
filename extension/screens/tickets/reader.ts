/** A ticket as its reporter will see it by receipt once a move is made: what stands there now, and the step that is being written. */
import type { PublicTicket } from '../../../shared/api/comments.ts';
import type { TicketView } from '../../../shared/api/tickets.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import type { MoveInput } from '../../commands/tickets.ts';

/** `now`: Unix seconds of the new step. `photo` is what was chosen to go with a reply. */
export function readerAfter(ticket: TicketView, move: MoveInput, grants: readonly Grant[], now: number): PublicTicket {
  const { reader, unit } = ticket;
  // The desk's clock goes in steps: what is to come never stands before what was.
  const at = Math.max(now, reader.steps.at(-1)?.at ?? 0);
  const isHandler = grants.some((grant) => grant.role === 'handler' && grant.unit === unit);
  const isShown = move.public || (ticket.state === 'accepted' && move.contactBy === 'message');
  const step = {
    at,
    to: move.to,
    note: move.to === 'extended' ? (ticket.extension?.reason ?? null) : isShown ? move.note : null,
    unit: move.to === 'assigned' ? (move.unit ?? null) : isHandler || move.to === 'extended' ? unit : null,
    by: isHandler ? ('unit' as const) : ('desk' as const),
  };
  const { note, resolutionKind, rootCause } = move;
  const isReply = move.to === 'replied' && unit !== null && note !== null;
  return {
    ...reader,
    state: move.to,
    unit: move.to === 'assigned' ? (move.unit ?? null) : unit,
    steps: [...reader.steps, step],
    ...(isReply && resolutionKind !== undefined && rootCause !== undefined
      ? { reply: { text: note, at, unit, resolutionKind, rootCause } }
      : {}),
  };
}
