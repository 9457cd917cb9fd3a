// The verification line: quiet when it passes, loud when it does not (look.md 7). Six promises open to the steps of verification.md 9.
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import type { Failure, Notice } from '../../../shared/proof/failure.ts';
import { fullTime } from '../../base/dates.ts';
import { SundialElement } from '../../base/element.ts';
import { icon, type Sign } from '../../base/icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import type { Check } from '../../controllers/verify.ts';
import type { ReadBundle } from '../../remote/bundle.ts';
import { noticesOf } from './notices.ts';
import { styles } from './verification.styles.ts';

/** Rows of the check in order; the step of each, in which row a failure of step 5 falls, and which promise a row belongs to. */
const rowSteps = [0, 1, 2, 3, 4, 5, 5, 6, 7, 8, 9, 10] as const;
const promises: readonly (readonly number[])[] = [[0, 4, 5], [6], [1, 2, 3], [7, 8], [9, 10], [11]];
const holdRows: readonly Failure[] = ['HOLD_INVALID', 'ENTRY_MISSING'];
/** Failures that say nothing about the words themselves. */
const drawRows: readonly Failure[] = [
  'LIST_INVALID',
  'LIST_NOT_LOCKED',
  'RANDOMNESS_INVALID',
  'DRAW_MISMATCH',
  'NOT_DRAWN',
  'DRAWN_NOT_PUBLISHED',
];

type RowState = 'ok' | 'bad' | 'amber' | 'open';
const rowSigns: Readonly<Record<RowState, Sign>> = { ok: 'ok', bad: 'fail', amber: 'amber', open: 'pend' };

/** @element sundial-verification (inside `sundial-diary`)
 *  @csspart verification notice */
export class SundialVerification extends SundialElement {
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
  /** Address of the bundle. */
  declare material: string;

  override render() {
    const { check } = this;
    const words = this.setting.words.check;
    const [look, sign, say] = this.#look();
    const failed = check.state === 'failed';
    const spoken = check.state === 'running' ? '' : say.join('');
    return html`<details class=${`verify ${look}`} part="verification" ?open=${failed}>
<summary><span class="sign">${icon(sign)}</span><span class="say">${say.map((part) => html`<span class="nb">${part}</span>`)}</span><span class="more">${icon('down')}</span></summary>
<div class="body">${this.#how()}${check.state === 'notChecked' ? nothing : html`<ul class="checks">${promises.map((_, n) => this.#promise(n))}</ul>`}
${this.#facts()}<p class="meta after">${words.here} <a href=${this.material} target="_blank" rel="noopener">${words.material}</a></p></div>
</details>${this.#notices()}<p class="vh" role="status">${spoken}</p>`;
  }

  #look(): readonly [string, Sign, readonly string[]] {
    const { check } = this;
    const { check: words, domain } = this.setting.words;
    switch (check.state) {
      case 'running':
        return ['idle', 'pend', words.idle(Math.min(6, promiseOfStep(check.step) + 1), 6)];
      case 'notChecked':
        return ['off', 'idle', words.notChecked];
      case 'unfinished':
        return ['amber', 'amber', words.unfinished];
      case 'failed':
        return ['bad', 'fail', words.failed(domain.failure[check.failure])];
      case 'passed':
        if (!check.pinned) return ['amber', 'amber', words.notPinned];
        if (check.diary.notices.includes('DRAND_UNCHECKED')) return ['amber', 'amber', words.amberDrand];
        return ['ok', 'ok', words.passed];
    }
  }

  #how() {
    const { check } = this;
    const { check: words } = this.setting.words;
    const text =
      check.state === 'failed'
        ? (drawRows.includes(check.failure) ? words.failedDraw : words.failedHow)(check.failure)
        : check.state === 'notChecked'
          ? words.notCheckedHow
          : check.state === 'unfinished'
            ? words.unfinishedHow
            : check.state === 'passed' && !check.pinned
              ? `NOT_PINNED · ${words.notPinnedHow}`
              : '';
    return text === '' ? nothing : html`<p class="how">${text}</p>`;
  }

  #promise(n: number): TemplateResult {
    const { check: words } = this.setting.words;
    const rows = promises[n] ?? [];
    const states = rows.map((row) => this.#rowState(row));
    const state = states.find((one) => one === 'bad') ?? states.find((one) => one !== 'ok') ?? 'ok';
    const said = state === 'ok' ? this.#kept(n) : this.#broken(state);
    return html`<li class=${state}>${icon(rowSigns[state])}<div><b>${words.promise[n]}</b><p>${said}</p><details><summary>${words.steps}</summary><ol class="steps">${rows.map(
      (row, at) =>
        html`<li class=${states[at] ?? ''}>${icon(rowSigns[states[at] ?? 'open'], true)}<span>${words.step[row]}</span></li>`,
    )}</ol></details></div></li>`;
  }

  #broken(state: RowState): string {
    const { check } = this;
    const { check: words, domain } = this.setting.words;
    if (state === 'bad' && check.state === 'failed') return domain.failure[check.failure];
    const [open = '', running = '', , amber = ''] = words.open;
    return state === 'amber' ? amber : check.state === 'running' ? running : open;
  }

  #kept(n: number): string {
    const { check, read, setting } = this;
    const { check: words, listed } = setting.words;
    const diary = check.state === 'passed' ? check.diary : null;
    const items = diary?.items ?? read.items;
    const units = [...new Set((diary?.drawn ?? []).map(({ unit }) => setting.unit(unit)))];
    const kept = [
      words.signed,
      words.complete(items.length, items.filter(({ item }) => item).length),
      words.logged(check.state === 'passed' && check.seen),
      words.locked(read.candidates, read.absent, diary?.acks.length ?? 0),
      words.fair(listed(units)),
      words.shown(units.length),
    ];
    // Before the end is known only the first three can be told with their numbers.
    return diary || n < 3 ? (kept[n] ?? '') : '';
  }

  #rowState(row: number): RowState {
    const { check } = this;
    const step = rowSteps[row] ?? 0;
    switch (check.state) {
      case 'passed':
        return row === 9 && check.diary.notices.includes('DRAND_UNCHECKED') ? 'amber' : 'ok';
      case 'failed':
        if (step === check.step) return step !== 5 || (row === 6) === holdRows.includes(check.failure) ? 'bad' : 'open';
        return step < check.step ? 'ok' : 'open';
      case 'running':
        return step < check.step ? 'ok' : 'open';
      default:
        return 'open';
    }
  }

  #facts() {
    const { check, setting } = this;
    const { words, offset } = setting;
    const witnesses = check.state === 'passed' ? check.witnesses : [];
    return html`<dl class="facts">${witnesses.map(
      ({ name, at }) =>
        html`<dt>${words.check.witness(name)}</dt><dd>${at === null ? words.check.noWitness : fullTime(at, offset, words)}</dd>`,
    )}<dt>${words.diary.digest}</dt><dd class="code">${this.read.seal}</dd></dl>`;
  }

  /** Notices stand outside the fold. While the check runs their room is kept, so that nothing moves when they come. */
  #notices() {
    const { check, read, setting } = this;
    if (check.state !== 'running' && check.state !== 'passed') return nothing;
    const said = noticesOf(read, check.state === 'passed' ? check.diary : null, setting);
    return said.map(
      ({ notice, text }) =>
        html`<p class=${`notice ${plainly(notice) ? 'plain' : ''} ${check.state === 'running' ? 'pending' : ''}`} part="notice">${icon(plainly(notice) ? 'search' : 'amber', true)}<span>${text}</span></p>`,
    );
  }
}

const plainly = (notice: Notice): boolean => notice === 'VALUE_TO_COMPARE';

/** The promise under which a step is first told, in the order in which the check reaches them. */
function promiseOfStep(step: number): number {
  const order = [2, 2, 2, 2, 0, 1, 3, 3, 4, 4, 5];
  const reached = new Set(order.slice(0, step + 1));
  return reached.size - 1;
}
