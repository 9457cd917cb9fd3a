/** A leader's own published diaries over HTTP. */
import type { Hono } from 'hono';
import { getMyDiaries } from '../../../shared/api/draws.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { diariesOf } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getMyDiaries, ({ session, query }) =>
    diariesOf(
      context,
      session.grants.flatMap(({ role, unit }) => (role === 'leader' && unit !== null ? [unit] : [])),
      query.after,
    ),
  );
}
