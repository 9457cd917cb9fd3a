/** What waits for me over HTTP. */
import type { Hono } from 'hono';
import { getWaiting } from '../../../shared/api/waiting.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { waitingFor } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getWaiting, ({ session }) => waitingFor(context, session));
}
