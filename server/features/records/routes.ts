/** Signed records over HTTP. */
import type { Hono } from 'hono';
import { postRecord } from '../../../shared/api/draws.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { logRecord } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, postRecord, ({ session, body }) => logRecord(context, session, body.jws));
}
