/** The review of comments over HTTP. */
import type { Hono } from 'hono';
import { getQueue, postDecision } from '../../../shared/api/comments.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { decide, queue } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getQueue, ({ query }) => queue(context, query.after));
  route(app, context, postDecision, ({ grant, params, body }) => decide(context, grant, params.id, body));
}
