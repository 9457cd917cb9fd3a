// How far the check of one draw is; the checking itself is check-draw.ts, and comes with a part.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Failure, Notice } from '../../shared/proof/failure.ts';
import type { DrawFile } from '../../shared/proof/verify-draw.ts';
import { fetchChecks, loadedChecks } from '../remote/checks.ts';
import { Unreachable } from '../remote/client.ts';
import type { CheckJob, Witness } from './verify.ts';

/** How far the check of a draw is. `step`: the first of 0 to 11 that is not passed; 10 is what is published, 11 the end. */
export interface DrawCheck {
  readonly state: 'running' | 'passed' | 'failed' | 'notChecked' | 'unfinished';
  readonly step: number;
  readonly failure: Failure | null;
  readonly pinned: boolean;
  /** Units whose acknowledgement counts, null before that is known. */
  readonly acks: number | null;
  readonly notices: readonly Notice[];
  readonly witnesses: readonly Witness[];
}

/** What is checked, and against what; as for a diary. */
export type DrawJob = Omit<CheckJob, 'bundle' | 'want'> & { readonly file: DrawFile; readonly draw: string };

/** Checks a draw; `show` is told what is known, step by step. */
export type CheckDraw = (job: DrawJob, signal: AbortSignal, show: (next: Partial<DrawCheck>) => void) => Promise<void>;

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
