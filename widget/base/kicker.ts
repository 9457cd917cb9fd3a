// The line above a title.
import { html, nothing, type TemplateResult } from 'lit';
import type { Setting } from './setting.ts';

/** What it says, behind the mark of a demonstration. */
export const kicker = ({ demo, words }: Setting, said: unknown): TemplateResult =>
  html`<p class="kicker">${demo ? html`<span class="demo">${words.demo}</span>` : nothing}${said}</p>`;
