/** Every feature on one app. */
import { Hono, type Context as HonoContext } from 'hono';
import { Refusal } from '../shared/api/refusal.ts';
import type { Context } from './context.ts';
import { register as enrol } from './features/accounts/enrol-page.ts';
import { register as accounts } from './features/accounts/routes.ts';
import { register as acks } from './features/acks/routes.ts';
import { register as audit } from './features/audit/routes.ts';
import { register as challenges } from './features/challenges/routes.ts';
import { register as comments } from './features/comments/routes.ts';
import { register as diaries } from './features/diaries/routes.ts';
import { register as dossiers } from './features/dossiers/routes.ts';
import { register as draws } from './features/draws/routes.ts';
import { register as embed } from './features/embed/routes.ts';
import { register as flags } from './features/flags/routes.ts';
import { register as journal } from './features/journal/routes.ts';
import { register as mail } from './features/mail/routes.ts';
import { register as mentions } from './features/mentions/routes.ts';
import { register as moderation } from './features/moderation/routes.ts';
import { register as organisation } from './features/organisation/routes.ts';
import { register as plan } from './features/plan/routes.ts';
import { register as portal } from './features/portal/routes.ts';
import { register as privacy } from './features/privacy/routes.ts';
import { register as rates } from './features/rates/routes.ts';
import { register as records } from './features/records/routes.ts';
import { register as reviews } from './features/reviews/routes.ts';
import { register as signIn } from './features/sign-in/routes.ts';
import { register as standIns } from './features/stand-ins/routes.ts';
import { register as tickets } from './features/tickets/routes.ts';
import { register as waiting } from './features/waiting/routes.ts';
import { register as witness } from './features/witness/routes.ts';
import { type Answered, watchRequests } from './http/answered.ts';
import { tagKept } from './http/caching.ts';
import { requirePlain } from './http/encoding.ts';
import { openHeaders, securityHeaders } from './http/headers.ts';
import { openApiOf } from './http/openapi.ts';
import { asRefusal, refuse, reportTo } from './http/refuse.ts';
import { declarationsOf } from './http/route.ts';
import { register as tree } from './public/routes.ts';
import { readinessOf } from './readiness.ts';

const features = [
  accounts,
  enrol,
  organisation,
  plan,
  standIns,
  mail,
  journal,
  challenges,
  signIn,
  comments,
  flags,
  mentions,
  moderation,
  tickets,
  rates,
  dossiers,
  records,
  draws,
  reviews,
  acks,
  diaries,
  witness,
  waiting,
  audit,
  tree,
  portal,
  privacy,
  embed,
];

/** What hears of requests beside those who made them. */
export interface Edge {
  /** Of bugs and of a database that is away; by default the context's report. */
  readonly failed: (error: unknown, requestId: string) => void;
  /** Of every request, once it is over. */
  readonly answered: (request: Answered) => void;
  /** Whether no more requests should be sent here. */
  readonly isStopping: () => boolean;
}

/** The app over a context. It keeps nothing in memory that another process would need. */
export function createApp(context: Context, edge: Partial<Edge> = {}): Hono {
  const app = new Hono();
  const failed = edge.failed ?? reportTo(context.report);
  const refused = (error: unknown, hono: HonoContext): Response => {
    const requestId = hono.get('requestId');
    hono.set('refusal', asRefusal(error).code);
    return refuse(error, (each) => failed(each, requestId), requestId);
  };
  app.onError(refused);
  app.notFound((hono) => refused(new Refusal('NOT_FOUND'), hono));
  watchRequests(app, context, edge.answered ?? (() => undefined));
  app.use(securityHeaders(context.config.issuer));
  for (const open of ['/api/*', '/public/*'])
    app.use(open, async (hono, next) => {
      if (hono.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: preflight });
      await next();
      for (const [name, value] of Object.entries(openHeaders)) hono.res.headers.set(name, value);
      return undefined;
    });
  app.use(requirePlain);
  app.use(tagKept);
  for (const register of features) register(app, context);
  const fleeting = { 'cache-control': 'no-store' };
  const readiness = readinessOf(context, edge.isStopping ?? (() => false));
  // Alive is the process; whether the database is there is said by /readyz.
  app.get('/healthz', (hono) => hono.json({ ok: true }, 200, fleeting));
  app.get('/readyz', async (hono) => {
    const reason = await readiness();
    return reason === null
      ? hono.json({ ready: true }, 200, fleeting)
      : hono.json({ ready: false, reason }, 503, { ...fleeting, 'retry-after': '5' });
  });
  let described = '';
  app.get('/api/openapi.json', (hono) => {
    // Made with the first who asks, for it takes a while and changes with the program alone.
    described ||= JSON.stringify(openApiOf(declarationsOf(app), context.config.name.en, context.config.issuer));
    return hono.body(described, 200, { 'content-type': 'application/json', 'cache-control': 'no-cache' });
  });
  return app;
}

/** Any page may read and post without credentials: no route reads a cookie (design.md 5). */
const preflight = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, DELETE',
  'access-control-allow-headers': 'authorization, content-type, idempotency-key, if-none-match, sundial-proof',
  'access-control-max-age': '86400',
};
