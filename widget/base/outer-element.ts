// An element that stands in a page by itself: it has a language, and reads the network's state.
import type { PropertyDeclarations } from 'lit';
import { words as english } from '../locales/en.ts';
import { words as chinese, type Words } from '../locales/zh.ts';
import { SundialElement } from './element.ts';

export class OuterElement extends SundialElement {
  static override properties: PropertyDeclarations = { lang: { type: String }, online: { state: true } };

  declare online: boolean;

  override connectedCallback(): void {
    super.connectedCallback();
    this.online = navigator.onLine;
    addEventListener('online', this.#lineChanged);
    addEventListener('offline', this.#lineChanged);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('online', this.#lineChanged);
    removeEventListener('offline', this.#lineChanged);
  }

  get words(): Words {
    return wordsAt(this);
  }

  /** The network is back. */
  backOnline(): void {}

  readonly #lineChanged = (): void => {
    this.online = navigator.onLine;
    if (this.online) this.backOnline();
  };
}

/** Catalogue of an element's language: its own `lang`, else that of what stands around it, else Chinese. */
export function wordsAt(element: Element): Words {
  const near = languageAt(element);
  return near === '' || /^zh/i.test(near) ? chinese : english;
}

function languageAt(element: Element): string {
  const own = element instanceof HTMLElement ? element.lang : '';
  const near = own || element.closest<HTMLElement>('[lang]')?.lang;
  const root = element.getRootNode();
  return near || (root instanceof ShadowRoot ? languageAt(root.host) : '');
}
