/** Challenges over HTTP. */
import type { Hono } from 'hono';
import { postChallenge } from '../../../shared/api/challenges.ts';
import type { Context } from '../../context.ts';
import { newChallenge } from '../../feedback/proof-of-work.ts';
import { route } from '../../http/route.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, postChallenge, async (asked) => ({ challenge: await newChallenge(context, asked) }));
}
