// How far the check of one diary is; the checking itself is check.ts.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Failure } from '../../shared/proof/failure.ts';
import type { VerifiedDiary } from '../../shared/proof/verify.ts';
import { loadedChecks } from '../remote/checks.ts';
import { Unreachable } from '../remote/client.ts';

/** A witness pinned by the page: up to how many records it saw the log, and when (Unix seconds; null: no line that can be checked here). */
export type Witness = { readonly name: string; readonly at: number | null; readonly size: number };

export type Check =
  | { readonly state: 'running'; readonly step: number }
  | {
      readonly state: 'passed';
      readonly pinned: boolean;
      readonly diary: VerifiedDiary;
      /** Whether an earlier head was remembered and found to be a prefix. */
      readonly seen: boolean;
      readonly witnesses: readonly Witness[];
    }
  | { readonly state: 'failed'; readonly failure: Failure; readonly step: number }
  /** `notSealed`: brought in from older records, so that there is nothing to check. */
  | { readonly state: 'notChecked' | 'notSealed' }
  /** `away`: a file that the check needs could not be fetched. */
  | { readonly state: 'unfinished'; readonly away: boolean; readonly again: () => void };

/** What is checked, and against what. `pins` empty: the page fixes none, `stated` by the server stands in. */
export interface CheckJob {
  readonly tree: string;
  readonly bundle: unknown;
  readonly want: { readonly draw: string; readonly unit: string };
  readonly pins: { readonly vkey: string; readonly organiser: string };
  readonly stated: { readonly origin: string; readonly vkey: string; readonly organiser: string | null };
  readonly witness: string;
}

/** Checks a diary; `passed` is told each step that holds, 0 to 10. */
export type CheckDiary = (job: CheckJob, signal: AbortSignal, passed: (step: number) => void) => Promise<Check>;

/** Each step that is shown draws the diary once more. */
const progressMs = 150;

export class VerifyController implements ReactiveController {
  #now: Check = { state: 'running', step: 0 };
  #bundle: unknown;
  readonly #host: ReactiveControllerHost;
  #running: AbortController | null = null;
  /** The check that was not yet done when the element was taken out of the page. */
  #begun: (() => void) | null = null;

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
    this.#begun?.();
  }

  hostDisconnected(): void {
    this.#running?.abort();
  }
}

// Plain http lends no WebCrypto: then nothing is checked.
const check: CheckDiary = async (job, signal, passed) => {
  if (globalThis.crypto?.subtle === undefined) return { state: 'notChecked' };
  const { checkDiary } = await loadedChecks();
  return checkDiary(job, signal, passed);
};
