// A reader's comment or report: a draft that nothing loses, a receipt that only the reader has (closed-loop.md).
import { html, nothing, type PropertyDeclarations } from 'lit';
import { b64u } from '../../../shared/base/bytes.ts';
import { codePointLength, graphemeLength } from '../../../shared/base/text.ts';
import type { CommentKind } from '../../../shared/feedback/comment.ts';
import { plainCode, receiptCode } from '../../../shared/feedback/receipt.ts';
import { SundialElement } from '../../base/element.ts';
import { fields } from '../../base/fields.styles.ts';
import { icon } from '../../base/icons.ts';
import { paper } from '../../base/paper.styles.ts';
import type { Setting } from '../../base/setting.ts';
import { SendController } from '../../controllers/send.ts';
import { talkIn } from '../../locales/talk.ts';
import { postComment } from '../../remote/client.ts';
import { type Draft, keepDraft, keptDraft } from '../../remote/memory.ts';
import { sha256Text } from '../../remote/sha256.ts';
import type { Slip } from '../receipt/receipt-slip.ts';

const maxText = 2000;
const maxNickname = 20;
const commentKinds: readonly CommentKind[] = ['sympathy', 'question', 'suggestion', 'complaint'];

/** Where a form's words go. `item` null: the whole diary. `quote` says what they hang on. */
export interface FormPlace {
  readonly tree: string;
  readonly api: string;
  readonly draw: string;
  readonly unit: string;
  readonly item: number | null;
  readonly quote: string;
}

type Mistake = 'text' | 'nickname' | 'consent';

/** @element sundial-feedback-form (inside `sundial-diary`)
 *  @fires sundial:comment after the server took it
 *  @csspart form button */
export class SundialFeedbackForm extends SundialElement {
  static override properties: PropertyDeclarations = {
    setting: { attribute: false },
    place: { attribute: false },
    report: { type: Boolean },
    draft: { state: true },
    kept: { state: true },
    consent: { state: true },
    mistakes: { state: true },
    slip: { state: true },
  };
  static override styles = [paper, fields];

  declare setting: Setting;
  declare place: FormPlace;
  declare report: boolean;
  declare draft: Draft;
  declare kept: boolean | null;
  declare consent: boolean;
  declare mistakes: readonly Mistake[];
  declare slip: Slip | null;
  readonly #sending = new SendController(this);
  #composing = false;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.report = false;
    this.kept = null;
    this.consent = false;
    this.mistakes = [];
    this.slip = null;
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has('place') || changed.has('report')) {
      const kept = keptDraft(this.#name);
      this.draft = kept ?? freshDraft(this.report ? 'report' : 'suggestion');
      this.kept = kept === null ? null : true;
    }
  }

  override connectedCallback(): void {
    super.connectedCallback();
    addEventListener('pagehide', this.#saveNow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    removeEventListener('pagehide', this.#saveNow);
    this.#saveNow();
  }

  /** Puts the keyboard into the text. */
  override focus(): void {
    this.updateComplete.then(() => this.#field('textarea')?.focus());
  }

  override render() {
    const { setting, place, draft, report } = this;
    const { form: words } = talkIn(setting.words.lang);
    const { comments, domain } = setting.words;
    if (this.slip !== null)
      return html`<sundial-receipt-slip .setting=${setting} .slip=${this.slip} @done=${this.#fold}></sundial-receipt-slip>`;
    const count = lengthOf(draft.text);
    const sending = this.#sending.now.state === 'sending';
    return html`<form part="form" novalidate aria-label=${report ? comments.report : comments.write} @submit=${this.#submit} @keydown=${this.#key}>
<h3 class="sub">${report ? comments.report : comments.write}</h3><p class="quote">${words.on(place.quote)}</p>
${
  report
    ? nothing
    : html`<fieldset class="field"><legend>${words.kind}</legend><div class="choices">${commentKinds.map(
        (kind) =>
          html`<label><input type="radio" name="kind" value=${kind} .checked=${draft.kind === kind} @change=${() => this.#change({ kind })}>${domain.commentKind[kind]}</label>`,
      )}</div><p class="hint">${words.kindHint}</p></fieldset>`
}
<div class=${this.#wrong('text') ? 'field invalid' : 'field'}><label for="text">${report ? words.happened : words.text}</label><textarea id="text" .value=${draft.text} aria-describedby="text-under text-error" aria-invalid=${this.#wrong('text')} @input=${(event: Event) => this.#change({ text: typedIn(event) })} @compositionstart=${this.#compose} @compositionend=${this.#composed}></textarea>
<div class="under" id="text-under">${
      this.kept === null
        ? report
          ? html`<span>${words.reportHint}</span>`
          : nothing
        : html`<span>${icon('check', true)} ${this.kept ? words.drafted : words.undrafted}</span>`
    }<span class=${count > maxText ? 'count over' : 'count'}>${words.count(count, maxText)}</span></div>${this.#error('text', count > maxText ? words.tooLong(count - maxText) : words.needText)}</div>
<div class=${this.#wrong('nickname') ? 'field invalid' : 'field'}><label for="nickname">${words.nickname}</label><input type="text" id="nickname" autocomplete="nickname" .value=${draft.nickname} aria-describedby="nickname-hint nickname-error" aria-invalid=${this.#wrong('nickname')} @input=${(event: Event) => this.#change({ nickname: typedIn(event) })}><p class="hint" id="nickname-hint">${words.nicknameHint}</p>${this.#error('nickname', words.nicknameLong)}</div>
<div class="field"><p class="hint">${words.notice(setting.organisation)}</p><label class="tick"><input type="checkbox" id="consent" .checked=${this.consent} aria-describedby="consent-error" aria-invalid=${this.#wrong('consent')} @change=${this.#agree}><span>${words.consent}</span></label>${this.#error('consent', words.needConsent)}</div>
${this.#trouble()}
<div class="row"><button class="btn" part="button" type="submit" aria-disabled=${sending}>${sending ? words.sending : words.send}</button><button class="btn bare" type="button" @click=${this.#fold}>${words.cancel}</button></div><p class="hint">${words.after}</p></form>`;
  }

  #trouble() {
    const { now } = this.#sending;
    const { form: words } = talkIn(this.setting.words.lang);
    if (now.state !== 'failed') return html`<div role="alert"></div>`;
    const [what, how] =
      now.problem === 'UNREACHABLE'
        ? [words.notSent, words.notSentHow]
        : [words.refused, words.why[now.problem] ?? words.odd];
    return html`<div role="alert"><p class="msg fail field">${icon('warn')}<span><b>${what}</b>${how}</span></p></div>`;
  }

  #error(mistake: Mistake, text: string) {
    return html`<p class="err" id=${`${mistake}-error`} ?hidden=${!this.#wrong(mistake)}>${icon('warn', true)}<span>${text}</span></p>`;
  }

  #wrong(mistake: Mistake): boolean {
    return this.mistakes.includes(mistake);
  }

  #field(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  get #name(): string {
    const { tree, draw, unit, item } = this.place;
    return `${tree} ${draw}/${unit}/${item ?? '-'}/${this.report ? 'report' : 'comment'}`;
  }

  // Words that may already have been sent keep their key; changed words are another comment.
  #change(change: Partial<Pick<Draft, 'kind' | 'text' | 'nickname'>>): void {
    const { draft } = this;
    const again = draft.sent === 'y' ? freshDraft(draft.kind) : draft;
    this.draft = { ...again, kind: draft.kind, text: draft.text, nickname: draft.nickname, ...change };
    if (this.mistakes.length > 0) this.mistakes = this.#judge().filter((mistake) => this.#wrong(mistake));
    this.#sending.clear();
    clearTimeout(this.#saving);
    this.#saving = setTimeout(this.#saveNow, 300);
  }

  readonly #saveNow = (): void => {
    clearTimeout(this.#saving);
    if (this.slip !== null || this.draft === undefined) return;
    const typed = this.draft.text !== '' || this.draft.nickname !== '';
    if (typed) this.kept = keepDraft(this.#name, this.draft);
    else if (this.kept) {
      keepDraft(this.#name, null);
      this.kept = null;
    }
  };

  readonly #agree = (event: Event): void => {
    this.consent = event.target instanceof HTMLInputElement && event.target.checked;
    this.mistakes = this.mistakes.filter((mistake) => mistake !== 'consent');
  };

  #judge(): readonly Mistake[] {
    const { text, nickname } = this.draft;
    const mistakes: Mistake[] = [];
    if (text.trim() === '' || lengthOf(text) > maxText) mistakes.push('text');
    if (lengthOf(nickname) > maxNickname) mistakes.push('nickname');
    if (!this.consent) mistakes.push('consent');
    return mistakes;
  }

  // An input method's Enter never sends: not while composing, not as key 229, not in the stroke that ended the composition.
  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    if (event.isComposing || event.keyCode === 229 || this.#composing) return;
    event.preventDefault();
    this.#submit(event);
  };

  readonly #compose = (): void => {
    this.#composing = true;
  };

  readonly #composed = (): void => {
    setTimeout(() => {
      this.#composing = false;
    }, 50);
  };

  readonly #submit = async (event: Event): Promise<void> => {
    event.preventDefault();
    this.mistakes = this.#judge();
    const [first] = this.mistakes;
    if (first !== undefined) {
      await this.updateComplete;
      this.#field(`#${first}`)?.focus();
      return;
    }
    if (this.#sending.now.state === 'sending') return;
    const { place, draft, setting } = this;
    this.draft = { ...draft, sent: 'y' };
    this.#saveNow();
    const nickname = draft.nickname.trim() || talkIn(setting.words.lang).form.anonymous;
    const posted = await this.#sending.run(() =>
      postComment(place.api, draft.key, {
        draw: place.draw,
        unit: place.unit,
        item: place.item,
        kind: draft.kind,
        text: draft.text,
        nickname,
        codeHash: b64u(sha256Text(plainCode(draft.code) ?? '')),
        consent: true,
      }),
    );
    if (posted === null) {
      const { now } = this.#sending;
      if (now.state === 'failed' && now.problem === 'IDEMPOTENCY_REUSED') this.draft = { ...this.draft, ...keys() };
      return;
    }
    clearTimeout(this.#saving);
    keepDraft(this.#name, null);
    this.kept = null;
    this.slip = {
      tree: place.tree,
      number: posted.number,
      code: draft.code,
      decidedBy: posted.decidedBy,
      place: place.quote,
    };
    this.tell('sundial:comment', { draw: place.draw, unit: place.unit, item: place.item, number: posted.number });
  };

  readonly #fold = (): void => {
    this.#saveNow();
    this.dispatchEvent(new CustomEvent('fold'));
  };
}

const freshDraft = (kind: string): Draft => ({ kind, text: '', nickname: '', sent: '', ...keys() });

function keys(): Pick<Draft, 'key' | 'code'> {
  return {
    key: b64u(crypto.getRandomValues(new Uint8Array(16))),
    code: receiptCode(crypto.getRandomValues(new Uint8Array(10))),
  };
}

const lengthOf = (text: string): number => ('Segmenter' in Intl ? graphemeLength(text) : codePointLength(text));

const typedIn = ({ target }: Event): string =>
  target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement ? target.value : '';
