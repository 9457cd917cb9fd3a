// The sentence above a send button: who processes what for what, how long, how it is erased, with a link to the full notice
// (closed-loop.md "Comments").
import { html, type TemplateResult } from 'lit';
import { icon } from '../../base/icons.ts';
import type { Setting } from '../../base/setting.ts';
import { talkIn } from '../../locales/talk.ts';

/** `api`: root of the dynamic part, beside which the notice lies. It opens in a page of its own: what is being written stays. */
export function notice(sentence: string, api: string, { words }: Setting): TemplateResult {
  const place = `${api.replace(/api\/v1\/$/, 'privacy')}#${words.lang}`;
  return html`<p class="hint">${sentence} <a class="nb" href=${place} target="_blank" rel="noopener">${talkIn(words.lang).form.noticeAll}${icon('right', true)}</a></p>`;
}
