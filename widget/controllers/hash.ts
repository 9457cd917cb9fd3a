// What follows the hash of the page's address, as long as the element is in the page.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

export class HashController implements ReactiveController {
  readonly #follow: () => unknown;

  constructor(host: ReactiveControllerHost, follow: () => unknown) {
    this.#follow = () => follow();
    host.addController(this);
  }

  hostConnected(): void {
    addEventListener('hashchange', this.#follow);
  }

  hostDisconnected(): void {
    removeEventListener('hashchange', this.#follow);
  }
}
