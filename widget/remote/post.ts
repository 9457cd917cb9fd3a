// The way to the dynamic part for what a reader sends: words, reports, a sign-in, and what a receipt opens. No cookie ever.
import type { Challenge, postChallenge } from '../../shared/api/challenges.ts';
import type {
  getReceipt,
  postComment,
  postFollowUp,
  postReceiptAppeal,
  postReceiptWithdrawal,
  putReceiptText,
  ReceiptView,
} from '../../shared/api/comments.ts';
import { type Answer, type Endpoint, type Input, initOf, type PathBelow } from '../../shared/api/endpoint.ts';
import type { postFlag as postFlagEndpoint } from '../../shared/api/flags.ts';
import type { postMention } from '../../shared/api/mentions.ts';
import type { getReceiptExport, postReceiptErasure } from '../../shared/api/privacy.ts';
import type { RefusalCode } from '../../shared/api/refusal.ts';
import type { postReaderSession } from '../../shared/api/sign-in.ts';
import { type Guard, integer, isString, object } from '../../shared/proof/shape.ts';
import { ask, json, silenceMs, Unreachable } from './client.ts';

/** The server said no, and why. */
export class Refused extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

export type NewComment = Input<(typeof postComment)['body']>;

/** That a diary names the writer. */
export type NewMention = Input<(typeof postMention)['body']>;

/** Sends a comment or a mention. The same key and words count once. Throws `Unreachable` or `Refused`. */
export const postWords = (
  api: string,
  to: 'comments' | 'mentions',
  key: string,
  proof: string,
  words: NewComment | NewMention,
): Promise<{ number: string; decidedBy: number }> =>
  call<typeof postComment | typeof postMention>(
    api,
    to,
    isPosted,
    'POST',
    // A mention needs no sign-in: who is named need not say more of themselves.
    { 'Idempotency-Key': key, ...proven(proof), ...(to === 'comments' ? readerHeader(api) : {}) },
    words,
  );

/** Reports a comment to the moderators; `reader` is this browser's number. Throws `Unreachable` or `Refused`. */
export const postFlag = (api: string, id: string, proof: string, flag: Input<(typeof postFlagEndpoint)['body']>) =>
  call<typeof postFlagEndpoint>(
    api,
    `comments/${id}/flags`,
    isNothing,
    'POST',
    { ...proven(proof), ...readerHeader(api) },
    flag,
  );

/** Whether a reader is signed in at a dynamic part. */
export const isSignedIn = (api: string): boolean => 'Authorization' in readerHeader(api);

/** Changes the code of a sign-in for a token, which stays here. Throws `Unreachable` or `Refused`. */
export async function signIn(api: string, verifier: string, code: string): Promise<void> {
  const { token, expiresIn } = await call<typeof postReaderSession>(
    api,
    'reader-sessions',
    isSession,
    'POST',
    {},
    { verifier, code },
  );
  tokens.set(api, { token, until: performance.now() + 1000 * expiresIn });
}

/** A challenge to work on, null where none is asked for. */
export const askChallenge = (api: string): Promise<Answer<typeof postChallenge>> =>
  call<typeof postChallenge>(api, 'challenges', isAsked, 'POST', {}, undefined);

/** What a receipt opens; `code` is the 16 letters without hyphens. */
export interface ReceiptKey {
  readonly number: string;
  readonly code: string;
}

/** Looks, edits, withdraws, answers, exports or erases with a receipt. `step` '' looks; `export` gives more than a view. Throws `Unreachable` or `Refused`. */
export function useReceipt(
  api: string,
  { number, code }: ReceiptKey,
  step: '' | 'text' | 'withdrawal' | 'follow-up' | 'appeal' | 'export' | 'erasure' = '',
  body?: Input<ReceiptEndpoint['body']>,
): Promise<ReceiptView> {
  const method = step === '' || step === 'export' ? 'GET' : step === 'text' ? 'PUT' : 'POST';
  const path = step === '' ? 'receipt' : (`receipt/${step}` as const);
  return call<ReceiptEndpoint>(api, path, isReceipt, method, { Authorization: `Receipt ${number}.${code}` }, body);
}

/** What a receipt opens. */
type ReceiptEndpoint =
  | typeof getReceipt
  | typeof putReceiptText
  | typeof postReceiptWithdrawal
  | typeof postReceiptAppeal
  | typeof postFollowUp
  | typeof getReceiptExport
  | typeof postReceiptErasure;

/** As `proofHeader` of shared/api/challenges.ts, whose schemas stay out of the widget. */
const proofHeader = 'Sundial-Proof';
/** How fast a photo goes out over the slowest line, in bytes: nothing comes back before it is there. */
const sentPerMs = 8;
/** One request of an endpoint: path, method and body are those of its declaration, and the answer is of its type once `isWanted` finds what
 *  the widget leans on. */
async function call<E extends Endpoint>(
  api: string,
  path: PathBelow<E>,
  isWanted: Guard<Answer<E>>,
  method: E['method'],
  headers: Readonly<Record<string, string>>,
  body: Input<E['body']>,
): Promise<Answer<E>> {
  const init = initOf<E>(method, headers, body);
  const response = await ask(api + path, init, silenceMs + String(init.body ?? '').length / sentPerMs);
  const value = response.status === 204 ? undefined : await json(response);
  if (response.ok && isWanted(value)) return value;
  if (!response.ok && isProblem(value)) {
    if (value.code === 'SIGN_IN_NEEDED') tokens.clear();
    throw new Refused(value.code);
  }
  throw new Unreachable(response.status, response.ok);
}

/** Of readers who signed in, by dynamic part: in this page's memory and nowhere else. */
const tokens = new Map<string, { readonly token: string; readonly until: number }>();

function readerHeader(api: string): Readonly<Record<string, string>> {
  const held = tokens.get(api);
  return held !== undefined && performance.now() < held.until ? { Authorization: `Reader ${held.token}` } : {};
}

const proven = (proof: string): Readonly<Record<string, string>> => (proof === '' ? {} : { [proofHeader]: proof });

// What the widget leans on of each answer; everything else may come or go in later versions.
const isWorkable = object({
  parameters: object({ cost: integer(1, 10_000), keyPrefix: isString, nonce: isString, salt: isString }),
});
const isAskedShape = object({ challenge: (value): value is unknown => value === null || isWorkable(value) });
const isAsked = (value: unknown): value is { readonly challenge: Challenge | null } => isAskedShape(value);
const isNothing: Guard<undefined> = (value): value is undefined => !value;
const isSession = object({ token: isString, expiresIn: integer() });
const isPosted = object({ number: isString, decidedBy: integer() });
const isReceiptShape = object({ number: isString, state: isString, version: integer(), text: isString, at: integer() });
const isReceipt = (value: unknown): value is ReceiptView => isReceiptShape(value);
const isProblemShape = object({ code: isString });
const isProblem = (value: unknown): value is { readonly code: RefusalCode } => isProblemShape(value);
