// What the verification line opens to: six promises, each opening to its steps of verification.md 9, and the facts behind them.
import { html, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Failure } from '../../../shared/proof/failure.ts';
import { fullTime } from '../../base/dates.ts';
import { SundialElement } from '../../base/element.ts';
import { icon, type Sign } from '../../base/icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import type { Check } from '../../controllers/check-job.ts';
import { proofIn } from '../../locales/proof.ts';
import type { ReadBundle } from '../../remote/bundle.ts';
import { sayFailure } from '../../remote/checks.ts';
import { styles } from './proof.styles.ts';

/** The step of each row, in order; step 5 has two: the words, and what is withheld. */
const rowSteps = [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10] as const;
const heldRow = 6;
const valuesRow = 9;
const promises: readonly (readonly number[])[] = [[0, 4, 5], [heldRow], [1, 2, 3], [7, 8], [valuesRow, 10], [11]];
const heldFailures: readonly Failure[] = ['HOLD_INVALID', 'ENTRY_MISSING'];

type RowState = 'ok' | 'bad' | 'amber' | 'open';
const rowSigns: Readonly<Record<RowState, Sign>> = { ok: 'ok', bad: 'fail', amber: 'amber', open: 'pend' };

/** @element sundial-proof (inside `sundial-verification`) */
export class SundialProof extends SundialElement {
  static override properties: PropertyDeclarations = {
    check: { attribute: false },
    read: { attribute: false },
    setting: { attribute: false },
    material: { attribute: false },
  };
  static override styles = [paper, styles];

  declare check: Check;
  declare read: ReadBundle;
  declare setting: Setting;
  declare material: string;

  override render() {
    const { words, offset } = this.setting;
    const says = proofIn(words.lang);
    const witnesses = this.check.state === 'passed' ? this.check.witnesses : [];
    return html`<ul class="checks">${promises.map((_, n) => this.#promise(n))}</ul>
<dl class="facts">${witnesses.map(({ name, at, size }) =>
      at === null
        ? html`<dt>${says.witness(name)}</dt><dd class="none">${says.noWitness}</dd>`
        : html`<dt>${says.witness(name)}</dt><dd>${says.seenTo(size, fullTime(at, offset, words))}</dd>`,
    )}<dt>${says.digest}</dt><dd class="code">${this.read.seal}</dd></dl><p class="meta after">${says.here} <a href=${this.material} target="_blank" rel="noopener">${says.material}</a></p>`;
  }

  #promise(n: number): TemplateResult {
    const says = proofIn(this.setting.words.lang);
    const rows = promises[n] ?? [];
    const states = rows.map((row) => this.#rowState(row));
    const state = states.find((one) => one === 'bad') ?? states.find((one) => one !== 'ok') ?? 'ok';
    return html`<li class=${state}>${icon(rowSigns[state])}<div><b>${says.promise[n]}</b><p>${state === 'ok' ? this.#kept(n) : this.#broken(state)}</p><details><summary>${says.steps}</summary><ol class="steps">${rows.map(
      (row, at) =>
        html`<li class=${states[at] ?? ''}>${icon(rowSigns[states[at] ?? 'open'], true)}<span>${says.step[row]}</span></li>`,
    )}</ol></details></div></li>`;
  }

  #broken(state: RowState): string {
    const { check } = this;
    const { lang } = this.setting.words;
    if (state === 'bad' && check.state === 'failed') return sayFailure(check.failure, lang).name;
    const { open } = proofIn(lang);
    return state === 'amber' ? open.amber : check.state === 'running' ? open.running : open.notReached;
  }

  #kept(n: number): string {
    const { check, read, setting } = this;
    const says = proofIn(setting.words.lang);
    const diary = check.state === 'passed' ? check.diary : null;
    const items = diary?.items ?? read.items;
    const units = [...new Set((diary?.drawn ?? []).map(({ unit }) => setting.unit(unit)))];
    const kept = [
      says.signed,
      says.complete(items.length, items.filter(({ item }) => item).length),
      says.logged(check.state === 'passed' && check.seen),
      says.locked(read.candidates, read.absent, diary?.acks.length ?? 0),
      says.fair(setting.words.listed(units)),
      says.shown(units.length),
    ];
    // Before the end is known only the first three can be told with their numbers.
    return diary || n < 3 ? (kept[n] ?? '') : '';
  }

  #rowState(row: number): RowState {
    const { check } = this;
    const step = rowSteps[row] ?? 0;
    switch (check.state) {
      case 'passed':
        return row === valuesRow && check.diary.notices.includes('DRAND_UNCHECKED') ? 'amber' : 'ok';
      case 'failed':
        if (step !== check.step) return step < check.step ? 'ok' : 'open';
        return step !== 5 || (row === heldRow) === heldFailures.includes(check.failure) ? 'bad' : 'open';
      case 'running':
        return step < check.step ? 'ok' : 'open';
      default:
        return 'open';
    }
  }
}
