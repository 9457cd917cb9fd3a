/** Acknowledgements over HTTP. */
import type { Hono } from 'hono';
import { getAcks, postAck } from '../../../shared/api/draws.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import type { Grant } from '../../../shared/organisation/role.ts';
import type { Context } from '../../context.ts';
import { route } from '../../http/route.ts';
import { awaitedOf, takeAck } from './service.ts';

export function register(app: Hono, context: Context): void {
  route(app, context, getAcks, ({ grant }) => awaitedOf(context, unitOf(grant)));
  route(app, context, postAck, ({ session, body }) => takeAck(context, unitsOf(session.grants), body.jws));
}

function unitOf(grant: Grant): string {
  if (grant.unit === null) throw new Refusal('NOT_FOUND');
  return grant.unit;
}

const unitsOf = (grants: readonly Grant[]): string[] =>
  grants.flatMap(({ role, unit }) => (role === 'leader' && unit !== null ? [unit] : []));
