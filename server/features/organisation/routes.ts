/** The organisation over HTTP. */
import type { Hono } from 'hono';
import { getOrganisation, putTerm, putUnit } from '../../../shared/api/organisation.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { readOrganisation } from '../../organisation/read.ts';
import { changeTerm, changeUnit } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getOrganisation, () => readOrganisation(context));
  route(app, context, putUnit, ({ params, body, grant }) => changeUnit(context, grant.actor, params.id, body));
  route(app, context, putTerm, ({ params, body, grant }) => changeTerm(context, grant.actor, params.id, body));
}
