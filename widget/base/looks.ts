// Looks that are no content (look.md 7, table of states); the empty one is empty-look.ts.
import { html, nothing, type TemplateResult } from 'lit';
import type { Words } from '../locales/zh.ts';
import { icon } from './icons.ts';

/** Grey bars in about the final size, after 300 ms. */
export const loadingLook = (what: string): TemplateResult =>
  html`<div class="bones" role="status"><span class="vh">${what}</span><i></i><i></i><i></i><i></i><i></i><i></i><i></i><i></i><i></i></div>`;

/** The network is gone and an older copy is shown; `at` is its clock time. */
export const offlineLook = (at: string | null, words: Words): TemplateResult =>
  html`<p class="msg top" role="status">${icon('off')}<span><b>${words.state.offline(at)}</b>${words.state.offlineHow}</span></p>`;

/** The page gave an attribute that cannot be. */
export const attributeLook = (name: string, words: Words): TemplateResult =>
  html`<p class="msg fail" role="alert">${icon('warn')}<span>${words.state.attribute(name)}</span></p>`;

/** Nothing came: what happened and why, and the ways on. */
export const troubleLook = (
  what: string,
  why: string,
  words: Words,
  again: () => void,
  plain: string | null,
): TemplateResult =>
  html`<p class="msg fail top" role="alert">${icon('warn')}<span><b>${what}</b>${why} <button class="link" @click=${again}>${words.state.retry}</button>${plain === null ? nothing : html`\u00a0· <a class="nb" href=${plain}>${words.state.plain}</a>`}</span></p>`;
