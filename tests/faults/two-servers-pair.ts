/** Two server processes on one database, and clients that reach either by chance: a request is sent again, byte for byte, to one or the
 *  other until it is answered. What was signed, acknowledged and shown is noted on the way. */
import * as v from 'valibot';
import type { RealServer } from '../fixtures/real-server.ts';
import { freePort, type Served, startServer } from '../fixtures/served.ts';

/** What clients know: every leaf that was sent, those that were acknowledged (with their index where the answer tells it), every checkpoint
 *  that an answer showed. */
export interface Seen {
  readonly sent: Set<string>;
  readonly acknowledged: Map<string, number | null>;
  readonly notes: Set<string>;
  /** Requests that were sent again, and those of them that turned out to have been done although no answer came. */
  again: number;
  doneBefore: number;
}

export type Side = 0 | 1;

export interface Pair {
  readonly seen: Seen;
  /** Sends a request until it is answered; throws only what no server causes. */
  readonly send: (request: Request) => Promise<Response>;
  /** Sends to this server only, once. */
  readonly ask: (side: Side, path: string) => Promise<Response>;
  /** Requests under way at a server. */
  readonly underway: (side: Side) => number;
  /** Ends a server by SIGKILL; comes back when it is dead. */
  readonly kill: (side: Side) => Promise<void>;
  readonly revive: (side: Side) => Promise<void>;
  readonly close: () => Promise<void>;
}

const Signed = v.union([
  v.pipe(
    v.looseObject({ jws: v.string() }),
    v.transform(({ jws }) => [jws]),
  ),
  v.pipe(
    v.looseObject({ records: v.array(v.string()) }),
    v.transform(({ records }) => records),
  ),
  v.pipe(
    v.looseObject({ leaf0: v.string() }),
    v.transform(({ leaf0 }) => [leaf0]),
  ),
]);
const Logged = v.looseObject({ index: v.number(), checkpoint: v.string() });
const Shown = v.union([
  Logged,
  v.pipe(
    v.looseObject({ receipt: Logged }),
    v.transform(({ receipt }) => receipt),
  ),
]);
/** What a server says of something that it has done before. */
const doneBefore = new Set(['ALREADY_DONE', 'OUT_OF_ORDER', 'NOT_FOUND', 'KEY_UNKNOWN']);

/** Starts a second server beside the first, on the same database, keys and address. `random` gives numbers in [0, 1). */
export async function openPair(first: RealServer, random: () => number): Promise<Pair> {
  const environments = [first.environment, { ...first.environment, PORT: String(await freePort()) }] as const;
  const running: [Served, Served] = [first.running(), await startServer(environments[1])];
  const underway: [Set<object>, Set<object>] = [new Set(), new Set()];
  const seen: Seen = { sent: new Set(), acknowledged: new Map(), notes: new Set(), again: 0, doneBefore: 0 };
  const addressOf = (side: Side): string => `http://127.0.0.1:${environments[side].PORT}`;

  const once = async (side: Side, path: string, init: RequestInit): Promise<Response | null> => {
    const flight = {};
    underway[side].add(flight);
    try {
      const answer = await fetch(`${addressOf(side)}${path}`, init);
      return new Response(answer.status === 204 ? null : await answer.arrayBuffer(), answer);
    } catch (error) {
      // What fetch throws when there is no connection, or it ends.
      if (error instanceof TypeError) return null;
      throw error;
    } finally {
      underway[side].delete(flight);
    }
  };

  const send = async (request: Request): Promise<Response> => {
    const { method, url, headers } = request;
    const { pathname, search } = new URL(url);
    const body = await request.text();
    const parsed = v.safeParse(Signed, body === '' ? null : JSON.parse(body));
    const leaves = parsed.success ? parsed.output : [];
    for (const leaf of leaves) seen.sent.add(leaf);
    const init = { method, headers, ...(method === 'GET' ? {} : { body }) };
    for (let attempt = 0; ; attempt += 1) {
      if (attempt > 0) seen.again += 1;
      const answer = await once(random() < 0.5 ? 0 : 1, pathname + search, init);
      if (answer !== null && answer.status !== 503) {
        await note(answer.clone(), leaves, attempt > 0);
        return answer;
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  };

  const note = async (answer: Response, leaves: readonly string[], isAgain: boolean): Promise<void> => {
    if (leaves.length === 0) return;
    const body: unknown = answer.status === 204 ? null : await answer.json();
    const shown = v.safeParse(Shown, body);
    if (shown.success) seen.notes.add(shown.output.checkpoint);
    if (answer.ok) {
      for (const leaf of leaves) seen.acknowledged.set(leaf, shown.success ? shown.output.index : null);
      if (isAgain && answer.status === 200) seen.doneBefore += 1;
    } else if (isAgain && saysDone(body)) {
      for (const leaf of leaves) seen.acknowledged.set(leaf, null);
      seen.doneBefore += 1;
    }
  };

  return {
    seen,
    send,
    ask: async (side, path) => fetch(`${addressOf(side)}${path}`),
    underway: (side) => underway[side].size,
    kill: (side) => running[side].kill(),
    revive: async (side) => {
      running[side] = await startServer(environments[side]);
    },
    close: async () => {
      for (const each of running) await each.stop();
    },
  };
}

const Problem = v.looseObject({
  code: v.string(),
  facts: v.optional(v.looseObject({ reason: v.optional(v.string()) })),
});
function saysDone(body: unknown): boolean {
  const problem = v.safeParse(Problem, body);
  return (
    problem.success && [problem.output.code, problem.output.facts?.reason ?? ''].some((code) => doneBefore.has(code))
  );
}
