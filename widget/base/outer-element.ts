// An element that stands in a page by itself: it has a language, and reads the network's state.
import type { PropertyDeclarations } from 'lit';
import type { Words } from '../locales/zh.ts';
import { SundialElement } from './element.ts';
import { wordsAt } from './language.ts';

export class OuterElement extends SundialElement {
  static override properties: PropertyDeclarations = { lang: { type: String }, online: { state: true } };

  declare online: boolean;
  readonly #page = new MutationObserver(() => this.requestUpdate());

  override connectedCallback(): void {
    super.connectedCallback();
    this.online = navigator.onLine;
    this.requestUpdate(); // it may stand in another language
    this.#page.observe(document.documentElement, { attributeFilter: ['lang'] });
    addEventListener('online', this.#lineChanged);
    addEventListener('offline', this.#lineChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#page.disconnect();
    removeEventListener('online', this.#lineChanged);
    removeEventListener('offline', this.#lineChanged);
  }

  get words(): Words {
    return wordsAt(this, () => this.requestUpdate());
  }

  /** The network is back. */
  backOnline(): void {}

  readonly #lineChanged = (): void => {
    this.online = navigator.onLine;
    if (this.online) this.backOnline();
  };
}
