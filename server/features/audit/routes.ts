/** The audit trail over HTTP. */
import type { Hono } from 'hono';
import { getAudit } from '../../../shared/api/audit.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { search } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getAudit, ({ query }) => search(context, query));
}
