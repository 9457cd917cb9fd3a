// The way to the public tree, as plain files, and where the dynamic part lies. No cookie ever.
import type { PublicIndex } from '../../shared/api/published.ts';
import { type Bytes, concat } from '../../shared/base/bytes.ts';
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

/** A JSON file. Where the network fails, the copy that the browser still has. Throws `Unreachable`. */
export async function getFile<T>(url: string, isWanted: Guard<T>, signal: AbortSignal): Promise<Kept<T>> {
  const asked = ahead.get(url) ?? read(url, signal);
  ahead.delete(url);
  const kept = await asked;
  const { value } = kept;
  if (isWanted(value)) return { ...kept, value };
  throw new Unreachable(200, true);
}

/** Asks for a file that will be wanted: the next `getFile` of it takes this answer. Resolves once there is one, or none comes. */
export function askAhead(url: string): Promise<unknown> {
  const asked = read(url, new AbortController().signal);
  ahead.set(url, asked);
  return asked.catch(() => ahead.delete(url));
}

/** The bytes of a file, or null when it is not there. Throws `Unreachable` when there is no answer, or one of a server in trouble. */
export async function getBytes(
  url: string,
  signal: AbortSignal,
  cache: RequestCache = 'default',
): Promise<Bytes | null> {
  const response = await ask(url, { signal, cache });
  if (response.ok) return new Uint8Array(await response.arrayBuffer());
  const reason = new Unreachable(response.status);
  if (reason.trouble === 'notThere') return null;
  throw reason;
}

/** A file of the tree, shared for half a minute by all elements of a page; what did not come or is a copy is asked for anew. Throws
 *  `Unreachable`. */
export async function getShared<T>(
  url: string,
  isWanted: Guard<T>,
  signal: AbortSignal,
  again = false,
): Promise<Kept<T>> {
  const known = again ? undefined : shared.get(url);
  const kept = await waitFor(known ?? askShared(url), signal);
  const { value } = kept;
  if (isWanted(value)) return { ...kept, value };
  shared.delete(url);
  throw new Unreachable(200, true);
}

/** The index of a tree. What it need not have and has in another shape is taken out. Throws `Unreachable`. */
export async function getIndex(tree: string, signal: AbortSignal, again = false): Promise<Kept<PublicIndex>> {
  const kept = await getShared(`${tree}index.json`, isIndex, signal, again);
  for (const [name, isWanted] of Object.entries<Guard<unknown>>(besides))
    if (!isWanted(Reflect.get(kept.value, name))) Reflect.deleteProperty(kept.value, name);
  if (!isString(kept.value.api)) Reflect.set(kept.value, 'api', null);
  return kept;
}

/** The bundle of one diary, whatever it is: the check judges it. */
export const getBundle = (
  tree: string,
  draw: string,
  unit: string,
  signal: AbortSignal,
): Promise<Kept<Record<string, unknown>>> => getShared(`${tree}draw/${draw}/${unit}.json`, isObject, signal);

/** Root of the dynamic part (`…/api/v1/`) from `index.json`'s `api`, or null in a static tree. */
export function apiOf(index: PublicIndex, tree: string): string | null {
  if (index.api === null) return null;
  return new URL(index.api, tree).href.replace(/\/*(api(\/v1)?\/*)?$/, '/api/v1/');
}

/** Address of the comments of a diary. */
export const commentsAt = (api: string, draw: string, unit: string): string =>
  `${api}comments?${new URLSearchParams({ draw, unit })}`;

/** How long nothing may come before it counts as no answer, in ms: a slow line brings something now and then, and nobody waits longer. */
export const silenceMs = 30_000;
/** One request; no cookie goes along. The answer, which begins within `patienceMs`, is there whole. Throws `Unreachable` where there is none. */
export async function ask(url: string, init: RequestInit, patienceMs = silenceMs): Promise<Response> {
  const { signal } = init;
  // AbortSignal.timeout and AbortSignal.any are missing in Safari 15.
  const request = new AbortController();
  const end = (): void => request.abort();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const wait = (ms: number): void => {
    clearTimeout(timer);
    timer = setTimeout(end, ms);
  };
  if (signal?.aborted) end();
  signal?.addEventListener('abort', end, { signal: request.signal });
  try {
    wait(patienceMs);
    const response = await fetch(url, { ...init, credentials: 'omit', signal: request.signal });
    const reader = response.body?.getReader();
    const parts: Uint8Array[] = [];
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      wait(silenceMs);
      parts.push(part.value);
    }
    const bytes = concat(...parts);
    return new Response(bytes.length > 0 ? bytes : null, response);
  } catch (error) {
    if (!signal?.aborted && (request.signal.aborted || error instanceof TypeError)) throw new Unreachable(0);
    throw error;
  } finally {
    clearTimeout(timer);
    end(); // lets go of the caller's signal
  }
}

/** A request that several may wait for. */
interface Asked {
  readonly kept: Promise<Kept<unknown>>;
  readonly end: AbortController;
  waiting: number;
}

const shared = new Map<string, Asked>();
const latest = new Map<string, WeakRef<object>>();
const ahead = new Map<string, Promise<Kept<unknown>>>();

function askShared(url: string): Asked {
  const end = new AbortController();
  const kept = read(url, end.signal).then((came) => ({ ...came, value: sameAs(url, came.value) }));
  const asked: Asked = { kept, end, waiting: 0 };
  shared.set(url, asked);
  const drop = (): void => {
    if (shared.get(url) === asked) shared.delete(url);
  };
  end.signal.addEventListener('abort', drop);
  asked.kept.then(({ stale }) => (stale ? drop() : setTimeout(drop, 30_000)), drop);
  return asked;
}

/** What came is what is still shown, as long as it is the same: then nothing is drawn or checked anew. */
function sameAs(url: string, value: unknown): unknown {
  const before = latest.get(url)?.deref();
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(value)) return before;
  if (typeof value === 'object' && value !== null) latest.set(url, new WeakRef(value));
  return value;
}

/** The request ends with the last who waits for it. */
async function waitFor(asked: Asked, signal: AbortSignal): Promise<Kept<unknown>> {
  const leave = (): void => {
    asked.waiting -= 1;
    if (asked.waiting === 0) asked.end.abort();
  };
  asked.waiting += 1;
  signal.addEventListener('abort', leave);
  try {
    return await Promise.race([asked.kept, aborted(signal)]);
  } finally {
    signal.removeEventListener('abort', leave);
  }
}

async function read(url: string, signal: AbortSignal): Promise<Kept<unknown>> {
  const [response, stale] = await fresh(url, signal);
  if (!response.ok) throw new Unreachable(response.status);
  const value = await json(response);
  const written = Date.parse(response.headers.get('date') ?? '');
  return { value, stale, keptAt: stale && !Number.isNaN(written) ? written : null };
}

async function fresh(url: string, signal: AbortSignal): Promise<readonly [Response, boolean]> {
  try {
    return [await ask(url, { signal }), false];
  } catch (error) {
    if (!(error instanceof Unreachable) || navigator.onLine) throw error;
    return [await ask(url, { signal, cache: 'force-cache' }), true];
  }
}

/** Throws `Unreachable` for what is no JSON. */
export async function json(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (error) {
    if (error instanceof SyntaxError) throw new Unreachable(response.status, true);
    throw error;
  }
}

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
const besides: { readonly [Name in keyof PublicIndex]?: Guard<unknown> } = {
  themes: array(object({ id: isString, zh: isString, en: isString })),
  calendar: object({ holidays: array(isString), makeUpWorkdays: array(isString) }),
  glossary: array(object({ words: array(isString), says: isString })),
  signIn: words,
};
const isIndex = (value: unknown): value is PublicIndex => has(isIndexShape)(value);
