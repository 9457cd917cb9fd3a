// A request that carries the reader's words: being sent, accepted, or not, and why.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { RefusalCode } from '../../shared/api/refusal.ts';
import { Unreachable } from '../remote/client.ts';
import { Refused } from '../remote/post.ts';

export type Sent =
  | { readonly state: 'idle' }
  | { readonly state: 'sending' }
  | { readonly state: 'failed'; readonly problem: RefusalCode | 'UNREACHABLE' };

export class SendController implements ReactiveController {
  now: Sent = { state: 'idle' };
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  /** Sends, one at a time; gives the answer, or null when it failed or another is under way. */
  async run<T>(job: () => Promise<T>): Promise<T | null> {
    if (this.now.state === 'sending') return null;
    this.#show({ state: 'sending' });
    try {
      const answer = await job();
      this.#show({ state: 'idle' });
      return answer;
    } catch (error) {
      if (error instanceof Refused) this.#show({ state: 'failed', problem: error.code });
      else if (error instanceof Unreachable) this.#show({ state: 'failed', problem: 'UNREACHABLE' });
      else throw error;
      return null;
    }
  }

  /** Forgets a failure. */
  clear(): void {
    if (this.now.state === 'failed') this.#show({ state: 'idle' });
  }

  hostDisconnected(): void {}

  #show(next: Sent): void {
    this.now = next;
    this.#host.requestUpdate();
  }
}
