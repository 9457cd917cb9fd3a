/** The server as a relying party (OpenID Connect Core 1.0, authorization code flow with PKCE, RFC 7636). The library judges every answer:
 *  `iss`, `state`, `nonce`, audience, times, and the ID token's signature. */
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type ClientAuth,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  type Configuration,
  discovery,
  enableNonRepudiationChecks,
  fetchUserInfo,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import type { Identity } from '../../../shared/api/sign-in.ts';
import type { Oidc } from '../../../shared/organisation/config.ts';

const timeoutSeconds = 10;
/** How long the provider's own description of itself is believed. */
const describedMs = 3_600_000;

/** What is told of one sign-in on its way out and checked on its way back. */
export interface Checks {
  readonly state: string;
  readonly nonce: string;
  readonly pkceVerifier: string;
  /** S256 of `pkceVerifier`. */
  readonly pkceChallenge: string;
}

export interface Provider {
  /** Where the reader's window goes. `back` is the address of the callback page. */
  readonly address: (back: string, checks: Checks, lang: 'zh' | 'en') => Promise<URL>;
  /** Who came back with this address. Throws what the library throws for an error of the provider and for anything that does not fit. */
  readonly identity: (came: URL, checks: Checks) => Promise<Identity>;
}

export function providerOf(oidc: Oidc, secret: string): Provider {
  let described: { readonly at: number; readonly asked: Promise<Configuration> } | null = null;
  const known = async (): Promise<Configuration> => {
    const now = performance.now();
    if (described === null || now - described.at > describedMs) described = { at: now, asked: describe(oidc, secret) };
    const { asked } = described;
    try {
      return await asked;
    } catch (error) {
      described = null;
      throw error;
    }
  };
  return {
    address: async (back, { state, nonce, pkceChallenge }, lang) =>
      buildAuthorizationUrl(await known(), {
        redirect_uri: back,
        scope: oidc.scopes.join(' '),
        state,
        nonce,
        code_challenge: pkceChallenge,
        code_challenge_method: 'S256',
        ui_locales: lang === 'zh' ? 'zh-CN zh' : 'en',
      }),
    identity: async (came, { state, nonce, pkceVerifier }) => {
      const config = await known();
      const tokens = await authorizationCodeGrant(config, came, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: pkceVerifier,
        idTokenExpected: true,
      });
      const token = tokens.claims();
      if (token === undefined) throw new TypeError('the provider gave no ID token');
      const isWhole = oidc.claims.every((name) => token[name] !== undefined);
      const hasMore = !isWhole && config.serverMetadata().userinfo_endpoint !== undefined;
      const more = hasMore ? await fetchUserInfo(config, tokens.access_token, token.sub) : {};
      const said: Readonly<Record<string, unknown>> = { ...more, ...token };
      const kept = oidc.claims.flatMap((name) => (said[name] === undefined ? [] : [[name, said[name]]]));
      return { issuer: token.iss, subject: token.sub, claims: Object.fromEntries(kept) };
    },
  };
}

/** What a thrown thing says of the provider: `DENIED` where it refused the reader, else a code of the library or of RFC 6749; null where it is
 *  no trouble of the provider's. */
export function troubleOf(error: unknown): string | null {
  if (error instanceof AuthorizationResponseError) return 'DENIED';
  if (error instanceof ResponseBodyError) return error.error;
  if (error instanceof WWWAuthenticateChallengeError) return error.code;
  if (error instanceof ClientError) return error.code ?? error.message;
  // How fetch says that there was no connection.
  return error instanceof TypeError && error.message === 'fetch failed' ? 'NO_ANSWER' : null;
}

function describe({ issuer, clientId }: Oidc, secret: string): Promise<Configuration> {
  // OpenID Connect Discovery 1.0: `client_secret_basic` where the provider says nothing.
  const signs: ClientAuth = (server, client, body, headers) => {
    const { token_endpoint_auth_methods_supported: ways } = server;
    const isBasic = ways === undefined || ways.includes('client_secret_basic');
    (isBasic ? ClientSecretBasic(secret) : ClientSecretPost(secret))(server, client, body, headers);
  };
  const isHere = issuer.startsWith('http:');
  return discovery(new URL(issuer), clientId, {}, signs, {
    timeout: timeoutSeconds,
    execute: [enableNonRepudiationChecks, ...(isHere ? [allowInsecureRequests] : [])],
  });
}
