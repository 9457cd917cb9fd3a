/** Draws over HTTP. */
import type { Hono } from 'hono';
import * as v from 'valibot';
import { getDraws, getFreeze, postLock, postTrial } from '../../../shared/api/draws.ts';
import { DrawId } from '../../../shared/api/field.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { parseWeek } from '../../../shared/time/week.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { freezeNow, listDraws, lockDraw, noteTrial } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getDraws, ({ session, query }) => listDraws(context, session.grants, query.after));
  route(app, context, getFreeze, ({ params }) => freezeNow(context, weekNamed(params.week)));
  route(app, context, postLock, ({ params, grant }) => lockDraw(context, drawNamed(params.draw), grant.actor));
  route(app, context, postTrial, ({ body, grant }) => noteTrial(context, grant.actor, body));
}

function weekNamed(text: string): string {
  const week = parseWeek(text);
  if (week === null) throw new Refusal('NOT_FOUND');
  return week;
}

function drawNamed(text: string): string {
  if (!v.is(DrawId, text)) throw new Refusal('NOT_FOUND');
  return text;
}
