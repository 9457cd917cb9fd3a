// An element that stands in a page by itself: it shows something of a tree, has a language, and reads the network's state.
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Words } from '../locales/zh.ts';
import { treeOf } from '../remote/client.ts';
import { SundialElement } from './element.ts';
import { wordsAt } from './language.ts';
import { attributeLook } from './looks.ts';

/** How old what is shown may be when the reader comes back to the page: the tree lets a copy be a minute old. */
const staleMs = 120_000;

export abstract class OuterElement extends SundialElement {
  static override properties: PropertyDeclarations = { lang: {}, src: {}, online: { state: true } };

  declare src: string | null;
  declare online: boolean;
  readonly #page = new MutationObserver(() => this.requestUpdate());
  #wrong: string | null = null;
  #renewedAt = Date.now();

  constructor() {
    super();
    this.src = null;
  }

  /** What stands in it once its attributes can be. */
  protected abstract body(): unknown;

  /** The attribute that cannot be, or null. */
  protected wrong(): string | null {
    return treeOf(this.src) === null ? 'src' : null;
  }

  override render(): TemplateResult {
    const { words } = this;
    const wrong = this.wrong();
    return html`<div class="s" lang=${words.lang}>${wrong === null ? this.body() : attributeLook(wrong, words)}</div>`;
  }

  protected override update(changed: Map<PropertyKey, unknown>): void {
    super.update(changed);
    const wrong = this.wrong();
    if (wrong !== null && wrong !== this.#wrong) this.tell('sundial:failed', { code: 'attribute' });
    this.#wrong = wrong;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.online = navigator.onLine;
    this.requestUpdate(); // it may stand in another language
    this.#page.observe(document.documentElement, { attributeFilter: ['lang'] });
    addEventListener('online', this.#lineChanged);
    addEventListener('offline', this.#lineChanged);
    document.addEventListener('visibilitychange', this.#seen);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#page.disconnect();
    removeEventListener('online', this.#lineChanged);
    removeEventListener('offline', this.#lineChanged);
    document.removeEventListener('visibilitychange', this.#seen);
  }

  get words(): Words {
    return wordsAt(this, () => this.requestUpdate());
  }

  /** What is shown may be old: it is read anew and stays until that is here. */
  renew(): void {}

  /** The network is back. */
  backOnline(): void {
    this.renew();
  }

  readonly #seen = (): void => {
    const now = Date.now();
    if (document.hidden || now - this.#renewedAt < staleMs) return;
    this.#renewedAt = now;
    this.renew();
  };

  readonly #lineChanged = (): void => {
    this.online = navigator.onLine;
    if (this.online) this.backOnline();
  };
}
