// A reader signs in from a form, in a window of its own: no cookie, nothing stored, what was typed stays where it is. The verifier never
// leaves this page until it is changed, with the window's code, for a token.
import { html, nothing, type ReactiveController, type TemplateResult } from 'lit';
import { b64u } from '../../../shared/base/bytes.ts';
import { isObject, isString } from '../../../shared/proof/shape.ts';
import type { SundialElement } from '../../base/element.ts';
import type { Setting } from '../../base/setting.ts';
import { signInIn } from '../../locales/sign-in.ts';
import type { SignInWords } from '../../locales/sign-in-zh.ts';
import { Unreachable } from '../../remote/client.ts';
import { isSignedIn, Refused, signIn } from '../../remote/post.ts';
import { windowAddress } from '../../remote/sign-in.ts';

type State = keyof SignInWords['says'];

/** The sign-in of a form that posts to a dynamic part. Where the organisation asks for none it shows nothing and asks for nothing. */
export class SignIn implements ReactiveController {
  readonly #host: SundialElement;
  readonly #of: () => { readonly api: string; readonly setting: Setting };
  #state: State = 'idle';
  /** The window is out of reach: closed, or cut off by a page in between (`Cross-Origin-Opener-Policy`). */
  #isCut = false;
  #verifier = '';
  #window: Window | null = null;
  #watch: ReturnType<typeof setInterval> | undefined;

  constructor(host: SundialElement, of: () => { readonly api: string; readonly setting: Setting }) {
    this.#host = host;
    this.#of = of;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#stop();
  }

  /** Whether the reader has to sign in before the form can be sent. */
  get isAsked(): boolean {
    const { api, setting } = this.#of();
    return setting.signIn !== null && !isSignedIn(api);
  }

  /** Label of the form's button: its own, or that of the sign-in. */
  label(own: string): string {
    return this.isAsked ? signInIn(this.#of().setting.words.lang).button : own;
  }

  /** How it stands, in a live region, and the field for the digits. */
  get view(): TemplateResult | typeof nothing {
    const { signIn: label, words } = this.#of().setting;
    if (label === null) return nothing;
    const { says, digits } = signInIn(words.lang);
    const isAsked = this.isAsked;
    const state = isAsked === (this.#state === 'done') ? (isAsked ? 'idle' : 'done') : this.#state;
    return html`<div class="field"><p class="hint" role="status" id="sign-in">${says[state](label)}</p>${
      isAsked && this.#isCut
        ? html`<label for="digits">${digits}</label><input type="text" id="digits" inputmode="numeric" autocomplete="one-time-code" aria-describedby="sign-in" @input=${this.#typed}>`
        : nothing
    }</div>`;
  }

  /** Opens the window; to be called by what the reader does, or the browser blocks it. */
  open(): void {
    this.#stop();
    const { api, setting } = this.#of();
    this.#verifier = b64u(crypto.getRandomValues(new Uint8Array(32)));
    this.#isCut = false;
    this.#window = open(windowAddress(api, this.#verifier, setting.words.lang), '_blank', 'popup,width=480,height=640');
    this.#show(this.#window === null ? 'blocked' : 'open');
    if (this.#window === null) return;
    addEventListener('message', this.#hear);
    this.#watch = setInterval(this.#look, 500);
  }

  #stop(): void {
    clearInterval(this.#watch);
    removeEventListener('message', this.#hear);
    this.#window?.close();
    this.#window = null;
  }

  // From the server's own page, in the window that was opened here: any other page's word is nothing.
  readonly #hear = ({ origin, source, data }: MessageEvent): void => {
    if (origin !== new URL(this.#of().api).origin || source !== this.#window || source === null) return;
    if (isObject(data) && data.kind === 'sundial:sign-in' && isString(data.code)) this.#exchange(data.code);
  };

  readonly #look = (): void => {
    if (this.#window?.closed !== true || this.#state !== 'open') return;
    clearInterval(this.#watch);
    this.#isCut = true;
    this.#show('cut');
  };

  readonly #typed = ({ target }: Event): void => {
    const digits = target instanceof HTMLInputElement ? target.value.replace(/\D/g, '') : '';
    if (digits.length === 8) this.#exchange(digits);
  };

  async #exchange(code: string): Promise<void> {
    const { api } = this.#of();
    if (this.#state === 'sending') return;
    this.#show('sending');
    try {
      await signIn(api, this.#verifier, code);
    } catch (error) {
      if (error instanceof Refused) return this.#show('wrong');
      if (error instanceof Unreachable) return this.#show('away');
      throw error;
    }
    this.#stop();
    this.#show('done');
    await this.#host.updateComplete;
    this.#host.renderRoot.querySelector<HTMLElement>('[type=submit]')?.focus();
  }

  #show(state: State): void {
    this.#state = state;
    this.#host.requestUpdate();
  }
}
