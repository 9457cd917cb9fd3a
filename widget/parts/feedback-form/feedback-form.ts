// A reader's comment, answer, report, or word that a diary names them: a draft that nothing loses, a receipt that only the reader has
// (closed-loop.md).
import { html, nothing, type PropertyDeclarations, type TemplateResult } from 'lit';
import { b64, b64u, utf8 } from '../../../shared/base/bytes.ts';
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
import { voicesIn } from '../../locales/voices.ts';
import { type Draft, keepDraft, keptDraft } from '../../remote/memory.ts';
import { postWords } from '../../remote/post.ts';
import { sha256Text } from '../../remote/sha256.ts';
import { sha256Beside } from '../../remote/sha256-beside.ts';
import { proofFor } from '../../remote/work.ts';
import { notice } from '../notice/notice.ts';
import type { Slip } from '../receipt/receipt-slip.ts';
import { SignIn } from '../sign-in/sign-in.ts';
import { type SmallPhoto, shrunk } from './shrink.ts';

const most = { text: 2000, nickname: 20, place: 200, contact: 60 };
const commentKinds: readonly CommentKind[] = ['sympathy', 'question', 'suggestion', 'complaint'];

/** What a form is for; `reply` answers another reader, `mention` says that the diary names the writer. */
export type FormName = 'comment' | 'report' | 'reply' | 'mention';

/** Where a form's words go. `item` null: the whole diary; a reply has its `parent` and that one's kind. */
export interface FormPlace {
  readonly tree: string;
  readonly api: string;
  readonly draw: string;
  readonly unit: string;
  readonly item: number | null;
  readonly parent?: string;
  readonly kind?: CommentKind;
}

type Typed = 'text' | 'place' | 'nickname';
type Tick = 'age' | 'consent' | 'contactConsent';
type Mistake = Typed | Tick | 'photo' | 'contact';
const isTick = (id: string): id is Tick => id === 'age' || id === 'consent' || id === 'contactConsent';

/** What no draft keeps of a report that may have reached the server, by its seed: sent once more without it, it would be another report. In this
 *  page alone, until the receipt is there or the words change. */
const unanswered = new Map<string, { readonly photo: SmallPhoto | null; readonly contact: string }>();

/** @element sundial-feedback-form (inside `sundial-talk`)
 *  @fires sundial:comment after the server took it
 *  @csspart form button */
export class SundialFeedbackForm extends SundialElement {
  static override properties: PropertyDeclarations = {
    setting: { attribute: false },
    place: { attribute: false },
    quote: { attribute: false },
    form: {},
    draft: { state: true },
    kept: { state: true },
    ticks: { state: true },
    photo: { state: true },
    contact: { state: true },
    mistakes: { state: true },
    slip: { state: true },
  };
  static override styles = [paper, fields];

  declare setting: Setting;
  declare place: FormPlace;
  /** What they hang on, in the language of the moment. */
  declare quote: string;
  declare form: FormName;
  declare draft: Draft;
  declare kept: boolean | null;
  declare ticks: readonly Tick[];
  declare photo: SmallPhoto | null;
  /** Private: kept in no draft, so that nothing of it stays on a device that is not the reader's own. */
  declare contact: string;
  declare mistakes: readonly Mistake[];
  declare slip: Slip | null;
  readonly #sending = new SendController(this);
  readonly #signIn = new SignIn(this, () => ({ api: this.place.api, setting: this.setting }));
  #composing = false;
  /** Under which its draft is kept. */
  #name = '';
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.form = 'comment';
    this.kept = this.photo = this.slip = null;
    this.ticks = this.mistakes = [];
    this.contact = '';
  }

  override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (!changed.has('place') && !changed.has('form')) return;
    this.#saveNow(); // what was typed into the form before this one
    const { tree, draw, unit, item, parent } = this.place;
    this.#name = `${tree} ${draw}/${unit}/${parent ?? item ?? '-'}/${this.form}`;
    this.mistakes = [];
    const kept = keptDraft(this.#name);
    this.draft = kept ?? freshDraft(this.form === 'report' ? 'report' : (this.place.kind ?? 'suggestion'));
    this.kept = kept === null ? null : true;
    const sent = unanswered.get(this.draft.seed);
    if (sent !== undefined) Object.assign(this, sent);
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
    const { setting, place, draft, form } = this;
    const { form: words } = talkIn(setting.words.lang);
    const { commentKind } = voicesIn(setting.words.lang);
    if (this.slip !== null)
      return html`<sundial-receipt-slip .setting=${setting} .slip=${this.slip} @done=${this.#fold}></sundial-receipt-slip>`;
    const count = lengthOf(draft.text);
    const sending = this.#sending.now.state === 'sending';
    const [title, label, hint] = this.#heads;
    const isPublic = form !== 'mention';
    return html`<form part="form" novalidate aria-label=${title} @submit=${this.#submit} @keydown=${this.#key}>
<h3 class="sub">${title}</h3><p class="quote">${words.on(this.quote)}</p>
${
  form === 'comment'
    ? html`<fieldset class="field"><legend>${words.kind}</legend><div class="choices">${commentKinds.map(
        (kind) =>
          html`<label><input type="radio" name="kind" value=${kind} .checked=${draft.kind === kind} @change=${() => this.#change({ kind })}>${commentKind[kind]}</label>`,
      )}</div><p class="hint">${words.kindHint}</p></fieldset>`
    : nothing
}
<div class=${this.#look('text')}><label for="text">${label}</label><textarea id="text" .value=${draft.text} aria-describedby="text-under text-error" aria-invalid=${this.#wrong('text')} @input=${this.#type} @compositionstart=${this.#compose} @compositionend=${this.#composed}></textarea>
<div class="under" id="text-under">${
      this.kept === null
        ? hint
          ? html`<span>${hint}</span>`
          : nothing
        : html`<span>${icon('check', true)} ${this.kept ? words.drafted : words.undrafted}</span>`
    }<span class=${count > most.text ? 'count over' : 'count'}>${words.count(count, most.text)}</span></div>${this.#error('text', count > most.text ? words.tooLong(count - most.text) : words.needText)}</div>
${form === 'report' ? html`${this.#line('place', words.place, words.placeHint, words.placeLong)}${this.#photoField()}${this.#contactField()}` : nothing}
${isPublic ? this.#line('nickname', words.nickname, words.nicknameHint, words.nicknameLong) : nothing}
<div class="field">${isPublic ? nothing : html`<p class="hint">${words.mentionHint}</p>`}${notice((isPublic ? words.notice : words.mentionNotice)(setting.organisation), place.api, setting)}${this.#tick('age', words.age, words.needAge)}${isPublic ? this.#tick('consent', words.consent, words.needConsent) : nothing}</div>
${isPublic ? this.#signIn.view : nothing}
${this.#trouble()}
<div class="row"><button class="btn" part="button" type="submit" aria-disabled=${sending}>${sending ? words.sending : isPublic ? this.#signIn.label(words.send) : words.mentionSend}</button><button class="btn bare" type="button" @click=${this.#fold}>${words.cancel}</button></div>${isPublic ? html`<p class="hint">${words.after}<span class="keys">${words.keys}</span></p>` : nothing}</form>`;
  }

  /** Title, label of the text, hint below it. */
  get #heads(): readonly [string, string, string] {
    const { form: words } = talkIn(this.setting.words.lang);
    const { write, report } = voicesIn(this.setting.words.lang);
    const heads: Readonly<Record<FormName, readonly [string, string, string]>> = {
      comment: [write, words.text, ''],
      reply: [words.reply, words.text, ''],
      report: [report, words.happened, words.reportHint],
      mention: [words.mention, words.mentionText, ''],
    };
    return heads[this.form];
  }

  #line(name: 'place' | 'nickname', label: string, hint: string, wrong: string): TemplateResult {
    return html`<div class=${this.#look(name)}><label for=${name}>${label}</label><input type="text" id=${name} autocomplete=${name === 'nickname' ? name : 'off'} .value=${this.draft[name]} aria-describedby=${`${name}-hint ${name}-error`} aria-invalid=${this.#wrong(name)} @input=${this.#type}><p class="hint" id=${`${name}-hint`}>${hint}</p>${this.#error(name, wrong)}</div>`;
  }

  #tick(name: Tick, label: string, wrong: string): TemplateResult {
    return html`<label class="tick"><input type="checkbox" id=${name} .checked=${this.ticks.includes(name)} aria-describedby=${`${name}-error`} aria-invalid=${this.#wrong(name)} @change=${this.#agree}><span>${label}</span></label>${this.#error(name, wrong)}`;
  }

  #photoField(): TemplateResult {
    const { along } = this.draft;
    const { form: words } = talkIn(this.setting.words.lang);
    return html`<div class=${this.#look('photo')}><label for="photo">${words.photo}</label><input type="file" id="photo" accept="image/*" aria-describedby="photo-hint photo-error" @change=${this.#choose}><p class="hint" id="photo-hint">${along.includes('photo') && this.photo === null ? html`${words.photoAgain}<br>` : nothing}${words.photoHint}</p>${this.#error('photo', words.photoBad)}${
      this.photo === null
        ? nothing
        : html`<div class="shot" role="img" aria-label=${words.photoAlt}>${this.photo.canvas}</div><button class="link" type="button" @click=${this.#dropPhoto}>${words.photoDrop}</button>`
    }</div>`;
  }

  #contactField(): TemplateResult {
    const { along } = this.draft;
    const { form: words } = talkIn(this.setting.words.lang);
    return html`<div class=${this.#look('contact')}><label for="contact">${words.contact}</label><input type="text" id="contact" autocomplete="off" .value=${this.contact} aria-describedby="contact-hint contact-error" aria-invalid=${this.#wrong('contact')} @input=${this.#typeContact}><p class="hint" id="contact-hint">${along.includes('contact') && this.contact === '' ? html`${words.contactAgain}<br>` : nothing}${words.contactHint}</p>${this.#error('contact', words.contactLong)}${
      this.contact.trim() === ''
        ? nothing
        : this.#tick('contactConsent', words.contactConsent, words.needContactConsent)
    }</div>`;
  }

  readonly #typeContact = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    this.contact = target.value;
    this.#change({});
  };

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

  #look = (mistake: Mistake): string => (this.#wrong(mistake) ? 'field invalid' : 'field');

  #field(selector: string): HTMLElement | null {
    return this.renderRoot.querySelector<HTMLElement>(selector);
  }

  readonly #type = (event: Event): void => {
    const { target } = event;
    if (!(target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement)) return;
    this.#change({ [target.id]: target.value });
  };

  #change(change: Partial<Pick<Draft, 'kind' | Typed>>): void {
    unanswered.delete(this.draft.seed);
    this.draft = { ...this.draft, ...change };
    if (this.mistakes.length > 0) this.mistakes = this.#judge().filter((mistake) => this.#wrong(mistake));
    this.#sending.clear();
    clearTimeout(this.#saving);
    this.#saving = setTimeout(this.#saveNow, 300);
  }

  readonly #saveNow = (): void => {
    clearTimeout(this.#saving);
    if (this.slip !== null || this.draft === undefined) return;
    const { text, nickname, place } = this.draft;
    if (text + nickname + place !== '') this.kept = keepDraft(this.#name, this.draft);
    else if (this.kept) {
      keepDraft(this.#name, null);
      this.kept = null;
    }
  };

  readonly #agree = ({ target }: Event): void => {
    if (!(target instanceof HTMLInputElement)) return;
    const others = this.ticks.filter((tick) => tick !== target.id);
    this.ticks = target.checked && isTick(target.id) ? [...others, target.id] : others;
    this.mistakes = this.mistakes.filter((mistake) => mistake !== target.id);
  };

  readonly #choose = async ({ target }: Event): Promise<void> => {
    const file = target instanceof HTMLInputElement ? target.files?.[0] : undefined;
    if (file === undefined) return;
    const photo = await shrunk(file);
    this.photo = photo;
    this.#change({});
    this.mistakes = [...this.mistakes.filter((one) => one !== 'photo'), ...(photo === null ? ['photo' as const] : [])];
    if (photo === null && target instanceof HTMLInputElement) target.value = '';
  };

  readonly #dropPhoto = (): void => {
    this.photo = null;
    this.#change({});
    const field = this.#field('#photo');
    if (field instanceof HTMLInputElement) field.value = '';
    field?.focus();
  };

  #judge(): readonly Mistake[] {
    const { text, nickname, place } = this.draft;
    const mistakes: Mistake[] = [];
    if (text.trim() === '' || lengthOf(text) > most.text) mistakes.push('text');
    if (lengthOf(place) > most.place) mistakes.push('place');
    if (lengthOf(nickname) > most.nickname) mistakes.push('nickname');
    if (this.form === 'report' && this.contact.trim() !== '') {
      if (lengthOf(this.contact.trim()) > most.contact) mistakes.push('contact');
      else if (!this.ticks.includes('contactConsent')) mistakes.push('contactConsent');
    }
    const asked: readonly Tick[] = this.form === 'mention' ? ['age'] : ['age', 'consent'];
    for (const tick of asked) if (!this.ticks.includes(tick)) mistakes.push(tick);
    return mistakes;
  }

  // Enter alone never sends, not in a field of one line either; an input method's Enter not even with Ctrl: not while composing, not as
  // key 229, not in the stroke that ended the composition.
  readonly #key = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter') return;
    if (!(event.ctrlKey || event.metaKey)) {
      const { target } = event;
      if (target instanceof HTMLInputElement && target.type !== 'file') event.preventDefault();
      return;
    }
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
    if (this.form !== 'mention' && this.#signIn.isAsked) return this.#signIn.open();
    this.mistakes = this.#judge();
    const [first] = this.mistakes;
    if (first !== undefined) {
      await this.updateComplete;
      this.#field(`#${first}`)?.focus();
      return;
    }
    if (this.#sending.now.state === 'sending') return;
    const { place, draft } = this;
    const name = this.#name;
    const to = this.form === 'mention' ? 'mentions' : 'comments';
    const words = this.#words(draft);
    this.draft = { ...draft, along: (['photo', 'contact'] as const).filter((name) => name in words) };
    this.#saveNow();
    if (this.form === 'report') unanswered.set(draft.seed, { photo: this.photo, contact: this.contact });
    const posted = await this.#sending.run(async () => {
      const { key, code } = await namesOf(draft.seed, words);
      const proof = await proofFor(place.api);
      const codeHash = b64u(sha256Text(plainCode(code) ?? ''));
      return { ...(await postWords(place.api, to, key, proof, { ...words, codeHash })), code };
    });
    if (posted === null) return;
    // Folded meanwhile, nobody would see the receipt: the draft stays, and sent once more it is the same comment with the same receipt.
    if (!this.isConnected) return;
    if (name === this.#name) clearTimeout(this.#saving);
    else this.#saveNow(); // another form was begun meanwhile
    keepDraft(name, null);
    unanswered.delete(draft.seed);
    this.kept = null;
    this.contact = '';
    const { number, code, decidedBy } = posted;
    this.slip = { tree: place.tree, number, code, decidedBy, place: this.quote };
    this.tell('sundial:comment', { draw: place.draw, unit: place.unit, item: place.item, number });
  };

  /** What is sent: the draft as it stood when the button was pressed. */
  #words({ kind, nickname, place: where, text }: Draft) {
    const { draw, unit, item, parent } = this.place;
    const base = { draw, unit, item, text };
    if (this.form === 'mention') return base;
    return {
      ...base,
      kind,
      nickname: nickname.trim() || talkIn(this.setting.words.lang).form.anonymous,
      consent: true as const,
      ...(parent === undefined ? {} : { parent }),
      ...(where.trim() === '' ? {} : { place: where }),
      // Chosen for a report, they belong to no other form.
      ...(this.form === 'report' && this.photo !== null ? { photo: b64(this.photo.bytes) } : {}),
      ...(this.form === 'report' && this.contact.trim() !== ''
        ? { contact: { text: this.contact.trim(), consent: true as const } }
        : {}),
    };
  }

  readonly #fold = (): void => {
    this.#saveNow();
    this.dispatchEvent(new CustomEvent('fold'));
  };
}

function freshDraft(kind: string): Draft {
  const seed = b64u(crypto.getRandomValues(new Uint8Array(16)));
  return { kind, text: '', nickname: '', place: '', seed, along: [] };
}

/** The idempotency key and the receipt code of what is sent: the same from try to try, others as soon as anything in it is another. */
async function namesOf(seed: string, words: object): Promise<{ readonly key: string; readonly code: string }> {
  const digest = await sha256Beside(utf8(seed + JSON.stringify(words)));
  return { key: b64u(digest.subarray(0, 16)), code: receiptCode(digest.subarray(16)) };
}

const lengthOf = (text: string): number => ('Segmenter' in Intl ? graphemeLength(text) : codePointLength(text));
