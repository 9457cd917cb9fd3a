// How far the check of one draw is; the checking itself is check-draw.ts, and comes with a part.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { fetchChecks, loadedChecks } from '../remote/checks.ts';
import { Unreachable } from '../remote/client.ts';
import type { DrawCheck, DrawJob } from './check-job.ts';

const begun: DrawCheck = {
  state: 'running',
  step: 0,
  failure: null,
  pinned: false,
  acks: null,
  notices: [],
  witnesses: [],
};

export class DrawCheckController implements ReactiveController {
  now: DrawCheck = begun;
  readonly #host: ReactiveControllerHost;
  #running: AbortController | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Checks a draw; the end is told to `done`. */
  async run(job: DrawJob, done: (check: DrawCheck) => void): Promise<void> {
    this.reset();
    const running = new AbortController();
    const { signal } = running;
    this.#running = running;
    const show = (next: Partial<DrawCheck>): void => {
      if (signal.aborted) return;
      this.now = { ...this.now, ...next };
      this.#host.requestUpdate();
    };
    if (globalThis.crypto?.subtle === undefined) show({ state: 'notChecked' });
    else {
      try {
        const { checkDraw } = await loadedChecks();
        await checkDraw(job, signal, show);
      } catch (error) {
        if (signal.aborted) return;
        show({ state: 'unfinished' });
        if (!(error instanceof RangeError || error instanceof Unreachable)) throw error;
      }
    }
    if (!signal.aborted) done(this.now);
  }

  /** Ends what runs and forgets what came of it. */
  reset(): void {
    this.#running?.abort();
    this.now = begun;
  }

  hostConnected(): void {
    fetchChecks();
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }
}
