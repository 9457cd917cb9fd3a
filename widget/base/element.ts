// What every element of the widget does: it tells the page what happened.
import { LitElement } from 'lit';

/** Events a page may listen for; all bubble and leave the shadow root. */
export interface SundialEvents {
  'sundial:ready': { readonly draw?: string; readonly unit?: string; readonly total?: number };
  'sundial:verified': { readonly draw: string; readonly unit?: string; readonly notices: readonly string[] };
  /** `code`: `attribute`, `noPart`, why nothing came (`Trouble`), or the check that failed. */
  'sundial:failed': { readonly code: string; readonly draw?: string; readonly unit?: string };
  'sundial:comment': {
    readonly draw: string;
    readonly unit: string;
    readonly item: number | null;
    readonly number: string;
  };
}

export class SundialElement extends LitElement {
  /** Tells the page. */
  tell<Name extends keyof SundialEvents>(name: Name, detail: SundialEvents[Name]): void {
    tell(this, name, detail);
  }
}

/** Tells the page of an element. */
export function tell<Name extends keyof SundialEvents>(of: Element, name: Name, detail: SundialEvents[Name]): void {
  of.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
}
