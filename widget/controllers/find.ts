// A search that goes on while the reader wants more, and can be stopped: what was found stays.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { type Trouble, Unreachable } from '../remote/client.ts';
import type { Found, Step } from '../remote/search.ts';

/** `left`: diaries that have not been looked at, out of `of`. `enough`: there may be more; `ended`: there is no more. */
export interface Finding {
  readonly state: 'running' | 'enough' | 'stopped' | 'ended' | 'failed';
  readonly rows: readonly Found[];
  readonly left: number;
  readonly of: number;
  readonly trouble: Trouble;
}

/** How many more are looked for at a time. */
const batch = 20;

export class FindController implements ReactiveController {
  now: Finding | null = null;
  readonly #host: ReactiveControllerHost;
  #steps: AsyncGenerator<Step, void> | null = null;
  #begin: ((signal: AbortSignal) => AsyncGenerator<Step, void>) | null = null;
  #running = new AbortController();
  /** Which call of `more` goes on. */
  #turn = 0;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Begins a search in the place of the one before. */
  run(begin: (signal: AbortSignal) => AsyncGenerator<Step, void>): void {
    this.reset();
    this.#begin = begin;
    this.now = { state: 'enough', rows: [], left: 0, of: 0, trouble: 'noAnswer' };
    this.more();
  }

  /** Looks for more; after a failure once more from the beginning. */
  async more(): Promise<void> {
    if (this.now === null || this.now.state === 'running' || this.#begin === null) return;
    const { signal } = this.#running;
    if (this.now.state === 'failed') this.now = { ...this.now, rows: [] };
    this.#steps ??= this.#begin(signal);
    const steps = this.#steps;
    const wanted = this.now.rows.length + batch;
    this.#turn += 1;
    const turn = this.#turn;
    this.#show({ state: 'running' });
    try {
      while (turn === this.#turn) {
        const { value, done } = await steps.next();
        if (signal.aborted) return;
        if (done) {
          if (turn === this.#turn) this.#show({ state: 'ended', left: 0 });
          return;
        }
        const { found, left, of } = value;
        const rows = found === null ? this.now.rows : [...this.now.rows, found];
        if (turn === this.#turn && rows.length >= wanted) {
          this.#turn += 1;
          this.#show({ state: 'enough' });
        }
        this.#show({ rows, left, of });
      }
    } catch (error) {
      if (signal.aborted) return;
      this.#steps = null;
      if (!(error instanceof Unreachable)) throw error;
      this.#turn += 1;
      this.#show({ state: 'failed', trouble: error.trouble });
    }
  }

  /** Rests; `more` goes on from there. */
  stop(): void {
    if (this.now?.state !== 'running') return;
    this.#turn += 1;
    this.#show({ state: 'stopped' });
  }

  reset(): void {
    this.#running.abort();
    this.#running = new AbortController();
    this.#steps = this.#begin = this.now = null;
  }

  hostDisconnected(): void {
    this.stop();
  }

  #show(next: Partial<Finding>): void {
    if (this.now !== null) this.now = { ...this.now, ...next };
    this.#host.requestUpdate();
  }
}
