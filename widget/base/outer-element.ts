// An element that stands in a page by itself: it has a language, and reads the network's state.
import type { PropertyDeclarations } from 'lit';
import { words as chinese, type Words } from '../locales/zh.ts';
import { SundialElement } from './element.ts';
import { part } from './on-demand.ts';

let english: Words | null = null;

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

  /** Catalogue of the element's language: its own `lang`, else that of what stands around it, else Chinese. */
  get words(): Words {
    return this.#isChinese ? chinese : (english ?? chinese);
  }

  /** Whether the words of the element's language are still on their way; asks for them. Where they cannot be had, Chinese stands in. */
  get waitsForWords(): boolean {
    if (this.#isChinese || english !== null) return false;
    this.#fetchEnglish();
    return true;
  }

  get #isChinese(): boolean {
    const near = languageAt(this);
    return near === '' || /^zh/i.test(near);
  }

  /** The network is back. */
  backOnline(): void {}

  async #fetchEnglish(): Promise<void> {
    try {
      const words = await part('en');
      if (isWords(words)) english = words;
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      english = chinese;
    }
    this.requestUpdate();
  }

  readonly #lineChanged = (): void => {
    this.online = navigator.onLine;
    if (this.online) this.backOnline();
  };
}

function languageAt(element: Element): string {
  const own = element instanceof HTMLElement ? element.lang : '';
  const near = own || element.closest<HTMLElement>('[lang]')?.lang;
  const root = element.getRootNode();
  return near || (root instanceof ShadowRoot ? languageAt(root.host) : '');
}

const isWords = (given: unknown): given is Words => typeof given === 'object' && given !== null && 'domain' in given;
