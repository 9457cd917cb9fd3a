/** The review of comments over HTTP. */
import type { Hono } from 'hono';
import { getQueue, postDecision } from '../../../shared/api/comments.ts';
import {
  getBeside,
  getPublished,
  postAppealDecision,
  postLease,
  postUndo,
  postWaveDecision,
} from '../../../shared/api/moderation.ts';
import { getWaitingPhoto } from '../../../shared/api/photos.ts';
import type { Context } from '../../context.ts';
import { photoBytes } from '../../feedback/photo.ts';
import { route } from '../../http/route.ts';
import { beside, published, queue } from './queue.ts';
import { decide, decideAppeal, decideWave, lease, undo } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getQueue, ({ grant, query }) => queue(context, grant, query.after));
  route(app, context, getPublished, ({ query }) => published(context, query.find ?? '', query.after));
  route(app, context, getBeside, ({ params }) => beside(context, params.id));
  route(app, context, postLease, ({ grant, params }) => lease(context, grant, params.id));
  route(app, context, postWaveDecision, ({ grant, body }) => decideWave(context, grant, body));
  route(app, context, postUndo, ({ grant, body }) => undo(context, grant, body.items));
  route(app, context, postDecision, ({ grant, params, body }) => decide(context, grant, params.id, body));
  route(app, context, postAppealDecision, ({ grant, params, body }) => decideAppeal(context, grant, params.id, body));
  route(app, context, getWaitingPhoto, ({ params }) => photoBytes(context.database.db, params.id, false));
}
