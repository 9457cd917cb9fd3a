// How far the check of one diary is; the checking itself is check.ts.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { loadedChecks } from '../remote/checks.ts';
import { Unreachable } from '../remote/client.ts';
import type { Check, CheckDiary, CheckJob } from './check-job.ts';

/** Each step that is shown draws the diary once more. */
const progressMs = 150;

export class VerifyController implements ReactiveController {
  #now: Check = { state: 'running', step: 0 };
  #bundle: unknown;
  readonly #host: ReactiveControllerHost;
  #running: AbortController | null = null;
  /** The check that is not yet done, to begin anew when the element was taken out of the page meanwhile. */
  #begun: (() => void) | null = null;
  #isHere = false;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** How far the check of this very bundle is. */
  of(bundle: unknown): Check {
    return this.#bundle === bundle ? this.#now : { state: 'running', step: 0 };
  }

  /** Checks a bundle; the end is told to `done`. */
  async run(job: CheckJob, done: (check: Check) => void): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    const { signal } = running;
    this.#running = running;
    this.#bundle = job.bundle;
    this.#begun = () => void this.run(job, done);
    if (!this.#isHere) return;
    const show = (next: Check): void => {
      if (signal.aborted) return;
      this.#now = next;
      this.#host.requestUpdate();
    };
    // A first check begins as it is shown already; drawing a diary once more is dear.
    if (this.#now.state !== 'running' || this.#now.step > 0) show({ state: 'running', step: 0 });
    try {
      let told = performance.now();
      const end = await check(job, signal, (step) => {
        if (performance.now() - told < progressMs) return;
        told = performance.now();
        show({ state: 'running', step: step + 1 });
      });
      if (signal.aborted) return;
      this.#begun = null;
      show(end);
      done(end);
    } catch (error) {
      if (signal.aborted) return;
      this.#begun = null;
      const away = error instanceof Unreachable;
      show({ state: 'unfinished', away, again: () => void this.run(job, done) });
      if (!(away || error instanceof RangeError)) throw error;
    }
  }

  hostConnected(): void {
    this.#isHere = true;
    this.#begun?.();
  }

  hostDisconnected(): void {
    this.#isHere = false;
    this.#running?.abort();
  }
}

// Plain http lends no WebCrypto: then nothing is checked.
const check: CheckDiary = async (job, signal, passed) => {
  if (globalThis.crypto?.subtle === undefined) return { state: 'notChecked' };
  const { checkDiary } = await loadedChecks();
  return checkDiary(job, signal, passed);
};
