/** Mentions over HTTP. */
import type { Hono } from 'hono';
import { getMentions, postMention, postMentionAnswer } from '../../../shared/api/mentions.ts';
import type { Context } from '../../context.ts';
import { broughtBy, gateOf } from '../../feedback/proof-of-work.ts';
import { route } from '../../http/route.ts';
import { addMention, answer, waiting } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(
    app,
    context,
    postMention,
    async (asked) =>
      addMention(asked.context, asked.header('origin'), await broughtBy(context, asked, 'comments'), asked.body),
    { gate: gateOf(context, 'comments') },
  );
  route(app, context, getMentions, ({ query }) => waiting(context, query.after));
  route(app, context, postMentionAnswer, ({ grant, params, body }) => answer(context, grant, params.id, body.text));
}
