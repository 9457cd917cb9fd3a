/** Readers' reports of comments over HTTP. */
import type { Hono } from 'hono';
import { postFlag, postFlagsDismissal } from '../../../shared/api/flags.ts';
import type { Context } from '../../context.ts';
import { broughtBy, gateOf } from '../../feedback/proof-of-work.ts';
import { route } from '../../http/route.ts';
import { readerOf } from '../../identity/reader.ts';
import { dismiss, flag } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(
    app,
    context,
    postFlag,
    async (asked) => {
      const { header, params, body } = asked;
      // Who reports is asked for and not kept: a report names nobody.
      await readerOf(context, header);
      return flag(context, header('origin'), await broughtBy(context, asked, 'flags'), params.id, body);
    },
    { gate: gateOf(context, 'flags') },
  );
  route(app, context, postFlagsDismissal, ({ grant, params }) => dismiss(context, grant, params.id));
}
