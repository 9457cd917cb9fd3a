/** Stand-ins over HTTP. */
import type { Hono } from 'hono';
import { deleteStandIn, getStandIns, postHandOver, postStandIn } from '../../../shared/api/stand-ins.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { endStandIn, handOver, listStandIns, standIn } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getStandIns, () => listStandIns(context));
  route(app, context, postStandIn, ({ grant, body }) => standIn(context, grant, body));
  route(app, context, deleteStandIn, ({ grant, params }) => endStandIn(context, grant, params.id));
  route(app, context, postHandOver, ({ grant, body }) => handOver(context, grant, body));
}
