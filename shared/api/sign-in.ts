/** Sign-in of readers by OpenID Connect where the organisation asks for it (closed-loop.md "Identity"). The window is two pages of the
 *  server, `/sign-in` and `/sign-in/callback`; what a widget and an auditor call is here. No cookie, and no token in an address. */
import * as v from 'valibot';
import { endpoint } from './endpoint.ts';
import { Hash, prose, Seconds } from './field.ts';

/** Scheme of the header with a reader's token: `Authorization: Reader <token>`. */
export const readerScheme = 'Reader';

/** How long a session of a reader lasts, in seconds. */
export const readerSessionSeconds = 1800;

/** Changes what the window brought for a token. `verifier`: 32 random bytes that never left the widget; the window was opened with
 *  b64u(SHA-256(its ASCII)). `code`: as handed over, or the eight digits typed. Works once, within three minutes, at most five tries. */
export const postReaderSession = endpoint({
  method: 'POST',
  path: '/api/v1/reader-sessions',
  group: 'readers',
  summary: 'Change the code of a sign-in for a token',
  access: 'public',
  body: v.strictObject({ verifier: Hash, code: v.pipe(v.string(), v.regex(/^(\d{8}|[\w-]{43})$/)) }),
  answer: v.object({ token: v.string(), expiresIn: v.number() }),
  status: 201,
  refusals: ['FIELD_INVALID', 'ORIGIN_REFUSED', 'NOT_FOUND', 'SIGN_IN_INVALID', 'RATE_LIMITED'],
});

/** Ends the session whose token is in the header. Without one there is nothing to end, and the answer is the same. */
export const deleteReaderSession = endpoint({
  method: 'DELETE',
  path: '/api/v1/reader-sessions',
  group: 'readers',
  summary: 'Sign a reader out',
  access: 'public',
});

/** Who is behind a comment, as the provider said it. */
const Identity = v.object({
  issuer: v.string(),
  subject: v.string(),
  /** The claims that the organisation's configuration names. */
  claims: v.record(v.string(), v.unknown()),
});
export type Identity = v.InferOutput<typeof Identity>;

/** Opens who is behind a comment. Each time is a row of the audit trail with the basis, written before anything is shown. GONE: no longer
 *  kept, or sealed under a key that this server does not have. */
export const postIdentityOpening = endpoint({
  method: 'POST',
  path: '/api/v1/identities/{comment}/openings',
  group: 'readers',
  summary: 'Open who is behind a comment',
  access: 'identities.open',
  body: v.strictObject({ basis: v.pipe(prose(200), v.trim(), v.minLength(8)) }),
  answer: v.object({ identity: Identity, at: Seconds }),
  status: 201,
  refusals: ['FIELD_INVALID', 'NOT_FOUND', 'GONE'],
});
