/** The window of a reader's sign-in, and what is called around it. Where the organisation asks nobody to sign in there is no window. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Hono, Context as HonoContext } from 'hono';
import * as v from 'valibot';
import { Hash } from '../../../shared/api/field.ts';
import { Refusal } from '../../../shared/api/refusal.ts';
import { deleteReaderSession, postIdentityOpening, postReaderSession } from '../../../shared/api/sign-in.ts';
import type { Oidc, Phone } from '../../../shared/organisation/config.ts';
import type { Context } from '../../context.ts';
import { callerOf } from '../../http/address.ts';
import { peerOf } from '../../http/bindings.ts';
import { bytesOf } from '../../http/body.ts';
import { route } from '../../http/route.ts';
import { identityKey } from '../../identity/key.ts';
import type { Report } from '../../report.ts';
import { type Failure, failedPage, formPolicy, handOverPage, policy } from './page.ts';
import { askAgain, beginPhone, judgeCode, type Step, sendCode } from './phone.ts';
import { phonePage } from './phone-page.ts';
import type { Provider } from './provider.ts';
import { begin, comeBack, exchange, open, signOut, take } from './service.ts';
import { httpGateway, type SmsGateway } from './sms.ts';

const Asked = v.object({
  challenge: Hash,
  origin: v.pipe(v.string(), v.maxLength(300)),
  lang: v.fallback(v.picklist(['zh', 'en']), 'zh'),
});

const headers = { 'content-security-policy': policy, 'cache-control': 'no-store' };
const statusOf = { denied: 403, late: 400, origin: 403, away: 502, busy: 429 } as const satisfies Record<
  Failure,
  number
>;

export function register(app: Hono, context: Context): void {
  route(app, context, postReaderSession, (asked) => exchange(context, asked, asked.body));
  route(app, context, deleteReaderSession, ({ header }) => signOut(context, header('authorization')));
  route(app, context, postIdentityOpening, ({ grant, params, body }) =>
    open(context, grant, params.comment, body.basis),
  );
  const { identity, oidcSecret, smsToken } = context.config;
  if (identity.mode === 'open') return;
  // Made, and judged, when the server starts and not with the first reader.
  identityKey(context, 'identity');
  const script = readFileSync(join(import.meta.dirname, 'callback.js'), 'utf8');
  app.get('/sign-in/callback.js', (hono) =>
    hono.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': 'max-age=60' }),
  );
  if (identity.mode === 'oidc') providerWindow(app, context, providerWhenAsked(identity.oidc, oidcSecret ?? ''));
  else phoneWindow(app, context, identity.phone, httpGateway(identity.phone, smsToken ?? ''));
}

/** Its library takes its memory with the first reader who signs in. */
function providerWhenAsked(oidc: Oidc, secret: string): Provider {
  let made: Promise<Provider> | null = null;
  const provider = (): Promise<Provider> => {
    made ??= import('./provider.ts').then(({ providerOf }) => providerOf(oidc, secret));
    return made;
  };
  return {
    address: async (back, checks, lang) => (await provider()).address(back, checks, lang),
    identity: async (came, checks) => (await provider()).identity(came, checks),
  };
}

const failed = (hono: HonoContext, failure: Failure, lang: 'zh' | 'en') =>
  hono.html(failedPage(failure, lang), statusOf[failure], headers);

const addressOf = (hono: HonoContext, { config }: Context): string | null =>
  callerOf(peerOf(hono), hono.req.header('x-forwarded-for'), config.isTrustedHop);

function providerWindow(app: Hono, context: Context, provider: Provider): void {
  app.get('/sign-in', async (hono) => {
    const asked = v.safeParse(Asked, hono.req.query());
    if (!asked.success) return failed(hono, 'late', 'zh');
    try {
      const address = await begin(context, provider, asked.output, addressOf(hono, context));
      return hono.body(null, 303, { ...headers, location: address.href });
    } catch (error) {
      return failed(hono, await failureOf(error, context.report), asked.output.lang);
    }
  });
  app.get('/sign-in/callback', async (hono) => {
    const search = new URL(hono.req.url).searchParams;
    const taken = await take(context, search.get('state') ?? '');
    if (taken === null) return failed(hono, 'late', 'zh');
    try {
      return hono.html(handOverPage(await comeBack(context, provider, taken, search)), 200, headers);
    } catch (error) {
      return failed(hono, await failureOf(error, context.report), taken.lang);
    }
  });
}

/** Longest body of the forms, in bytes. */
const formBytes = 2048;
const Form = v.object({
  state: Hash,
  number: v.optional(v.pipe(v.string(), v.maxLength(40)), ''),
  code: v.optional(v.pipe(v.string(), v.maxLength(12)), ''),
});

function phoneWindow(app: Hono, context: Context, phone: Phone, gateway: SmsGateway): void {
  const shown = (hono: HonoContext, step: Step | null, base: '' | 'sign-in/' = '') => {
    if (step === null) return failed(hono, 'late', 'zh');
    if (step.kind === 'done') return hono.html(handOverPage(step.handOver), 200, headers);
    return hono.html(phonePage(step, base), 200, { ...headers, 'content-security-policy': formPolicy });
  };
  app.get('/sign-in', async (hono) => {
    const asked = v.safeParse(Asked, hono.req.query());
    if (!asked.success) return failed(hono, 'late', 'zh');
    try {
      return shown(hono, await beginPhone(context, asked.output, addressOf(hono, context)), 'sign-in/');
    } catch (error) {
      return failed(hono, await failureOf(error, context.report), asked.output.lang);
    }
  });
  const form = async (hono: HonoContext, act: (given: v.InferOutput<typeof Form>) => Promise<Step | null>) => {
    const fields = await fieldsOf(hono);
    if (fields === null) return hono.html(failedPage('late', 'zh'), 413, headers);
    const given = v.safeParse(Form, fields);
    return shown(hono, given.success ? await act(given.output) : null);
  };
  app.post('/sign-in/number', (hono) => {
    const address = addressOf(hono, context);
    return form(hono, ({ state, number }) => sendCode(context, phone, gateway, { state, typed: number, address }));
  });
  app.post('/sign-in/code', (hono) => form(hono, ({ state, code }) => judgeCode(context, state, code)));
  app.post('/sign-in/again', (hono) => form(hono, ({ state }) => askAgain(context, state)));
}

/** What a form brings; nothing where it is none of ours, null where it is too long. */
async function fieldsOf(hono: HonoContext): Promise<Record<string, string> | null> {
  try {
    const bytes = await bytesOf(hono.req.raw, formBytes, () => new Refusal('TOO_LARGE'));
    if (!/^application\/x-www-form-urlencoded\s*(;|$)/i.test(hono.req.header('content-type') ?? '')) return {};
    return Object.fromEntries(new URLSearchParams(Buffer.from(bytes).toString('utf8')));
  } catch (error) {
    if (error instanceof Refusal && error.code === 'TOO_LARGE') return null;
    throw error;
  }
}

/** What a reader is told; what is no trouble of the window or the provider is thrown on. */
async function failureOf(error: unknown, report: Report): Promise<Failure> {
  if (error instanceof Refusal) {
    if (error.code === 'ORIGIN_REFUSED') return 'origin';
    if (error.code === 'RATE_LIMITED') return 'busy';
    if (error.code === 'SIGN_IN_INVALID') return 'late';
    throw error;
  }
  const { troubleOf } = await import('./provider.ts');
  const trouble = troubleOf(error);
  if (trouble === null) throw error;
  if (trouble === 'DENIED') return 'denied';
  // In the operator's hands; the code alone, nothing of what the provider said.
  report.warn('the provider of readers’ sign-in failed', { trouble });
  return 'away';
}
