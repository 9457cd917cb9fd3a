/** The closed-loop figures over HTTP. */
import type { Hono } from 'hono';
import { getDeskRates, getRateTickets } from '../../../shared/api/rates.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { behind, figures } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getDeskRates, ({ query }) => figures(context, query));
  route(app, context, getRateTickets, ({ query, session }) => behind(context, session.grants, query));
}
