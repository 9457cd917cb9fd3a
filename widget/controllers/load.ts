// What is loading, ready or failed: one request at a time, the old one ended when another is asked for or the element leaves the page.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Trouble, Unreachable } from '../remote/client.ts';

export type Loaded<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly value: T }
  | { readonly state: 'failed'; readonly trouble: Trouble };

export class LoadController<T> implements ReactiveController {
  now: Loaded<T> = { state: 'idle' };
  readonly #host: ReactiveControllerHost;
  #job: ((signal: AbortSignal) => Promise<T>) | null = null;
  #running: AbortController | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Begins a job and drops what came before; with `keep` the value of before stays until the new one is there. Gives what went wrong, null
   *  where it came or was overtaken. */
  async run(job: (signal: AbortSignal) => Promise<T>, keep = false): Promise<Trouble | null> {
    this.#running?.abort();
    const mine = new AbortController();
    this.#running = mine;
    this.#job = job;
    if (!keep || this.now.state !== 'ready') this.#show({ state: 'loading' });
    try {
      const value = await job(mine.signal);
      if (!mine.signal.aborted) this.#show({ state: 'ready', value });
    } catch (error) {
      if (mine.signal.aborted) return null;
      const isKnown = error instanceof Unreachable;
      const trouble = isKnown ? error.trouble : 'odd';
      if (!keep || this.now.state !== 'ready') this.#show({ state: 'failed', trouble });
      if (!isKnown) throw error;
      return trouble;
    }
    return null;
  }

  /** The same job once more. */
  again(keep = false): void {
    if (this.#job) this.run(this.#job, keep);
  }

  /** Ends what runs and forgets what was loaded. */
  reset(): void {
    this.#running?.abort();
    this.#job = null;
    this.now = { state: 'idle' };
  }

  hostConnected(): void {
    if (this.now.state === 'loading') this.again();
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }

  #show(next: Loaded<T>): void {
    this.now = next;
    this.#host.requestUpdate();
  }
}
