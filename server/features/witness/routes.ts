/** Cosignatures over HTTP. */
import type { Hono } from 'hono';
import { putWitness } from '../../../shared/api/witness.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { takeLine } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, putWitness, ({ body }) => takeLine(context, body));
}
