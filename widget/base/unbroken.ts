// Dates and other phrases that a line does not break (look.md 4).
import { html, type TemplateResult } from 'lit';

type Parts = readonly (string | TemplateResult)[];

/** A sentence in which none of the phrases is broken over two lines. */
export const unbroken = (sentence: string, phrases: readonly string[]): Parts =>
  phrases.reduce<Parts>((parts, phrase) => parts.flatMap((part) => around(part, phrase)), [sentence]);

const around = (part: string | TemplateResult, phrase: string): Parts =>
  typeof part === 'string'
    ? part
        .split(phrase)
        .flatMap((text, n): Parts => (n === 0 ? [text] : [html`<span class="nb">${phrase}</span>`, text]))
    : [part];
