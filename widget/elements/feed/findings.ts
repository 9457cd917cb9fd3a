// What a search has found so far: how many, how far it is, and what to loosen where nothing was found.
import { html, nothing, type TemplateResult } from 'lit';
import type { AskedName } from '../../../shared/search/asked.ts';
import { icon } from '../../base/icons.ts';
import type { Finding } from '../../controllers/find.ts';
import { findIn } from '../../locales/find.ts';
import { type RowView, row } from './rows.ts';

export interface FindingsView extends RowView {
  readonly finding: Finding;
  /** How many there are, where that is known before all was looked at. */
  readonly known: number | null;
  /** What was asked for, in words. */
  readonly asked: readonly (readonly [name: AskedName, says: string])[];
  readonly more: () => void;
  readonly stop: () => void;
  readonly clear: () => void;
  readonly drop: (name: AskedName) => void;
}

export function findings(view: FindingsView): TemplateResult {
  const { finding, setting } = view;
  const { words } = setting;
  const find = findIn(words.lang);
  const { state, rows, left, of } = finding;
  const isRunning = state === 'running';
  const isNone = state === 'ended' && rows.length === 0;
  return html`<div class="row told no-print"><p class="label" role="status" tabindex="-1">${saysOf(view)}</p>${
    isRunning
      ? html`<span class="going meta num"><progress max=${of || 1} value=${of - left} aria-label=${find.running(of - left, of)}></progress>${find.running(of - left, of)}<button class="link" @click=${view.stop}>${find.stop}</button></span>`
      : nothing
  }<button class="link end" @click=${view.clear}>${find.clear}</button></div>${
    isNone
      ? html`<div class="none">${icon('search')}<b>${find.none}</b><p>${find.noneHow}</p><div class="row">${view.asked.map(
          ([name, says]) =>
            html`<button class="btn quiet" part="button" @click=${() => view.drop(name)}>${find.drop(says)}</button>`,
        )}</div></div>`
      : html`<ol class=${rows.length === 0 ? 'rows wait' : 'rows'}>${rows.map((found) => row(found, view))}</ol>`
  }${
    state === 'failed'
      ? html`<p class="msg fail top" role="alert">${icon('warn')}<span><b>${find.failed}</b>${words.state[finding.trouble]} <button class="link" @click=${view.more}>${words.state.retry}</button></span></p>`
      : state === 'enough' || state === 'stopped'
        ? html`<div class="row no-print"><button class="btn quiet" part="button" @click=${view.more}>${state === 'stopped' ? find.goOn : find.more}</button></div>`
        : nothing
  }`;
}

/** `共12篇`, `至少20篇`; nothing while the first are being looked for. */
function saysOf({ finding, known, setting }: FindingsView): string {
  const find = findIn(setting.words.lang);
  const { state, rows } = finding;
  if (known !== null) return find.exactly(known);
  if (state === 'ended') return find.exactly(rows.length);
  return state === 'running' || state === 'failed' ? '' : find.least(rows.length);
}
