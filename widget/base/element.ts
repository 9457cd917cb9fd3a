// What every element of the widget has: its language, its events, and words for the catalogue.
import { LitElement, type PropertyDeclarations } from 'lit';
import { words as english } from '../locales/en.ts';
import { words as chinese, type Words } from '../locales/zh.ts';

/** Events a page may listen for; all bubble and leave the shadow root. */
export interface SundialEvents {
  'sundial:ready': { readonly draw?: string; readonly unit?: string; readonly total?: number };
  'sundial:verified': { readonly draw: string; readonly unit: string; readonly notices: readonly string[] };
  'sundial:failed': { readonly code: string; readonly draw?: string; readonly unit?: string };
  'sundial:comment': {
    readonly draw: string;
    readonly unit: string;
    readonly item: number | null;
    readonly number: string;
  };
}

export class SundialElement extends LitElement {
  static override properties: PropertyDeclarations = { lang: { type: String } };

  /** Catalogue of the element's language: its own `lang`, else that of what stands around it, else Chinese. */
  get words(): Words {
    const near = this.lang || this.closest<HTMLElement>('[lang]')?.lang || hostLanguage(this);
    return near === '' || /^zh/i.test(near) ? chinese : english;
  }

  /** Tells the page. */
  tell<Name extends keyof SundialEvents>(name: Name, detail: SundialEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}

function hostLanguage(element: Element): string {
  const root = element.getRootNode();
  return root instanceof ShadowRoot ? root.host.closest<HTMLElement>('[lang]')?.lang || hostLanguage(root.host) : '';
}
