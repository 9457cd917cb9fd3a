/** A leader's own published diaries over HTTP, and what is withheld in them. */
import type { Hono } from 'hono';
import { getMyDiaries } from '../../../shared/api/draws.ts';
import { getHeld, postOffer, postOfferBack } from '../../../shared/api/releases.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { heldIn, offerItem, takeBack } from './held.ts';
import { diariesOf } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getMyDiaries, ({ session, query }) =>
    diariesOf(
      context,
      session.grants.flatMap(({ role, unit }) => (role === 'leader' && unit !== null ? [unit] : [])),
      query.after,
    ),
  );
  route(app, context, getHeld, ({ session, params }) => heldIn(context, session, params));
  route(app, context, postOffer, ({ session, params, body }) => offerItem(context, session, params, body));
  route(app, context, postOfferBack, ({ session, params, body }) => takeBack(context, session, params, body.item));
}
