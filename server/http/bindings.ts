/** What travels beside a request through the app: Node's objects in, what the app says of its answer out. */
import { IncomingMessage } from 'node:http';
import type { Context as HonoContext } from 'hono';

/** What a handler says of its answer. */
export interface Standing {
  readonly body: Uint8Array;
  /** Whether it would be the same now. */
  readonly isFresh: () => Promise<boolean>;
}

/** What Node's server hands in beside a request; an app that is called without a network has none of it. */
export interface NodeBindings {
  readonly incoming?: unknown;
  readonly outgoing?: unknown;
  /** Of an answer that may be given again, and the pattern of its route. */
  standing?: Standing;
  route?: string;
  /** Pattern of the route whose gate refused it. */
  gated?: string;
}

/** The other end of the connection; undefined where an app is called without a network. */
export function peerOf(hono: HonoContext): string | undefined {
  const { incoming }: NodeBindings = hono.env ?? {};
  return incoming instanceof IncomingMessage ? incoming.socket.remoteAddress : undefined;
}

/** Says of the answer to a request that it may stand. Without a network there is nobody to give it to again. */
export function standAs({ env }: HonoContext, standing: Standing): void {
  const bindings: NodeBindings | undefined = env;
  if (bindings !== undefined) bindings.standing = standing;
}
