/** Reviews before release over HTTP. */
import type { Hono } from 'hono';
import { getReview, getReviewImage, getReviews, postPass, postRelease } from '../../../shared/api/reviews.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { decideOffer, listReviews, passDiary, readForReview, reviewImage } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getReviews, ({ session }) => listReviews(context, session));
  route(app, context, getReview, ({ session, grant, params }) => readForReview(context, session, grant.actor, params));
  route(app, context, getReviewImage, ({ session, grant, params }) =>
    reviewImage(context, session, grant.actor, params, params.sha256),
  );
  route(app, context, postRelease, ({ session, grant, params, body }) =>
    decideOffer(context, session, grant.actor, params, body),
  );
  route(app, context, postPass, ({ session, grant, params }) => passDiary(context, session, grant.actor, params));
}
