// The two ways to the server: the public tree as plain files, and the dynamic part that takes readers' words. No cookie ever.
import type { Challenge, postChallenge } from '../../shared/api/challenges.ts';
import type {
  getReceipt,
  PublicComment,
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
import type { DiaryCard, FeedPage, PublicIndex } from '../../shared/api/published.ts';
import type { RefusalCode } from '../../shared/api/refusal.ts';
import type { postReaderSession } from '../../shared/api/sign-in.ts';
import { type Bytes, fromB64 } from '../../shared/base/bytes.ts';
import { array, type Guard, integer, isObject, isString, object } from '../../shared/proof/shape.ts';

/** No usable answer: the network, the server's silence, or an answer that is not what was asked for. */
export class Unreachable extends Error {
  /** `status` 0: no answer at all; `odd`: an answer of the wrong shape. */
  readonly status: number;
  readonly odd: boolean;
  constructor(status: number, odd = false) {
    super(odd ? 'ODD' : `UNREACHABLE ${status}`);
    this.status = status;
    this.odd = odd;
  }

  get trouble(): Trouble {
    if (this.odd) return 'odd';
    return this.status === 404 || this.status === 410 ? 'notThere' : 'noAnswer';
  }
}

/** Why nothing came: no answer, nothing there, or an answer that makes no sense. */
export type Trouble = 'noAnswer' | 'notThere' | 'odd';

/** The server said no, and why. */
export class Refused extends Error {
  readonly code: RefusalCode;
  constructor(code: RefusalCode) {
    super(code);
    this.code = code;
  }
}

/** A file, and when the copy was made (ms) where it came from the browser's store because the network is gone; null: fresh. */
export interface Kept<T> {
  readonly value: T;
  readonly keptAt: number | null;
  readonly stale: boolean;
}

/** Address of a tree from a `src` attribute: absolute, with a trailing slash; null when it is no http address. */
export function treeOf(src: string | null): string | null {
  if (!src?.trim()) return null;
  try {
    const { href } = new URL(src.trim(), document.baseURI);
    return /^https?:/.test(href) ? href.replace(/[?#].*$/, '').replace(/\/?$/, '/') : null;
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}

/** A JSON file of the tree. Where the network fails, the copy that the browser still has. Throws `Unreachable`. */
export async function getFile<T>(url: string, isWanted: Guard<T>, signal: AbortSignal): Promise<Kept<T>> {
  const [response, stale] = await fresh(url, signal);
  if (!response.ok) throw new Unreachable(response.status);
  const value = await json(response);
  if (!isWanted(value)) throw new Unreachable(response.status, true);
  const written = Date.parse(response.headers.get('date') ?? '');
  return { value, stale, keptAt: stale && !Number.isNaN(written) ? written : null };
}

/** The bytes of a file, or null when it is not there. Throws `Unreachable` when there is no answer, or one of a server in trouble. */
export async function getBytes(
  url: string,
  signal: AbortSignal,
  cache: RequestCache = 'default',
): Promise<Bytes | null> {
  const response = await answered(() => fetch(url, { ...plain, signal, cache }));
  if (response.ok) return new Uint8Array(await answered(() => response.arrayBuffer()));
  const reason = new Unreachable(response.status);
  if (reason.trouble === 'notThere') return null;
  throw reason;
}

/** A file of the tree, shared for half a minute by all elements of a page. Throws `Unreachable`. */
export async function getShared<T>(
  url: string,
  isWanted: Guard<T>,
  signal: AbortSignal,
  again = false,
): Promise<Kept<T>> {
  let known = shared.get(url);
  if (known === undefined || again || Date.now() - known.at >= 30_000) {
    const asked = getFile(url, isAnything, new AbortController().signal);
    asked.catch(() => shared.delete(url));
    known = { at: Date.now(), asked };
    shared.set(url, known);
  }
  const kept = await Promise.race([known.asked, aborted(signal)]);
  const { value } = kept;
  if (isWanted(value)) return { ...kept, value };
  shared.delete(url);
  throw new Unreachable(200, true);
}

export const getIndex = (tree: string, signal: AbortSignal, again = false): Promise<Kept<PublicIndex>> =>
  getShared(`${tree}index.json`, isIndex, signal, again);

export const getFeedPage = (tree: string, page: number, signal: AbortSignal): Promise<Kept<FeedPage>> =>
  getFile(`${tree}feed/${page}.json`, isFeedPage, signal);

/** The bundle of one diary, whatever it is: the check judges it. */
export const getBundle = (
  tree: string,
  draw: string,
  unit: string,
  signal: AbortSignal,
): Promise<Kept<Record<string, unknown>>> => getFile(`${tree}draw/${draw}/${unit}.json`, isObject, signal);

/** Root of the dynamic part (`…/api/v1/`) from `index.json`'s `api`, or null in a static tree. */
export function apiOf(index: PublicIndex, tree: string): string | null {
  if (index.api === null) return null;
  return new URL(index.api, tree).href.replace(/\/*(api(\/v1)?\/*)?$/, '/api/v1/');
}

/** A list of comments, and of a whole diary how many hang on each entry. */
export interface CommentPage {
  readonly rows: readonly PublicComment[];
  readonly next: string | null;
  readonly total: number;
  readonly byItem?: Readonly<Record<string, number>>;
}

/** Which comments: of a diary, after a cursor; on one entry, under one comment, or a single one. */
export interface CommentQuery {
  readonly draw: string;
  readonly unit: string;
  readonly after?: string | null;
  readonly item?: number | null;
  readonly parent?: string;
  readonly only?: string;
}

/** Published comments, oldest first, 25 at a time; a row of a shape unknown here is left out. */
export async function getComments(api: string, of: CommentQuery, signal: AbortSignal): Promise<CommentPage> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(of)) if (value !== null) query.set(name, String(value));
  const { value } = await getFile(`${api}comments?${query}`, isCommentPage, signal);
  return { ...value, rows: value.rows.filter(isComment) };
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

/** The photo of a comment or of a reply, by its path below the dynamic part; null where it is gone. Throws `Unreachable`. */
export async function getPhoto(api: string, path: string, signal: AbortSignal): Promise<Bytes | null> {
  const response = await answered(() => fetch(api + path, { ...plain, signal }));
  const value = response.ok ? await json(response) : null;
  return isPhoto(value) ? fromB64(value.bytes) : null;
}

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
const plain: RequestInit = { credentials: 'omit' };
const shared = new Map<string, { readonly at: number; readonly asked: Promise<Kept<unknown>> }>();
const isAnything: Guard<unknown> = (value): value is unknown => value !== undefined;

async function fresh(url: string, signal: AbortSignal): Promise<readonly [Response, boolean]> {
  try {
    return [await answered(() => fetch(url, { ...plain, signal })), false];
  } catch (error) {
    if (!(error instanceof Unreachable) || navigator.onLine) throw error;
    return [await answered(() => fetch(url, { ...plain, signal, cache: 'force-cache' })), true];
  }
}

async function answered<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof TypeError) throw new Unreachable(0);
    throw error;
  }
}

async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) throw new Unreachable(response.status, true);
    throw error;
  }
}

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
  const response = await answered(() => fetch(api + path, initOf<E>(method, headers, body)));
  const value = response.status === 204 ? undefined : await json(response);
  if (response.ok && isWanted(value)) return value;
  if (!response.ok && isProblem(value)) {
    if (value.code === 'SIGN_IN_NEEDED') tokens.clear();
    throw new Refused(value.code);
  }
  throw new Unreachable(response.status, response.ok);
}

/** Of readers who signed in, by dynamic part: in this page's memory and nowhere else. Here, since parts share this module with the main file. */
const tokens = new Map<string, { readonly token: string; readonly until: number }>();

function readerHeader(api: string): Readonly<Record<string, string>> {
  const held = tokens.get(api);
  return held !== undefined && performance.now() < held.until ? { Authorization: `Reader ${held.token}` } : {};
}

const proven = (proof: string): Readonly<Record<string, string>> => (proof === '' ? {} : { [proofHeader]: proof });

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }));
}

// What the widget leans on of each answer; everything else may come or go in later versions.
const words = object({ zh: isString, en: isString });
const has = (more: Guard<unknown>) => more;
const isIndexShape = object({
  organisation: object({ name: words, zone: isString }),
  pins: object({ origin: isString, vkey: isString }),
  units: array(object({ id: isString, name: words })),
  terms: array(object({ unit: isString, post: isString, from: isString })),
  categories: array(object({ id: isString, zh: isString, en: isString, mark: isString, letter: isString })),
  threads: array(object({ id: isString, name: isString })),
  feed: object({ pages: integer(), total: integer() }),
  newest: array(isObject),
  draws: array(object({ draw: isString, week: isString, stage: isString })),
});
const isIndex = (value: unknown): value is PublicIndex => has(isIndexShape)(value);
const isCardShape = object({
  draw: isString,
  unit: isString,
  week: isString,
  publishedAt: integer(),
  minutes: integer(),
  entries: integer(),
  held: integer(),
  strip: array(Array.isArray),
});
/** Whether a row of the feed can be shown. */
export const isCard = (value: unknown): value is DiaryCard => isCardShape(value);
const isFeedPageShape = object({ rows: array(isObject) });
const isFeedPage = (value: unknown): value is FeedPage => isFeedPageShape(value);
const isCommentShape = object({ id: isString, kind: isString, state: isString, at: integer() });
const isComment = (value: unknown): value is PublicComment => isCommentShape(value);
const isCommentPageShape = object({ rows: array(isObject), total: integer() });
const isCommentPage = (value: unknown): value is CommentPage => isCommentPageShape(value);
const isWorkable = object({
  parameters: object({ cost: integer(1, 10_000), keyPrefix: isString, nonce: isString, salt: isString }),
});
const isAskedShape = object({ challenge: (value): value is unknown => value === null || isWorkable(value) });
const isAsked = (value: unknown): value is { readonly challenge: Challenge | null } => isAskedShape(value);
const isPhoto = object({ bytes: isString });
const isNothing: Guard<undefined> = (value): value is undefined => !value;
const isSession = object({ token: isString, expiresIn: integer() });
const isPosted = object({ number: isString, decidedBy: integer() });
const isReceiptShape = object({ number: isString, state: isString, version: integer(), text: isString, at: integer() });
const isReceipt = (value: unknown): value is ReceiptView => isReceiptShape(value);
const isProblemShape = object({ code: isString });
const isProblem = (value: unknown): value is { readonly code: RefusalCode } => isProblemShape(value);
