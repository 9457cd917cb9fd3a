// How far the check of one draw is; the checking itself is check-draw.ts, and comes with a part.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { DrawFile } from '../../shared/proof/verify-draw.ts';
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
  #now: DrawCheck = begun;
  #file: DrawFile | null = null;
  readonly #host: ReactiveControllerHost;
  #running: AbortController | null = null;
  /** The check that is not yet done, to begin anew when the element was taken out of the page meanwhile. */
  #begun: (() => void) | null = null;
  #isHere = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** How far the check of this very file is. */
  of(file: DrawFile): DrawCheck {
    return this.#file === file ? this.#now : begun;
  }

  /** Checks a draw; the end is told to `done`. */
  async run(job: DrawJob, done: (check: DrawCheck) => void): Promise<void> {
    this.reset();
    const running = new AbortController();
    const { signal } = running;
    this.#running = running;
    this.#file = job.file;
    this.#begun = () => void this.run(job, done);
    const show = (next: Partial<DrawCheck>): void => {
      if (signal.aborted) return;
      this.#now = { ...this.#now, ...next };
      this.#host.requestUpdate();
    };
    show({});
    if (!this.#isHere) return;
    if (globalThis.crypto?.subtle === undefined) show({ state: 'notChecked' });
    else {
      try {
        const { checkDraw } = await loadedChecks();
        await checkDraw(job, signal, show);
      } catch (error) {
        if (signal.aborted) return;
        this.#begun = null;
        show({ state: 'unfinished' });
        if (!(error instanceof RangeError || error instanceof Unreachable)) throw error;
      }
    }
    if (signal.aborted) return;
    this.#begun = null;
    done(this.#now);
  }

  /** Ends what runs and forgets what came of it. */
  reset(): void {
    this.#running?.abort();
    this.#now = begun;
    this.#begun = null;
  }

  hostConnected(): void {
    this.#isHere = true;
    fetchChecks();
    this.#begun?.();
  }

  hostDisconnected(): void {
    this.#isHere = false;
    this.#running?.abort();
  }
}
