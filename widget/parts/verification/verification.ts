// The verification line: quiet when it passes, loud when it does not (look.md 7). What it opens to is part of the check: proof.ts.
import { html, nothing, type PropertyDeclarations } from 'lit';
import type { Notice } from '../../../shared/proof/failure.ts';
import { SundialElement } from '../../base/element.ts';
import { icon, type Sign } from '../../base/icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import type { Check } from '../../controllers/check-job.ts';
import type { ReadBundle } from '../../remote/bundle.ts';
import { sayFailure } from '../../remote/checks.ts';
import { noticesOf } from './notices.ts';
import { styles } from './verification.styles.ts';

/** Which of the six promises a step is told under while the check runs. */
const promiseOfStep = [1, 1, 1, 1, 2, 3, 4, 4, 5, 5, 6];

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
    const { check, read, setting, material } = this;
    const [look, sign, say, how] = this.#look();
    const parts = say.map((part) => html`<span class="nb">${part}</span><wbr>`);
    // Two templates, so that the end of the check is new text and not the old one moved.
    const said =
      check.state === 'running' ? html`<span class="say">${parts}</span>` : html`<span class="say end">${parts}</span>`;
    return html`<details class=${`verify ${look}`} part="verification" ?open=${check.state === 'failed' || check.state === 'unfinished' || check.state === 'notSealed'}>
<summary><span class="sign">${icon(sign)}</span>${said}<span class="more">${icon('down')}</span></summary>
<div class="body">${how === '' ? nothing : html`<p class="how">${how} ${check.state === 'unfinished' ? html`<button class="link" @click=${check.again}>${setting.words.state.retry}</button>` : nothing}</p>`}${
      check.state === 'notChecked' || check.state === 'notSealed'
        ? nothing
        : html`<sundial-proof .check=${check} .read=${read} .setting=${setting} .material=${material}></sundial-proof>`
    }</div></details>${this.#notices()}<p class="vh" role="status">${check.state === 'running' ? '' : say.join('')}</p>`;
  }

  #look(): readonly [look: string, sign: Sign, say: readonly string[], how: string] {
    const { check } = this;
    const { check: words, lang } = this.setting.words;
    switch (check.state) {
      case 'running':
        return ['idle', 'pend', words.idle(promiseOfStep[check.step] ?? 6, 6), ''];
      case 'notChecked':
        return ['off', 'idle', words.notChecked, words.notCheckedHow];
      case 'notSealed':
        return ['off', 'idle', words.notSealed, words.notSealedHow];
      case 'unfinished':
        return ['amber', 'amber', words.unfinished, check.away ? words.away : words.unfinishedHow];
      case 'failed': {
        const { name, how } = sayFailure(check.failure, lang);
        return ['bad', 'fail', words.failed(name), how];
      }
      case 'passed':
        if (!check.pinned) return ['amber', 'amber', words.notPinned, `NOT_PINNED · ${words.notPinnedHow}`];
        if (check.diary.notices.includes('DRAND_UNCHECKED')) return ['amber', 'amber', words.amberDrand, ''];
        return ['ok', 'ok', words.passed, ''];
    }
  }

  /** Notices stand outside the fold. While the check runs their room is kept, so that nothing moves when they come. */
  #notices() {
    const { check, read, setting } = this;
    const isRunning = check.state === 'running';
    if (!isRunning && check.state !== 'passed') return nothing;
    return noticesOf(read, isRunning ? null : check.diary, setting).map(
      ({ notice, text }) =>
        html`<p class=${`notice ${isPlain(notice) ? 'plain' : ''} ${isRunning ? 'pending' : ''}`} part="notice">${icon(isPlain(notice) ? 'search' : 'amber', true)}<span>${text}</span></p>`,
    );
  }
}

const isPlain = (notice: Notice): boolean => notice === 'VALUE_TO_COMPARE';
