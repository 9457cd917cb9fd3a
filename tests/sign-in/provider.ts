/** A real OpenID Connect provider (oidc-provider) on this machine, and a reader who signs in there with a browser of a few lines. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { decodeJwt, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';
import { Provider } from 'oidc-provider';

/** As tests/fixtures/app.ts sets it for the server. */
export const clientSecret = 'secret of the tests';
export const clientId = 'sundial';

export interface TestProvider {
  readonly issuer: string;
  /** What the token endpoint was asked, in order: bodies of forms. */
  readonly exchanges: URLSearchParams[];
  /** Whether its pages cut the window off from the page that opened it (`Cross-Origin-Opener-Policy`). */
  cutsOff: boolean;
  /** What becomes of an ID token's claims before they are signed again; null: the provider's own token. */
  forge: ((claims: JWTPayload) => JWTPayload) | null;
  /** Whether the last letter of an ID token's signature is changed. */
  breaksSignature: boolean;
  readonly stop: () => Promise<void>;
}

export interface ProviderOptions {
  readonly callback: string;
  /** What the provider knows the client's secret as, if not `clientSecret`. */
  readonly secret?: string;
}

/** Starts a provider. Whoever types an account name is that account; its claims are made from the name. */
export async function openProvider({ callback, secret = clientSecret }: ProviderOptions): Promise<TestProvider> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const issuer = `http://127.0.0.1:${address.port}`;
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: secret, redirect_uris: [callback] }],
    claims: { openid: ['sub'], profile: ['name'], phone: ['phone_number'] },
    cookies: { keys: ['k'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, accountId) => ({
      accountId,
      claims: () => ({ sub: accountId, name: `名为${accountId}`, phone_number: '13000000001' }),
    }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new oidc.provider.Grant({
        clientId: oidc.client?.clientId ?? '',
        accountId: oidc.session?.accountId ?? '',
      });
      grant.addOIDCScope('openid profile phone');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    jwks: { keys: [{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'k' }] },
  });
  const opened: TestProvider = {
    issuer,
    exchanges: [],
    cutsOff: false,
    forge: null,
    breaksSignature: false,
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
  const answer = provider.callback();
  server.on('request', async (request: IncomingMessage, response: ServerResponse) => {
    if (opened.cutsOff) response.setHeader('cross-origin-opener-policy', 'same-origin');
    if (!request.url?.startsWith('/interaction/')) {
      if (request.url === '/token') {
        keepBody(request, opened.exchanges);
        forgeInto(response, opened, privateKey);
      }
      return answer(request, response);
    }
    if (request.method === 'GET') {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      return response.end(loginPage);
    }
    const form = new URLSearchParams(await textOf(request));
    const account = form.get('account');
    await provider.interactionFinished(
      request,
      response,
      account === null ? { error: 'access_denied' } : { login: { accountId: account } },
    );
  });
  return opened;
}

const loginPage =
  '<!doctype html><title>账号</title><form method="post"><input name="account" aria-label="account"><button>in</button></form>' +
  '<form method="post"><button name="deny" value="1">out</button></form>';

/** Signs in at the provider as an account, or refuses (null): gives the address the provider sends the window back to. */
export async function atProvider(address: string, account: string | null): Promise<URL> {
  const jar = new Map<string, string>();
  let next = address;
  let form: URLSearchParams | undefined;
  for (let hops = 0; hops < 10; hops += 1) {
    const answer = await fetch(next, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form === undefined ? {} : { body: form }),
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      jar.set(name, value);
    }
    const location = answer.headers.get('location');
    if (location === null) {
      if (form !== undefined) throw new Error(await answer.text());
      form = new URLSearchParams(account === null ? { deny: '1' } : { account });
      continue;
    }
    form = undefined;
    const to = new URL(location, next);
    if (to.pathname === '/sign-in/callback') return to;
    next = to.href;
  }
  throw new Error('the provider sends round in circles');
}

/** Puts a forged ID token in the place of the provider's as the answer leaves. */
function forgeInto(response: ServerResponse, { forge, breaksSignature }: TestProvider, key: CryptoKey): void {
  if (forge === null && !breaksSignature) return;
  const end = response.end.bind(response);
  const forged = async (text: string) => {
    const answer = JSON.parse(text);
    const claims = (forge ?? ((same: JWTPayload) => same))(decodeJwt(answer.id_token));
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'RS256', kid: 'k' }).sign(key);
    // The first letter of a signature: the last one has bits that mean nothing.
    const broken = token.replace(/\.(.)([\w-]*)$/, (_, first, rest) => `.${first === 'A' ? 'B' : 'A'}${rest}`);
    const body = JSON.stringify({ ...answer, id_token: breaksSignature ? broken : token });
    response.setHeader('content-length', Buffer.byteLength(body));
    end(body);
  };
  Object.assign(response, { end: (body: string | Buffer) => void forged(body.toString()) });
}

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(Buffer.from(part));
  return Buffer.concat(parts).toString();
}

// Beside the provider's own reading: both hear the same events.
function keepBody(request: IncomingMessage, into: URLSearchParams[]): void {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => into.push(new URLSearchParams(Buffer.concat(parts).toString())));
}
