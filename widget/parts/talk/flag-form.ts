// A reader reports a comment: one reason, sent once; the moderators look again.
import { html, nothing, type PropertyDeclarations } from 'lit';
import { b64u } from '../../../shared/base/bytes.ts';
import { type RejectionReason, rejectionReasons } from '../../../shared/feedback/comment.ts';
import { SundialElement } from '../../base/element.ts';
import { fields } from '../../base/fields.styles.ts';
import { icon } from '../../base/icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { SendController } from '../../controllers/send.ts';
import { talkIn } from '../../locales/talk.ts';
import { voicesIn } from '../../locales/voices.ts';
import { readerNumber } from '../../remote/memory.ts';
import { postFlag } from '../../remote/post.ts';
import { proofFor } from '../../remote/work.ts';
import { notice } from '../notice/notice.ts';
import { SignIn } from '../sign-in/sign-in.ts';

/** @element sundial-flag-form (inside `sundial-talk`) */
export class SundialFlagForm extends SundialElement {
  static override properties: PropertyDeclarations = {
    setting: { attribute: false },
    api: {},
    comment: {},
    reason: { state: true },
    sent: { state: true },
    tried: { state: true },
  };
  static override styles = [paper, fields];

  declare setting: Setting;
  declare api: string;
  declare comment: string;
  declare reason: RejectionReason | '';
  declare sent: boolean;
  declare tried: boolean;
  readonly #sending = new SendController(this);
  readonly #signIn = new SignIn(this, () => this);

  constructor() {
    super();
    this.reason = '';
    this.sent = this.tried = false;
  }

  /** Puts the keyboard on the first reason. */
  override focus(): void {
    this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('input')?.focus());
  }

  override render() {
    const { words } = this.setting;
    const { list, form, receipt } = talkIn(words.lang);
    const { now } = this.#sending;
    const sending = now.state === 'sending';
    return html`<div role="status">${this.sent ? html`<p class="label" tabindex="-1">${icon('check', true)} ${list.flagged}</p>` : nothing}</div>${
      this.sent
        ? nothing
        : html`<form novalidate aria-label=${list.flag} @submit=${this.#submit}><fieldset class="field"><legend>${list.flagWhy}</legend><div class="choices">${rejectionReasons.map(
            (reason) =>
              html`<label><input type="radio" name="reason" value=${reason} @change=${() => this.#choose(reason)}>${voicesIn(words.lang).rejection[reason]}</label>`,
          )}</div><p class="err" ?hidden=${!this.tried || this.reason !== ''}>${icon('warn', true)}<span>${receipt.chooseOne}</span></p></fieldset>
${notice(form.flagNotice(this.setting.organisation), this.api, this.setting)}${this.#signIn.view}<div role="alert">${now.state === 'failed' ? html`<p class="msg fail field">${icon('warn')}<span>${now.problem === 'UNREACHABLE' ? form.notSent : (form.why[now.problem] ?? form.odd)}</span></p>` : nothing}</div>
<div class="row"><button class="btn" type="submit" aria-disabled=${sending}>${sending ? form.sending : this.#signIn.label(list.flagSend)}</button><button class="btn bare" type="button" @click=${this.#fold}>${form.cancel}</button></div></form>`
    }`;
  }

  #choose(reason: RejectionReason): void {
    this.reason = reason;
    this.#sending.clear();
  }

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this.#signIn.isAsked) return this.#signIn.open();
    this.tried = true;
    if (this.reason === '') return this.focus();
    const reader = readerNumber(b64u(crypto.getRandomValues(new Uint8Array(32))));
    const { api, comment, reason } = this;
    const done = await this.#sending.run(async () => {
      await postFlag(api, comment, await proofFor(api), { reader, reason });
      return true;
    });
    if (done !== true) return;
    this.sent = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.label')?.focus();
  };

  readonly #fold = (): void => {
    this.dispatchEvent(new CustomEvent('fold'));
  };
}
