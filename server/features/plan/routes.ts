/** The showing plan over HTTP. */
import type { Hono } from 'hono';
import { getPlan } from '../../../shared/api/plan.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { readPlan } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getPlan, ({ query }) => readPlan(context, query.last));
}
