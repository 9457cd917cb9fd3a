/** Tickets of the desk over HTTP. */
import type { Hono } from 'hono';
import { getTicket, getTickets, postMove, postTicket, putAction } from '../../../shared/api/tickets.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { list, look, move, register as open, putTicketAction } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, postTicket, ({ grant, body }) => open(context, grant, body));
  route(app, context, getTickets, ({ session, query }) => list(context, session.grants, query));
  route(app, context, getTicket, ({ session, params }) => look(context, session.grants, params.number));
  route(app, context, postMove, ({ session, params, body }) => move(context, session.grants, params.number, body));
  route(app, context, putAction, ({ session, params, body }) =>
    putTicketAction(context, session.grants, params.number, params.id, body),
  );
}
