// The receipt, shown once: number and code at 22 px, to copy, save or print; remembered only on the reader's own device.
import { html, nothing, type PropertyDeclarations } from 'lit';
import { fullTime, shortTime } from '../../base/dates.ts';
import { SundialElement } from '../../base/element.ts';
import { fields } from '../../base/fields.styles.ts';
import { icon } from '../../base/icons.ts';
import { copy, print, save } from '../../base/more-icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { unbroken } from '../../base/unbroken.ts';
import { talkIn } from '../../locales/talk.ts';
import { keepReceipt } from '../../remote/memory.ts';
import { styles } from './receipt.styles.ts';
import { saveFile } from './save-file.ts';

/** What a receipt says. `code` as it is shown, in fours; `place` names what the words hang on; `decidedBy` in Unix seconds. */
export interface Slip {
  readonly tree: string;
  readonly number: string;
  readonly code: string;
  readonly decidedBy: number;
  readonly place: string;
}

/** @element sundial-receipt-slip (inside `sundial-feedback-form`) */
export class SundialReceiptSlip extends SundialElement {
  static override properties: PropertyDeclarations = {
    setting: { attribute: false },
    slip: { attribute: false },
    copied: { state: true },
    lost: { state: true },
  };
  static override styles = [paper, fields, styles];

  declare setting: Setting;
  declare slip: Slip;
  declare copied: boolean;
  /** The device was asked to remember it, and cannot. */
  declare lost: boolean;
  readonly #sentAt = Math.floor(Date.now() / 1000);

  constructor() {
    super();
    this.copied = this.lost = false;
  }

  override firstUpdated(): void {
    this.renderRoot.querySelector<HTMLElement>('h3')?.focus();
  }

  override render() {
    const { slip, setting } = this;
    const decidedBy = shortTime(slip.decidedBy, setting.offset, setting.words);
    const { receipt: words } = talkIn(setting.words.lang);
    return html`<h3 class="sub" tabindex="-1">${icon('check')} ${words.got}</h3><div class="slip"><div><p class="label">${words.keep}</p></div><div><dl><dt>${words.number}</dt><dd>${slip.number}</dd><dt>${words.code}</dt><dd>${slip.code}</dd></dl>
<div class="row"><button class="btn quiet" @click=${this.#copy}>${icon(this.copied ? 'check' : copy)}${this.copied ? words.copied : words.copy}</button><button class="btn quiet" @click=${this.#save}>${icon(save)}${words.save}</button><button class="btn quiet" @click=${this.#print}>${icon(print)}${words.print}</button></div>
<p class="vh" role="status">${this.copied ? words.copied : ''}</p></div>
<div><p class="label">${unbroken(words.decided(decidedBy), [decidedBy])}</p><label class="tick"><input type="checkbox" @change=${this.#remember}><span>${words.mine}</span></label><p class="hint">${words.mineHint}</p><div role="alert">${this.lost ? html`<p class="err">${icon('warn', true)}<span>${words.mineLost}</span></p>` : nothing}</div></div></div>
<div class="row"><button class="btn" @click=${this.#done}>${words.done}</button></div>`;
  }

  get #lines(): string {
    const { slip, setting } = this;
    return talkIn(setting.words.lang).receipt.lines(
      slip.place,
      slip.number,
      slip.code,
      fullTime(this.#sentAt, setting.offset, setting.words),
    );
  }

  readonly #remember = (event: Event): void => {
    const { tree, number, code, place } = this.slip;
    const box = event.target;
    if (!(box instanceof HTMLInputElement)) return;
    this.lost = !keepReceipt(tree, { number, code, label: place }, box.checked) && box.checked;
    if (this.lost) box.checked = false;
  };

  readonly #copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(this.#lines);
      this.copied = true;
    } catch (error) {
      if (!(error instanceof DOMException || error instanceof TypeError)) throw error;
      this.copied = this.#copyByHand();
    }
  };

  // Plain http has no clipboard interface, and a frame may not use it; a selection and the old command still work there.
  #copyByHand(): boolean {
    const before = this.shadowRoot?.activeElement;
    const field = document.createElement('textarea');
    field.value = this.#lines;
    this.renderRoot.append(field);
    field.select();
    const isCopied = document.execCommand('copy');
    field.remove();
    if (before instanceof HTMLElement) before.focus();
    return isCopied;
  }

  readonly #save = (): void =>
    saveFile(
      new Blob([this.#lines], { type: 'text/plain;charset=utf-8' }),
      talkIn(this.setting.words.lang).receipt.file(this.slip.number),
    );

  // Only the receipt is printed: from a frame of its own, filled with nodes.
  readonly #print = (): void => {
    const frame = document.createElement('iframe');
    frame.className = 'vh';
    frame.title = talkIn(this.setting.words.lang).receipt.got;
    this.renderRoot.append(frame);
    const inner = frame.contentWindow;
    const page = frame.contentDocument?.createElement('pre');
    if (!inner || !page) return;
    page.textContent = this.#lines;
    page.style.setProperty('font', '16px/28px monospace');
    inner.document.body.append(page);
    inner.addEventListener('afterprint', () => frame.remove());
    inner.print();
  };

  readonly #done = (): void => {
    this.dispatchEvent(new CustomEvent('done'));
  };
}
